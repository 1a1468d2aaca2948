package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// fieldFilter reads a filter on one field by what the field holds: a range of dates or numbers, words, or a list of values.
func fieldFilter(f *kg.Field, v any) (kg.Filter, error) {
	m, isObject := v.(map[string]any)
	switch {
	case f.Type == kg.Dated:
		return during(f, m)
	case f.Type == kg.Int || f.Type == kg.Float:
		return between(f, m)
	case isObject:
		return words(f, m)
	}
	values, err := texts(v)
	if err != nil {
		return nil, err
	}
	for _, s := range values {
		if err := f.CheckValue(s); err != nil {
			return nil, err
		}
	}
	return kg.OneOf{Field: f, Values: values}, nil
}

// detailFilter reads of which types, roles or modes nodes are to be. Only some kinds may be of these: to name them spares a store
// the others.
func detailFilter(kinds kg.KindSet, v any) (kg.Filter, error) {
	words, err := texts(v)
	if err != nil {
		return nil, err
	}
	var of kg.KindSet
	var known, each []string
	for _, k := range kinds.Kinds() {
		f := k.Decl().Detail
		if f == nil {
			continue
		}
		known = append(known, f.Enum...)
		each = append(each, fmt.Sprintf("%s has %s", k, strings.Join(f.Enum, ", ")))
		if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(f.Enum, w) }) {
			of |= kg.SetOf(k)
		}
	}
	for _, w := range words {
		if slices.Contains(known, w) {
			continue
		}
		if near := kg.Nearest(w, known); near != "" {
			return nil, kg.Errorf(kg.BadInput, "%q is no type, role or mode: did you mean %s?", short(w), near)
		}
		return nil, kg.Errorf(kg.BadInput, "%q is no type, role or mode: %s", short(w), strings.Join(each, "; "))
	}
	return kg.And{kg.KindIn{Kinds: of}, kg.OneOf{Field: kinds.Kinds()[0].Decl().Field("detail"), Values: words}}, nil
}

// during reads a DateRange.
func during(f *kg.Field, m map[string]any) (kg.Filter, error) {
	d := kg.During{Field: f, From: kg.MinDay, To: kg.MaxDay}
	from, err := date(m, "from")
	if err != nil {
		return nil, err
	}
	to, err := date(m, "to")
	if err != nil {
		return nil, err
	}
	if from.Known() {
		d.From = from.First
	}
	if to.Known() {
		d.To = to.Last
	}
	if d.From > d.To {
		return nil, kg.Errorf(kg.BadInput, "the range ends (%s) before it begins (%s)", to, from)
	}
	bounded := from.Known() || to.Known()
	switch known, given := m["known"].(bool); {
	case given && bounded && !known:
		return nil, kg.Errorf(kg.BadInput, "a date that is not known lies in no range: leave it out, or from and to").In("known")
	case given:
		d.Known = &known
	case bounded: // an open bound, such as ../2012, still asks for a date
		d.Known = &bounded
	default:
		return kg.And{}, nil
	}
	return d, nil
}

func date(m map[string]any, name string) (kg.Date, error) {
	s, ok := m[name].(string)
	if !ok {
		return kg.Date{}, nil
	}
	d, err := kg.ParseDate(s)
	if err != nil {
		return d, inField(name, err)
	}
	return d, nil
}

// between reads an IntRange or FloatRange.
func between(f *kg.Field, m map[string]any) (kg.Filter, error) {
	b := kg.Between{Field: f}
	for name, bound := range map[string]**float64{"gte": &b.Min, "lte": &b.Max} {
		if m[name] == nil {
			continue
		}
		x, err := float(m[name])
		if err != nil {
			return nil, inField(name, err)
		}
		if f.Max == 1 && (x < 0 || x > 1) { // a share, which people write in percent
			return nil, inField(name, kg.Errorf(kg.BadInput, "%v is out of bounds: %s is from 0 to 1", x, f.Name))
		}
		*bound = &x
	}
	if b.Min != nil && b.Max != nil && *b.Min > *b.Max {
		return nil, kg.Errorf(kg.BadInput, "the range is empty: gte (%v) is above lte (%v)", *b.Min, *b.Max)
	}
	if b.Min == nil && b.Max == nil {
		return kg.And{}, nil
	}
	return b, nil
}

// words reads a TextFilter.
func words(f *kg.Field, m map[string]any) (kg.Filter, error) {
	w := kg.Words{Field: f}
	for name, part := range map[string]*string{"startsWith": &w.StartsWith, "contains": &w.Contains} {
		if s, ok := m[name].(string); ok {
			*part = kg.SortKey(s)
		}
	}
	if v := m["is"]; v != nil {
		list, err := texts(v)
		if err != nil {
			return nil, inField("is", err)
		}
		if len(list) == 0 {
			return kg.Or{}, nil // an empty list fits nothing
		}
		for _, s := range list {
			w.Is = append(w.Is, kg.SortKey(s))
		}
	}
	return w, nil
}

// within reads a GeoCircle.
func within(m map[string]any) (w kg.Within, err error) {
	r := &reader{args: m}
	w.Lat, w.Lon = r.degrees("lat", 90), r.degrees("lon", 180)
	w.Km = r.between("km", 0, kg.MaxKm)
	return w, r.err
}

// withinBox reads a GeoBox.
func withinBox(m map[string]any) (w kg.WithinBox, err error) {
	r := &reader{args: m}
	w.South, w.West = r.degrees("south", 90), r.degrees("west", 180)
	w.North, w.East = r.degrees("north", 90), r.degrees("east", 180)
	if w.South > w.North {
		r.keep("south", kg.Errorf(kg.BadInput, "%v is above north (%v): write a latitude from -90 to %[2]v", w.South, w.North))
	}
	return w, r.err
}

// degrees reads a number from minus so many degrees to so many.
func (r *reader) degrees(name string, most float64) float64 { return r.between(name, -most, most) }

func (r *reader) between(name string, least, most float64) float64 {
	x, err := float(r.args[name])
	if err == nil && !(x >= least && x <= most) {
		err = kg.Errorf(kg.BadInput, "%v is out of bounds: write a number from %v to %v", x, least, most)
	}
	r.keep(name, err)
	return x
}

// statusFilter reads an AgreementStatusFilter.
func statusFilter(m map[string]any) (kg.Filter, error) {
	values, err := texts(m["is"])
	if err != nil {
		return nil, inField("is", err)
	}
	on, err := day(m, "on")
	return kg.StatusIs{Values: values, On: on}, err
}
