package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testFacet counts lists by what their nodes hold and lead to.
func testFacet(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:other", 0.5)
	g.entity("country:fr", "France")
	g.entity("country:cn", "China")
	g.entity("agreement:p", "p", holding("type", "TRADE"), holding("signedOn", "2001-05"))
	g.entity("agreement:q", "q", holding("type", "TRADE"), holding("signedOn", "2001~"))
	g.entity("agreement:r", "r", holding("type", "TAX"))
	g.entity("agreement:s", "s", holding("type", "HEALTH"), holding("signedOn", "1999/2003"))
	g.add("city:rennes", "city:lyon", "city:jinan", "city:lost", "sector:x", "sector:y")
	g.entity("region:brittany", "Brittany")
	g.fact("0", kg.LocatedIn, "region:brittany", "country:fr")
	g.fact("1", kg.LocatedIn, "city:rennes", "region:brittany")
	g.add("region:rhone")
	g.fact("2", kg.LocatedIn, "city:lyon", "region:rhone")
	g.fact("2 above", kg.LocatedIn, "region:rhone", "country:fr")
	g.fact("3", kg.LocatedIn, "city:jinan", "country:cn", until("2010"))
	for _, city := range ids("city:rennes", "city:lyon", "city:jinan") {
		g.fact("p "+string(city), kg.PartyTo, city, "agreement:p")
	}
	g.fact("q", kg.PartyTo, "city:jinan", "agreement:q", from("source:other"))
	g.fact("r", kg.PartyTo, "city:lost", "agreement:r", with("role", "OBSERVER"))
	g.fact("s", kg.PartyTo, "city:lyon", "agreement:s", state(kg.Proposed))
	g.fact("px", kg.Concerns, "agreement:p", "sector:x")
	g.fact("py", kg.Concerns, "agreement:p", "sector:y")
	g.fact("qx", kg.Concerns, "agreement:q", "sector:x")
	g.fact("q city", kg.Concerns, "agreement:q", "city:rennes")
	g.apply()

	var (
		kind     = kg.Facet{Field: own(kg.Agreement, "type"), First: -1}
		year     = kg.Facet{Field: kg.FieldDay, First: -1}
		month    = kg.Facet{Field: kg.FieldDay, Months: true, First: -1}
		roles    = kg.Facet{Field: own(kg.PartyTo, "role"), Through: []kg.Relation{{Way: kg.FactsOf}}, Kinds: kg.SetOf(kg.PartyTo), First: -1}
		detail   = kg.Facet{Field: own(kg.LocatedIn, "detail"), First: -1}
		region   = kg.Facet{Field: kg.FieldID, Through: []kg.Relation{way(kg.Up, kg.LocatedIn)}, Kinds: kg.SetOf(kg.Region), First: -1}
		ends     = kg.Facet{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.EitherEnd}, way(kg.Up, kg.LocatedIn)}, Kinds: kg.SetOf(kg.Country), First: -1}
		sector   = kg.Facet{Field: kg.FieldID, Through: []kg.Relation{way(kg.Out, kg.Concerns)}, Kinds: kg.SetOf(kg.Sector), First: -1}
		above    = way(kg.Up, kg.LocatedIn)
		country  = kg.Facet{Field: kg.FieldID, Through: []kg.Relation{above}, Kinds: kg.SetOf(kg.Country), First: -1}
		parties  = kg.Facet{Field: kg.FieldID, Through: []kg.Relation{way(kg.In, kg.PartyTo), above}, Kinds: kg.SetOf(kg.Country), First: -1}
		regions  = kg.Facet{Field: kg.FieldID, Through: []kg.Relation{way(kg.In, kg.PartyTo), above}, Kinds: kg.SetOf(kg.Region), First: -1}
		sources  = kg.Facet{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.EvidenceOf}, {Way: kg.SourceOf}}, First: -1}
		factKind = kg.Facet{Field: own(kg.PartyTo, "kind"), First: -1}
	)
	bounded := func(f kg.Facet, n int) kg.Facet { f.First = n; return f }
	for _, c := range []struct {
		name  string
		query kg.Query
		facet kg.Facet
		want  string
	}{
		{"a word", all(kg.Agreement), kind, "TRADE 2, HEALTH 1, TAX 1"},
		{"the fullest", all(kg.Agreement), bounded(kind, 2), "TRADE 2, HEALTH 1"},
		{"none", all(kg.Agreement), bounded(kind, 0), ""},
		{"a year, that of the first date written", all(kg.Agreement), year, `2001 2, "" 1, 1999 1`},
		{"a month, where the first date written names one", all(kg.Agreement), month, `"" 3, 2001-05 1`},
		{"the sorts of facts at a node", all(kg.Agreement), roles, `SIGNATORY 2, "" 1, OBSERVER 1`},
		{"through a chain to what is no country", all(kg.City), region, `"" 2, region:brittany (Brittany) 1, region:rhone (rhone) 1`},
		{"all of the list, not of the page", all(kg.Agreement, first(1)), kind, "TRADE 2, HEALTH 1, TAX 1"},
		{"also where it is only counted", all(kg.Agreement, first(0)), kind, "TRADE 2, HEALTH 1, TAX 1"},
		{"what fits", all(kg.Agreement, where(kg.Not{Filter: kg.IDIn{"agreement:p"}})), kind, "HEALTH 1, TAX 1, TRADE 1"},
		{"an empty list", all(kg.Project), kind, ""},
		{"through a relation, under each", all(kg.Agreement), sector, `"" 2, sector:x (x) 2, sector:y (y) 1`},
		{"through a chain", all(kg.City), country, `country:fr (France) 2, "" 1, country:cn (China) 1`},
		{"through two steps, each value once", all(kg.Agreement), parties, `"" 2, country:cn (China) 2, country:fr (France) 1`},
		{"on a day", asOf("2020-01-01", all(kg.City)), country, `"" 2, country:fr (France) 2`},
		{"through two steps, to what is no country", all(kg.Agreement), regions, `"" 3, region:brittany (Brittany) 1, region:rhone (rhone) 1`},
		{"through two steps, on a day", asOf("2005-01-01", all(kg.Agreement)), parties, `"" 2, country:cn (China) 2, country:fr (France) 1`},
		{"facts", allOf(kg.Facts, where(kg.Touches{"city:jinan"})), factKind, "PARTY_TO 2, LOCATED_IN 1"},
		{"facts, by their type or role", allOf(kg.SetOf(kg.PartyTo, kg.LocatedIn)), detail, `"" 5, SIGNATORY 4, OBSERVER 1`},
		{"facts, by what either end lies in", allOf(kg.SetOf(kg.PartyTo, kg.LocatedIn)), ends, `country:fr (France) 6, country:cn (China) 3, "" 1`},
		{"facts, by that on a day", asOf("2020-01-01", all(kg.PartyTo)), ends, `"" 3, country:fr (France) 2`},
		{"facts, by what they rest on", all(kg.PartyTo), sources, "source:paper (paper) 4, source:other (other) 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.query.Facets = []kg.Facet{c.facet}
			g := g.on(t)
			p := g.read(c.query)
			if len(p.Facets) != 1 || buckets(p.Facets[0]) != c.want {
				t.Errorf("Read(%s)\ncounted %v\nwanted  %s", describe(&c.query), p.Facets, c.want)
			}
		})
	}
	t.Run("several, of a relation", func(t *testing.T) {
		g := g.on(t)
		q := the("country:fr", follow(along(kg.Down, kg.LocatedIn, kg.SetOf(kg.City), counted(country, bounded(country, 0)))))
		if p := g.row(q).Pages[0]; len(p.Facets) != 2 || buckets(p.Facets[0]) != "country:fr (France) 2" || len(p.Facets[1]) != 0 {
			t.Errorf("Read(%s)\ncounted %v\nwanted  country:fr (France) 2, and nothing", describe(&q), p.Facets)
		}
	})
}
