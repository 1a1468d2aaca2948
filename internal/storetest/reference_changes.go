package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// changesOf lists what the graph had learned by the moment that the query asks about: of an entity itself, and of its facts.
func (r *reading) changesOf(e *kg.Entity) []kg.Row {
	changes := slices.Clone(r.changes[e.ID])
	for _, id := range slices.Concat(r.from[e.ID], r.to[e.ID]) {
		changes = append(changes, r.histories[id].Changes()...)
	}
	var rows []kg.Row
	for i := range changes {
		if at := r.query.KnownAt; at.IsZero() || !changes[i].At.After(at) {
			rows = append(rows, kg.Row{Change: &changes[i]})
		}
	}
	return rows
}
