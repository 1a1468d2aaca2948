package kg

import (
	"slices"
	"time"
)

// Changes lists what happened to a fact, oldest first, each type at most once at a moment:
//
//   - RECORDED when it was first asserted, in whatever state, and when it is asserted again after a retraction;
//   - CORROBORATED by further evidence that counts: of the state that the fact is in, and not disputing it;
//   - ACCEPTED and REJECTED when it comes into that state, also at the moment when it is recorded;
//   - RETRACTED when the graph stops asserting it.
//
// What a history says up to a moment is the same whatever came later.
func (h *History) Changes() []Change {
	r := replay{fact: h.ID}
	retractions := h.Retractions
	for i := range h.Assertions {
		a := &h.Assertions[i]
		for len(retractions) > 0 && retractions[0].At.Before(a.RecordedAt) {
			r.retract(retractions[0].At)
			retractions = retractions[1:]
		}
		r.assert(a)
	}
	for _, retraction := range retractions {
		r.retract(retraction.At)
	}
	return r.changes
}

// replay goes through a history as [History.At] does.
type replay struct {
	fact     ID
	recorded bool
	state    State
	places   []Evidence // that count
	changes  []Change
}

func (r *replay) assert(a *Assertion) {
	was, again := r.state, !r.recorded || r.state == Retracted
	if again || r.state != Accepted || a.State != Proposed { // a proposal does not take back what was accepted
		r.state = a.State
	}
	r.recorded = true
	if again {
		r.note(FactRecorded, a.RecordedAt)
	}
	if r.count(a) && !again {
		r.note(FactCorroborated, a.RecordedAt)
	}
	if again || r.state != was {
		switch r.state {
		case Accepted:
			r.note(FactAccepted, a.RecordedAt)
		case Rejected:
			r.note(FactRejected, a.RecordedAt)
		}
	}
}

// count adds the evidence of an assertion that counts, and says whether there is any that is new.
func (r *replay) count(a *Assertion) bool {
	before := len(r.places)
	if a.State == r.state && a.State != Rejected {
		for _, ev := range a.Evidence {
			known := slices.ContainsFunc(r.places, func(old Evidence) bool { return samePlace(&old, &ev) })
			if !ev.Disputes && !known {
				r.places = append(r.places, ev)
			}
		}
	}
	return len(r.places) > before
}

func (r *replay) retract(at time.Time) {
	if r.recorded && r.state != Retracted {
		r.state = Retracted
		r.note(FactRetracted, at)
	}
}

// note adds a change, unless there is one of its type at that moment.
func (r *replay) note(t ChangeType, at time.Time) {
	for i := len(r.changes) - 1; i >= 0 && r.changes[i].At.Equal(at); i-- {
		if r.changes[i].Type == t {
			return
		}
	}
	r.changes = append(r.changes, Change{At: at, By: ByImport, Type: t, Fact: r.fact})
}
