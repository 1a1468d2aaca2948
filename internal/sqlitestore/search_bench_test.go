package sqlitestore

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// BenchmarkSearch searches for names of the graph as people type them: whole, their beginnings, with a mistake. It says how long
// the slowest in a hundred took; once of the candidates alone, and once of all that a search does.
func BenchmarkSearch(b *testing.B) {
	s := openBench(b)
	g := s.graph.Load()
	random := rand.New(rand.NewPCG(1, 1))
	name := func() []rune {
		return []rune(g.entities.at(uint32(random.IntN(int(g.entities.n)))).Names[0].Value)
	}
	catalog := kg.NewCatalog(s, time.Now)
	for _, c := range []struct {
		name string
		text func() string
	}{
		{"whole", func() string { return string(name()) }},
		{"one letter", func() string { return string(name()[:1]) }},
		{"three letters", func() string { n := name(); return string(n[:min(3, len(n))]) }},
		{"six letters", func() string { n := name(); return string(n[:min(6, len(n))]) }},
		{"mistake", func() string {
			n := name()
			n[random.IntN(len(n))] = 'e'
			return string(n)
		}},
	} {
		texts := make([]string, 1024)
		for i := range texts {
			texts[i] = c.text()
		}
		b.Run(c.name+"/candidates", func(b *testing.B) {
			timed(b, func(i int) error {
				_, err := s.Candidates(b.Context(), &kg.Search{Sought: kg.Seek(texts[i%len(texts)], 0), Limit: 300})
				return err
			})
		})
		b.Run(c.name+"/all", func(b *testing.B) {
			timed(b, func(i int) error {
				_, err := catalog.Read(b.Context(), &kg.Query{Walk: kg.Finding{Text: texts[i%len(texts)]}, List: kg.List{First: 20, Order: kg.ScoreOrder}})
				return err
			})
		})
	}
}

// timed runs a benchmark that says its 99th percentile.
func timed(b *testing.B, each func(i int) error) {
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		if err := each(i); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-us")
}
