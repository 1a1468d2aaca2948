package kg

import "time"

// Walk begins a query with a walk through the graph instead of at ids or with all nodes of some kinds. It is one of the types
// of this file. A [Store] answers [Around], [Comparing], [Happening], [Differing], [Linking] and [Counts] itself, in one call; [Finding] and
// [Connecting] are answered by the [Catalog], for every engine alike, from [Store.Candidates] and [Store.Expand].
type Walk interface{ isWalk() }

type (
	// Around draws what lies around some entities. Page.Rows are the entities shown: those asked for, in the order asked, then
	// those found, nearest first, in the order in which they were found. Page.Facts are all facts among them that fit, by id.
	//
	// From each entity at most PerNode facts are followed, the most telling first, as CompareTelling has it. Page.Truncated
	// says whether PerNode or Limit mattered: whether an entity that Depth lets be reached is not shown, or was reached only
	// in more steps than its facts allow. Page.Omitted also counts what lies beyond Depth.
	Around struct {
		IDs     []ID   // an alias stands for its entity; what is repeated or names none is passed over
		Depth   int    // steps, 1 to 3
		PerNode int    // facts followed from each entity
		Limit   int    // entities shown, those asked for included
		Fact    Filter // which facts are followed and shown
		States  StateSet
		Hidden  bool // whether it is asked what is not shown, Page.Truncated and Page.Omitted, which are there only then
	}

	// Comparing finds what some entities are linked with, by accepted facts of any kind. Page.Rows are the compared, one for
	// each of IDs, an empty one where an id names no entity, or one that stands before; nothing is followed from them.
	// Page.Groups[0] is what at least two of them are linked with, led by those facts; Page.Groups[i+1] is what only Rows[i]
	// is, and empty where that is. The compared ones themselves are in none. Groups are ordered by how many of the compared
	// share it, most first, then by name, then by id; facts in the order of IDs, then by CompareSingular. A group has its More
	// and, where List.Total asks, its Total.
	Comparing struct {
		IDs          []ID
		Shared, Only int // the largest group shown of either; -1 for all
	}

	// Happening lists what happened around some entities as moments, a page of them by date (List.First, List.After,
	// List.Total, and MomentOrder as List.Order): the dates of the entities themselves, of the accepted facts at either end of
	// which they stand, and of the [Happenings] that these facts link them with. Which of its dates a node has is for
	// MomentFields to say. Each Row has its Moment, each moment comes once, and no facts lead.
	Happening struct {
		IDs      []ID // as in Around
		From, To Day  // both included: a date fits if any of its days does; MinDay and MaxDay where open
	}

	// Linking counts what links places of a kind of which there are few, such as countries, two by two. An entity lies in the nearest place of the kind, as a singular
	// field shows it, and a place of the kind in itself. What lies in none, and what links one with itself, does not count.
	//
	// Page.Groups are the pairs that something links: Rows are the two, the smaller id first, and Counts how many of each of By.
	// Those with the most in all come first, then by the first id, then by the second.
	Linking struct {
		Places Kind
		// By is what is counted, each apart. Along [Both], that is the facts of the kind, between the places that their ends lie
		// in. Along [In] or [Out], it is the entities that such facts lead to or from, each once for every two of the places that
		// the other ends of its facts lie in.
		By     []Relation
		With   []ID   // of places: only pairs with one of these; nil for all, and an alias stands for its entity
		Fact   Filter // which facts count
		States StateSet
		First  int // pairs
	}

	// Differing lists how what the graph holds of facts at Query.KnownAt differs from what it held of them at From: a page by
	// List.First, List.After, List.Total and List.Facets, and DifferenceOrder as List.Order. Each Row is the fact as it is at
	// KnownAt, with its Difference; what List.Select asks for is followed from Row.Difference.Before too, as of From. Facts that
	// were asserted at neither moment, and those that are the same at both, are none of them.
	Differing struct {
		From, To time.Time        // From lies before To, which is Query.KnownAt
		IDs      []ID             // as in Around: facts that have one of these at either end; of the whole graph if nil
		Fact     Filter           // which facts, as they are at KnownAt
		Kinds    []DifferenceKind // what became of them; anything if nil
	}

	// Finding finds entities by any name, by description, or by what is quoted of them: a page by Row.Score, largest first, then
	// by name, then by id. Row.Lead is the fact whose quote led to it, where nothing better did: accepted ones alone lead.
	Finding struct {
		Text  string
		In    SearchIn
		Kinds KindSet
		Where Filter  // which entities
		Lead  *Select // what is wanted of the facts; nil where they are not read
		// Places asks for Row.Places.
		Places bool
	}

	// Connecting finds how two entities are connected. Each of Page.Groups is one path, Rows its entities and Facts its facts,
	// each the surest of its hop; shortest first, then surest, then by the ids of its entities. Page.More is true where the
	// search stopped at its bound before it had considered every path within MaxHops.
	Connecting struct {
		From, To ID
		MaxHops  int    // 1 to 6
		First    int    // paths
		Fact     Filter // which facts are walked
		Avoid    []ID   // entities that no path passes
		// AvoidKinds are kinds of entity that no path passes; Through are, of Country and Sector, those that a path may pass
		// all the same.
		AvoidKinds, Through KindSet
		MaxDegree           *int // largest number of facts of what a path passes through, nil for any
		States              StateSet
	}

	// Counts says how much the graph holds now, whatever the query's AsOf and KnownAt, in Page.Statistics.
	Counts struct {
		Coverage bool // whether it is asked what accepted facts rest on: Quoted, Corroborated and BySourceClass
	}
)

