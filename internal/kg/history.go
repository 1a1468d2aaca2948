package kg

import (
	"bytes"
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
	Assertions  []Assertion
	Retractions []Retraction
}

// Assertion is one record of a fact: what one import or person said of it at one moment, and on which evidence. A newer
// assertion on the same source corrects the older one; one on another source corroborates or contradicts it.
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
}

// Assert adds an assertion and says whether the history has changed. An import can be repeated: what was said before, and not
// retracted since, changes nothing when it is said again. A dated assertion is kept all the same, unless it stands there at
// that very moment, since it is part of a history: a correction that was taken back, a fact that was asserted anew. So a copy
// of a history is equal to it, in whatever order its parts arrive.
func (h *History) Assert(a Assertion) bool {
	text := a.text()
	for i := range h.Assertions {
		old := &h.Assertions[i]
		repeated := old.RecordedAt.Equal(a.RecordedAt) || !a.Dated && !h.retractedSince(old.RecordedAt, a.RecordedAt)
		if repeated && bytes.Equal(old.text(), text) {
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

// Retract adds a retraction and says whether the history has changed: to retract what stands retracted changes nothing.
func (h *History) Retract(r Retraction) bool {
	for _, old := range h.Retractions {
		if !old.At.After(r.At) && !h.assertedSince(old.At, r.At) {
			return false
		}
	}
	h.Retractions = append(h.Retractions, r)
	slices.SortStableFunc(h.Retractions, func(a, b Retraction) int { return a.At.Compare(b.At) })
	return true
}

// assertedSince says whether an assertion came between two moments.
func (h *History) assertedSince(from, to time.Time) bool {
	return slices.ContainsFunc(h.Assertions, func(a Assertion) bool { return a.RecordedAt.After(from) && !a.RecordedAt.After(to) })
}

// retractedSince says whether a retraction came between two moments.
func (h *History) retractedSince(from, to time.Time) bool {
	return slices.ContainsFunc(h.Retractions, func(r Retraction) bool { return r.At.After(from) && !r.At.After(to) })
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
// The dates and fields shown are those of the surest reading: each source speaks by its newest assertion, sources that
// agree count together, and of equally sure readings the one recorded last is shown.
func (h *History) At(moment time.Time, source func(ID) *Source) *Fact {
	known := h.Assertions
	for len(known) > 0 && known[len(known)-1].RecordedAt.After(moment) {
		known = known[:len(known)-1]
	}
	if len(known) == 0 {
		return nil
	}
	f := &Fact{ID: h.ID, Kind: h.Kind, From: h.From, To: h.To, Key: h.Key, RecordedAt: known[0].RecordedAt}
	h.setState(f, known, moment)
	if !f.AcceptedAt.IsZero() {
		// What still waits for review, or was refused, adds nothing to what was accepted.
		known = slices.DeleteFunc(slices.Clone(known), func(a Assertion) bool { return a.State != Accepted })
	}
	for i := range known {
		for _, ev := range known[i].Evidence {
			ev.RecordedAt = known[i].RecordedAt
			if !slices.ContainsFunc(f.Evidence, func(old Evidence) bool { return samePlace(&old, &ev) }) {
				f.Evidence = append(f.Evidence, ev)
			}
		}
	}
	f.Confidence = Confidence(f.Evidence, source)
	// What speaks best comes first, so that the first quote is the one to read.
	slices.SortStableFunc(f.Evidence, func(a, b Evidence) int {
		if c := weight(&b, source) - weight(&a, source); c != 0 {
			return sign(c)
		}
		return strings.Compare(string(a.Source)+"\x00"+a.Locator, string(b.Source)+"\x00"+b.Locator)
	})
	shown := surest(known, source)
	f.Values, f.Since, f.Until = shown.Values, shown.Since, shown.Until
	d := h.Kind.Decl()
	f.Since = firstKnown(f, d.Since, f.Since)
	f.Until = firstKnown(f, d.Until, f.Until)
	return f
}

// setState replays what was decided of the fact up to a moment.
func (h *History) setState(f *Fact, known []Assertion, moment time.Time) {
	retractions := h.Retractions
	for i := range known {
		a := &known[i]
		for len(retractions) > 0 && retractions[0].At.Before(a.RecordedAt) {
			f.retract(retractions[0].At)
			retractions = retractions[1:]
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
}

func (x *Fact) retract(at time.Time) {
	if x.State != Retracted {
		x.State, x.RetractedAt = Retracted, at
	}
}

// surest finds the assertion whose dates and fields are shown.
func surest(known []Assertion, source func(ID) *Source) *Assertion {
	// The newest assertion of each source is what that source says.
	says := map[ID]*Assertion{}
	for i := range known {
		for _, ev := range known[i].Evidence {
			says[ev.Source] = &known[i]
		}
	}
	var best *Assertion
	var bestSure float64
	for i := range known {
		a := &known[i]
		var support []Evidence
		for id, said := range says {
			if said.sameReading(a) {
				support = append(support, evidenceFrom(said, id)...)
			}
		}
		if len(support) == 0 {
			continue
		}
		if sure := Confidence(support, source); best == nil || sure >= bestSure {
			best, bestSure = a, sure
		}
	}
	return best
}

func evidenceFrom(a *Assertion, source ID) []Evidence {
	return slices.DeleteFunc(slices.Clone(a.Evidence), func(ev Evidence) bool { return ev.Source != source })
}

func (a *Assertion) sameReading(b *Assertion) bool {
	return a == b || a.Since.Text == b.Since.Text && a.Until.Text == b.Until.Text && equalValues(a.Values, b.Values)
}

func equalValues(a, b []Value) bool {
	return slices.EqualFunc(a, b, func(x, y Value) bool {
		if ids, ok := x.([]ID); ok {
			other, ok := y.([]ID)
			return ok && slices.Equal(ids, other)
		}
		if _, ok := y.([]ID); ok {
			return false
		}
		return x == y
	})
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

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
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
