package ingest_test

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/generate"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// BenchmarkImport measures what an import costs besides its store: reading and checking.
func BenchmarkImport(b *testing.B) {
	var data bytes.Buffer
	counts, err := generate.Write(b.Context(), &data, generate.Options{Facts: 100_000, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	records := counts.Sources + counts.Entities + counts.Facts + counts.Retractions
	for b.Loop() {
		store := &shelf{Store: storetest.Reference(), rows: map[kg.ID]*kg.Row{}}
		report, err := ingest.Import(b.Context(), kg.NewCatalog(store, time.Now), ingest.Options{}, ingest.Bytes("generated.jsonl", data.Bytes()))
		if err != nil || len(report.Problems) > 0 {
			b.Fatal(err, report.Problems)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(records), "us/record")
}

// shelf keeps what the records of a batch name, and nothing else: it costs next to nothing.
type shelf struct {
	kg.Store
	mu   sync.RWMutex
	rows map[kg.ID]*kg.Row
}

func (s *shelf) Read(_ context.Context, q *kg.Query) (*kg.Page, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page := &kg.Page{Rows: make([]kg.Row, len(q.IDs))}
	for i, id := range q.IDs {
		if row := s.rows[id]; row != nil {
			page.Rows[i] = *row
		}
	}
	return page, nil
}

func (s *shelf) Apply(_ context.Context, b *kg.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, source := range b.Sources {
		s.rows[source.ID] = &kg.Row{Source: source}
	}
	for _, e := range b.Entities {
		s.rows[e.ID] = &kg.Row{Entity: e}
	}
	for i := range b.Facts {
		s.rows[b.Facts[i].ID] = &kg.Row{Fact: &kg.Fact{ID: b.Facts[i].ID}}
	}
	return nil
}
