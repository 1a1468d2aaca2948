package kg

import (
	"slices"
	"strings"
)

// checkValues proves the values of a kind's own fields and gives them in full length and canonical form: lists of ids sorted
// and without repeats, as they are sets, and dates as their text reads.
func checkValues(d *Decl, values []Value) ([]Value, *Error) {
	if len(values) > len(d.Fields) {
		return nil, Errorf(BadInput, "%d values are given, %s has %d fields", len(values), d.Name, len(d.Fields))
	}
	full := make([]Value, len(d.Fields))
	for i, v := range values {
		checked, err := d.Fields[i].canonical(v)
		if err != nil {
			return nil, err.In(d.Fields[i].Name)
		}
		full[i] = checked
	}
	if err := checkTogether(d, full); err != nil {
		return nil, err
	}
	return full, nil
}

// canonical proves a value of the field and gives it in the form that is stored.
func (f *Field) canonical(v Value) (Value, *Error) {
	if err := f.CheckValue(v); err != nil {
		return nil, asError(err)
	}
	switch v := v.(type) {
	case string:
		if err := checkLine(v, maxLine); err != nil {
			return nil, err
		}
	case float64:
		if v == 0 {
			return 0.0, nil // -0 is written differently
		}
	case Date:
		d, err := checkDate(v)
		if err != nil {
			return nil, err
		}
		return dateOrNil(d), nil
	case []ID:
		if len(v) == 0 {
			return nil, nil
		}
		v = slices.Clone(v)
		slices.Sort(v)
		return slices.Compact(v), nil
	}
	return v, nil
}

// checkTogether proves that values fit each other: dates in their order, and what the kind itself asks.
func checkTogether(d *Decl, values []Value) *Error {
	for _, s := range d.Spans {
		from, _ := values[s[0].slot].(Date)
		to, _ := values[s[1].slot].(Date)
		if err := checkOrder(from, to, [2]string{s[0].Name, s[1].Name}); err != nil {
			return err
		}
	}
	if d.Check != nil {
		if err := d.Check(func(field string) Value { return values[d.Field(field).slot] }); err != nil {
			return asError(err)
		}
	}
	return nil
}

// checkRequired proves that nothing is missing that a kind can't be without.
func checkRequired(d *Decl, values []Value) *Error {
	for i, f := range d.Fields {
		if f.Required && values[i] == nil {
			return Errorf(BadInput, "it is missing, and %s has to have it: write one of %s", d.Name, strings.Join(f.Enum, ", ")).In(f.Name)
		}
	}
	return nil
}

// resolve replaces the ids that values name by those of the entities that they stand for.
func (in *intake) resolve(d *Decl, values []Value) *Error {
	for i, f := range d.Fields {
		switch v := values[i].(type) {
		case ID:
			to := in.entity(v)
			if to == "" {
				return in.missing(v).In(f.Name)
			}
			values[i] = to
		case []ID:
			for j, id := range v {
				if v[j] = in.entity(id); v[j] == "" {
					return in.missing(id).In(f.Name)
				}
			}
			slices.Sort(v) // canonical gave a copy of its own
			values[i] = slices.Compact(v)
		}
	}
	return nil
}