func (Around) isWalk()     {}
func (Comparing) isWalk()  {}
func (Happening) isWalk()  {}
func (Linking) isWalk()    {}
func (Differing) isWalk()  {}
func (Finding) isWalk()    {}
func (Connecting) isWalk() {}
func (Counts) isWalk()     {}

// Happenings are the entities that are known by when they happened.
const Happenings KindSet = 1<<Agreement | 1<<Event | 1<<Project

// Omitted says how many entities at the other ends of an entity's facts, of those that fit, are not shown.
type Omitted struct {
	ID    ID
	Count int
}

// Degree says how many accepted facts of a kind an entity has: those that lead from it (Out), those that lead to it (In), or, of
// a symmetric kind, all (Both).
type Degree struct {
	Fact  Kind
	Way   Way
	Count int
}

// Statistics says how much the graph holds: entities and sources, and accepted facts.
type Statistics struct {
	Entities, Facts, Sources int
	ByKind, ByFact           []Bucket // kinds that there are any of, most first, then by key
	// Quoted facts have a quote, Corroborated ones are that by [Corroborated]; evidence that disputes a fact counts for neither.
	// They and BySourceClass are there only if Counts.Coverage asked.
	Quoted, Corroborated int
	// BySourceClass counts facts by the classes of their sources, as RestsOn means these: each once in every class that it has
	// a source of. Most first, then by key, as above.
	BySourceClass []Bucket
}

// Expansion asks a store for the facts that have one of some entities at either end.
type Expansion struct {
	IDs     []ID // without aliases, which name nothing here, and without repetitions
	Fact    Filter
	States  StateSet
	AsOf    *Day
	KnownAt time.Time // zero for now
	// Budget is how many facts these entities may have in all: the sum of their degrees.
	Budget int
	// Without are parts of the facts that nobody reads, as in Select.
	Without Parts
	// Steps asks for these in place of Facts, if nobody reads the evidence. A store that has no numbers for things gives Facts all
	// the same.
	Steps bool
}

// Expanded answers an [Expansion].
type Expanded struct {
	// Exceeded is true where the budget was too small; then the rest is empty.
	Exceeded bool
	// Facts are those of each entity that fit, in any order. A fact between two of them stands with both.
	Facts [][]*Fact
	Steps *Steps // in their place, where it is not nil
	// Degrees are how many facts each entity has in all, of any kind and state, whenever they were recorded; 0 for an id that
	// names nothing. So what a search may cost depends on the graph alone, and is known before anything is filtered.
	Degrees []int
}

// Steps are the facts around entities by the numbers that a store has for things. Whoever looks at thousands of facts to show a few
// need not have the others made, nor read the ids at their ends.
type Steps struct {
	Of [][]Step // of each entity, as Expanded.Facts
	Numbers
}

// Step is a fact as one of its ends sees it.
type Step struct {
	End, Fact uint32  // the entity at the other end, and the fact
	EndKinds  KindSet // which that entity may be of, as far as the fact says it
	Sure      uint16  // the fact's confidence in ten-thousandths
}

// Numbers says what the numbers of [Steps] stand for, without a call of the store. An entity has the same number in all that a
// store gives.
type Numbers interface {
	Number(entity ID) (n uint32, ok bool) // false where there is no such entity
	ID(entity uint32) ID
	Kind(entity uint32) Kind
	Fact(n uint32) *Fact // one of these steps' facts
}
