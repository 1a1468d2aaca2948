package sqlitestore

import (
	"slices"
)

// up gives what lies above a node, itself first, in the order in which the chains are to be preferred: at each step the facts
// as a singular relation prefers them, and all of the one before anything of the next. What was met is not entered again.
func (r *reading) up(n uint32, w *way, yield func(hit) bool) {
	var few [8]uint32
	met := few[:0]
	var climb func(n uint32, chain *chainLink) bool
	climb = func(n uint32, chain *chainLink) bool {
		if slices.Contains(met, n) {
			return true
		}
		met = append(met, n)
		if !yield(hit{class: entityHit, n: n, chain: chain}) || r.stopped() {
			return false
		}
		var room [4]step
		for _, s := range r.preferred(room[:0], n, w) {
			if !climb(s.to, w.link(chain, s)) {
				return false
			}
		}
		return true
	}
	climb(n, nil)
}

// down gives what lies below a node, level by level, each by the first chain that reaches it where anybody reads that.
func (r *reading) down(n uint32, w *way, yield func(hit) bool) {
	type reached struct {
		n     uint32
		chain *chainLink
	}
	level := []reached{{n: n}}
	met := take(r.entities.n)
	defer met.giveBack()
	met.mark(n)
	_, places := w.Fact.Decl().Ends()
	var at reached
	going := true
	visit := func(s step) bool {
		if !met.mark(s.to) {
			return true
		}
		next := reached{s.to, w.link(at.chain, s)}
		if places.Has(r.entities.at(next.n).Kind) {
			level = append(level, next)
		}
		going = yield(hit{class: entityHit, n: next.n, chain: next.chain})
		return going
	}
	for i := 0; i < len(level) && going && !r.stopped(); i++ {
		at = level[i]
		if w.anyOrder() {
			r.stepsFrom(at.n, w, func(fact uint32, v view) bool { return visit(step{fact, other(v, at.n), v}) })
			continue
		}
		for _, s := range r.preferred(nil, at.n, w) {
			if !visit(s) {
				break
			}
		}
	}
}

// step is a fact that leads from an entity to another.
type step struct {
	fact, to uint32
	v        view
}

// link adds a step to a chain, if anybody reads it.
func (w *way) link(chain *chainLink, s step) *chainLink {
	if !w.chains {
		return nil
	}
	return &chainLink{s.fact, chain}
}

// preferred lists the facts of a step as a singular relation prefers them.
func (r *reading) preferred(steps []step, n uint32, w *way) []step {
	r.stepsFrom(n, w, func(fact uint32, v view) bool {
		steps = append(steps, step{fact, other(v, n), v})
		return true
	})
	if len(steps) > 1 {
		slices.SortFunc(steps, func(a, b step) int { return r.compareSingular(a.v, b.v) })
	}
	return steps
}
