package neo4jstore

import (
	"encoding/json"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// evidenceJSON is a piece of evidence as a property holds it, with the names of the data format.
type evidenceJSON struct {
	Source     kg.ID     `json:"source"`
	Field      string    `json:"field,omitempty"`
	Quote      string    `json:"quote,omitempty"`
	Start      int       `json:"start,omitempty"`
	End        int       `json:"end,omitempty"`
	Locator    string    `json:"locator,omitempty"`
	Disputes   bool      `json:"disputes,omitempty"`
	Confidence float64   `json:"confidence"`
	Method     string    `json:"method"`
	RecordedAt time.Time `json:"recordedAt,omitzero"`
}

// encodeEvidence gives the evidence of a fact or an entity as one text, and the sources that it names, by which facts are
// found: lists side by side would need four times the room, and can't hold what is not there.
func encodeEvidence(list []kg.Evidence) (text string, sources []string) {
	out := make([]evidenceJSON, len(list))
	sources = make([]string, len(list))
	for i, ev := range list {
		out[i] = evidenceJSON(ev)
		sources[i] = string(ev.Source)
	}
	b, err := json.Marshal(out)
	if err != nil {
		panic(err) // its confidence has been proven to be a number
	}
	return string(b), sources
}

func decodeEvidence(text string) ([]kg.Evidence, error) {
	var list []evidenceJSON
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, err
	}
	out := make([]kg.Evidence, len(list))
	for i, ev := range list {
		ev.RecordedAt = ev.RecordedAt.UTC()
		out[i] = kg.Evidence(ev)
	}
	return out, nil
}
