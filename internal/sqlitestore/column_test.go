package sqlitestore

import (
	"fmt"
	"math"
	"reflect"
	"sync"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// What columns hold is what entities and their facts say, after every change of one of these, and in a state that was taken before.
func TestColumns(t *testing.T) {
	s := openEmpty(t)
	generated(t, s, 3000)
	begin := s.graph.Load()
	first := func(k kg.Kind) kg.ID { return begin.anyID(k, uint32(begin.byID[k].at(0))) }
	sector, source := first(kg.Sector), begin.sourceID(0)

	fact := func(k kg.Kind, from, to kg.ID, identity string) kg.FactRecord {
		r := kg.FactRecord{
			ID: kg.FactID(k, from, to, identity, ""), Kind: k, From: from, To: to, Identity: identity,
			Assertion: kg.Assertion{RecordedAt: moment2020, State: kg.Accepted, Evidence: []kg.Evidence{{Source: source, Confidence: 1, Method: "IMPORTED"}}},
		}
		for _, f := range k.Decl().Fields {
			if r.Values = append(r.Values, nil); f == k.Decl().Identity {
				r.Values[len(r.Values)-1] = identity
			}
		}
		return r
	}
	signed, err := kg.ParseDate("1066-10")
	if err != nil {
		t.Fatal(err)
	}
	agreement := func(id kg.ID, values ...any) *kg.Entity {
		x := &kg.Entity{ID: id, Kind: kg.Agreement, Names: []kg.Name{{Value: "Pact", Kind: kg.Primary}}, Key: kg.SortKey("Pact"), Values: make([]kg.Value, len(kg.Agreement.Decl().Fields))}
		for i, v := range values {
			at, _ := kg.Agreement.Decl().Own(kg.Agreement.Decl().Field([]string{"type", "signedOn"}[i]))
			x.Values[at] = v
		}
		return x
	}
	party := kg.ID("")
	for it := range begin.byID[kg.PartyTo].from(0) {
		if f := begin.facts.at(uint32(it)); begin.nearest.at(f.from)[0] != nowhere && f.state == kg.Accepted {
			party = begin.entityID(f.from)
			break
		}
	}
	n, _ := begin.entity(party)
	country := begin.entityID(begin.nearest.at(n)[0] - 1)
	pact := kg.ID("agreement:pact")
	parties, concerned := fact(kg.PartyTo, party, pact, "SIGNATORY"), fact(kg.Concerns, pact, sector, "")
	retract := func(f kg.FactRecord) kg.Batch {
		return kg.Batch{Retract: []kg.RetractRecord{{Fact: f.ID, At: moment2020.AddDate(0, 1, 0), Reason: "wrong"}}}
	}

	list := kg.List{
		Kinds: kg.SetOf(kg.Agreement), States: kg.OnlyAccepted, Total: true,
		Facets: []kg.Facet{
			{Field: kg.Agreement.Decl().Field("type"), First: -1},
			{Field: kg.FieldDay, First: -1},
			{Field: kg.FieldDay, Months: true, First: -1},
			{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.Out, Fact: kg.Concerns}}, Kinds: kg.SetOf(kg.Sector), First: -1},
			{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.In, Fact: kg.PartyTo}}, Kinds: kg.SetOf(kg.City, kg.Company), First: -1},
			{Field: kg.PartyTo.Decl().Detail, Through: []kg.Relation{{Way: kg.FactsOf}}, Kinds: kg.SetOf(kg.PartyTo), First: -1},
			{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.In, Fact: kg.PartyTo}, {Way: kg.Up, Fact: kg.LocatedIn}}, Kinds: kg.SetOf(kg.Country), First: -1},
		},
	}
	there := list
	there.Where = kg.Has{Relation: kg.Relation{Way: kg.In, Fact: kg.PartyTo}, Kinds: kg.Parties, AtLeast: 1, Node: kg.Has{
		Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, Kinds: kg.SetOf(kg.Country), AtLeast: 1, Node: kg.IDIn{country},
	}}
	day := kg.DayOf(moment2020)
	asked := []kg.Query{
		{List: list}, {List: there},
		{List: there, AsOf: &day}, {List: there, KnownAt: moment2020.AddDate(0, 0, 1)},
	}
	answers := func(g *graph, hits int) (all []kg.Page) {
		t.Helper()
		defer func(n int) { columnHits = n }(columnHits)
		columnHits = hits
		for i := range asked {
			r := &reading{graph: g, store: s, ctx: t.Context(), query: &asked[i], knownAt: moment(asked[i].KnownAt)}
			all = append(all, r.answer())
			if r.file != nil {
				s.files <- r.file
			}
			if err := r.failed(); err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	compare := func(what string, g *graph) []kg.Page {
		t.Helper()
		got, want := answers(g, 1), answers(g, math.MaxInt)
		for i := range got {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("%s, question %d: columns say\n%+v,\nand all facts\n%+v", what, i, got[i], want[i])
			}
		}
		return got
	}

	last, states := compare("the beginning", begin), []*graph{begin}
	if last[0].Total < 20 || last[1].Total == 0 || len(begin.columns.kept) != 6+1 {
		t.Fatalf("of %d agreements %d are found by %d columns", last[0].Total, last[1].Total, len(begin.columns.kept))
	}
	for _, step := range []struct {
		name  string
		batch kg.Batch
	}{
		{"an agreement", kg.Batch{Entities: []*kg.Entity{agreement(pact, nil, signed)}}},
		{"a party", kg.Batch{Facts: []kg.FactRecord{parties}}},
		{"a sector", kg.Batch{Facts: []kg.FactRecord{concerned}}},
		{"a type", kg.Batch{Entities: []*kg.Entity{agreement(pact, "TRADE")}}},
		{"no sector", retract(concerned)},
		{"no party", retract(parties)},
	} {
		step.batch.At = moment2020
		if err := s.Apply(t.Context(), &step.batch); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		now := compare(step.name, s.graph.Load())
		if reflect.DeepEqual(now, last) {
			t.Errorf("%s: the answers are as before, which tells nothing", step.name)
		}
		last, states = now, append(states, s.graph.Load())
	}
	for i, g := range states {
		compare(fmt.Sprintf("state %d after all that", i), g)
	}
}

