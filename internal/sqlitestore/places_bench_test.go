package sqlitestore

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// BenchmarkPlaces asks for what is in a circle and in a box that hold about 20 cities and as many companies that lie in them, of ever
// more cities all over the world: the cost should follow the answer.
func BenchmarkPlaces(b *testing.B) {
	for _, cities := range []int{1_000, 10_000, 100_000} {
		s, err := Open(b.Context(), filepath.Join(b.TempDir(), "graph.entente"))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { s.Close() })
		if err := s.Apply(b.Context(), placesBatch(cities)); err != nil {
			b.Fatal(err)
		}
		// Degrees square in which 20 of them lie, where the world has cities from 60 south to 60 north.
		side := 1.0
		for side*side*float64(cities)/(360*120) < 20 && side < 60 {
			side *= 1.05
		}
		for what, f := range map[string]kg.Filter{
			"circle": kg.Within{Lat: 10, Lon: 20, Km: side / 2 * 111},
			"box":    kg.WithinBox{South: 10 - side/2, West: 20 - side/2, North: 10 + side/2, East: 20 + side/2},
		} {
			for _, kinds := range []kg.KindSet{kg.SetOf(kg.City), kg.SetOf(kg.Company)} {
				b.Run(fmt.Sprintf("cities=%d/%s/%s", cities, what, kinds), func(b *testing.B) {
					q := &kg.Query{List: kg.List{Kinds: kinds, Where: f, First: 20, Total: true, Order: []kg.Order{{Field: kg.FieldName}}, Select: &kg.Select{}}}
					var found int
					for b.Loop() {
						p, err := s.Read(b.Context(), q)
						if err != nil {
							b.Fatal(err)
						}
						found = p.Total
					}
					b.ReportMetric(float64(found), "found")
				})
			}
		}
	}
}

// placesBatch makes cities all over the world, each with a company that says no place itself.
func placesBatch(cities int) *kg.Batch {
	r := rand.New(rand.NewPCG(1, 1))
	batch := &kg.Batch{At: moment2020}
	batch.Sources = append(batch.Sources, &kg.Source{ID: "source:paper", Title: "Paper", Key: "paper", Class: "NEWS", Reliability: 0.8, RecordedAt: moment2020})
	add := func(k kg.Kind, i int, at *kg.Point) kg.ID {
		name := fmt.Sprintf("%s %d", k, r.IntN(cities))
		id := kg.ID(fmt.Sprintf("%s:%d", k.Decl().Prefix, i))
		batch.Entities = append(batch.Entities, &kg.Entity{
			ID: id, Kind: k, Names: []kg.Name{{Value: name, Kind: kg.Primary}}, Key: kg.SortKey(name), Location: at, Values: make([]kg.Value, len(k.Decl().Fields)),
		})
		return id
	}
	for i := range cities {
		city := add(kg.City, i, &kg.Point{Lat: r.Float64()*120 - 60, Lon: r.Float64()*360 - 180})
		company := add(kg.Company, i, nil)
		f := kg.FactRecord{Kind: kg.LocatedIn, From: company, To: city, Assertion: kg.Assertion{
			RecordedAt: moment2020, State: kg.Accepted, Values: []kg.Value{},
			Evidence: []kg.Evidence{{Source: "source:paper", Locator: "1", Confidence: 1, Method: "IMPORTED"}},
		}}
		f.ID = kg.FactID(f.Kind, f.From, f.To, "", "")
		batch.Facts = append(batch.Facts, f)
	}
	return batch
}
