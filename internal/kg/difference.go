package kg

import (
	"slices"
	"time"
)

// Difference says how what the graph holds of a fact at one moment differs from what it held of it at an earlier one.
type Difference struct {
	Kind DifferenceKind
	// At is when the fact became as it is: the last moment in between at which it changed.
	At time.Time
	// Before is the fact as it was; nil where the graph did not assert it.
	Before *Row
}

// DifferenceKind says what became of a fact.
type DifferenceKind string

// DifferenceKinds lists them as the API does.
var DifferenceKinds = []DifferenceKind{DiffAdded, DiffEnded, DiffCorrected, DiffCorroborated, DiffRetracted}

// What may have become of a fact. An asserted fact is an accepted one.
const (
	DiffAdded        DifferenceKind = "ADDED"        // it was not asserted, and is
	DiffEnded        DifferenceKind = "ENDED"        // it has got an end in the world
	DiffCorrected    DifferenceKind = "CORRECTED"    // its dates or values differ otherwise
	DiffCorroborated DifferenceKind = "CORROBORATED" // only its evidence, or how sure it is, differs
	DiffRetracted    DifferenceKind = "RETRACTED"    // it was asserted, and no longer is
)

// DifferenceOrder is how differences are ordered: newest first, then by the fact's id.
var DifferenceOrder = []Order{{Field: FieldAt, Desc: true}}

// Difference compares what the graph held of the fact at two moments, the earlier one first, and gives the fact as it was at
// the later one; nil where it was asserted at neither, or is the same.
func (h *History) Difference(from, to time.Time, source func(ID) *Source) (*Difference, *Fact) {
	after := h.At(to, source)
	if after == nil {
		return nil, nil
	}
	before := h.At(from, source)
	d := &Difference{Kind: DifferenceOf(before, after)}
	if d.Kind == "" {
		return nil, nil
	}
	if before != nil && before.State == Accepted {
		d.Before = &Row{Fact: before}
	}
	moments := h.moments(from, to)
	for i := len(moments) - 1; i >= 0; i-- {
		d.At = moments[i]
		if i > 0 && !after.equal(h.At(moments[i-1], source)) {
			break
		}
	}
	return d, after
}

// moments lists when something was recorded of the fact, after one moment and up to another, in order.
func (h *History) moments(from, to time.Time) []time.Time {
	var moments []time.Time
	add := func(at time.Time) {
		if at.After(from) && !at.After(to) {
			moments = append(moments, at)
		}
	}
	for i := range h.Assertions {
		add(h.Assertions[i].RecordedAt)
	}
	for _, r := range h.Retractions {
		add(r.At)
	}
	slices.SortFunc(moments, time.Time.Compare)
	return slices.CompactFunc(moments, time.Time.Equal)
}

// DifferenceOf says what became of a fact; "" where it was asserted neither before nor after, or is the same. Either may be
// nil, where the graph did not know of it.
func DifferenceOf(before, after *Fact) DifferenceKind {
	was, is := before != nil && before.State == Accepted, after != nil && after.State == Accepted
	switch {
	case !was && !is:
		return ""
	case !was:
		return DiffAdded
	case !is:
		return DiffRetracted
	case before.equal(after):
		return ""
	case !before.Until.Known() && after.Until.Known():
		return DiffEnded
	case before.Since.Text != after.Since.Text || before.Until.Text != after.Until.Text || !slices.EqualFunc(before.Values, after.Values, sameValue):
		return DiffCorrected
	}
	return DiffCorroborated
}

// equal says whether two versions of one fact are the same, to the letter.
func (x *Fact) equal(o *Fact) bool {
	return o != nil && x.State == o.State && x.Since.Text == o.Since.Text && x.Until.Text == o.Until.Text && x.Confidence == o.Confidence &&
		x.RecordedAt.Equal(o.RecordedAt) && x.AcceptedAt.Equal(o.AcceptedAt) && x.RetractedAt.Equal(o.RetractedAt) &&
		slices.EqualFunc(x.Values, o.Values, sameValue) && slices.EqualFunc(x.Evidence, o.Evidence, sameEvidence)
}

// sameValue says whether two values are written alike; see equalValues for whether they mean the same.
func sameValue(a, b Value) bool {
	x, list := a.([]ID)
	y, both := b.([]ID)
	if list || both {
		return list == both && slices.Equal(x, y)
	}
	return a == b
}

func sameEvidence(a, b Evidence) bool {
	at := a.RecordedAt.Equal(b.RecordedAt)
	a.RecordedAt, b.RecordedAt = time.Time{}, time.Time{}
	return at && a == b
}

// FieldChange is one field of a fact that differs, and its values as JSON, written as the data format has them; "" where there
// is none.
type FieldChange struct{ Field, Before, After string }

// FieldChanges lists the fields in which a fact differs from what it was; see [FieldChanges].
func (r *Row) FieldChanges() []FieldChange {
	if r.Difference.Before == nil {
		return nil
	}
	return FieldChanges(r.Difference.Before.Fact, r.Fact)
}

// FieldChanges lists what differs between two versions of a fact: its state, its dates, its kind's own fields, how sure it is,
// when it was accepted, and its evidence, in that order.
func FieldChanges(before, after *Fact) []FieldChange {
	var changes []FieldChange
	compare := func(field, from, to string) {
		if from != to {
			changes = append(changes, FieldChange{field, from, to})
		}
	}
	for _, f := range [...]*Field{FieldState, FieldSince, FieldUntil} {
		compare(f.Name, valueJSON(before.Value(f)), valueJSON(after.Value(f)))
	}
	for i, f := range after.Kind.Decl().Fields {
		compare(f.Name, valueJSON(before.Values[i]), valueJSON(after.Values[i]))
	}
	compare("confidence", JSON(before.Confidence), JSON(after.Confidence))
	compare("acceptedAt", JSON(timeOrNil(before.AcceptedAt)), JSON(timeOrNil(after.AcceptedAt)))
	compare("evidence", evidenceText(before.Evidence), evidenceText(after.Evidence))
	return changes
}

// evidenceText writes evidence on one line.
func evidenceText(evidence []Evidence) string {
	type place struct {
		Source     ID        `json:"source"`
		Quote      string    `json:"quote,omitempty"`
		Locator    string    `json:"locator,omitempty"`
		Start      int       `json:"start,omitempty"`
		Confidence float64   `json:"confidence"`
		Stance     string    `json:"stance,omitempty"`
		Method     string    `json:"method"`
		RecordedAt time.Time `json:"recordedAt"`
	}
	places := make([]place, len(evidence))
	for i, ev := range evidence {
		places[i] = place{ev.Source, ev.Quote, ev.Locator, ev.Start, ev.Confidence, "", ev.Method, ev.RecordedAt.UTC()}
		if ev.Disputes {
			places[i].Stance = "DISPUTES"
		}
	}
	return listJSON(places)
}
