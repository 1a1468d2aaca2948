package generate_test

import (
	"bytes"
	"context"
	"maps"
	"slices"
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
	page, err := c.Read(t.Context(), &kg.Query{Walk: kg.Counts{Coverage: true}})
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
	if s.Quoted < s.Facts/20 || s.Corroborated < s.Facts/10 {
		t.Errorf("%d of %d facts have a quote, %d more than one source", s.Quoted, s.Facts, s.Corroborated)
	}
	if sources := report.Sources; sources < 20 || sources > 60 {
		t.Errorf("%d sources for 5,000 facts", sources)
	}
	if report.Retractions < 20 {
		t.Errorf("%d retractions", report.Retractions)
	}
}

// The largest city has far more facts than most, no agreement has more parties than there are countries or a little more, and
// the names of places are there in several languages.
func TestDegreesFollowAPowerLaw(t *testing.T) {
	degrees, parties, langs := map[kg.ID]int{}, map[kg.ID]int{}, map[string]int{}
	data := write(t, generate.Options{Facts: 50_000, Seed: 3})
	err := ingest.Read(bytes.NewReader(data), "generated.jsonl", func(l ingest.Line) error {
		switch {
		case l.Err != nil:
			t.Error(l.Err)
		case l.Record.Fact != nil:
			degrees[l.Record.Fact.From]++
			degrees[l.Record.Fact.To]++
			if l.Record.Fact.Kind == kg.PartyTo {
				parties[l.Record.Fact.To]++
			}
		case l.Record.Entity != nil:
			for _, n := range l.Record.Entity.Names {
				langs[n.Lang]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var cities []int
	for id, n := range degrees {
		if kg.KindOf(id) == kg.City {
			cities = append(cities, n)
		}
	}
	slices.Sort(cities)
	if most, middle := cities[len(cities)-1], cities[len(cities)/2]; degrees["city:cn-1796236"] != most || most < 50*middle {
		t.Errorf("Shanghai has %d facts, the city with most %d, the middle one %d", degrees["city:cn-1796236"], most, middle)
	}
	if most := slices.Max(slices.Collect(maps.Values(parties))); most < 50 || most > 300 {
		t.Errorf("an agreement has %d parties", most)
	}
	for _, lang := range []string{"zh", "de", "es"} {
		if langs[lang] <= 249 { // which the countries have
			t.Errorf("%d names in %s", langs[lang], lang)
		}
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
