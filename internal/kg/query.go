package kg

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"
)

// Query is one question, whole: where to begin, and a tree of what to list, to filter, to order and to follow. A [Store]
// answers it in one call with one [Page], whatever its depth.
type Query struct {
	// IDs, if not nil, begins at these nodes, of any class: the answer has one row for each, in this order, an empty one where
	// there is none or it does not fit the List (Kinds, Where, States and AsOf hold here too; Order and pages do not).
	// Otherwise the answer lists all nodes of List.Kinds that fit.
	IDs []ID
	// Walk, if not nil, begins with a walk through the graph instead; of the List, Select is for all nodes that it finds, the
	// facts that lead to them included, and First, After, Total and Order are for walks that are paged.
	Walk Walk
	List
	// AsOf keeps the facts that may have held in the world on that day; nil keeps all. It never filters entities.
	AsOf *Day
	// KnownAt shows facts and evidence as the graph held them at that moment; zero means now. Entities' own fields and sources
	// show the present.
	KnownAt time.Time
	// Today is the day on which singular relations and `certain` are judged where AsOf is nil.
	Today Day
}

// List says which nodes of those that a step leads to are wanted, which page of them, and what of each.
type List struct {
	// Kinds are the kinds wanted, zero for any; others that a step leads to are passed over.
	Kinds KindSet
	// Where filters the nodes themselves; nil for all.
	Where Filter
	// States are the states of facts that are shown, where the nodes are facts or are led to by facts.
	States StateSet
	Order  []Order
	// Distinct lists each node once, led by the fact that CompareSingular prefers. Without it, a step along facts gives one row
	// a fact, and a node comes as often as facts lead to it.
	Distinct bool
	// First is how many at most, 0 only to count; -1 for all that there are, where the model bounds them.
	First int
	After *Cursor // nil for the first page
	// Unpaged says that nobody reads Page.More, nor a row's Key, so that a store need not find out what these are made of.
	Unpaged bool
	// Total asks for Page.Total.
	Total  bool
	Facets []Facet
	Select *Select // nil for all that a node holds, with nothing followed
}

// StateSet is a set of states.
type StateSet uint8

// OnlyAccepted is what queries show unless asked.
const OnlyAccepted = StateSet(1 << Accepted)

// AnyState is for filters that name states themselves.
const AnyState = StateSet(1<<Proposed | 1<<Accepted | 1<<Rejected | 1<<Retracted)

// Has says whether the state is in the set.
func (s StateSet) Has(st State) bool { return s>>st&1 == 1 }

// Order is one thing to order by. The last tie is always broken by id, and by the fact's id where facts lead.
type Order struct {
	Field *Field
	// OfFact orders by the fact that leads to the node instead of the node.
	OfFact bool
	// Desc puts the largest first. What is unknown comes last in both directions.
	Desc bool
}

// Facet asks how many of the whole list have each value of a field.
type Facet struct {
	By string // as the answer names it
	// Field is counted by; a date by its year, an id with its node's name as the label.
	Field *Field
	// Through, if not empty, leads step by step from the node to others of Kinds, whose values it is counted under instead. A
	// node counts once under each value, and under "" where it has none. The facts that lead are accepted ones.
	Through []Relation
	Kinds   KindSet
	// First bounds the buckets, the fullest first, then by key.
	First int
}

// Select says what is wanted of each node of a list: what is read of the node itself, beside its id, and which relations are
// followed from it.
type Select struct {
	Follow []Follow
	// Fields, if not nil, are the only fields that are read, and Without are parts that nobody reads, so that a store need not
	// fetch what is left. It may give it all the same. Where the list is not Unpaged, what Order reads is read too.
	Fields  []*Field
	Without Parts
}

// Keyed selects what is selected of the nodes of a list, and of the facts that led to them, and besides what their Key is made
// of. lead is nil where only that is read of the facts.
func (l *List) Keyed(lead *Select) (of, led *Select) {
	of, led = l.Select, lead
	if led == nil {
		led = Bare()
	}
	for _, o := range l.Order {
		if o.OfFact {
			led = led.With(0, o.Field)
		} else {
			of = of.With(0, o.Field)
		}
	}
	return of, led
}

// Parts is a set of parts of nodes that are long or costly to fetch, or no field, and often not read.
type Parts uint16

// The parts.
const (
	PartName        Parts = 1 << iota // an entity's primary name; its sort key is [FieldName]
	PartNames                         // an entity's names but the primary one
	PartDescription                   // an entity's description
	PartIdentifiers                   // an entity's other identifiers
	PartLocation                      // an entity's location
	PartEvidence                      // an entity's or a fact's evidence, apart from EvidenceOf
	PartEnds                          // the ids of a fact's ends, apart from FromEnd and ToEnd
	PartMoments                       // when a fact was accepted and retracted
	PartText                          // a source's text
	PartOrigin                        // what a source is based on, its address, licence and hash
	AllParts        = Parts(1<<iota - 1)
)

