package sqlitestore

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/generate"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
)

// The benchmarks run on a made-up graph of ENTENTE_BENCH_FACTS facts, 20,000 unless it says otherwise, and a tenth as many
// entities; or on a copy of the store that ENTENTE_BENCH_STORE names.
//
//	ENTENTE_BENCH_FACTS=1000000 go test ./internal/sqlitestore -run '^$' -bench .

// bench is the graph that benchmarks read, made once.
var bench struct {
	once  sync.Once
	path  string
	facts int
	err   error
}

// benchPath gives the file of the graph that benchmarks read.
func benchPath(b *testing.B) string {
	b.Helper()
	bench.once.Do(func() { bench.err = makeBench(b) })
	if bench.err != nil {
		b.Fatal(bench.err)
	}
	return bench.path
}

func makeBench(b *testing.B) error {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	bench.path = filepath.Join(dir, "graph.entente")
	if store := os.Getenv("ENTENTE_BENCH_STORE"); store != "" {
		data, err := os.ReadFile(store)
		if err != nil {
			return err
		}
		return os.WriteFile(bench.path, data, 0o644)
	}
	lines, err := benchLines(dir)
	if err != nil {
		return err
	}
	s, err := Open(b.Context(), bench.path)
	if err != nil {
		return err
	}
	began := time.Now()
	timed := &timedStore{Store: s}
	report, err := ingest.Import(b.Context(), kg.NewCatalog(timed, time.Now), ingest.Options{Workers: 2}, ingest.Path(lines))
	if err != nil {
		return err
	}
	took := time.Since(began)
	fmt.Printf("imported %d facts in %v, of which the store took %v\n", report.Facts, took.Round(time.Millisecond), timed.took.Round(time.Millisecond))
	return s.Close()
}

// benchLines writes the graph as Entente JSON Lines.
func benchLines(dir string) (string, error) {
	facts := 20_000
	if text := os.Getenv("ENTENTE_BENCH_FACTS"); text != "" {
		var err error
		if facts, err = strconv.Atoi(text); err != nil {
			return "", fmt.Errorf("ENTENTE_BENCH_FACTS is %q: write a number", text)
		}
	}
	path := filepath.Join(dir, "graph.jsonl")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = generate.Write(context.Background(), f, generate.Options{Facts: facts, Seed: 1})
	return path, err
}

// timedStore says how long a store takes to apply, while it applies one batch or several.
type timedStore struct {
	*Store
	mu    sync.Mutex
	busy  int
	since time.Time
	took  time.Duration
}

func (s *timedStore) Apply(ctx context.Context, b *kg.Batch) error {
	s.mu.Lock()
	if s.busy++; s.busy == 1 {
		s.since = time.Now()
	}
	s.mu.Unlock()
	err := s.Store.Apply(ctx, b)
	s.mu.Lock()
	if s.busy--; s.busy == 0 {
		s.took += time.Since(s.since)
	}
	s.mu.Unlock()
	return err
}

