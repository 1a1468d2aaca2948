package storetest

import (
	"maps"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// graph is one state of a reference store. Once it is in place nothing in it changes, nor does anything that it points to.
type graph struct {
	sources   map[kg.ID]*kg.Source
	entities  map[kg.ID]*kg.Entity
	aliases   map[kg.ID]kg.ID // to the entity itself, never to another alias
	histories map[kg.ID]*kg.History
	facts     map[kg.ID]*kg.Fact    // what the histories say now
	changes   map[kg.ID][]kg.Change // of entities' own fields

	// Facts by what they have to do with: those from an entity, those to it, and those that rest or ever rested on a source.
	from, to, restOn map[kg.ID][]kg.ID

	// grams are the sets of grams of those entities, by pointer, that have been searched for. All graphs share them.
	grams *sync.Map
}

func newGraph() *graph {
	return &graph{
		sources:   map[kg.ID]*kg.Source{},
		entities:  map[kg.ID]*kg.Entity{},
		aliases:   map[kg.ID]kg.ID{},
		histories: map[kg.ID]*kg.History{},
		facts:     map[kg.ID]*kg.Fact{},
		changes:   map[kg.ID][]kg.Change{},
		from:      map[kg.ID][]kg.ID{},
		to:        map[kg.ID][]kg.ID{},
		restOn:    map[kg.ID][]kg.ID{},
		grams:     &sync.Map{},
	}
}

// clone copies the maps and shares what they hold. The lists of facts only ever grow at their end, where an older graph
// does not look, so they are shared too.
func (g *graph) clone() *graph {
	return &graph{
		sources:   maps.Clone(g.sources),
		entities:  maps.Clone(g.entities),
		aliases:   maps.Clone(g.aliases),
		histories: maps.Clone(g.histories),
		facts:     maps.Clone(g.facts),
		changes:   maps.Clone(g.changes),
		from:      maps.Clone(g.from),
		to:        maps.Clone(g.to),
		restOn:    maps.Clone(g.restOn),
		grams:     g.grams,
	}
}

// canonical gives the id of the entity that an alias stands for, and any other id as it is.
func (g *graph) canonical(id kg.ID) kg.ID {
	if of, ok := g.aliases[id]; ok {
		return of
	}
	return id
}

func (g *graph) source(id kg.ID) *kg.Source { return g.sources[id] }

// now is after everything that can have been recorded.
var now = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
