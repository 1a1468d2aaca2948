package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// walk answers a question that begins with a walk through the graph.
func (r *reading) walk(w kg.Walk) kg.Page {
	switch w := w.(type) {
	case kg.Around:
		return r.draw(&w)
	case kg.Comparing:
		return r.comparing(&w)
	case kg.Happening:
		return r.happening(&w)
	case kg.Differing:
		return r.differing(&w)
	case kg.Counts:
		return kg.Page{Statistics: r.statistics(w.Coverage)}
	}
	r.err = kg.Errorf(kg.Internal, "a walk of type %T is not for a store to answer", w)
	return kg.Page{}
}

// asked gives the entities that ids name, each once, in the order asked.
func (r *reading) asked(ids []kg.ID) []uint32 {
	var entities []uint32
	for _, id := range ids {
		if n, ok := r.canonical(id); ok && !slices.Contains(entities, n) {
			entities = append(entities, n)
		}
	}
	return entities
}

// around gives the facts of any kind at either end of which an entity stands, those that fit, in no order.
func (r *reading) around(n uint32, fact predicate, states kg.StateSet, yield func(fact uint32, v view)) {
	for it := range r.entities.at(n).links.from(0) {
		if r.stopped() {
			return
		}
		v, ok := r.at(uint32(it))
		if ok && r.shown(v, states) && (fact == nil || fact(hit{class: factHit, n: uint32(it)})) {
			yield(uint32(it), v)
		}
	}
}

// statistics counts the graph as it is now.
func (r *reading) statistics(coverage bool) *kg.Statistics {
	s := &kg.Statistics{Entities: int(r.entities.n), Sources: int(r.sources.n)}
	if coverage {
		s.Quoted, s.Corroborated = int(r.graph.quoted), int(r.graph.confirmed)
		classes := tally{}
		for i, class := range sourceClasses {
			if n := r.graph.classes[i]; n > 0 {
				classes.add(class, class, int(n))
			}
		}
		s.BySourceClass = classes.fullest()
	}
	kinds, facts := tally{}, tally{}
	for k := range kg.Kind(maxKinds) {
		switch n := r.byID[k].len(); {
		case n > 0 && k.IsEntity():
			kinds.add(k.String(), k.String(), n)
		case r.graph.accepted[k] > 0:
			facts.add(k.String(), k.String(), int(r.graph.accepted[k]))
			s.Facts += int(r.graph.accepted[k])
		}
	}
	s.ByKind, s.ByFact = kinds.fullest(), facts.fullest()
	return s
}
