package sqlitestore

import (
	"github.com/ententegraph/entente/internal/kg"
)

// What stays on disk: evidence, histories, changes and texts. A piece is written once and never changed; what is different
// later stands elsewhere.

func (e *encoder) evidence(list []kg.Evidence) {
	e.length(len(list), list == nil)
	for i := range list {
		ev := &list[i]
		e.text(string(ev.Source))
		e.text(ev.Field)
		e.text(ev.Quote)
		e.int(int64(ev.Start))
		e.int(int64(ev.End))
		e.text(ev.Locator)
		e.bool(ev.Disputes)
		e.float(ev.Confidence)
		e.text(ev.Method)
		e.time(ev.RecordedAt)
	}
}

func (d *decoder) evidence() []kg.Evidence {
	n, none := d.length()
	if none {
		return nil
	}
	list := make([]kg.Evidence, n)
	for i := range list {
		list[i] = kg.Evidence{
			Source: kg.ID(d.text()), Field: d.text(), Quote: d.text(), Start: int(d.int()), End: int(d.int()), Locator: d.text(),
			Disputes: d.bool(), Confidence: d.float(), Method: d.text(), RecordedAt: d.time(),
		}
	}
	return list
}

// encodeHistory writes what was ever recorded of a fact; what makes it that fact stands with the fact.
func encodeHistory(h *kg.History) []byte {
	e := encoder{make([]byte, 0, 256)} // as most need
	e.uint(uint64(len(h.Assertions)))
	for i := range h.Assertions {
		a := &h.Assertions[i]
		e.time(a.RecordedAt)
		e.byte(byte(a.State))
		e.date(a.Since)
		e.date(a.Until)
		e.values(a.Values)
		e.evidence(a.Evidence)
	}
	e.uint(uint64(len(h.Retractions)))
	for _, r := range h.Retractions {
		e.time(r.At)
		e.text(r.Reason)
	}
	return e.sealed()
}

// decodeHistory reads it into a history that says which fact it is of.
func decodeHistory(piece []byte, h *kg.History) error {
	d := unsealed(piece)
	if n := d.count(); n > 0 {
		h.Assertions = make([]kg.Assertion, n)
	}
	for i := range h.Assertions {
		h.Assertions[i] = kg.Assertion{
			RecordedAt: d.time(), State: kg.State(d.byte()), Since: d.date(), Until: d.date(), Values: d.values(), Evidence: d.evidence(),
		}
	}
	if n := d.count(); n > 0 {
		h.Retractions = make([]kg.Retraction, n)
	}
	for i := range h.Retractions {
		h.Retractions[i] = kg.Retraction{At: d.time(), Reason: d.text()}
	}
	return d.err
}

// story is what stays on disk of an entity.
type story struct {
	evidence []kg.Evidence
	changes  []kg.Change
}

func encodeStory(s *story) []byte {
	var e encoder
	e.evidence(s.evidence)
	e.uint(uint64(len(s.changes)))
	for i := range s.changes {
		c := &s.changes[i]
		e.time(c.At)
		e.text(c.By)
		e.text(string(c.Type))
		e.text(c.Field)
		e.text(c.Before)
		e.text(c.After)
	}
	return e.sealed()
}

func decodeStory(piece []byte) (*story, error) {
	d := unsealed(piece)
	s := &story{evidence: d.evidence()}
	if n := d.count(); n > 0 {
		s.changes = make([]kg.Change, n)
	}
	for i := range s.changes {
		s.changes[i] = kg.Change{At: d.time(), By: d.text(), Type: kg.ChangeType(d.text()), Field: d.text(), Before: d.text(), After: d.text()}
	}
	return s, d.err
}

func encodeText(text string) []byte {
	var e encoder
	e.text(text)
	return e.sealed()
}

func decodeText(piece []byte) (string, error) {
	d := unsealed(piece)
	return d.text(), d.err
}
