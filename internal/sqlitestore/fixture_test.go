package sqlitestore

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/generate"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
)

// foundation is what the facts of factNumber rest on.
func foundation() *kg.Batch {
	b := &kg.Batch{At: moment2020}
	b.Sources = append(b.Sources, &kg.Source{ID: "source:paper", Title: "Paper", Key: "paper", Class: "NEWS", Reliability: 0.8, RecordedAt: moment2020})
	for i := range 100 {
		name := fmt.Sprintf("City %02d", i)
		b.Entities = append(b.Entities, &kg.Entity{
			ID: cityNumber(i), Kind: kg.City, Names: []kg.Name{{Value: name, Kind: kg.Primary}}, Key: kg.SortKey(name), Values: []kg.Value{int64(i)},
		})
	}
	return b
}

var moment2020 = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

func cityNumber(i int) kg.ID { return kg.ID(fmt.Sprintf("city:%02d", i)) }

// factNumber is a fact of its own for each number.
func factNumber(i int) kg.FactRecord {
	from, to := cityNumber(i%99), cityNumber(i%99+1)
	r := kg.FactRecord{
		Kind: kg.PartnersWith, From: from, To: to, Key: fmt.Sprint(i), Identity: "TWIN",
		Assertion: kg.Assertion{
			RecordedAt: moment2020, State: kg.Accepted, Values: []kg.Value{"TWIN", nil, nil},
			Evidence: []kg.Evidence{{Source: "source:paper", Locator: fmt.Sprintf("paper.csv:%d", i), Confidence: 1, Method: "IMPORTED"}},
		},
	}
	r.ID = kg.FactID(r.Kind, from, to, r.Identity, r.Key)
	return r
}

// generated brings a generated graph of so many facts into an empty store.
func generated(t *testing.T, s *Store, facts int) {
	t.Helper()
	var lines bytes.Buffer
	if _, err := generate.Write(t.Context(), &lines, generate.Options{Facts: facts, Seed: 7}); err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Load(t.Context(), kg.NewCatalog(s, time.Now), ingest.Bytes("graph.jsonl", lines.Bytes())); err != nil {
		t.Fatal(err)
	}
}
