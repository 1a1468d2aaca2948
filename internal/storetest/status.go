package storetest

import (
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testStatus asks what agreements are on a day. How that is decided is proven where [kg.StatusOn] is; here it is given the
// right facts and fields, on the right day, as the graph held them.
func testStatus(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("country:a", "country:b", "country:c", "city:x")
	locator := func(locator string) kg.Evidence {
		return kg.Evidence{Source: paper, Locator: locator, Confidence: 1, Method: "IMPORTED", RecordedAt: early}
	}
	g.entity("agreement:signed", "1", holding("signedOn", "2001-05-01"), func(e *kg.Entity) { e.Evidence = []kg.Evidence{locator("signed:1")} })
	g.entity("agreement:ended", "2", holding("inForceOn", "1995"), holding("endedOn", "2008-12-31"), holding("ending", "EXPIRED"))
	g.entity("agreement:old", "3", holding("inForceOn", "1990"))
	g.entity("agreement:new", "4", holding("inForceOn", "2010"))
	g.add("agreement:of-two", "agreement:unknown")
	g.fact("a", kg.PartyTo, "country:a", "agreement:of-two", with("inForceOn", "2005-01-01"))
	g.fact("b", kg.PartyTo, "country:b", "agreement:of-two", with("inForceOn", "2006-01-01"), recorded(later))
	g.fact("c", kg.PartyTo, "country:c", "agreement:of-two", with("inForceOn", "1999"), state(kg.Proposed))
	g.fact("new for old", kg.RelatesTo, "agreement:new", "agreement:old", with("type", "REPLACES"), recorded(late))
	g.apply()

	on := func(d string) *kg.Day { return pointer(day(d)) }
	status := func(on *kg.Day, options ...option) kg.Follow {
		return kg.Follow{Owners: kg.SetOf(kg.Agreement), Relation: kg.Relation{Way: kg.StatusOf, On: on}, List: list(0, options)}
	}
	why := follow(kg.Follow{Owners: kg.SetOf(kg.StatusKind), Relation: kg.Relation{Way: kg.EvidenceOf}, List: list(0, nil)})
	g.answers(
		asked{"today", the("agreement:signed", follow(status(nil))), "agreement:signed{SIGNED on 2024-06-15}"},
		asked{"as of a day", asOf("2000-01-01", the("agreement:signed", follow(status(nil)))), "agreement:signed{UNKNOWN on 2000-01-01}"},
		asked{"on a day", the("agreement:ended", follow(status(on("2008-12-31")), status(on("2009-01-01")))), "agreement:ended{IN_FORCE on 2008-12-31 | EXPIRED on 2009-01-01}"},
		asked{"on a day, whatever held on another", asOf("1980-01-01", the("agreement:of-two", follow(status(on("2006-01-01"))))), "agreement:of-two{IN_FORCE on 2006-01-01}"},
		asked{"by its parties", the("agreement:of-two", follow(status(on("2005-12-31")), status(on("2006-01-01")))), "agreement:of-two{SIGNED on 2005-12-31 | IN_FORCE on 2006-01-01}"},
		asked{"as known at a moment", knownAt(early, the("agreement:of-two", follow(status(on("2005-06-01"))))), "agreement:of-two{IN_FORCE on 2005-06-01}"},
		asked{"by what replaces it", the("agreement:old", follow(status(on("2009-12-31")), status(nil))), "agreement:old{IN_FORCE on 2009-12-31 | REPLACED on 2024-06-15}"},
		asked{"before that was known", knownAt(later, the("agreement:old", follow(status(nil)))), "agreement:old{IN_FORCE on 2024-06-15}"},
		asked{"nothing is known", the("agreement:unknown", follow(status(nil, why))), "agreement:unknown{UNKNOWN on 2024-06-15{}}"},
		asked{"of what is no agreement", the("city:x", follow(kg.Follow{Owners: kg.Entities, Relation: kg.Relation{Way: kg.StatusOf}, List: list(0, nil)})), "city:x{}"},
		asked{"what decided, of fields", the("agreement:signed", follow(status(nil, why))), `agreement:signed{SIGNED on 2024-06-15{signed:1}}`},
		asked{"what decided, of facts", the("agreement:of-two", follow(status(nil, why))), "agreement:of-two{IN_FORCE on 2024-06-15{paper.csv:1 paper.csv:2}}"},
	)

	is := func(on *kg.Day, values ...string) option { return where(kg.StatusIs{Values: values, On: on}) }
	g.answers(
		asked{"a filter", all(kg.Agreement, is(nil, kg.StatusInForce)), "agreement:new agreement:of-two"},
		asked{"by several values", all(kg.Agreement, is(nil, kg.StatusExpired, kg.StatusReplaced)), "agreement:ended agreement:old"},
		asked{"by none", all(kg.Agreement, is(nil)), ""},
		asked{"on a day, in a filter", all(kg.Agreement, is(on("2005-06-01"), kg.StatusSigned)), "agreement:of-two agreement:signed"},
		asked{"as of a day, in a filter", asOf("2005-06-01", all(kg.Agreement, is(nil, kg.StatusInForce))), "agreement:ended agreement:old"},
		asked{"as known, in a filter", knownAt(early, all(kg.Agreement, is(on("2005-06-01"), kg.StatusInForce))), "agreement:ended agreement:of-two agreement:old"},
		asked{"not", all(kg.Agreement, where(kg.Not{Filter: kg.StatusIs{Values: kg.StatusValues}})), ""},
		asked{"only agreements have one", allOf(kg.Entities|kg.Facts, is(nil, kg.StatusUnknown)), "agreement:unknown"},
		asked{"at the other end", all(kg.Country, where(some(way(kg.Out, kg.PartyTo), 0, kg.StatusIs{Values: []string{kg.StatusInForce}}))), "country:a country:b"},
	)

	facet := func(on *kg.Day) kg.Facet {
		return kg.Facet{Field: own(kg.StatusKind, "value"), Through: []kg.Relation{{Way: kg.StatusOf, On: on}}, First: -1}
	}
	for name, c := range map[string]struct{ query, want string }{
		"counted":             {"", "IN_FORCE 2, EXPIRED 1, REPLACED 1, SIGNED 1, UNKNOWN 1; UNKNOWN 5, IN_FORCE 1"},
		"counted as of a day": {"2008-01-01", "IN_FORCE 3, UNKNOWN 2, SIGNED 1; UNKNOWN 5, IN_FORCE 1"},
	} {
		t.Run(name, func(t *testing.T) {
			g := g.on(t)
			q := all(kg.Agreement, counted(facet(nil), facet(on("1992-01-01"))))
			if c.query != "" {
				q = asOf(c.query, q)
			}
			var got []string
			for _, f := range g.read(q).Facets {
				got = append(got, buckets(f))
			}
			if got := strings.Join(got, "; "); got != c.want {
				t.Errorf("Read(%s) counted %s, want %s", describe(&q), got, c.want)
			}
		})
	}
}