// Bare selects nothing but the ids of nodes, and what is followed from them.
func Bare(follow ...Follow) *Select {
	return &Select{Follow: follow, Fields: []*Field{}, Without: AllParts}
}

// Reads says whether a field of nodes of a kind is read.
func (s *Select) Reads(k Kind, f *Field) bool {
	switch {
	case s == nil:
		return true
	case s.Fields == nil:
		return f.Part()&s.Without == 0
	}
	d := k.Decl()
	return slices.ContainsFunc(s.Fields, func(o *Field) bool {
		return o == f || o == FieldDay && f == d.Day || o == fieldDetail && f == d.Detail
	})
}

// With selects more of the nodes: some fields, and some parts.
func (s *Select) With(parts Parts, fields ...*Field) *Select {
	if s == nil {
		return nil // which is all of them
	}
	more := *s
	more.Without &^= parts
	if s.Fields != nil {
		more.Fields = append(s.Fields[:len(s.Fields):len(s.Fields)], fields...) // which stays a list, if an empty one
	}
	for _, f := range fields {
		more.Without &^= f.Part()
	}
	return &more
}

// Follow leads from a node to others. Its answer stands in Row.Pages at its own position in Select.Follow.
type Follow struct {
	// Owners are the kinds of node that it is followed from; others get an empty page.
	Owners KindSet
	Relation
	// Fact filters the facts that lead, for the ways that facts lead.
	Fact Filter
	// Lead says what is wanted of the facts that led (Row.Lead); nil where they are not read. Row.Lead of Out, In and Both is
	// there all the same, unless Single or Unpaged, as a row's Key is made of it: with its id and what Order reads of it, at
	// least. Where Distinct leaves it out of the Key and Order reads nothing of it, a store may leave it out too.
	Lead *Select
	// Single asks for the one node that a singular field shows: the fact that holds on the day (AsOf, else Today), then
	// Decl.Prefer's largest, then the surest, the newest (Since), the smallest id. List.First is 1, and Order is empty.
	Single bool
	List
}

// Relation is a way from a node to others.
type Relation struct {
	Way  Way
	Fact Kind // the kind of fact that is followed, for the ways that follow one
	// Field is the field of a fact that names the others, for [ByField]. For [EvidenceOf] an entity it is the field whose
	// evidence is wanted, by its name; nil for all.
	Field *Field
	// On is the day of [StatusOf]; nil for AsOf, else Today.
	On *Day
}

// String is canonical, as a filter's.
func (r Relation) String() string {
	s := r.Way.String()
	if r.Fact != NoKind {
		s += " " + r.Fact.String()
	}
	if r.Field != nil {
		s += " " + r.Field.Name
	}
	if r.On != nil {
		s += " " + r.On.String()
	}
	return s
}

// Way says how a relation leads from a node to others.
type Way uint8

// The ways. From an entity along facts of one kind:
const (
	// Out leads from a fact's From to its To, one step.
	Out Way = iota + 1
	// In leads from a fact's To to its From, one step.
	In
	// Both leads from either end to the other, one step; for symmetric facts.
	Both
	// Up leads along chains of facts from From to To to the nodes of List.Kinds at any height, each once; a node of those
	// kinds itself is its own nearest. What a singular field shows is the nearest on the chain that takes, at each step, the
	// fact that CompareSingular prefers, and the next best one only where that leads nowhere. Filters and facets go to that one
	// alone, so that they agree with the field.
	Up
	// Down leads along chains of facts from To to From to all nodes of List.Kinds at any depth, each once, without the node
	// itself: along the shortest chain, and of equally short ones the one whose facts CompareSingular prefers, from the
	// first step on.
	Down

	// FactsOf leads from an entity to the facts that have it at either end, and from a source to those that rest on it.
	FactsOf
	// FromEnd and ToEnd lead from a fact to its ends.
	FromEnd
	ToEnd
	// ByField leads from a fact to the entities that its field names.
	ByField
	// EvidenceOf leads from a fact or entity to its evidence, and SourceOf from evidence to its source. Evidence has no id to
	// break ties by: what its order leaves open stays as the fact or entity has it.
	EvidenceOf
	SourceOf
	// StatusOf leads from an agreement to its status on Relation.On, decided by the accepted facts that the graph held at
	// KnownAt, whatever AsOf is; from there EvidenceOf leads to what decided it.
	StatusOf
	// LineageOf leads from an agreement to the [RelatesTo] facts that link it, through all steps either way, with others. Each
	// row's Moment is the day of the newer of the two agreements, unknown where neither has one, for LineageOrder to begin
	// with the oldest.
	LineageOf
	// ChangesOf leads from an entity to its changes and to those of all facts at either end of which it stands, in whatever
	// state: those made by KnownAt, whatever AsOf is, for ChangeOrder to begin with the newest. From a change, FactOf leads to
	// its fact.
	ChangesOf
	FactOf
)

