package sqlitestore

import "github.com/ententegraph/entente/internal/kg"

// A hub is an entity with so many facts that looking at all of them is what takes the time where it is one of many in an answer.
// What answers need of all its accepted facts as they are now is kept therefore, once a question has come to it.
var hubFacts = 128 // smaller in tests

// keptTelling is how many of a hub's most telling facts are kept: as many as a question may follow.
const keptTelling = kg.MaxPerNode

// neighbourhood is how many entities an entity's accepted facts lead to, and the state in which one of them changed last, as
// [entity.changed] has it. As long as that is the same, so is the count.
type neighbourhood struct {
	changed uint64
	ends    int
}

// keeps says whether what is kept of hubs answers a question: whether it asks for all accepted facts as they are now.
func (r *reading) keeps(w *kg.Around) bool {
	return w.Fact == nil && w.States == kg.OnlyAccepted && r.present()
}

// neighboursOf counts the entities at the other ends of a hub's accepted facts, each once.
func (r *reading) neighboursOf(n uint32) int {
	changed := r.entities.at(n).changed
	if kept, ok := r.neighbourhoods.Load(n); ok && kept.(neighbourhood).changed == changed {
		return kept.(neighbourhood).ends
	}
	ends := 0
	met := take(r.entities.n)
	defer met.giveBack()
	r.around(n, nil, kg.OnlyAccepted, func(_ uint32, v view) {
		if met.mark(other(v, n)) {
			ends++
		}
	})
	if !r.stopped() {
		r.neighbourhoods.Store(n, neighbourhood{changed, ends})
	}
	return ends
}

// toldFirst gives what is at the other ends of a hub's most telling accepted facts. As it follows from how many facts those ends
// have, it is kept for one state only.
func (r *reading) toldFirst(n uint32) []uint32 {
	if kept, ok := r.telling.Load(n); ok {
		return kept.([]uint32)
	}
	ends := r.mostTelling(n, nil, kg.OnlyAccepted, keptTelling)
	if !r.stopped() {
		r.telling.Store(n, ends)
	}
	return ends
}
