package storetest

import (
	"context"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// expansion answers an [kg.Expansion]: what it may cost is added up before anything is looked at.
func (g *graph) expansion(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	degrees := make([]int, len(x.IDs))
	sum := 0
	for i, id := range x.IDs {
		degrees[i] = g.degree(id)
		sum += degrees[i]
	}
	if sum > x.Budget {
		return &kg.Expanded{Exceeded: true}, nil
	}
	r := g.reading(ctx, &kg.Query{AsOf: x.AsOf, KnownAt: x.KnownAt})
	facts := make([][]*kg.Fact, len(x.IDs))
	for i, id := range x.IDs {
		if r.stopped() {
			return nil, r.err
		}
		facts[i] = r.around(id, x.Fact, x.States)
	}
	if r.stopped() {
		return nil, r.err
	}
	return &kg.Expanded{Facts: facts, Degrees: degrees}, nil
}

// degree is how many facts an entity has, of any kind and state, whenever they were recorded.
func (g *graph) degree(id kg.ID) int { return len(g.from[id]) + len(g.to[id]) }

// around lists the facts of any kind at either end of which an entity stands, those that fit.
func (r *reading) around(id kg.ID, fact kg.Filter, states kg.StateSet) []*kg.Fact {
	var facts []*kg.Fact
	for _, row := range r.factsOf(slices.Concat(r.from[id], r.to[id]), states) {
		if r.fits(&row, fact) {
			facts = append(facts, row.Fact)
		}
	}
	return facts
}
