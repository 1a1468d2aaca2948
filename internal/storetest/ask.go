package storetest

import (
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Queries as the cases write them: all(kg.City, where(...), by(...), first(2)). Unless a case says otherwise a list is
// whole, in the order of ids, of accepted facts, as of today.

// today is the day on which the cases ask.
var today = day("2024-06-15")

// option changes a list, whether it is a query's or a relation's.
type option func(*kg.List)

// all asks for every node of a kind.
func all(kind kg.Kind, options ...option) kg.Query { return allOf(kg.SetOf(kind), options...) }

// allOf asks for every node of some kinds.
func allOf(kinds kg.KindSet, options ...option) kg.Query {
	return kg.Query{Today: today, List: list(kinds, options)}
}

// these asks for nodes by id.
func these(ids []kg.ID, options ...option) kg.Query {
	return kg.Query{Today: today, IDs: ids, List: list(0, options)}
}

// the asks for one node by id.
func the(id kg.ID, options ...option) kg.Query { return these([]kg.ID{id}, options...) }

// walking asks a question that begins with a walk.
func walking(w kg.Walk, options ...option) kg.Query {
	return kg.Query{Today: today, Walk: w, List: list(0, options)}
}

func list(kinds kg.KindSet, options []option) kg.List {
	l := kg.List{Kinds: kinds, States: kg.OnlyAccepted, First: -1}
	for _, set := range options {
		set(&l)
	}
	return l
}

func only(kinds kg.KindSet) option { return func(l *kg.List) { l.Kinds = kinds } }
func where(f kg.Filter) option     { return func(l *kg.List) { l.Where = f } }
func by(order ...kg.Order) option  { return func(l *kg.List) { l.Order = order } }
func first(n int) option           { return func(l *kg.List) { l.First = n } }
func after(c *kg.Cursor) option    { return func(l *kg.List) { l.After = c } }
func total(l *kg.List)             { l.Total = true }
func distinct(l *kg.List)          { l.Distinct = true }
func states(s kg.StateSet) option  { return func(l *kg.List) { l.States = s } }
func counted(f ...kg.Facet) option { return func(l *kg.List) { l.Facets = f } }
func follow(f ...kg.Follow) option { return func(l *kg.List) { l.Select = &kg.Select{Follow: f} } }
func asc(f *kg.Field) kg.Order     { return kg.Order{Field: f} }
func desc(f *kg.Field) kg.Order    { return kg.Order{Field: f, Desc: true} }
func ofFact(o kg.Order) kg.Order   { o.OfFact = true; return o }

// ids lists ids; of none, it is a list of none, which is not the same as no list.
func ids(ids ...kg.ID) []kg.ID { return append([]kg.ID{}, ids...) }

// asOf asks a query of one day in the world.
func asOf(on string, q kg.Query) kg.Query {
	q.AsOf, q.Today = pointer(day(on)), 0
	return q
}

// knownAt asks a query of what the graph held at a moment.
func knownAt(at time.Time, q kg.Query) kg.Query {
	q.KnownAt = at
	return q
}

// way is a relation that follows facts of a kind.
func way(w kg.Way, fact kg.Kind) kg.Relation { return kg.Relation{Way: w, Fact: fact} }

// along follows a relation to nodes of some kinds, from entities, and brings the facts that led.
func along(w kg.Way, fact kg.Kind, to kg.KindSet, options ...option) kg.Follow {
	return kg.Follow{Owners: kg.Entities, Relation: way(w, fact), Lead: &kg.Select{}, List: list(to, options)}
}

// single makes a relation show what a singular field does.
func single(f kg.Follow) kg.Follow {
	f.Single, f.First = true, 1
	return f
}

// through keeps of a relation what facts that fit lead to.
func through(fact kg.Filter, f kg.Follow) kg.Follow {
	f.Fact = fact
	return f
}

// unread does not ask for the facts that led.
func unread(f kg.Follow) kg.Follow {
	f.Lead = nil
	return f
}

// some fits what leads to at least one node that fits.
func some(rel kg.Relation, to kg.KindSet, node kg.Filter) kg.Has {
	return kg.Has{Relation: rel, Kinds: to, Node: node, AtLeast: 1}
}

// plain follows a way that no facts lead along, from whatever has it.
func plain(w kg.Way, options ...option) kg.Follow {
	return kg.Follow{
		Owners:   kg.Entities | kg.Facts | kg.SetOf(kg.SourceKind, kg.EvidenceKind),
		Relation: kg.Relation{Way: w},
		List:     list(0, options),
	}
}
