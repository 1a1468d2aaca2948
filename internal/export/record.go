package export

import (
	"encoding/json"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

func writeSource(o *object, s *kg.Source) {
	o.text("source", string(s.ID))
	o.text("title", s.Title)
	o.text("url", s.URL)
	o.text("publisher", s.Publisher)
	o.date("publishedOn", s.PublishedOn)
	o.text("language", s.Language)
	o.text("licence", s.Licence)
	if s.Class != kg.DefaultClass {
		o.text("class", s.Class)
	}
	if s.Reliability != kg.DefaultReliability(s.Class) {
		o.put("reliability", s.Reliability)
	}
	o.text("sha256", s.SHA256)
	if b := s.BasedOn; b != nil {
		o.put("basedOn", o.nested(func(o *object) {
			o.text("title", b.Title)
			o.text("publisher", b.Publisher)
			o.text("url", b.URL)
			o.date("publishedOn", b.PublishedOn)
		}))
	}
	o.text("text", s.Text)
	o.moment("recordedAt", s.RecordedAt)
}

func writeEntity(o *object, e *kg.Entity) {
	o.text("entity", string(e.ID))
	writeNames(o, e.Names)
	o.text("description", e.Description)
	o.list("identifiers", len(e.Others), func(o *object, i int) {
		o.text("scheme", e.Others[i].Scheme)
		o.text("value", e.Others[i].Value)
	})
	if p := e.Location; p != nil {
		o.put("location", [2]float64{p.Lat, p.Lon})
	}
	writeValues(o, e.Kind, e.Values)
	recordedAt := common(e.Evidence)
	o.list("evidence", len(e.Evidence), func(o *object, i int) {
		writeEvidence(o, &e.Evidence[i])
		if at := e.Evidence[i].RecordedAt; !at.Equal(recordedAt) {
			o.moment("recordedAt", at)
		}
	})
	if e.Evidence != nil && len(e.Evidence) == 0 {
		o.put("evidence", []json.RawMessage{}) // without the key it would rest on the file
	}
	o.moment("recordedAt", recordedAt)
}

// writeChanges writes what a record of an entity tells of its changes.
func writeChanges(o *object, changes []kg.Change) {
	o.list("changes", len(changes), func(o *object, i int) {
		c := &changes[i]
		o.moment("at", c.At)
		o.text("type", string(c.Type))
		o.text("field", c.Field)
		o.json("before", c.Before)
		o.json("after", c.After)
	})
}

// writeNames writes the primary name, and the others with it. The primary one is repeated among them where that says its
// language, or where another one of the same value would be taken for it.
func writeNames(o *object, names []kg.Name) {
	if len(names) == 0 {
		return
	}
	primary := names[0]
	o.text("name", primary.Value)
	listed := names[1:]
	for _, n := range names[1:] {
		if n.Value == primary.Value {
			listed = names
		}
	}
	if primary.Lang != "" {
		listed = names
	}
	skipped := len(names) - len(listed)
	o.list("names", len(listed), func(o *object, i int) {
		n := listed[i]
		o.text("value", n.Value)
		o.text("lang", n.Lang)
		if before := names[:i+skipped]; len(before) > 0 && n.Kind != kg.DefaultNameKind(before, n.Lang) {
			o.text("kind", string(n.Kind))
		}
	})
}

// common gives the moment that all evidence without one of its own was recorded at: the first one's, if all have one.
func common(evidence []kg.Evidence) time.Time {
	for i := range evidence {
		if evidence[i].RecordedAt.IsZero() {
			return time.Time{}
		}
	}
	if len(evidence) == 0 {
		return time.Time{}
	}
	return evidence[0].RecordedAt
}

func writeFact(o *object, f *kg.FactRecord) {
	o.text("fact", f.Kind.String())
	o.text("from", string(f.From))
	o.text("to", string(f.To))
	o.text("key", f.Key)
	if f.State != kg.Accepted {
		o.text("state", f.State.String())
	}
	o.date("since", f.Since)
	o.date("until", f.Until)
	writeValues(o, f.Kind, f.Values)
	o.list("evidence", len(f.Evidence), func(o *object, i int) { writeEvidence(o, &f.Evidence[i]) })
	o.moment("recordedAt", f.RecordedAt)
	o.text("id", string(f.ID))
}

func writeValues(o *object, kind kg.Kind, values []kg.Value) {
	for i, f := range kind.Decl().Fields {
		o.value(f.Name, values[i])
	}
}

func writeEvidence(o *object, ev *kg.Evidence) {
	o.text("source", string(ev.Source))
	o.text("quote", ev.Quote)
	o.text("locator", ev.Locator)
	if ev.End != 0 {
		o.put("start", ev.Start)
	}
	o.text("field", ev.Field)
	if ev.Confidence != kg.DefaultConfidence {
		o.put("confidence", ev.Confidence)
	}
	if ev.Disputes {
		o.text("stance", "DISPUTES")
	}
	if ev.Method != kg.DefaultMethod {
		o.text("method", ev.Method)
	}
}
