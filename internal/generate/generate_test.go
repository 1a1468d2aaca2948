package generate_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/generate"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

func write(t *testing.T, o generate.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := generate.Write(t.Context(), &b, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is generated is taken in without a fault, of every kind of fact and entity but regions, and as large as it was asked for.
func TestGraphIsRight(t *testing.T) {
	data := write(t, generate.Options{Facts: 5_000, Seed: 1})
	c := kg.NewCatalog(storetest.Reference(), time.Now)
	report, err := ingest.Load(t.Context(), c, ingest.Bytes("generated.jsonl", data))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range report.Problems {
		if i < 10 {
			t.Error(p)
		}
	}
	page, err := c.Read(t.Context(), &kg.Query{Walk: kg.Counts{}})
	if err != nil {
		t.Fatal(err)
	}
	s := page.Statistics
	if s.Facts < 4_000 || s.Facts > 5_000 || s.Entities < 600 || s.Entities > 1_000 {
		t.Errorf("%d accepted facts of 5,000 asked for, and %d entities of about 500 beside the countries", s.Facts, s.Entities)
	}
	if kinds := len(s.ByFact); kinds != len(kg.Facts.Kinds()) {
		t.Errorf("%d kinds of fact, want all %d: %v", kinds, len(kg.Facts.Kinds()), s.ByFact)
	}
	if s.Quoted < s.Facts/20 || s.Corroborated == 0 {
		t.Errorf("%d of %d facts have a quote, %d more than one source", s.Quoted, s.Facts, s.Corroborated)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	a, b := write(t, generate.Options{Facts: 1_000, Seed: 7}), write(t, generate.Options{Facts: 1_000, Seed: 7})
	if !bytes.Equal(a, b) {
		t.Error("the same seed gave two graphs")
	}
	if bytes.Equal(a, write(t, generate.Options{Facts: 1_000, Seed: 8})) {
		t.Error("two seeds gave one graph")
	}
}

func TestStopsWhenToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := generate.Write(ctx, new(bytes.Buffer), generate.Options{Facts: 100_000}); err == nil {
		t.Error("it went on to the end")
	}
}
