package kg

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// History is everything that was ever recorded of one fact: assertions and retractions, never overwritten. [History.At]
// reads from it the fact as the graph held it at any moment.
type History struct {
	ID       ID
	Kind     Kind
	From, To ID
	Key      string
	Identity string // the identity field's value, "" where the kind has none
	// Assertions in the order of their recordedAt, then of their content, so that the order of import does not show.
	Assertions []Assertion
	// Retractions in the order of their At, then of their reason.
	Retractions []Retraction
}

// Assertion is one record of a fact: what one import or person said of it at one moment, and on which evidence. A newer
// assertion on the same source corrects the older one where it says otherwise, and leaves it where it says nothing; one on
// another source corroborates or contradicts it.
type Assertion struct {
	RecordedAt   time.Time
	State        State // Proposed, Accepted or Rejected
	Since, Until Date
	Values       []Value // in the order of Decl.Fields
	Evidence     []Evidence
	// Dated says that RecordedAt came with the record and is not the moment of an import. History.Assert reads it and does
	// not keep it.
	Dated bool `json:"-"`
}

// Retraction ends the assertion of a fact; a later assertion opens it again.
type Retraction struct {
	At     time.Time
	Reason string
	// Dated says that At came with the record and is not the moment of an import. History.Retract reads it and does not keep
	// it.
	Dated bool `json:"-"`
}

// Assert adds an assertion and says whether the history has changed. An import can be repeated: what was said before changes
// nothing when it is said again, also where it was retracted or refused since, lest a file that is read again undo what a
// person has decided. A dated assertion is kept all the same, unless it stands there at that very moment, since it is part of
// a history: a correction that was taken back, a fact that was asserted anew. So a copy of a history is equal to it, in
// whatever order its parts arrive.
func (h *History) Assert(a Assertion) bool {
	var text []byte
	if len(h.Assertions) > 0 { // most facts are told of once
		text = a.text()
	}
	for i := range h.Assertions {
		old := &h.Assertions[i]
		if repeated := !a.Dated || old.RecordedAt.Equal(a.RecordedAt); repeated && bytes.Equal(old.text(), text) {
			return false
		}
	}
	a.Dated = false
	h.Assertions = append(h.Assertions, a)
	slices.SortStableFunc(h.Assertions, func(a, b Assertion) int {
		if c := a.RecordedAt.Compare(b.RecordedAt); c != 0 {
			return c
		}
		return bytes.Compare(a.text(), b.text())
	})
	return true
}

// Retract adds a retraction and says whether the history has changed: to retract what stands retracted changes nothing. A
// dated one is kept all the same, unless it stands there already, since what was asserted before it may be still to come.
func (h *History) Retract(r Retraction) bool {
	for _, old := range h.Retractions {
		same := old.At.Equal(r.At) && old.Reason == r.Reason
		if same || !r.Dated && !old.At.After(r.At) && !h.assertedSince(old.At, r.At) {
			return false
		}
	}
	r.Dated = false
	h.Retractions = append(h.Retractions, r)
	slices.SortFunc(h.Retractions, func(a, b Retraction) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Reason, b.Reason)) })
	return true
}

// assertedSince says whether an assertion came between two moments.
func (h *History) assertedSince(from, to time.Time) bool {
	return slices.ContainsFunc(h.Assertions, func(a Assertion) bool { return a.RecordedAt.After(from) && !a.RecordedAt.After(to) })
}

// text is what an assertion says, without when it was recorded.
func (a *Assertion) text() []byte {
	said := *a
	said.RecordedAt = time.Time{}
	said.Evidence = slices.Clone(a.Evidence)
	for i := range said.Evidence {
		said.Evidence[i].RecordedAt = time.Time{}
	}
	b, err := json.Marshal(said)
	if err != nil {
		panic(err) // all of its fields can be written
	}
	return b
}

