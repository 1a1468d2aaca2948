package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// status decides what an agreement is on a day, the query's if on is nil; there is none for anything else. A light one does not
// say what decided it, and reads nothing from the disk.
func (r *reading) status(n uint32, on *kg.Day, light bool) *kg.Status {
	if r.entities.at(n).Kind != kg.Agreement || r.stopped() {
		return nil
	}
	day := r.day
	if on != nil {
		day = *on
	}
	parts := kg.Parts(0)
	if light {
		parts = kg.PartEvidence
	}
	s := kg.StatusOn(day, r.dossier(n, parts), func(id kg.ID) *kg.Dossier {
		if newer, ok := r.entity(id); ok {
			return r.dossier(newer, parts)
		}
		return nil
	})
	return &s
}

// dossier gathers what an agreement's status is decided from. AsOf hides nothing of it: what begins later or is over by then
// decides too.
func (r *reading) dossier(n uint32, without kg.Parts) *kg.Dossier {
	d := &kg.Dossier{Agreement: r.wholeEntity(n, without)}
	for it := range r.entities.at(n).links.from(0) {
		switch k := r.facts.at(uint32(it)).kind; k {
		case kg.PartyTo, kg.RelatesTo:
			f := r.wholeFact(uint32(it), without)
			switch {
			case f == nil:
			case k == kg.PartyTo:
				d.Parties = append(d.Parties, f)
			default:
				d.Relates = append(d.Relates, f)
			}
		}
	}
	return d
}

// lineage gives the facts that link agreements, beginning at one, until there are no more.
func (r *reading) lineage(n uint32, w *way, yield func(hit) bool) {
	listed := map[uint32]bool{}
	met := []uint32{n}
	steps := way{Relation: kg.Relation{Way: kg.Both, Fact: kg.RelatesTo}, fact: w.fact, states: w.states}
	for i := 0; i < len(met) && !r.stopped(); i++ {
		goOn := true
		r.stepsFrom(met[i], &steps, func(fact uint32, v view) bool {
			if listed[fact] {
				return true
			}
			listed[fact] = true
			if next := other(v, met[i]); !slices.Contains(met, next) {
				met = append(met, next)
			}
			on := kg.LineageDay(r.entities.at(v.from).Entity, r.entities.at(v.to).Entity)
			goOn = yield(hit{class: factHit, n: fact, moment: &kg.Moment{On: on}})
			return goOn
		})
		if !goOn {
			return
		}
	}
}

// changes gives what the graph had learned by the moment that the query asks about: of an entity itself, and of its facts.
func (r *reading) changes(n uint32, yield func(hit) bool) {
	give := func(changes []kg.Change) bool {
		for i := range changes {
			if at := r.query.KnownAt; !at.IsZero() && changes[i].At.After(at) {
				continue
			}
			if !yield(hit{class: specialHit, special: &kg.Row{Change: &changes[i]}}) {
				return false
			}
		}
		return true
	}
	if !give(r.story(n).changes) {
		return
	}
	for it := range r.entities.at(n).links.from(0) {
		if r.stopped() {
			return
		}
		f := r.facts.at(uint32(it))
		var h *kg.History
		if f.flags&toldOnce != 0 { // which tells all that changes say
			h = r.historyOf(f)
			h.Assertions = []kg.Assertion{{RecordedAt: timeOf(f.recorded), State: f.state}}
		} else if h = r.history(f); h == nil {
			return
		}
		if !give(h.Changes()) {
			return
		}
	}
}
