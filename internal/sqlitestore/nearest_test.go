package sqlitestore

import (
	"slices"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// What is nearest is kept as writes move and rename places, put them into circles and take them out again: always what a store
// finds that is opened afresh.
func TestNearestIsKept(t *testing.T) {
	s := &restarting{Store: openEmpty(t)}
	t.Cleanup(func() { s.Store.Close() })
	generated(t, s.Store, 3000)
	g := s.graph.Load()
	city, full := uint32(0), 0
	for n := range g.entities.n {
		if x := g.entities.at(n); x.Kind == kg.City && x.held.len() > full {
			city, full = n, x.held.len()
		}
	}
	if full < 5 {
		t.Fatalf("the fullest city holds %d entities", full)
	}
	id, source := g.entityID(city), g.sourceID(0)
	inside := func(from, to kg.ID, since string) kg.FactRecord {
		date, err := kg.ParseDate(since)
		if since != "" && err != nil {
			t.Fatal(err)
		}
		return kg.FactRecord{
			ID: kg.FactID(kg.LocatedIn, from, to, "", ""), Kind: kg.LocatedIn, From: from, To: to,
			Assertion: kg.Assertion{RecordedAt: moment2020, State: kg.Accepted, Since: date, Evidence: []kg.Evidence{{Source: source, Confidence: 1, Method: "IMPORTED"}}},
		}
	}
	first := func(k kg.Kind, not kg.ID) kg.ID {
		for it := range g.byID[k].from(0) {
			if other := g.entityID(uint32(it)); other != not {
				return other
			}
		}
		t.Fatalf("there is no %s", k)
		return ""
	}
	was := g.entityID(g.nearest.at(city)[0] - 1)
	country, zone := first(kg.Country, was), first(kg.Zone, "")
	old := kg.FactID(kg.LocatedIn, id, was, "", "")
	retract := func(fact kg.ID, second int) kg.Batch {
		return kg.Batch{Retract: []kg.RetractRecord{{Fact: fact, At: moment2020.Add(time.Duration(second) * time.Second), Reason: "wrong"}}}
	}
	renamed := g.entities.at(city).Clone()
	renamed.Names[0].Value, renamed.Key = "Aaa", kg.SortKey("Aaa")
	for _, step := range []struct {
		name  string
		batch kg.Batch
	}{
		{"in two countries, one since a day", kg.Batch{Facts: []kg.FactRecord{inside(id, country, "2001")}}},
		{"in the other alone", retract(old, 1)},
		{"renamed", kg.Batch{Entities: []*kg.Entity{renamed}}},
		{"in a circle", kg.Batch{Facts: []kg.FactRecord{inside(id, zone, ""), inside(zone, id, "")}}},
		{"out of the circle", retract(kg.FactID(kg.LocatedIn, id, zone, "", ""), 2)},
		{"nowhere", retract(kg.FactID(kg.LocatedIn, id, country, "", ""), 3)},
	} {
		step.batch.At = moment2020
		if err := s.Store.Apply(t.Context(), &step.batch); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		kept := lyingIn(s.graph.Load())
		if err := s.again(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := lyingIn(s.graph.Load()); !slices.Equal(kept, found) {
			t.Errorf("%s: what was kept and what is found differ", step.name)
		}
	}
}

// lyingIn lists all that is kept of what lies where.
func lyingIn(g *graph) (all []uint64) {
	all = slices.AppendSeq(all, g.varying.from(0))
	for n := range g.entities.n {
		for _, p := range *g.nearest.at(n) {
			all = append(all, uint64(p))
		}
		all = slices.AppendSeq(all, g.entities.at(n).held.from(0))
	}
	return all
}
