package kg

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Filter says which nodes are wanted. It is one of the types of this file; nil is as if nothing were asked. Its String is
// canonical: equal text means equal filter, which is how a cursor is bound to the filter that it was made under.
type Filter interface {
	fmt.Stringer
	isFilter()
}

type (
	// And fits what all of its filters fit; everything, if there are none.
	And []Filter
	// Or fits what any of its filters fits; nothing, if there are none.
	Or []Filter
	// Not fits what its filter does not fit.
	Not struct{ Filter Filter }

	// IDIn fits the nodes with these ids. An alias stands for its entity.
	IDIn []ID
	// KindIn fits nodes of these kinds.
	KindIn struct{ Kinds KindSet }
	// OneOf fits where the field holds one of these values exactly: an enum value, a code.
	OneOf struct {
		Field  *Field
		Values []string
	}
	// Words compares folded text: the sort key of what the field holds is one of Is, begins with StartsWith, contains
	// Contains. What is nil or empty is not asked. All three are sort keys already.
	Words struct {
		Field                *Field
		Is                   []string
		StartsWith, Contains string
	}
	// Between fits numbers from Min to Max, both included; nil is no bound. What is unknown never fits.
	Between struct {
		Field    *Field
		Min, Max *float64
	}
	// During fits dates any of whose days lies from From to To. Known, if not nil, says whether the date must be known.
	// An unknown date fits neither bound.
	During struct {
		Field    *Field
		From, To Day // MinDay and MaxDay where open
		Known    *bool
	}
	// Within fits entities at most so many kilometres from a point, as [Kilometres] measures. What does not have a location of its
	// own is where the nearest that has one above it is; see [Relation] for Up, of which [Located] finds it.
	Within struct{ Lat, Lon, Km float64 }
	// WithinBox fits entities between two latitudes and two longitudes, all included, found as those of [Within]. A box with West
	// above East crosses the antimeridian.
	WithinBox struct{ South, West, North, East float64 }
	// Located fits entities that have a location of their own.
	Located struct{}

	// Has fits nodes that lead along a relation to at least AtLeast nodes of Kinds that fit, or, if None, to none. For a
	// fact, the relation may be one of its ends. Facts that lead are ACCEPTED unless the Fact filter names [FieldState].
	Has struct {
		Relation Relation
		Kinds    KindSet
		Fact     Filter // which facts lead; nil: any
		Node     Filter // what must be at the other end; nil: anything
		None     bool
		AtLeast  int // at least 1
	}
	// RestsOn fits facts with evidence in one of these sources.
	RestsOn []ID
	// Touches fits facts with one of these entities at either end.
	Touches []ID
	// Identified fits entities that a register calls by this value, as Entity.Identifiers lists them.
	Identified Identifier
	// StatusIs fits agreements whose status is one of these on a day; see [StatusOf].
	StatusIs struct {
		Values []string
		On     *Day // nil for AsOf, else Today
	}
)

func (And) isFilter()        {}
func (Or) isFilter()         {}
func (Not) isFilter()        {}
func (IDIn) isFilter()       {}
func (KindIn) isFilter()     {}
func (OneOf) isFilter()      {}
func (Words) isFilter()      {}
func (Between) isFilter()    {}
func (During) isFilter()     {}
func (Within) isFilter()     {}
func (WithinBox) isFilter()  {}
func (Located) isFilter()    {}
func (Has) isFilter()        {}
func (RestsOn) isFilter()    {}
func (Touches) isFilter()    {}
func (Identified) isFilter() {}
func (StatusIs) isFilter()   {}

func (f And) String() string    { return list("and", f) }
func (f Or) String() string     { return list("or", f) }
func (f Not) String() string    { return "not(" + filterText(f.Filter) + ")" }
func (f IDIn) String() string   { return fmt.Sprintf("id in %q", []ID(f)) }
func (f KindIn) String() string { return "kind in " + f.Kinds.String() }
func (f OneOf) String() string  { return fmt.Sprintf("%s in %q", f.Field.Name, f.Values) }
func (f Words) String() string {
	return fmt.Sprintf("%s is %q starts %q contains %q", f.Field.Name, f.Is, f.StartsWith, f.Contains)
}
func (f Between) String() string {
	return fmt.Sprintf("%s %s..%s", f.Field.Name, bound(f.Min), bound(f.Max))
}
func (f During) String() string {
	known := ""
	if f.Known != nil {
		known = fmt.Sprintf(" known %t", *f.Known)
	}
	return fmt.Sprintf("%s %d..%d%s", f.Field.Name, f.From, f.To, known)
}
func (f Within) String() string { return fmt.Sprintf("within %v km of %v,%v", f.Km, f.Lat, f.Lon) }
func (f WithinBox) String() string {
	return fmt.Sprintf("within %v,%v to %v,%v", f.South, f.West, f.North, f.East)
}
func (Located) String() string { return "located" }
func (f Has) String() string {
	op := fmt.Sprintf("at least %d", f.AtLeast)
	if f.None {
		op = "none"
	}
	return fmt.Sprintf("%s %s to %s(fact %s node %s)", op, f.Relation, f.Kinds, filterText(f.Fact), filterText(f.Node))
}
func (f RestsOn) String() string { return fmt.Sprintf("source in %q", []ID(f)) }
func (f Touches) String() string { return fmt.Sprintf("touches %q", []ID(f)) }
func (f Identified) String() string {
	return fmt.Sprintf("identified as %q by %q", f.Value, f.Scheme)
}
func (f StatusIs) String() string {
	on := ""
	if f.On != nil {
		on = " on " + f.On.String()
	}
	return fmt.Sprintf("status in %q%s", f.Values, on)
}

// StatesOf gives the states of the facts that a filter of facts shows: all, if it names [FieldState] itself, else only what
// is accepted.
func StatesOf(f Filter) StateSet {
	if namesState(f) {
		return AnyState
	}
	return OnlyAccepted
}

func namesState(f Filter) bool {
	switch f := f.(type) {
	case And:
		return slices.ContainsFunc(f, namesState)
	case Or:
		return slices.ContainsFunc(f, namesState)
	case Not:
		return namesState(f.Filter)
	case OneOf:
		return f.Field == FieldState
	}
	return false
}

func filterText(f Filter) string {
	if f == nil {
		return "any"
	}
	return f.String()
}

func list(op string, filters []Filter) string {
	parts := make([]string, len(filters))
	for i, f := range filters {
		parts[i] = filterText(f)
	}
	return op + "(" + strings.Join(parts, "; ") + ")"
}

func bound(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'g', -1, 64)
}
