package ingest

import (
	"encoding/json"

	"github.com/ententegraph/entente/internal/kg"
)

// state reads a fact's state; a fact is accepted unless it says otherwise.
func state(f *fields) kg.State {
	name := f.text("state")
	if name == "" {
		return kg.Accepted
	}
	for s := kg.Proposed; s <= kg.Retracted; s++ {
		if s.String() == name {
			return s
		}
	}
	f.fail("state", asError(kg.FieldState.CheckValue(name)))
	return kg.Accepted
}

// values reads the kind's own fields.
func values(f *fields, kind kg.Kind) []kg.Value {
	own := kind.Decl().Fields
	out := make([]kg.Value, len(own))
	for i, field := range own {
		out[i] = value(f, field)
	}
	return out
}

// value reads one field by its declared type; nil where it is not given.
func value(f *fields, field *kg.Field) kg.Value {
	switch field.Type {
	case kg.Text, kg.Enum:
		if s := f.text(field.Name); s != "" {
			return s
		}
	case kg.Ref:
		if id := f.id(field.Name); id != "" {
			return id
		}
	case kg.Refs:
		var ids []kg.ID
		f.list(field.Name, "an id", func(v any) (bool, *kg.Error) {
			id, ok := v.(string)
			ids = append(ids, kg.ID(id))
			return ok, nil
		})
		if len(ids) > 0 {
			return ids
		}
	case kg.Int:
		if n, ok := f.whole(field.Name); ok {
			return n
		}
	case kg.Float:
		if x, ok := f.float(field.Name); ok {
			return x
		}
	case kg.Dated:
		if d := f.date(field.Name); d.Known() {
			return d
		}
	case kg.Instant:
		if t := f.moment(field.Name); !t.IsZero() {
			return t
		}
	}
	return nil
}

// location reads [latitude, longitude].
func location(f *fields) *kg.Point {
	const want = "latitude and longitude as [36.65,117.12]"
	var at []float64
	f.list("location", "a number", func(v any) (bool, *kg.Error) {
		n, ok := v.(json.Number)
		if !ok {
			return false, nil
		}
		x, err := toFloat(n)
		at = append(at, x)
		return true, err
	})
	switch {
	case len(at) == 2:
		return &kg.Point{Lat: at[0], Lon: at[1]}
	case f.object.get("location") != nil:
		f.fail("location", kg.Errorf(kg.BadInput, "write %s", want))
	}
	return nil
}
