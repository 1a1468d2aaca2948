// Package forget makes of a graph the graph that it would be without one of its sources.
package forget

import (
	"context"
	"slices"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Forgetting says what of a graph stays when one source goes. What rests on others too stays, with what it rests on there; what
// rests on the source alone goes:
//
//   - its evidence, and with it its quotes;
//   - an assertion of a fact that no other source supports, and a fact of which no assertion is left, with its retractions;
//   - a field of an entity for which the source alone speaks, but for names, identifiers and what no entity of the kind can do without;
//   - the changes of a field for which the source speaks, alone or not, as they hold the values that it had;
//   - an entity that rests on the source alone and is at the end of no fact that stays, with its aliases.
type Forgetting struct {
	Source kg.ID
	Took   Took

	stay   map[kg.ID]bool // the facts
	needed map[kg.ID]bool // the entities at their ends, and those that their fields name
	gone   map[kg.ID]bool // the entities
}

// Took says how much has gone. Evidence counts the places in the source, Quotes those of them that have a quote; Records counts
// assertions and Facts those of which none is left.
type Took struct{ Evidence, Quotes, Records, Facts, Retractions, Entities, Aliases, Fields, Changes int }

// Graph is what is asked of a graph; a [kg.Catalog] is one.
type Graph interface {
	Records(ctx context.Context, each func(kg.Record) error) error
}

// New goes through a graph to see what rests on a source. It fails with [kg.NotFound] where the graph has no such source.
func New(ctx context.Context, g Graph, source kg.ID) (*Forgetting, error) {
	f := &Forgetting{Source: source, stay: map[kg.ID]bool{}, needed: map[kg.ID]bool{}, gone: map[kg.ID]bool{}}
	found := false
	lost := map[kg.ID]bool{} // the facts that lose an assertion
	err := g.Records(ctx, func(r kg.Record) error {
		switch {
		case r.Source != nil:
			found = found || r.Source.ID == source
		case r.Fact != nil:
			if !f.supported(r.Fact.Evidence) {
				lost[r.Fact.ID] = true
				return nil
			}
			f.stay[r.Fact.ID] = true
			f.needed[r.Fact.From], f.needed[r.Fact.To] = true, true
			for _, v := range r.Fact.Values {
				switch v := v.(type) {
				case kg.ID:
					f.needed[v] = true
				case []kg.ID:
					for _, id := range v {
						f.needed[id] = true
					}
				}
			}
		}
		return nil
	})
	if err == nil && !found {
		err = kg.Errorf(kg.NotFound, "the graph has no source %q: write the id of one that it has", source)
	}
	for id := range lost {
		if !f.stay[id] {
			f.Took.Facts++
		}
	}
	return f, err
}

// supported says whether evidence supports something without the source. What never had any needs none.
func (f *Forgetting) supported(evidence []kg.Evidence) bool {
	return !slices.ContainsFunc(evidence, f.ofSource) ||
		slices.ContainsFunc(evidence, func(ev kg.Evidence) bool { return ev.Source != f.Source && !ev.Disputes })
}

func (f *Forgetting) ofSource(ev kg.Evidence) bool { return ev.Source == f.Source }

// Keep gives what stays of a record, and false where nothing does. Records come in the order in which the graph gives them.
func (f *Forgetting) Keep(r kg.Record) (kg.Record, bool) {
	switch {
	case r.Source != nil:
		return r, r.Source.ID != f.Source
	case r.Entity != nil:
		return f.entity(r)
	case r.Alias != nil:
		if f.gone[r.Alias.Of] {
			f.Took.Aliases++
			return r, false
		}
	case r.Fact != nil:
		if !f.supported(r.Fact.Evidence) {
			f.count(r.Fact.Evidence)
			f.Took.Records++
			return r, false
		}
		if slices.ContainsFunc(r.Fact.Evidence, f.ofSource) {
			kept := *r.Fact
			kept.Evidence = f.without(kept.Evidence)
			r.Fact = &kept
		}
	case r.Retract != nil:
		if !f.stay[r.Retract.Fact] {
			f.Took.Retractions++
			return r, false
		}
	}
	return r, true
}

func (f *Forgetting) entity(r kg.Record) (kg.Record, bool) {
	e := r.Entity
	if !slices.ContainsFunc(e.Evidence, f.ofSource) {
		return r, true
	}
	if !f.needed[e.ID] && !slices.ContainsFunc(e.Evidence, func(ev kg.Evidence) bool { return ev.Source != f.Source }) {
		f.count(e.Evidence)
		f.Took.Entities++
		f.gone[e.ID] = true
		return r, false
	}
	kept := *e
	kept.Values = slices.Clone(e.Values)
	speaks := func(field string) bool {
		return slices.ContainsFunc(e.Evidence, func(ev kg.Evidence) bool { return f.ofSource(ev) && ev.SpeaksFor(field) })
	}
	alone := func(field string) bool {
		return speaks(field) && !slices.ContainsFunc(e.Evidence, func(ev kg.Evidence) bool { return !f.ofSource(ev) && !ev.Disputes && ev.SpeaksFor(field) })
	}
	for i, field := range e.Kind.Decl().Fields {
		if kept.Values[i] != nil && field.Scheme == "" && !field.Required && alone(field.Name) {
			kept.Values[i] = nil
			f.Took.Fields++
		}
	}
	if kept.Description != "" && alone("description") {
		kept.Description = ""
		f.Took.Fields++
	}
	if kept.Location != nil && alone("location") {
		kept.Location = nil
		f.Took.Fields++
	}
	kept.Evidence = f.without(e.Evidence)
	// Nobody can say which of the values that a field had came from the source.
	changes := kg.EntityChanges(nil, e, e, r.Changes, time.Time{})
	all := len(changes)
	changes = slices.DeleteFunc(changes, func(c kg.Change) bool { return c.Type == kg.EntityUpdated && speaks(c.Field) })
	f.Took.Changes += all - len(changes)
	return kept.Record(changes), true
}

// without leaves out the evidence of the source.
func (f *Forgetting) without(evidence []kg.Evidence) []kg.Evidence {
	f.count(evidence)
	return slices.DeleteFunc(slices.Clone(evidence), f.ofSource)
}

func (f *Forgetting) count(evidence []kg.Evidence) {
	for _, ev := range evidence {
		if f.ofSource(ev) {
			f.Took.Evidence++
			if ev.Quote != "" {
				f.Took.Quotes++
			}
		}
	}
}
