package sqlitestore

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// wanted says whether a node is one that a list asks for.
func (r *reading) wanted(h *hit, l *kg.List) bool {
	if l.Kinds != 0 && !l.Kinds.Has(r.kind(h)) {
		return false
	}
	if h.class == factHit {
		if v, ok := r.at(h.n); !ok || !r.shown(v, l.States) {
			return false
		}
	}
	return l.Where == nil || r.fits(h, l.Where)
}

// fits says whether a node is one that a filter wants.
func (r *reading) fits(h *hit, f kg.Filter) bool {
	switch f := f.(type) {
	case nil:
		return true
	case kg.And:
		for _, part := range f {
			if !r.fits(h, part) {
				return false
			}
		}
		return true
	case kg.Or:
		for _, part := range f {
			if r.fits(h, part) {
				return true
			}
		}
		return false
	case kg.Not:
		return !r.fits(h, f.Filter)
	case kg.IDIn:
		return r.fitsIDs(h, f)
	case kg.KindIn:
		return f.Kinds.Has(r.kind(h))
	case kg.OneOf:
		s, ok := r.value(h, f.Field).(string)
		return ok && slices.Contains(f.Values, s)
	case kg.Words:
		return r.fitsWords(h, &f)
	case kg.Between:
		return r.fitsBetween(h, &f)
	case kg.During:
		date, known := r.value(h, f.Field).(kg.Date)
		return fitsDuring(date, known, &f)
	case kg.Within:
		return r.fitsPlace(h, f.Holds)
	case kg.WithinBox:
		return r.fitsPlace(h, f.Holds)
	case kg.Located:
		return h.class == entityHit && r.entities.at(h.n).Location != nil
	case kg.Has:
		return r.fitsHas(h, &f)
	case kg.RestsOn:
		return r.fitsRestsOn(h, f)
	case kg.Touches:
		return r.fitsTouches(h, f)
	case kg.Identified:
		return h.class == entityHit && slices.Contains(r.entities.at(h.n).Identifiers(), kg.Identifier(f))
	case kg.StatusIs:
		if h.class != entityHit {
			return false
		}
		s := r.status(h.n, f.On, true)
		return s != nil && slices.Contains(f.Values, s.Value)
	}
	r.err = kg.Errorf(kg.Internal, "the filter %s is of a type that the store does not know", f)
	return false
}

// fitsIDs compares ids as they are, as most lists of them are short.
func (r *reading) fitsIDs(h *hit, ids kg.IDIn) bool {
	own := r.id(h)
	for _, id := range ids {
		if n, isAlias := r.alias(id); isAlias {
			if h.class == entityHit && r.aliases.at(n).of == h.n {
				return true
			}
		} else if id == own {
			return true
		}
	}
	return false
}

func (r *reading) fitsWords(h *hit, f *kg.Words) bool {
	if len(f.Is) == 0 && f.StartsWith == "" && f.Contains == "" {
		return true
	}
	key, ok := "", true
	if h.class == entityHit && f.Field == kg.FieldName { // which is a sort key already
		key = r.entities.at(h.n).Key
	} else if key, ok = r.value(h, f.Field).(string); ok && f.Field != kg.FieldName {
		key = kg.SortKey(key)
	}
	return ok && (len(f.Is) == 0 || slices.Contains(f.Is, key)) && strings.HasPrefix(key, f.StartsWith) && strings.Contains(key, f.Contains)
}

func (r *reading) fitsBetween(h *hit, f *kg.Between) bool {
	var x float64
	switch v := r.value(h, f.Field).(type) {
	case int64:
		x = float64(v)
	case float64:
		x = v
	default:
		return false
	}
	return (f.Min == nil || *f.Min <= x) && (f.Max == nil || x <= *f.Max)
}

func fitsDuring(date kg.Date, known bool, f *kg.During) bool {
	if f.Known != nil && *f.Known != known {
		return false
	}
	if !known {
		return f.From == kg.MinDay && f.To == kg.MaxDay
	}
	return max(date.First, f.From) <= min(date.Last, f.To) // there is a day in both
}

// upwards is how what has no location of its own comes to one.
var upwards = way{Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, states: kg.OnlyAccepted}

// fitsPlace asks where an entity is: where it says itself, or else the nearest above it that does.
func (r *reading) fitsPlace(h *hit, holds func(kg.Point) bool) bool {
	if h.class != entityHit {
		return false
	}
	if at := r.entities.at(h.n).Location; at != nil {
		return holds(*at)
	}
	fits := false
	r.up(h.n, &upwards, func(place hit) bool {
		at := r.entities.at(place.n).Location
		if at != nil {
			fits = holds(*at)
		}
		return at == nil
	})
	return fits
}

// fitsHas counts the nodes that a relation leads to, no further than it matters.
func (r *reading) fitsHas(h *hit, f *kg.Has) bool {
	if r.stopped() {
		return false
	}
	states := kg.StatesOf(f.Fact)
	if f.Relation.Way == kg.FactsOf {
		states = kg.StatesOf(f.Node) // the facts are what is asked about
	}
	w := way{Relation: f.Relation, fact: f.Fact, states: states, light: true}
	enough := max(f.AtLeast, 1)
	if f.None {
		enough = 1
	}
	found := 0
	var few [8]hit
	met := few[:0]
	count := func(n hit) bool {
		if r.stopped() {
			return false
		}
		if f.Node != nil && !r.fits(&n, f.Node) {
			return true
		}
		if enough > 1 {
			same := func(o hit) bool { return o.class == n.class && (o.n == n.n || n.class == specialHit) } // what has no id is one thing
			if slices.ContainsFunc(met, same) {
				return true
			}
			met = append(met, n)
		}
		found++
		return found < enough
	}
	r.implied(h, &w, f.Kinds, count)
	if f.None {
		return found == 0
	}
	return found >= enough
}

// implied gives the nodes of some kinds that a filter or a facet means by a relation: for [kg.Up] the nearest alone.
func (r *reading) implied(h *hit, w *way, kinds kg.KindSet, yield func(hit) bool) {
	r.lead(h, w, func(n hit) bool {
		if kinds != 0 && !kinds.Has(r.kind(&n)) {
			return !r.stopped()
		}
		return yield(n) && w.Way != kg.Up
	})
}

func (r *reading) fitsRestsOn(h *hit, ids kg.RestsOn) bool {
	v, ok := r.asFact(h)
	if !ok {
		return false
	}
	for _, id := range ids {
		if s, ok := r.graph.source(id); ok && v.restsOn(s) {
			return true
		}
	}
	return false
}

func (r *reading) fitsTouches(h *hit, ids kg.Touches) bool {
	v, ok := r.asFact(h)
	if !ok {
		return false
	}
	for _, id := range ids {
		if n, ok := r.canonical(id); ok && (v.from == n || v.to == n) {
			return true
		}
	}
	return false
}

func (r *reading) asFact(h *hit) (view, bool) {
	if h.class != factHit {
		return view{}, false
	}
	return r.at(h.n)
}
