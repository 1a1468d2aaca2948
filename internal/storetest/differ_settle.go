package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// known is what a story has brought into the graph so far.
type known map[kg.ID]bool

// settle gives what of a batch is right as things stand, as the Catalog would: each record names only what is there, in the
// batch or from before, no fact is without evidence, and an alias keeps its meaning. A story that has been cut stays one that
// may be told.
func (k known) settle(b *kg.Batch) *kg.Batch {
	c := &kg.Batch{At: b.At, Sources: b.Sources, Changes: b.Changes}
	for _, s := range b.Sources {
		k[s.ID] = true
	}
	for _, e := range b.Entities {
		whole := *e
		whole.Evidence = k.evidence(e.Evidence)
		k[e.ID] = true
		c.Entities = append(c.Entities, &whole)
	}
	for _, a := range b.Aliases {
		if k[a.Of] && !k[a.Alias] {
			k[a.Alias] = true
			c.Aliases = append(c.Aliases, a)
		}
	}
	for _, f := range b.Facts {
		f.Values, f.Evidence = k.values(f.Values), k.evidence(f.Evidence)
		if k[f.From] && k[f.To] && len(f.Evidence) > 0 {
			k[f.ID] = true
			c.Facts = append(c.Facts, f)
		}
	}
	for _, r := range b.Retract {
		if k[r.Fact] {
			c.Retract = append(c.Retract, r)
		}
	}
	return c
}

// evidence gives what of some evidence is in sources that are there.
func (k known) evidence(of []kg.Evidence) []kg.Evidence {
	return slices.DeleteFunc(slices.Clone(of), func(ev kg.Evidence) bool { return !k[ev.Source] })
}

// values gives some values without references to what is not there.
func (k known) values(of []kg.Value) []kg.Value {
	values := slices.Clone(of)
	missing := func(id kg.ID) bool { return !k[id] }
	for i, v := range values {
		switch v := v.(type) {
		case kg.ID:
			if missing(v) {
				values[i] = nil
			}
		case []kg.ID:
			if slices.ContainsFunc(v, missing) {
				values[i] = nil
			}
		}
	}
	return values
}
