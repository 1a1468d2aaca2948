package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// compileHas makes the predicate of a relation that leads to something.
func (r *reading) compileHas(f *kg.Has) predicate {
	states := kg.StatesOf(f.Fact)
	if f.Relation.Way == kg.FactsOf {
		states = kg.StatesOf(f.Node) // the facts are what is asked about
	}
	w := &way{Relation: f.Relation, fact: r.compile(f.Fact), states: states, of: f.Kinds, light: true}
	fits := r.compileEnd(f)
	enough := max(f.AtLeast, 1)
	if f.None {
		enough = 1
	}
	if enough > 1 {
		return func(h hit) bool { return r.leadsToSeveral(&h, w, f.Kinds, fits, enough) }
	}
	place, kept := r.nearestOf(w, f.Kinds)
	step := w.Way == kg.Out || w.Way == kg.In || w.Way == kg.Both
	return func(h hit) bool {
		if h.class == entityHit && kept {
			if at := r.nearest.at(h.n)[place]; at != varies {
				return (at != nowhere && (fits == nil || fits(hit{class: entityHit, n: at - 1}))) != f.None
			}
		}
		found := false
		if h.class == entityHit && step {
			r.stepsFrom(h.n, w, func(_ uint32, v view) bool {
				n := hit{class: entityHit, n: other(v, h.n)}
				found = (f.Kinds == 0 || f.Kinds.Has(r.kind(&n))) && (fits == nil || fits(n))
				return !found
			})
			return found != f.None && r.err == nil
		}
		r.implied(&h, w, f.Kinds, func(n hit) bool {
			found = fits == nil || fits(n)
			return !found && !r.stopped()
		})
		return found != f.None && r.err == nil
	}
}

// compileEnd makes the predicate of what must be at the other end. Where the filter says at once which few entities these are,
// they are found once.
func (r *reading) compileEnd(f *kg.Has) predicate {
	fits := r.compile(f.Node)
	ends, ok := r.fewEnds(f, fits)
	if !ok {
		return fits
	}
	return func(h hit) bool { return h.class == entityHit && slices.Contains(ends, h.n) }
}

// fewEnds finds the entities that must be at the other end, where the filter of these, whose predicate is fits, names few.
func (r *reading) fewEnds(f *kg.Has, fits predicate) (ends []uint32, ok bool) {
	if !namesFew(f.Node) {
		return nil, false
	}
	hits, _, ok := r.narrow(f.Node, f.Kinds, few)
	if !ok {
		return nil, false
	}
	for _, h := range hits {
		if h.class != entityHit {
			return nil, false
		}
		if fits(h) {
			ends = append(ends, h.n)
		}
	}
	return ends, true
}

// namesFew says whether an index leads to the few entities that a filter of nodes wants.
func namesFew(f kg.Filter) bool {
	switch f := f.(type) {
	case kg.IDIn, kg.Identified:
		return true
	case kg.OneOf:
		return f.Field.Scheme != ""
	case kg.And:
		return slices.ContainsFunc(f, namesFew)
	}
	return false
}

// leadsToSeveral counts the nodes that a relation leads to, no further than it matters.
func (r *reading) leadsToSeveral(h *hit, w *way, kinds kg.KindSet, fits predicate, enough int) bool {
	found := 0
	var few [8]hit
	met := few[:0]
	r.implied(h, w, kinds, func(n hit) bool {
		same := func(o hit) bool { return o.class == n.class && (o.n == n.n || n.class == specialHit) } // what has no id is one thing
		switch {
		case fits != nil && !fits(n) || slices.ContainsFunc(met, same):
		default:
			met = append(met, n)
			found++
		}
		return found < enough && !r.stopped()
	})
	return found >= enough
}

// implied gives the nodes of some kinds that a filter or a facet means by a relation: for [kg.Up] the nearest alone.
func (r *reading) implied(h *hit, w *way, kinds kg.KindSet, yield func(hit) bool) {
	if place, kept := r.nearestOf(w, kinds); kept && h.class == entityHit {
		if at := r.nearest.at(h.n)[place]; at != varies {
			if at != nowhere {
				yield(hit{class: entityHit, n: at - 1})
			}
			return
		}
	}
	r.lead(h, w, func(n hit) bool {
		if kinds != 0 && !kinds.Has(r.kind(&n)) {
			return !r.stopped()
		}
		return yield(n) && w.Way != kg.Up
	})
}
