package sqlitestore

import (
	"cmp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// graph is one state of what the store holds, but for what stays on disk: texts, quotes, evidence and histories. Nothing in
// it changes once readers may see it; the next state shares with it all that is the same.
//
// Everything has a number, which it keeps for good, on disk too: entities, facts, sources and aliases, each from 0 on.
type graph struct {
	gen  uint64 // of the write that made it
	seq  int64  // of the commit that it is the state of
	body int64  // the last place on disk that was given out

	values values
	tuples chunks[uint32] // lists of numbers, see fact.values and fact.sources
	texts  arena

	entities vec[entity]
	facts    vec[fact]
	sources  vec[source]
	aliases  vec[alias]

	entityIDs, factIDs, sourceIDs, aliasIDs idIndex

	// Of each kind: its things by id, entities by name, and by the day that orders them (of facts: since).
	byID, byName, byDay [maxKinds]tree
	byLast              tree               // facts by when anything was last recorded of them, see lastItem
	nearest             vec[nearest]       // of each entity
	varying             tree               // entities of which that depends on the day
	identifiers         tree               // entities by a hash of each of their identifiers
	places              tree               // entities by the location that they have themselves
	inside              tree               // places by the place that a fact says they lie in, of whatever state it is
	grams               *laterPostings     // entities by a hash of each of their grams
	told                []toldFact         // in the order of their pieces, those that the index of quotes may not have
	accepted            [maxKinds]uint32   // how many facts of a kind are accepted
	quoted, confirmed   uint32             // how many accepted facts have a quote, and are corroborated
	classes             [maxClasses]uint32 // how many accepted facts rest on a source of a class, see sourceClasses

	// What is kept of hubs by their numbers, as readers come to it, see hub.go.
	neighbourhoods *sync.Map    // of this state and of those that came after it
	telling        sync.Map     // of this state alone
	columns        *keptColumns // of this state and of those that came after it

	readers atomic.Int64 // who may still ask the disk for what belongs to this state
}

const maxKinds = 32

// sourceClasses are the classes of source, each known by its place.
var sourceClasses = kg.SourceKind.Decl().Field("class").Enum

const maxClasses = 16

// entity is an entity with what links it to others.
type entity struct {
	*kg.Entity        // without its evidence
	links      tree   // of its facts: see link
	held       tree   // of a place: what it is the nearest of its kind to, see heldItem
	body       int64  // where its evidence and its changes are; 0 where there are none
	changed    uint64 // the state in which one of its facts changed last
}

// link makes the item by which an entity leads to a fact: by kind, then those from it before those to it, then by the name of
// what is at the other end, of which it holds the beginning. So the first of an entity's neighbours by name are found without
// looking at the others, of which a hub has thousands.
func link(k kg.Kind, to bool, name string, n uint32) uint64 {
	it := uint64(k)<<(linkName+1) | uint64(firstOf(name)>>(32-linkName))
	if to {
		it |= 1 << linkName
	}
	return it<<32 | uint64(n)
}

// linkName is how many bits of a name stand in a link.
const linkName = 26

// leadsIn says whether an entity's link is to a fact to it.
func leadsIn(link uint64) bool { return link>>(32+linkName)&1 == 1 }

// kindOfLink is the kind of the fact that a link leads to.
func kindOfLink(link uint64) kg.Kind { return kg.Kind(link >> (32 + linkName + 1)) }

// linkTo makes the link of one of a fact's ends.
func (g *graph) linkTo(f *fact, n uint32, to bool) uint64 {
	end := f.to
	if to {
		end = f.from
	}
	return link(f.kind, to, g.entities.at(end).Key, n)
}

// orderOfLinks orders an entity's links: by the name of the other end, its id, and the id of the fact.
func (g *graph) orderOfLinks(a, b uint64) int {
	f, h := g.facts.at(uint32(a)), g.facts.at(uint32(b))
	x, y := f.to, h.to
	if leadsIn(a) { // and so does b
		x, y = f.from, h.from
	}
	if x != y {
		d, e := g.entities.at(x), g.entities.at(y)
		return cmp.Or(strings.Compare(d.Key, e.Key), compareText(d.ID, e.ID))
	}
	return compareText(g.idOf(f), g.idOf(h))
}

// fact is a fact as it is now, in 88 bytes without a pointer.
type fact struct {
	id, key       uint32 // where their texts are
	from, to      uint32 // numbers of entities
	since, until  uint32 // numbers of values
	values        uint32 // where the numbers of its kind's own fields begin, a value each; 0 where all are unknown
	sources       uint32 // where the numbers of the sources of its evidence begin, after how many they are
	ever          uint32 // the same of all sources that it ever rested on
	recorded      int64  // moments: see moment
	accepted      int64
	retracted     int64
	last          int64 // of all that was ever recorded of it
	body          int64 // where its history is
	confidence    uint16
	idLen, keyLen uint8
	kind          kg.Kind
	state         kg.State
	flags         factFlags
}

type factFlags uint8

const (
	toldOnce  factFlags = 1 << iota // its history is one assertion
	quoted                          // some of the evidence that speaks for it is a quote
	confirmed                       // it is corroborated
	allCounts                       // nothing told of it was taken back, or not accepted: it rests on all that it ever did
)

// source is a source with what rests on it.
type source struct {
	*kg.Source       // without its text
	facts      tree  // that rest on it, or did once, by number
	body       int64 // where its text is; 0 where there is none
}

type alias struct {
	id kg.ID
	of uint32
}

func (g *graph) entityID(n uint32) kg.ID { return g.entities.at(n).ID }
func (g *graph) sourceID(n uint32) kg.ID { return g.sources.at(n).ID }
func (g *graph) aliasID(n uint32) kg.ID  { return g.aliases.at(n).id }
func (g *graph) factID(n uint32) kg.ID   { return g.idOf(g.facts.at(n)) }
func (g *graph) idOf(f *fact) kg.ID      { return kg.ID(g.texts.at(f.id, int(f.idLen))) }

func (g *graph) entity(id kg.ID) (uint32, bool) { return g.entityIDs.find(id, g.entityID) }
func (g *graph) fact(id kg.ID) (uint32, bool)   { return g.factIDs.find(id, g.factID) }
func (g *graph) source(id kg.ID) (uint32, bool) { return g.sourceIDs.find(id, g.sourceID) }
func (g *graph) alias(id kg.ID) (uint32, bool)  { return g.aliasIDs.find(id, g.aliasID) }

// canonical gives the entity that an id names, or that it is an alias of.
func (g *graph) canonical(id kg.ID) (uint32, bool) {
	if n, ok := g.alias(id); ok {
		return g.aliases.at(n).of, true
	}
	return g.entity(id)
}

// sourceNamed is for histories, which ask for sources by id.
func (g *graph) sourceNamed(id kg.ID) *kg.Source {
	if n, ok := g.source(id); ok {
		return g.sources.at(n).Source
	}
	return nil
}

// Moments are kept as microseconds since 1970, which is as exact as records are.

const never = -1 << 63

func moment(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return t.UnixMicro()
}

func timeOf(moment int64) time.Time {
	if moment == never {
		return time.Time{}
	}
	return time.UnixMicro(moment).UTC()
}
