package sqlitestore

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// predicate says whether a node is one that a filter wants. It is made once for a question, so that what a filter says is looked
// up once, and not for each of many nodes.
type predicate func(hit) bool

// predicate gives that of a filter of the question; nil where there is none.
func (r *reading) predicate(f *kg.Filter) predicate {
	if *f == nil {
		return nil
	}
	for i := range r.compiled {
		if r.compiled[i].of == f {
			return r.compiled[i].fits
		}
	}
	fits := r.compile(*f)
	r.compiled = append(r.compiled, compiled{f, fits})
	return fits
}

type compiled struct {
	of   *kg.Filter
	fits predicate
}

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
	return l.Where == nil || r.predicate(&l.Where)(*h)
}

// compile makes the predicate of a filter; nil for none.
func (r *reading) compile(f kg.Filter) predicate {
	switch f := f.(type) {
	case nil:
		return nil
	case kg.And:
		parts := r.compileAll(f)
		return func(h hit) bool {
			for _, fits := range parts {
				if !fits(h) {
					return false
				}
			}
			return true
		}
	case kg.Or:
		parts := r.compileAll(f)
		return func(h hit) bool {
			for _, fits := range parts {
				if fits(h) {
					return true
				}
			}
			return false
		}
	case kg.Not:
		fits := r.compileAll([]kg.Filter{f.Filter})[0]
		return func(h hit) bool { return !fits(h) }
	case kg.IDIn:
		return func(h hit) bool { return r.fitsIDs(&h, f) }
	case kg.KindIn:
		return func(h hit) bool { return f.Kinds.Has(r.kind(&h)) }
	case kg.OneOf:
		return func(h hit) bool {
			s, ok := r.value(&h, f.Field).(string)
			return ok && slices.Contains(f.Values, s)
		}
	case kg.Words:
		return func(h hit) bool { return r.fitsWords(&h, &f) }
	case kg.Between:
		return func(h hit) bool { return r.fitsBetween(&h, &f) }
	case kg.During:
		return func(h hit) bool {
			date, known := r.value(&h, f.Field).(kg.Date)
			return fitsDuring(date, known, &f)
		}
	case kg.Within:
		return func(h hit) bool { return r.fitsPlace(&h, f.Holds) }
	case kg.WithinBox:
		return func(h hit) bool { return r.fitsPlace(&h, f.Holds) }
	case kg.Located:
		return func(h hit) bool { return h.class == entityHit && r.entities.at(h.n).Location != nil }
	case kg.Has:
		return r.compileHas(&f)
	case kg.RestsOn:
		return func(h hit) bool { return r.fitsRestsOn(&h, f) }
	case kg.Touches:
		return func(h hit) bool { return r.fitsTouches(&h, f) }
	case kg.Identified:
		return func(h hit) bool {
			return h.class == entityHit && slices.Contains(r.entities.at(h.n).Identifiers(), kg.Identifier(f))
		}
	case kg.StatusIs:
		return func(h hit) bool {
			if h.class != entityHit {
				return false
			}
			s := r.status(h.n, f.On, true)
			return s != nil && slices.Contains(f.Values, s.Value)
		}
	}
	r.err = kg.Errorf(kg.Internal, "the filter %s is of a type that the store does not know", f)
	return func(hit) bool { return false }
}

// compileAll compiles the parts of a filter; nothing fits all.
func (r *reading) compileAll(filters []kg.Filter) []predicate {
	parts := make([]predicate, len(filters))
	for i, f := range filters {
		if parts[i] = r.compile(f); parts[i] == nil {
			parts[i] = func(hit) bool { return true }
		}
	}
	return parts
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