var wayNames = [...]string{"", "OUT", "IN", "BOTH", "UP", "DOWN", "FACTS", "FROM", "TO", "FIELD", "EVIDENCE", "SOURCE", "STATUS", "LINEAGE", "CHANGES", "FACT"}

// String gives the way's name, for the first five as the SDL's @follows writes it.
func (w Way) String() string { return wayNames[w] }

// WayNamed gives the way that @follows names, or 0.
func WayNamed(name string) Way {
	for w := Out; w <= Down; w++ {
		if wayNames[w] == name {
			return w
		}
	}
	return 0
}

// ByFact says whether facts of one kind lead along the way, one for each step.
func (w Way) ByFact() bool { return w >= Out && w <= Down }

// Page is the answer to a [List].
type Page struct {
	Rows  []Row
	More  bool // whether there are rows after these
	Total int  // how many fit in all; only where List.Total asked
	// Facets answer List.Facets, in that order.
	Facets [][]Bucket

	// What some walks find besides Rows.
	Facts      []Row     // Around: the facts among Rows; Connecting: of a path
	Groups     []Page    // Comparing and Connecting
	Truncated  bool      // Around: whether PerNode or Limit left something out
	Omitted    []Omitted // Around: for each entity shown that has such, in the order of Rows
	Statistics *Statistics
}

// Bucket is one value of a facet and how many have it.
type Bucket struct {
	Key   string // as a program needs it: an enum value, an id, a year; "" for those that have none
	Label string // as a person reads it
	Count int
}

// Row is one node of an answer with what was followed from it. Exactly one of the pointers is set; none where an id of
// Query.IDs names nothing. What a Row points to belongs to the store: it is never changed, by either side.
type Row struct {
	Entity   *Entity
	Fact     *Fact
	Source   *Source
	Evidence *Evidence
	Change   *Change
	Status   *Status
	// Moment says what put the row into a timeline or lineage; else nil.
	Moment *Moment
	// Difference says how a fact differs from what it was, in the answer to [Differing]; else nil.
	Difference *Difference
	// Score and Matched say how well a row fits what was searched, and which of its names or texts does.
	// Places are the parts of Matched that did, where they were asked for.
	Score   float64
	Matched string
	Places  []Span
	// Lead are the facts that led here from the owner: one for a step, the chain for Up and Down, none at the root.
	Lead []Row
	// Pages answer Select.Follow, by position; those that the row's kind does not own are empty.
	Pages []Page
}

// Kind says what the row is, [NoKind] if it is empty.
func (r *Row) Kind() Kind {
	switch {
	case r.Entity != nil:
		return r.Entity.Kind
	case r.Fact != nil:
		return r.Fact.Kind
	case r.Source != nil:
		return SourceKind
	case r.Evidence != nil:
		return EvidenceKind
	case r.Change != nil:
		return ChangeKind
	case r.Status != nil:
		return StatusKind
	}
	return NoKind
}

// ID gives the node's id; "" for evidence, changes and statuses, which have none.
func (r *Row) ID() ID {
	switch {
	case r.Entity != nil:
		return r.Entity.ID
	case r.Fact != nil:
		return r.Fact.ID
	case r.Source != nil:
		return r.Source.ID
	}
	return ""
}

// Value gives what the node holds in a field, nil where that is unknown.
func (r *Row) Value(f *Field) Value {
	switch f {
	case nil:
		return nil
	case FieldScore:
		return r.Score
	case FieldMoment:
		return dateOrNil(r.Moment.On)
	case FieldMomentField:
		return r.Moment.position(r.Kind())
	}
	if d := r.Difference; d != nil {
		switch f {
		case FieldAt:
			return d.At
		case FieldDifference:
			return string(d.Kind)
		}
	}
	switch {
	case r.Entity != nil:
		return r.Entity.Value(f)
	case r.Fact != nil:
		return r.Fact.Value(f)
	case r.Source != nil:
		return r.Source.Value(f)
	case r.Evidence != nil:
		return r.Evidence.Value(f)
	case r.Change != nil:
		return r.Change.Value(f)
	case r.Status != nil:
		return r.Status.value(f)
	}
	return nil
}

// Fingerprint condenses what a cursor is bound to: which nodes a list holds, found by which walk or along which relation, and
// in which order.
func (l *List) Fingerprint(walk Walk, r Relation, fact Filter) uint32 {
	h := fnv.New32a()
	var order strings.Builder
	for _, o := range l.Order {
		fmt.Fprintf(&order, "%s %t %t,", o.Field.Name, o.OfFact, o.Desc)
	}
	fmt.Fprintf(h, "%+v|%s|%s|%s|%s|%d|%s|%t", walk, l.Kinds, filterText(l.Where), r, filterText(fact), l.States, order.String(), l.Distinct)
	return h.Sum32()
}
