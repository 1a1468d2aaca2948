package storetest

import (
	"context"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// apply adds a batch to a graph that nobody reads yet. After an error the graph is of no use.
func (g *graph) apply(ctx context.Context, b *kg.Batch) error {
	stale := map[kg.ID]bool{} // facts to be folded again
	for _, s := range b.Sources {
		g.sources[s.ID] = copySource(s)
		for _, id := range g.restOn[s.ID] {
			stale[id] = true // a source that is judged anew makes its facts more or less sure
		}
	}
	for _, e := range b.Entities {
		known, record := g.entities[e.ID], copyEntity(e)
		whole := record
		if known != nil {
			whole = known.Merge(record)
			g.grams.Delete(known)
		}
		g.entities[e.ID] = whole
		g.changes[e.ID] = kg.AddChanges(g.changes[e.ID], kg.EntityChanges(known, record, whole, b.Changes[e.ID], b.At))
	}
	for _, a := range b.Aliases {
		if g.entities[a.Of] == nil {
			return missing(a.Of)
		}
		g.aliases[a.Alias] = a.Of
	}
	for i := range b.Facts {
		if err := gaveUp(ctx); err != nil {
			return err
		}
		id, err := g.assert(b.Facts[i])
		if err != nil {
			return err
		}
		stale[id] = true
	}
	for _, r := range b.Retract {
		if g.histories[r.Fact] == nil {
			return missing(r.Fact)
		}
		h := copyHistory(g.histories[r.Fact])
		h.Retract(kg.Retraction{At: r.At, Reason: r.Reason, Dated: r.Dated})
		g.histories[r.Fact] = h
		stale[r.Fact] = true
	}
	for id := range stale {
		g.facts[id] = g.histories[id].At(now, g.source)
	}
	return nil
}

// assert adds one assertion to the history of its fact and gives the fact's id.
func (g *graph) assert(r kg.FactRecord) (kg.ID, error) {
	for _, end := range []kg.ID{r.From, r.To} {
		if g.entities[end] == nil {
			return "", missing(end)
		}
	}
	for _, ev := range r.Evidence {
		if g.sources[ev.Source] == nil {
			return "", missing(ev.Source)
		}
	}
	var h *kg.History
	if known := g.histories[r.ID]; known != nil {
		h = copyHistory(known)
	} else {
		h = r.NewHistory()
		g.from[r.From] = append(g.from[r.From], r.ID)
		g.to[r.To] = append(g.to[r.To], r.ID)
	}
	for i, ev := range r.Evidence {
		if !restedOn(h, ev.Source) && !restsOn(r.Evidence[:i], ev.Source) {
			g.restOn[ev.Source] = append(g.restOn[ev.Source], r.ID)
		}
	}
	h.Assert(copyAssertion(r.Assertion))
	g.histories[r.ID] = h
	return r.ID, nil
}

// restedOn says whether a history already has evidence in a source.
func restedOn(h *kg.History, source kg.ID) bool {
	return slices.ContainsFunc(h.Assertions, func(a kg.Assertion) bool { return restsOn(a.Evidence, source) })
}

func missing(id kg.ID) error {
	return kg.Errorf(kg.NotFound, "nothing has the id %q", id)
}
