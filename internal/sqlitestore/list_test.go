package sqlitestore

import (
	"slices"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// Page by page, a list is what it is as a whole: the first goes through an order that is kept, or the links of a hub, and the other
// sorts everything there is. The graph is large enough for trees of several levels.
func TestPagesMakeTheWhole(t *testing.T) {
	s := openEmpty(t)
	generated(t, s, 24000)
	g := s.graph.Load()
	hub := uint32(0)
	for n := range g.entities.n {
		if g.entities.at(n).Kind == kg.City && g.entities.at(n).links.len() > g.entities.at(hub).links.len() {
			hub = n
		}
	}
	up := func(f *kg.Field) []kg.Order { return []kg.Order{{Field: f}} }
	down := func(f *kg.Field) []kg.Order { return []kg.Order{{Field: f, Desc: true}} }
	cities, facts := kg.SetOf(kg.City), kg.SetOf(kg.PartnersWith)
	china := kg.Has{Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, Kinds: kg.SetOf(kg.Country), Node: kg.IDIn{"country:cn"}, AtLeast: 1}
	begin := kg.Words{Field: kg.FieldName, StartsWith: "s"}
	for name, l := range map[string]kg.List{
		"cities by id":                {Kinds: cities},
		"cities by name":              {Kinds: cities, Order: up(kg.FieldName)},
		"cities by name, down":        {Kinds: cities, Order: down(kg.FieldName)},
		"cities of a country":         {Kinds: cities, Order: up(kg.FieldName), Where: china},
		"cities by what they contain": {Kinds: cities, Order: down(kg.FieldName), Where: kg.Words{Field: kg.FieldName, Contains: "an"}},
		"cities by how they begin":    {Kinds: cities, Order: up(kg.FieldName), Where: begin},
		"cities by that, down":        {Kinds: cities, Order: down(kg.FieldName), Where: kg.And{begin}},
		"all of a country by that":    {Kinds: kg.Entities, Order: up(kg.FieldName), Where: kg.And{begin, china}},
		"everything by that":          {Kinds: kg.Entities, Order: up(kg.FieldName), Where: begin},
		"everything by name":          {Kinds: kg.Entities, Order: up(kg.FieldName)},
		"companies by day":            {Kinds: kg.SetOf(kg.Company), Order: up(kg.FieldDay)},
		"several kinds by day, down":  {Kinds: kg.SetOf(kg.Company, kg.Agreement, kg.Event), Order: down(kg.FieldDay)},
		"facts by day":                {Kinds: facts, Order: up(kg.FieldSince)},
		"facts, newest first":         {Kinds: facts, Order: down(kg.FieldSince)},
		"all facts, newest first":     {Kinds: kg.Facts, Order: down(kg.FieldSince)},
		"facts by confidence":         {Kinds: facts, Order: down(kg.FieldConfidence)},
	} {
		t.Run(name, func(t *testing.T) {
			l.States = kg.OnlyAccepted
			l.Select = &kg.Select{Without: kg.AllParts}
			wantPages(t, l, func(l kg.List) *kg.Page { return ask(t, s, &kg.Query{List: l}) })
		})
	}
	for name, distinct := range map[string]bool{"partners of a hub": false, "each once": true} {
		t.Run(name, func(t *testing.T) {
			l := kg.List{States: kg.OnlyAccepted, Order: up(kg.FieldName), Distinct: distinct, Select: &kg.Select{Without: kg.AllParts}}
			wantPages(t, l, func(l kg.List) *kg.Page {
				f := kg.Follow{Owners: kg.Entities, Relation: kg.Relation{Way: kg.Both, Fact: kg.PartnersWith}, Lead: &kg.Select{Without: kg.AllParts}, List: l}
				q := kg.Query{IDs: []kg.ID{g.entityID(hub)}, List: kg.List{First: -1, Select: &kg.Select{Without: kg.AllParts, Follow: []kg.Follow{f}}}}
				return &ask(t, s, &q).Rows[0].Pages[0]
			})
		})
	}
	day := kg.Day(17000)
	for name, asOf := range map[string]*kg.Day{"what lies in a country": nil, "on a day": &day} {
		t.Run(name, func(t *testing.T) {
			l := kg.List{Kinds: cities | kg.SetOf(kg.Company), States: kg.OnlyAccepted, Order: up(kg.FieldName), Select: &kg.Select{Without: kg.AllParts}}
			wantPages(t, l, func(l kg.List) *kg.Page {
				f := kg.Follow{Owners: kg.Entities, Relation: kg.Relation{Way: kg.Down, Fact: kg.LocatedIn}, List: l}
				q := kg.Query{IDs: []kg.ID{"country:cn"}, AsOf: asOf, List: kg.List{First: -1, Select: &kg.Select{Without: kg.AllParts, Follow: []kg.Follow{f}}}}
				return &ask(t, s, &q).Rows[0].Pages[0]
			})
		})
	}
}

func ask(t *testing.T, s *Store, q *kg.Query) *kg.Page {
	t.Helper()
	p, err := s.Read(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// wantPages compares a list by pages of seven with the whole.
func wantPages(t *testing.T, l kg.List, read func(kg.List) *kg.Page) {
	t.Helper()
	keys := func(rows []kg.Row) (keys []string) {
		for i := range rows {
			key := string(rows[i].ID())
			for j := range rows[i].Lead {
				key += " " + string(rows[i].Lead[j].ID())
			}
			keys = append(keys, key)
		}
		return keys
	}
	l.First, l.Total = -1, true
	all := read(l)
	want := keys(all.Rows)
	if len(want) < 20 || all.Total != len(want) {
		t.Fatalf("there are %d of %d: too few to turn pages", len(want), all.Total)
	}
	l.First, l.Total = 7, false
	var got []string
	for {
		p := read(l)
		got = append(got, keys(p.Rows)...)
		if len(p.Rows) > 0 {
			l.After = &kg.Cursor{Key: l.KeyOf(&p.Rows[len(p.Rows)-1])}
		}
		if !p.More || len(p.Rows) != 7 {
			break
		}
	}
	if !slices.Equal(got, want) {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Errorf("by pages there are %d, want %d; from %d on they are\n%q\nwant\n%q", len(got), len(want), at, got[at:min(at+3, len(got))], want[at:min(at+3, len(want))])
	}
}