// At gives the fact as the graph held it at a moment: what was recorded by then, and nothing later. It is nil where nothing
// was. source finds a source by id.
//
// The dates and fields shown are the surest, see [surest]; all evidence counts towards confidence, what speaks for other dates
// too, as it speaks for the fact. What a retraction or a refusal took back does not come back when the fact is asserted anew.
func (h *History) At(moment time.Time, source func(ID) *Source) *Fact {
	known := h.Assertions
	for len(known) > 0 && known[len(known)-1].RecordedAt.After(moment) {
		known = known[:len(known)-1]
	}
	if len(known) == 0 {
		return nil
	}
	f := &Fact{ID: h.ID, Kind: h.Kind, From: h.From, To: h.To, Key: h.Key, RecordedAt: known[0].RecordedAt}
	known = known[h.setState(f, known, moment):]
	if !f.AcceptedAt.IsZero() {
		// What still waits for review, or was refused, adds nothing to what was accepted.
		waits := func(a Assertion) bool { return a.State != Accepted }
		if slices.ContainsFunc(known, waits) {
			known = slices.DeleteFunc(slices.Clone(known), waits)
		}
	}
	d := h.Kind.Decl()
	shown := surest(d, known, source)
	f.Evidence = evidenceFor(d, shown, known, source)
	f.Confidence = Confidence(f.Evidence, source)
	f.Since, _ = shown[0].(Date)
	f.Until, _ = shown[1].(Date)
	f.Values = shown[2:]
	f.Since = firstKnown(f, d.Since, f.Since)
	f.Until = firstKnown(f, d.Until, f.Until)
	return f
}

// setState replays what was decided of the fact up to a moment, and gives the first assertion that still counts: the one that
// opened the fact, or opened it again.
func (h *History) setState(f *Fact, known []Assertion, moment time.Time) (opened int) {
	retractions := h.Retractions
	for i := range known {
		a := &known[i]
		for len(retractions) > 0 && retractions[0].At.Before(a.RecordedAt) {
			f.retract(retractions[0].At)
			retractions = retractions[1:]
		}
		if (f.State == Retracted || f.State == Rejected) && a.State != Rejected {
			opened = i
		}
		switch {
		case a.State == Accepted:
			if f.State != Accepted {
				f.AcceptedAt = a.RecordedAt
			}
			f.State, f.RetractedAt = Accepted, time.Time{}
		case i == 0 || f.State != Accepted || a.State == Rejected:
			// A proposal does not take back what was accepted; a refusal does.
			f.State, f.AcceptedAt, f.RetractedAt = a.State, time.Time{}, time.Time{}
		}
	}
	for _, r := range retractions {
		if !r.At.After(moment) {
			f.retract(r.At)
		}
	}
	return opened
}

func (x *Fact) retract(at time.Time) {
	if x.State != Retracted {
		x.State, x.RetractedAt = Retracted, at
	}
}

// evidenceFor gathers what assertions rest on, each place once, so that the first quote is the one to read: what speaks for
// the reading that is shown before what speaks for another, and what disputes the fact last; of these the best first.
func evidenceFor(d *Decl, shown reading, known []Assertion, source func(ID) *Source) []Evidence {
	type place struct {
		Evidence
		rank   int
		weight float64
	}
	var places []place
	for i := range known {
		rank := 0
		if len(known) > 1 && contradict(d, shown, known[i].reading()) {
			rank = 1
		}
		for _, ev := range known[i].Evidence {
			p := place{ev, rank, weight(&ev, source)}
			p.RecordedAt = known[i].RecordedAt
			if ev.Disputes {
				p.rank = 2
			}
			if j := slices.IndexFunc(places, func(old place) bool { return samePlace(&old.Evidence, &ev) }); j >= 0 {
				// It has been read again: the newer reading counts, of a place that was known before.
				p.RecordedAt = places[j].RecordedAt
				places[j] = p
			} else {
				places = append(places, p)
			}
		}
	}
	slices.SortStableFunc(places, func(a, b place) int {
		if c := cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.weight, a.weight)); c != 0 {
			return c
		}
		return strings.Compare(string(a.Source)+"\x00"+a.Locator, string(b.Source)+"\x00"+b.Locator)
	})
	evidence := make([]Evidence, len(places))
	for i := range places {
		evidence[i] = places[i].Evidence
	}
	return evidence
}

// samePlace says whether two pieces of evidence are one place in one source, read the same way.
func samePlace(a, b *Evidence) bool {
	return a.Source == b.Source && a.Locator == b.Locator && a.Quote == b.Quote && a.Start == b.Start && a.Disputes == b.Disputes
}

func weight(ev *Evidence, source func(ID) *Source) float64 {
	if s := source(ev.Source); s != nil && !ev.Disputes {
		return ev.Confidence * s.Reliability
	}
	return 0
}

func firstKnown(x *Fact, fields []*Field, own Date) Date {
	for _, f := range fields {
		if d, ok := x.Value(f).(Date); ok {
			return d
		}
	}
	return own
}
