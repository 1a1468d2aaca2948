package neo4jstore

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// A fact's history is kept as text with its present version. Most facts were recorded once: their history follows from the
// fact, and is not kept.

type historyJSON struct {
	Assertions  []assertionJSON  `json:"assertions"`
	Retractions []retractionJSON `json:"retractions,omitempty"`
}

type assertionJSON struct {
	RecordedAt time.Time                  `json:"recordedAt"`
	State      string                     `json:"state"`
	Since      string                     `json:"since,omitempty"`
	Until      string                     `json:"until,omitempty"`
	Values     map[string]json.RawMessage `json:"values,omitempty"`
	Evidence   []evidenceJSON             `json:"evidence"`
}

type retractionJSON struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
}

func encodeHistory(h *kg.History) string {
	var out historyJSON
	for _, a := range h.Assertions {
		j := assertionJSON{RecordedAt: a.RecordedAt, State: a.State.String(), Since: a.Since.Text, Until: a.Until.Text, Values: map[string]json.RawMessage{}}
		for i, f := range h.Kind.Decl().Fields {
			if i < len(a.Values) && a.Values[i] != nil {
				j.Values[f.Name] = mustJSON(valueText(a.Values[i]))
			}
		}
		for _, ev := range a.Evidence {
			ev.RecordedAt = time.Time{} // it is that of the assertion
			j.Evidence = append(j.Evidence, evidenceJSON(ev))
		}
		out.Assertions = append(out.Assertions, j)
	}
	for _, r := range h.Retractions {
		out.Retractions = append(out.Retractions, retractionJSON{r.At, r.Reason})
	}
	return string(mustJSON(out))
}

// valueText gives a field's value as JSON holds it: a date as it was written.
func valueText(v kg.Value) any {
	if d, ok := v.(kg.Date); ok {
		return d.Text
	}
	return v
}

func mustJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // text and finite numbers alone
	}
	return b
}

// decodeHistory reads into a history what was said of its fact.
func decodeHistory(text string, h *kg.History) error {
	var in historyJSON
	if err := json.Unmarshal([]byte(text), &in); err != nil {
		return err
	}
	fields := h.Kind.Decl().Fields
	for _, j := range in.Assertions {
		a := kg.Assertion{RecordedAt: j.RecordedAt.UTC(), State: readState(j.State), Since: readDate(j.Since), Until: readDate(j.Until), Values: make([]kg.Value, len(fields))}
		for i, f := range fields {
			if raw, ok := j.Values[f.Name]; ok {
				v, err := decodeValue(f, raw)
				if err != nil {
					return err
				}
				a.Values[i] = v
			}
		}
		for _, ev := range j.Evidence {
			ev.RecordedAt = ev.RecordedAt.UTC()
			a.Evidence = append(a.Evidence, kg.Evidence(ev))
		}
		h.Assertions = append(h.Assertions, a)
	}
	for _, r := range in.Retractions {
		h.Retractions = append(h.Retractions, kg.Retraction{At: r.At.UTC(), Reason: r.Reason})
	}
	return nil
}

func decodeValue(f *kg.Field, raw json.RawMessage) (kg.Value, error) {
	var err error
	switch f.Type {
	case kg.Int:
		var n int64
		err = json.Unmarshal(raw, &n)
		return n, err
	case kg.Float:
		var x float64
		err = json.Unmarshal(raw, &x)
		return x, err
	case kg.Refs:
		var ids []kg.ID
		err = json.Unmarshal(raw, &ids)
		return ids, err
	}
	var s string
	err = json.Unmarshal(raw, &s)
	return readValue(f, s), err
}

// plainHistory says whether a fact's history follows from its present version.
func plainHistory(h *kg.History, f *kg.Fact) bool {
	if len(h.Assertions) != 1 || len(h.Retractions) > 0 {
		return false
	}
	again := rebuilt(f)
	if said := &h.Assertions[0]; again.RecordedAt.Equal(said.RecordedAt) {
		again.RecordedAt = said.RecordedAt
		if reflect.DeepEqual(&again, said) { // mostly, and writing both as text takes long
			return true
		}
	}
	return encodeHistory(&kg.History{Kind: h.Kind, Assertions: []kg.Assertion{again}}) == encodeHistory(h)
}

// rebuilt gives the one assertion that a fact follows from. What a kind's dates are derived from stands in its own fields.
func rebuilt(f *kg.Fact) kg.Assertion {
	a := kg.Assertion{RecordedAt: f.RecordedAt, State: f.State, Values: f.Values, Evidence: slices.Clone(f.Evidence)}
	if len(f.Kind.Decl().Since) == 0 {
		a.Since = f.Since
	}
	if len(f.Kind.Decl().Until) == 0 {
		a.Until = f.Until
	}
	for i := range a.Evidence {
		a.Evidence[i].RecordedAt = time.Time{}
	}
	return a
}

// historyVersions gives what the graph held of a fact, span by span; the last is the present.
func historyVersions(h *kg.History, source func(kg.ID) *kg.Source) []version {
	var moments []time.Time
	for _, a := range h.Assertions {
		moments = append(moments, a.RecordedAt)
	}
	for _, r := range h.Retractions {
		moments = append(moments, r.At)
	}
	if len(moments) == 1 {
		return []version{{fact: h.At(endOfTime, source), from: moments[0]}}
	}
	slices.SortFunc(moments, time.Time.Compare)
	moments = slices.CompactFunc(moments, time.Time.Equal)
	var out []version
	for _, at := range moments {
		f := h.At(at, source)
		if f == nil {
			continue
		}
		if n := len(out); n > 0 {
			if sameVersion(out[n-1].fact, f) {
				continue
			}
			out[n-1].until = at
		}
		out = append(out, version{fact: f, from: at})
	}
	return out
}

func sameVersion(a, b *kg.Fact) bool {
	return bytes.Equal(mustJSON(a), mustJSON(b))
}
