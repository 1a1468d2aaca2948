package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// walk answers a question that begins with a walk through the graph.
func (r *reading) walk(w kg.Walk) kg.Page {
	switch w := w.(type) {
	case kg.Around:
		return r.draw(w)
	case kg.Comparing:
		return r.compare(w)
	case kg.Happening:
		return r.timeline(w)
	case kg.Differing:
		return r.differences(w)
	case kg.Counts:
		return kg.Page{Statistics: r.statistics(w.Coverage)}
	}
	r.err = kg.Errorf(kg.Internal, "a walk of type %T is not for a store to answer", w)
	return kg.Page{}
}

// asked gives the entities that ids name, each once, in the order asked.
func (r *reading) asked(ids []kg.ID) []*kg.Entity {
	var entities []*kg.Entity
	for _, id := range ids {
		if e := r.entities[r.canonical(id)]; e != nil && !slices.Contains(entities, e) {
			entities = append(entities, e)
		}
	}
	return entities
}
