package sqlitestore

import (
	"reflect"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// What is kept of hubs is what all their facts say, after every change of one of these, and in a state that was taken before.
func TestHubs(t *testing.T) {
	s := openEmpty(t)
	if err := s.Apply(t.Context(), foundation()); err != nil {
		t.Fatal(err)
	}
	ask := kg.Query{List: kg.List{First: -1, Select: &kg.Select{Without: kg.AllParts}}, Walk: kg.Around{
		IDs: []kg.ID{cityNumber(1), cityNumber(2)}, Depth: 2, PerNode: 2, Limit: 6, States: kg.OnlyAccepted, Hidden: true,
	}}
	answer := func(g *graph, facts int) kg.Page {
		defer func(n int) { hubFacts = n }(hubFacts)
		hubFacts = facts
		r := &reading{graph: g, store: s, ctx: t.Context(), query: &ask, knownAt: never}
		p := r.walk(ask.Walk)
		if err := r.failed(); err != nil {
			t.Fatal(err)
		}
		return p
	}
	compare := func(what string, g *graph) {
		t.Helper()
		if got, want := answer(g, 2), answer(g, 1000); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: what is kept says\n%+v,\nand all facts\n%+v", what, got, want)
		}
	}
	apply := func(what string, b *kg.Batch) {
		t.Helper()
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		compare(what, s.graph.Load())
	}
	between := func(i, j int, place string) kg.FactRecord {
		f := factNumber(i)
		f.From, f.To = cityNumber(i), cityNumber(j)
		f.ID = kg.FactID(f.Kind, f.From, f.To, f.Identity, f.Key)
		f.Evidence[0].Locator, f.Evidence[0].Confidence = place, 0.5
		return f
	}
	var all []kg.FactRecord
	for i := range 8 {
		for j := i + 1; j < 20; j += 1 + i {
			all = append(all, between(i, j, "paper.csv:1"))
		}
	}
	apply("facts", &kg.Batch{Facts: all})
	if p := answer(s.graph.Load(), 2); len(p.Omitted) < 3 || len(p.Facts) < 5 {
		t.Fatalf("the graph is too small to tell anything: %+v", p)
	}
	before := s.graph.Load()

	apply("one more from a hub", &kg.Batch{Facts: []kg.FactRecord{between(1, 40, "paper.csv:1")}})
	apply("one more to a hub", &kg.Batch{Facts: []kg.FactRecord{between(0, 1, "paper.csv:9")}})
	for i, f := range all {
		if i%5 == 0 {
			surer := f
			surer.Evidence = []kg.Evidence{f.Evidence[0]}
			surer.Evidence[0].Confidence = 1
			surer.RecordedAt = moment2020.AddDate(0, 0, 1)
			apply("a surer fact", &kg.Batch{Facts: []kg.FactRecord{surer}})
		}
		if i%7 == 0 {
			apply("a fact taken back", &kg.Batch{Retract: []kg.RetractRecord{{Fact: f.ID, At: moment2020.AddDate(0, 1, 0), Reason: "wrong"}}})
		}
	}
	compare("the state before all that", before)
	compare("the newest state after it", s.graph.Load())
}
