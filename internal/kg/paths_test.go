package kg_test

import (
	"context"
	"flag"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

var (
	pathSeed   = flag.Uint64("pathseed", 1, "seed of the first random graph in which paths are looked for")
	pathGraphs = flag.Int("pathgraphs", 150, "how many there are")
)

// Paths are exactly the best ones there are. With a budget they are the best as far as they go, and all of them unless the
// page says that there may be more. Neither takes more calls than promised.
func TestPathsAgainstPlainRecursion(t *testing.T) {
	var asked, found, stopped int
	for i := range *pathGraphs {
		seed := *pathSeed + uint64(i)
		r := rand.New(rand.NewPCG(seed, 0))
		paid := &metered{Store: storetest.Reference()}
		store := storetest.Counting(paid)
		batch, ids := randomGraph(r)
		if err := store.Apply(t.Context(), batch); err != nil {
			t.Fatalf("-pathseed %d: %v", seed, err)
		}
		c, bounded := newCatalog(store), newCatalog(store)
		for range 12 {
			q := randomQuestion(r, ids)
			w := q.Walk.(kg.Connecting)
			want := allPaths(t, c, q, batch.Aliases)
			store.Reads()
			page, err := c.Read(t.Context(), q)
			if kg.CodeOf(err) == kg.BadInput { // that its ends are the same is tested elsewhere
				continue
			}
			calls := store.Reads()
			if err != nil || page.More || calls > w.MaxHops+2 || !slices.Equal(pathTexts(page), want) {
				t.Fatalf("-pathseed %d: %+v in %d calls (%v)\ngave   %q, more: %t\nwanted %q", seed, *q, calls, err, pathTexts(page), page.More, want)
			}
			asked++
			found += len(want)

			budget := r.IntN(2*len(batch.Facts) + 1)
			bounded.SetPathFacts(budget)
			paid.facts = 0
			page, err = bounded.Read(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			calls = store.Reads()
			got := pathTexts(page)
			if n := len(got); n > len(want) || !slices.Equal(got, want[:n]) || !page.More && n < len(want) || calls > w.MaxHops+2 || paid.facts > budget {
				t.Fatalf("-pathseed %d: %+v with a budget of %d facts, for %d in %d calls\ngave     %q, more: %t\nof which %q", seed, *q, budget, paid.facts, calls, got, page.More, want)
			}
			if page.More {
				stopped++
			}
		}
	}
	t.Logf("%d questions, %d paths, %d of the searches stopped by their budget", asked, found, stopped)
	if asked < 5**pathGraphs || found < asked || stopped < asked/10 {
		t.Error("the graphs or the questions have become too simple to prove anything")
	}
}

// metered adds up how many facts there are around the entities that were expanded.
type metered struct {
	kg.Store
	facts int
}

func (m *metered) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	got, err := m.Store.Expand(ctx, x)
	if err == nil {
		for _, degree := range got.Degrees {
			m.facts += degree
		}
	}
	return got, err
}

func TestPathConfidence(t *testing.T) {
	facts := func(confidence ...float64) []kg.Row {
		var rows []kg.Row
		for _, p := range confidence {
			rows = append(rows, kg.Row{Fact: &kg.Fact{Confidence: p}})
		}
		return rows
	}
	for _, c := range []struct {
		facts   []kg.Row
		want    float64
		weakest int
	}{
		{facts(0.97), 0.97, 0},
		{facts(0.7, 0.9), 0.63, 0},
		{facts(0.9, 0.7, 0.7), 0.441, 1},
		{facts(1, 1, 0.3333), 0.3333, 2},
		{facts(0.3333, 0.3333), 0.1111, 0},
		{facts(0.01, 0.01, 0.01), 0, 0},
		{nil, 1, -1},
	} {
		if got := kg.PathConfidence(c.facts); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("PathConfidence(%v) = %v, want %v", c.facts, got, c.want)
		}
		if got := kg.Weakest(c.facts); got != c.weakest {
			t.Errorf("Weakest(%v) = %d, want %d", c.facts, got, c.weakest)
		}
	}
}