// However many columns are asked for, no more than so many are kept.
func TestColumnsAreBounded(t *testing.T) {
	s := openEmpty(t)
	if err := s.Apply(t.Context(), foundation()); err != nil {
		t.Fatal(err)
	}
	r := &reading{graph: s.graph.Load(), store: s, ctx: t.Context(), query: &kg.Query{}, knownAt: never}
	for k := range kg.Kind(maxKinds) {
		for _, w := range []kg.Way{kg.Out, kg.In} {
			key := columnKey{field: kg.FieldID, way: w, fact: k, kinds: kg.Entities}
			if c := r.column(key); c == nil || r.column(key) != c {
				t.Fatalf("%+v is not kept", key)
			}
		}
	}
	if n := len(r.columns.kept); n != maxColumns {
		t.Errorf("%d columns are kept", n)
	}
}

// Whoever asks while facts are added finds as many as there are in some state, and at the end all.
func TestColumnsOfManyReaders(t *testing.T) {
	defer func(n int) { columnHits = n }(columnHits)
	columnHits = 1
	s := openEmpty(t)
	if err := s.Apply(t.Context(), foundation()); err != nil {
		t.Fatal(err)
	}
	ask := func() int {
		p, err := s.Read(t.Context(), &kg.Query{List: kg.List{Kinds: kg.SetOf(kg.City), Facets: []kg.Facet{
			{Field: kg.PartnersWith.Decl().Detail, Through: []kg.Relation{{Way: kg.FactsOf}}, Kinds: kg.SetOf(kg.PartnersWith), First: -1},
		}}})
		if err != nil {
			t.Error(err)
			return 0
		}
		for _, b := range p.Facets[0] {
			if b.Key == "TWIN" {
				return b.Count
			}
		}
		return 0
	}
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for last := 0; last < 100 && !t.Failed(); {
				n := ask()
				if n < last {
					t.Errorf("%d cities have twins, after %d", n, last)
				}
				last = n
			}
		})
	}
	for i := range 99 {
		if err := s.Apply(t.Context(), &kg.Batch{Facts: []kg.FactRecord{factNumber(i)}}); err != nil {
			t.Error(err)
			break
		}
	}
	readers.Wait()
}
