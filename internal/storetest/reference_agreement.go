package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// status decides what an agreement is on a day, the query's if on is nil; there is none for anything else.
func (r *reading) status(e *kg.Entity, on *kg.Day) *kg.Status {
	if e == nil || e.Kind != kg.Agreement || r.stopped() {
		return nil
	}
	day := r.day
	if on != nil {
		day = *on
	}
	s := kg.StatusOn(day, r.dossier(e), func(id kg.ID) *kg.Dossier { return r.dossier(r.entities[id]) })
	return &s
}

// dossier gathers what an agreement's status is decided from. AsOf hides nothing of it: what begins later or is over by then
// decides too.
func (r *reading) dossier(e *kg.Entity) *kg.Dossier {
	d := &kg.Dossier{Agreement: e}
	for _, id := range slices.Concat(r.from[e.ID], r.to[e.ID]) {
		switch f := r.fact(id); {
		case f == nil:
		case f.Kind == kg.PartyTo:
			d.Parties = append(d.Parties, f)
		case f.Kind == kg.RelatesTo:
			d.Relates = append(d.Relates, f)
		}
	}
	return d
}

// lineage lists the facts that link agreements, beginning at one, until there are no more.
func (r *reading) lineage(e *kg.Entity, fact kg.Filter, states kg.StateSet) []kg.Row {
	var rows []kg.Row
	listed := map[kg.ID]bool{}
	met := []kg.ID{e.ID}
	for i := 0; i < len(met) && !r.stopped(); i++ {
		for _, f := range r.steps(met[i], kg.Relation{Way: kg.Both, Fact: kg.RelatesTo}, fact, states) {
			if listed[f.ID] {
				continue
			}
			listed[f.ID] = true
			rows = append(rows, kg.Row{Fact: f, Moment: &kg.Moment{On: kg.LineageDay(r.entities[f.From], r.entities[f.To])}})
			if other := f.Other(met[i]); !slices.Contains(met, other) {
				met = append(met, other)
			}
		}
	}
	return rows
}
