package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testLinking counts what links countries in pairs. Answers read: a-b 2,1,0 for a pair and its counts.
func testLinking(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("country:a", "country:b", "country:c", "country:d", "region:a", "city:a1", "city:a2", "city:b1", "city:c1", "city:lost",
		"company:a", "company:b", "company:lost", "project:c", "agreement:ab", "agreement:abc", "agreement:aa", "agreement:old", "event:e")
	g.fact("ra", kg.LocatedIn, "region:a", "country:a")
	g.fact("a1", kg.LocatedIn, "city:a1", "region:a")
	g.fact("a2", kg.LocatedIn, "city:a2", "country:a")
	g.fact("b1", kg.LocatedIn, "city:b1", "country:b", until("2010"))
	g.fact("b1 now", kg.LocatedIn, "city:b1", "country:d", since("2011"))
	g.fact("c1", kg.LocatedIn, "city:c1", "country:c")
	g.fact("xa", kg.LocatedIn, "company:a", "city:a1")
	g.fact("xc", kg.LocatedIn, "company:b", "city:c1")
	g.fact("pc", kg.LocatedIn, "project:c", "city:c1", recorded(later))

	g.fact("partners across", kg.PartnersWith, "city:a1", "city:c1", since("2000"))
	g.fact("partners across again", kg.PartnersWith, "city:a1", "city:c1", with("type", "OTHER"), until("2005"))
	g.fact("partners of countries", kg.PartnersWith, "country:a", "country:c", sure(0.2))
	g.fact("partners with who moved", kg.PartnersWith, "city:a2", "city:b1")
	g.fact("partners at home", kg.PartnersWith, "city:a1", "city:a2")
	g.fact("partners of who lies nowhere", kg.PartnersWith, "city:lost", "city:a1")
	g.fact("partners proposed", kg.PartnersWith, "city:b1", "city:c1", state(kg.Proposed))
	g.fact("partners late", kg.PartnersWith, "country:b", "country:c", recorded(late))

	for _, party := range ids("city:a1", "city:a2", "company:a", "city:c1") {
		g.fact("ab "+string(party), kg.PartyTo, party, "agreement:ab")
	}
	for _, party := range ids("country:a", "country:b", "country:c", "company:lost") {
		g.fact("abc "+string(party), kg.PartyTo, party, "agreement:abc")
	}
	for _, party := range ids("city:a1", "city:a2") {
		g.fact("aa "+string(party), kg.PartyTo, party, "agreement:aa")
	}
	g.fact("old a", kg.PartyTo, "city:a1", "agreement:old", with("withdrewOn", "2001"))
	g.fact("old b", kg.PartyTo, "country:b", "agreement:old")

	g.fact("invests", kg.InvestsIn, "company:a", "project:c")
	g.fact("invests back", kg.InvestsIn, "company:b", "company:a")
	g.fact("invests nowhere", kg.InvestsIn, "company:a", "company:lost")
	g.batch.Aliases = []kg.AliasRecord{{Alias: "country:old-b", Of: "country:b"}}
	g.apply()

	linking := func(set ...func(*kg.Linking)) kg.Query {
		w := kg.Linking{Places: kg.Country, By: []kg.Relation{way(kg.Both, kg.PartnersWith), way(kg.In, kg.PartyTo), way(kg.Both, kg.InvestsIn)}, States: kg.OnlyAccepted, First: 100}
		for _, f := range set {
			f(&w)
		}
		return walking(w)
	}
	with := func(ids []kg.ID) func(*kg.Linking) { return func(w *kg.Linking) { w.With = ids } }
	of := func(f kg.Filter) func(*kg.Linking) {
		return func(w *kg.Linking) { w.Fact, w.States = f, kg.StatesOf(f) }
	}
	first := func(n int) func(*kg.Linking) { return func(w *kg.Linking) { w.First = n } }
	by := func(places kg.Kind, by ...kg.Relation) func(*kg.Linking) {
		return func(w *kg.Linking) { w.Places, w.By = places, by }
	}
	const now = "a-c 3,2,2 a-b 0,2,0 b-c 1,1,0 a-d 1,0,0"
	for _, c := range []struct {
		name  string
		query kg.Query
		want  string
	}{
		{"all", linking(), now},
		{"the first", linking(first(2)), "a-c 3,2,2 a-b 0,2,0"},
		{"with some", linking(with(ids("country:d", "country:old-b"))), "a-b 0,2,0 b-c 1,1,0 a-d 1,0,0"},
		{"with none", linking(with(ids())), ""},
		{"with what is not there", linking(with(ids("country:none"))), ""},
		{"with what nothing links", linking(with(ids("city:lost"))), ""},
		{"on a day", asOf("2003-01-01", linking()), "a-c 3,2,2 a-b 1,1,0 b-c 1,1,0"},
		{"as known at a moment", knownAt(early, linking()), "a-c 3,2,1 a-b 0,2,0 a-d 1,0,0 b-c 0,1,0"},
		{"as known on a day", knownAt(early, asOf("1999-01-01", linking())), "a-c 2,2,1 a-b 1,2,0 b-c 0,1,0"},
		{"by facts that fit", linking(of(kg.Between{Field: kg.FieldConfidence, Min: pointer(0.5)})), "a-c 2,2,2 a-b 0,2,0 b-c 1,1,0 a-d 1,0,0"},
		{"by facts of a kind", linking(of(kg.KindIn{Kinds: kg.SetOf(kg.PartyTo)})), "a-b 0,2,0 a-c 0,2,0 b-c 0,1,0"},
		{"by facts of a kind, with some", linking(with(ids("country:b")), of(kg.KindIn{Kinds: kg.SetOf(kg.PartyTo)})), "a-b 0,2,0 b-c 0,1,0"},
		{"by facts of another kind, with some", linking(with(ids("country:d")), of(kg.KindIn{Kinds: kg.SetOf(kg.PartnersWith)})), "a-d 1,0,0"},
		{"by facts of a type", linking(of(kg.OneOf{Field: own(kg.LocatedIn, "detail"), Values: []string{"OTHER"}})), "a-c 1,0,0"},
		{"by facts that none is", linking(of(kg.Or{})), ""},
		{"in another state", linking(of(kg.OneOf{Field: kg.FieldState, Values: []string{"PROPOSED"}})), "c-d 1,0,0"},
		{"of one sort", linking(by(kg.Country, way(kg.Both, kg.InvestsIn))), "a-c 2"},
		{"of none", linking(by(kg.Country)), ""},
		{"of what facts lead from", linking(by(kg.Country, way(kg.Out, kg.LocatedIn))), "b-d 1"},
		{"of cities", linking(by(kg.City, way(kg.Both, kg.PartnersWith), way(kg.In, kg.PartyTo)), first(4)), "a1-a2 1,2 a1-c1 2,1 a1-lost 1,0 a2-b1 1,0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := g.on(t)
			if got := g.linkingText(g.read(c.query), &c.query.List); got != c.want {
				t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&c.query), got, c.want)
			}
		})
	}
	t.Run("and on from there", func(t *testing.T) {
		g := g.on(t)
		q := linking(with(ids("country:d")))
		q.Select = &kg.Select{Follow: []kg.Follow{along(kg.Down, kg.LocatedIn, kg.SetOf(kg.City))}}
		want := "country:a{city:a1(ra a1) city:a2(a2)}-country:d{city:b1(b1 now)} 1,0,0"
		if got := g.linkingText(g.read(q), &q.List); got != want {
			t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&q), got, want)
		}
	})
}

func (g *fixture) linkingText(p *kg.Page, l *kg.List) string {
	var pairs []string
	for i := range p.Groups {
		var ends []string
		for j := range p.Groups[i].Rows {
			text := g.rowText(&p.Groups[i].Rows[j], l.Select)
			if l.Select == nil {
				_, text, _ = strings.Cut(text, ":")
			}
			ends = append(ends, text)
		}
		counts := strings.ReplaceAll(strings.Trim(fmt.Sprint(p.Groups[i].Counts), "[]"), " ", ",")
		pairs = append(pairs, strings.Join(ends, "-")+" "+counts)
	}
	return strings.Join(pairs, " ")
}