// openBench opens the graph that benchmarks read, which they must not change.
func openBench(b *testing.B) *Store {
	b.Helper()
	s, err := Open(b.Context(), benchPath(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// BenchmarkOpen opens a store, and says how much memory it takes.
func BenchmarkOpen(b *testing.B) {
	path := benchPath(b)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for range b.N {
		s, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		runtime.GC()
		runtime.ReadMemStats(&after)
		g := s.graph.Load()
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		b.ReportMetric(float64(g.facts.n), "facts")
		s.Close()
		b.StartTimer()
	}
}

// BenchmarkRead asks questions of many things in turn.
func BenchmarkRead(b *testing.B) {
	s := openBench(b)
	g := s.graph.Load()
	random := rand.New(rand.NewPCG(1, 1))
	var cities []kg.ID
	for range 4096 {
		n := random.IntN(g.byID[kg.City].len())
		cities = append(cities, g.entityID(uint32(g.byID[kg.City].at(n))))
	}
	var large []kg.ID
	for n := range g.entities.n {
		if g.entities.at(n).Kind == kg.City {
			large = append(large, g.entityID(n))
		}
	}
	population := func(id kg.ID) int64 {
		n, _ := g.entity(id)
		people, _ := g.entities.at(n).Values[0].(int64)
		return people
	}
	slices.SortFunc(large, func(a, b kg.ID) int { return cmp.Compare(population(b), population(a)) })
	large = large[:min(200, len(large))]
	bare := &kg.Select{Without: kg.AllParts}
	partners := func(first int, s *kg.Select, order ...kg.Order) kg.Follow {
		return kg.Follow{
			Owners: kg.Entities, Relation: kg.Relation{Way: kg.Both, Fact: kg.PartnersWith}, Lead: bare,
			List: kg.List{States: kg.OnlyAccepted, First: first, Order: order, Select: s},
		}
	}
	byName, newest := kg.Order{Field: kg.FieldName}, kg.Order{Field: kg.FieldSince, Desc: true}
	page := func(order ...kg.Order) kg.Query {
		return kg.Query{List: kg.List{Kinds: kg.SetOf(kg.City), First: 50, Order: order, Select: bare}}
	}
	within := page(byName)
	within.Where = kg.Has{Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, Kinds: kg.SetOf(kg.Country), Node: kg.IDIn{"country:cn"}, AtLeast: 1}
	counted := within
	counted.Total = true
	links := kg.Linking{Places: kg.Country, States: kg.OnlyAccepted, First: 100, By: []kg.Relation{
		{Way: kg.Both, Fact: kg.PartnersWith}, {Way: kg.In, Fact: kg.PartyTo}, {Way: kg.Both, Fact: kg.InvestsIn},
	}}
	up := kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}
	counts := func(fields ...kg.Facet) kg.Query {
		return kg.Query{List: kg.List{Kinds: kg.SetOf(kg.Agreement), States: kg.OnlyAccepted, First: 0, Facets: fields}}
	}
	month := kg.Facet{Field: kg.FieldDay, Months: true, First: 20}
	countries := kg.Facet{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.In, Fact: kg.PartyTo}, up}, Kinds: kg.SetOf(kg.Country), First: 20}
	regions := countries
	regions.Kinds = kg.SetOf(kg.Region)
	roles := kg.Facet{Field: kg.PartyTo.Decl().Detail, Through: []kg.Relation{{Way: kg.FactsOf}}, Kinds: kg.SetOf(kg.PartyTo), First: 20}
	today := kg.DayOf(time.Now())
	country := func(i int) kg.Filter {
		iso2 := []string{"FR", "CN", "FI", "ES", "DE", "BR", "JP", "IN"}[i%8]
		return kg.Has{
			Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, Kinds: kg.SetOf(kg.Country), AtLeast: 1,
			Node: kg.OneOf{Field: kg.Country.Decl().Field("iso2"), Values: []string{iso2}},
		}
	}
	trade := kg.Has{
		Relation: kg.Relation{Way: kg.Out, Fact: kg.PartyTo}, Kinds: kg.SetOf(kg.Agreement), AtLeast: 1,
		Node: kg.OneOf{Field: kg.Agreement.Decl().Field("type"), Values: []string{"TRADE"}},
	}
	agreements := func(i int) kg.List {
		return kg.List{
			Kinds: kg.SetOf(kg.Agreement), Total: true,
			Where: kg.Has{Relation: kg.Relation{Way: kg.In, Fact: kg.PartyTo}, Kinds: kg.Parties, Node: country(i), AtLeast: 1},
			Facets: []kg.Facet{
				{Field: kg.Agreement.Decl().Field("type"), First: 20},
				{Field: kg.FieldDay, First: 20},
				{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.Out, Fact: kg.Concerns}}, Kinds: kg.SetOf(kg.Sector), First: 20},
			},
		}
	}
	for _, c := range []struct {
		name  string
		query func(i int) kg.Query
	}{
		{"countries linked", func(int) kg.Query { return kg.Query{Walk: links, Today: today, List: kg.List{Select: bare}} }},
		{"countries linked on a day", func(int) kg.Query { return kg.Query{Walk: links, AsOf: &today, List: kg.List{Select: bare}} }},
		{"100 entities' facts counted", func(i int) kg.Query {
			return kg.Query{List: kg.List{Kinds: kg.SetOf(kg.City), First: 100, Order: []kg.Order{byName}, Select: &kg.Select{Without: kg.AllParts, Degrees: true}}}
		}},
		{"agreements by month", func(int) kg.Query { return counts(month) }},
		{"agreements by country", func(int) kg.Query { return counts(countries) }},
		{"agreements by region", func(int) kg.Query { return counts(regions) }},
		{"agreements by role", func(int) kg.Query { return counts(roles) }},
		{"agreements by all of these", func(int) kg.Query { return counts(month, countries, regions, roles) }},
		{"point", func(i int) kg.Query {
			return kg.Query{IDs: cities[i : i+1], List: kg.List{First: -1, States: kg.OnlyAccepted, Select: bare}}
		}},
		{"evidence of 10 facts", func(i int) kg.Query {
			f := partners(10, bare)
			f.Lead = &kg.Select{}
			return kg.Query{IDs: cities[i : i+1], List: kg.List{First: -1, Select: &kg.Select{Without: kg.AllParts, Follow: []kg.Follow{f}}}}
		}},
		{"hop of 10", func(i int) kg.Query {
			return kg.Query{IDs: cities[i : i+1], List: kg.List{First: -1, Select: &kg.Select{Without: kg.AllParts, Follow: []kg.Follow{partners(10, bare)}}}}
		}},
		{"hop of 10 by name", func(i int) kg.Query {
			return kg.Query{IDs: cities[i : i+1], List: kg.List{First: -1, Select: &kg.Select{Without: kg.AllParts, Follow: []kg.Follow{partners(10, bare, byName)}}}}
		}},
		{"nested 100x10", func(i int) kg.Query {
			return kg.Query{List: kg.List{Kinds: kg.SetOf(kg.City), First: 100, Order: []kg.Order{byName}, Select: &kg.Select{
				Without: kg.AllParts, Follow: []kg.Follow{partners(10, bare, byName)}}}}
		}},
		{"page of 50 by name", func(int) kg.Query { return page(byName) }},
		{"page of 50 facts, newest", func(int) kg.Query {
			return kg.Query{List: kg.List{Kinds: kg.SetOf(kg.PartnersWith), States: kg.OnlyAccepted, First: 50, Order: []kg.Order{newest}, Select: bare}}
		}},
		{"page of 50 of any kind", func(int) kg.Query {
			q := page(byName)
			q.Kinds = kg.Entities
			return q
		}},
		{"page of 50 in a country", func(int) kg.Query { return within }},
		{"and how many there are", func(int) kg.Query { return counted }},
		{"trading cities of a country", func(i int) kg.Query {
			q := page(byName)
			q.First, q.Where = 20, kg.And{country(i), trade}
			return q
		}},
		{"count of a country's cities", func(i int) kg.Query {
			return kg.Query{List: kg.List{Kinds: kg.SetOf(kg.City), Where: country(i), Order: []kg.Order{byName}, Total: true}}
		}},
		{"facets of a country's agreements", func(i int) kg.Query { return kg.Query{List: agreements(i)} }},
		{"facets of all agreements", func(i int) kg.Query {
			q := kg.Query{List: agreements(i)}
			q.Where = nil
			return q
		}},
		{"two hops, 20x20", func(i int) kg.Query {
			f := partners(20, &kg.Select{Without: kg.AllParts, Follow: []kg.Follow{partners(20, bare, newest)}}, newest)
			return kg.Query{IDs: cities[i : i+1], List: kg.List{First: -1, Select: &kg.Select{Without: kg.AllParts, Follow: []kg.Follow{f}}}}
		}},
		{"around, 2 steps", func(i int) kg.Query {
			return kg.Query{Walk: kg.Around{IDs: cities[i : i+1], Depth: 2, PerNode: 10, Limit: 100, States: kg.OnlyAccepted, Hidden: true}, List: kg.List{First: -1, Select: bare}}
		}},
		{"around the largest, 2 steps, 200", func(i int) kg.Query {
			return kg.Query{Walk: kg.Around{IDs: large[i%len(large) : i%len(large)+1], Depth: 2, PerNode: 25, Limit: 200, States: kg.OnlyAccepted, Hidden: true}, List: kg.List{First: -1, Select: bare}}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			began := cpuTime()
			for i := range b.N {
				q := c.query(i % len(cities))
				if _, err := s.Read(b.Context(), &q); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(cpuTime()-began)/float64(b.N)/1000, "cpu-us/op")
		})
	}
	b.Run("hop of 10, ids only", func(b *testing.B) {
		b.ReportAllocs()
		r := &reading{graph: g, store: s, ctx: b.Context(), query: &kg.Query{}, knownAt: never}
		w := way{Relation: kg.Relation{Way: kg.Both, Fact: kg.PartnersWith}, states: kg.OnlyAccepted}
		sum := uint32(0)
		for i := range b.N {
			n, _ := g.entity(cities[i%len(cities)])
			left := 10
			r.stepsFrom(n, &w, func(_ uint32, v view) bool {
				sum += other(v, n)
				left--
				return left > 0
			})
		}
		if sum == 0 {
			b.Error("nothing was found")
		}
	})
}

// BenchmarkApply makes facts durable, one a batch, with one caller and with sixteen.
func BenchmarkApply(b *testing.B) {
	for _, callers := range []int{1, 16} {
		b.Run(fmt.Sprintf("%d callers", callers), func(b *testing.B) {
			s := openEmpty(b)
			found := foundation()
			if err := s.Apply(b.Context(), found); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			var next sync.Mutex
			n := 0
			var wait sync.WaitGroup
			for range callers {
				wait.Go(func() {
					for {
						next.Lock()
						i := n
						n++
						next.Unlock()
						if i >= b.N {
							return
						}
						if err := s.Apply(b.Context(), &kg.Batch{Facts: []kg.FactRecord{factNumber(i)}}); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wait.Wait()
		})
	}
}
