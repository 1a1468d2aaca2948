package storetest

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// fits says whether a node is one that a filter wants.
func (r *reading) fits(row *kg.Row, f kg.Filter) bool {
	switch f := f.(type) {
	case nil:
		return true
	case kg.And:
		return !slices.ContainsFunc(f, func(part kg.Filter) bool { return !r.fits(row, part) })
	case kg.Or:
		return slices.ContainsFunc(f, func(part kg.Filter) bool { return r.fits(row, part) })
	case kg.Not:
		return !r.fits(row, f.Filter)
	case kg.IDIn:
		return slices.ContainsFunc(f, func(id kg.ID) bool { return r.canonical(id) == row.ID() })
	case kg.KindIn:
		return f.Kinds.Has(row.Kind())
	case kg.OneOf:
		s, ok := row.Value(f.Field).(string)
		return ok && slices.Contains(f.Values, s)
	case kg.Words:
		return fitsWords(row, f)
	case kg.Between:
		return fitsBetween(row, f)
	case kg.During:
		return fitsDuring(row, f)
	case kg.Within:
		return r.fitsPlace(row, f.Holds)
	case kg.WithinBox:
		return r.fitsPlace(row, f.Holds)
	case kg.Located:
		return row.Entity != nil && row.Entity.Location != nil
	case kg.Has:
		return r.fitsHas(row, f)
	case kg.RestsOn:
		return row.Fact != nil && restsOn(row.Fact.Evidence, f...)
	case kg.Touches:
		return row.Fact != nil && slices.ContainsFunc(f, func(id kg.ID) bool {
			id = r.canonical(id)
			return row.Fact.From == id || row.Fact.To == id
		})
	case kg.Identified:
		return row.Entity != nil && slices.Contains(row.Entity.Identifiers(), kg.Identifier(f))
	case kg.StatusIs:
		s := r.status(row.Entity, f.On)
		return s != nil && slices.Contains(f.Values, s.Value)
	}
	panic(kg.Errorf(kg.Internal, "the filter %s is of a type that the reference store does not know", f))
}

func fitsWords(row *kg.Row, f kg.Words) bool {
	if len(f.Is) == 0 && f.StartsWith == "" && f.Contains == "" {
		return true
	}
	key, ok := row.Value(f.Field).(string)
	if !ok {
		return false
	}
	if f.Field != kg.FieldName { // which is a sort key already
		key = kg.SortKey(key)
	}
	return (len(f.Is) == 0 || slices.Contains(f.Is, key)) && strings.HasPrefix(key, f.StartsWith) && strings.Contains(key, f.Contains)
}

func fitsBetween(row *kg.Row, f kg.Between) bool {
	var x float64
	switch v := row.Value(f.Field).(type) {
	case int64:
		x = float64(v)
	case float64:
		x = v
	default:
		return false
	}
	return (f.Min == nil || *f.Min <= x) && (f.Max == nil || x <= *f.Max)
}

func fitsDuring(row *kg.Row, f kg.During) bool {
	date, known := row.Value(f.Field).(kg.Date)
	if f.Known != nil && *f.Known != known {
		return false
	}
	if !known {
		return f.From == kg.MinDay && f.To == kg.MaxDay
	}
	return max(date.First, f.From) <= min(date.Last, f.To) // there is a day in both
}

// fitsPlace asks where an entity is: where it says itself, or else the nearest above it that does.
func (r *reading) fitsPlace(row *kg.Row, holds func(kg.Point) bool) bool {
	if row.Entity == nil {
		return false
	}
	upwards := kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}
	for _, place := range r.up(row.Entity, upwards, nil, kg.OnlyAccepted) {
		if at := place.Entity.Location; at != nil {
			return holds(*at)
		}
	}
	return false
}

func (r *reading) fitsHas(row *kg.Row, f kg.Has) bool {
	states := kg.StatesOf(f.Fact)
	if f.Relation.Way == kg.FactsOf {
		states = kg.StatesOf(f.Node) // the facts are what is asked about
	}
	if r.stopped() {
		return false
	}
	found := map[kg.ID]bool{}
	for _, node := range r.implied(row, f.Relation, f.Kinds, f.Fact, states) {
		if r.fits(&node, f.Node) {
			found[node.ID()] = true
		}
	}
	if f.None {
		return len(found) == 0
	}
	return len(found) >= f.AtLeast
}

// implied gives the nodes of some kinds that a filter or a facet means by a relation: for [kg.Up] the nearest alone.
func (r *reading) implied(row *kg.Row, rel kg.Relation, kinds kg.KindSet, fact kg.Filter, states kg.StateSet) []kg.Row {
	rows := r.lead(row, rel, fact, states)
	rows = slices.DeleteFunc(rows, func(row kg.Row) bool { return !ofKinds(&row, kinds) })
	if rel.Way == kg.Up {
		rows = r.single(rows, rel.Way)
	}
	return rows
}

// restsOn says whether some of the evidence is in one of the sources.
func restsOn(evidence []kg.Evidence, sources ...kg.ID) bool {
	return slices.ContainsFunc(evidence, func(ev kg.Evidence) bool { return slices.Contains(sources, ev.Source) })
}
