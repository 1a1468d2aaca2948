package storetest

import (
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// testChanges asks how what the graph holds of an entity came about.
func testChanges(t *testing.T, open opener) {
	t.Run("of an entity", func(t *testing.T) { testChangesOfEntity(t, open) })
	t.Run("of its facts", func(t *testing.T) { testChangesOfFacts(t, open) })
}

// changes asks for the changes of what has them, newest first.
func changes(options ...option) kg.Follow {
	return kg.Follow{Owners: kg.Entities, Relation: kg.Relation{Way: kg.ChangesOf}, List: list(0, append([]option{by(kg.ChangeOrder...)}, options...))}
}

func testChangesOfEntity(t *testing.T, open opener) {
	g := newFixture(t, open)
	said := func(at time.Time, locator string) func(*kg.Entity) {
		return func(e *kg.Entity) {
			e.Evidence = []kg.Evidence{{Source: paper, Locator: locator, Confidence: 1, Method: "IMPORTED", RecordedAt: at}}
		}
	}
	g.entity("city:a", "Old <name>", holding("population", 5), said(early, "a:1"))
	g.add("city:b")
	g.apply()
	g.entity("city:a", "Old <name>", holding("population", 6), said(later, "a:2"))
	g.add("city:b")
	g.apply()
	g.entity("city:a", "New", holding("population", 6), at(1.5, -2), said(late, "a:3"), func(e *kg.Entity) {
		e.Description = "d"
		e.Others = []kg.Identifier{{Scheme: "WIKIDATA", Value: "Q1"}}
	})
	g.entity("zone:z", "z", holding("type", "BONDED"), said(late, "z:1"))
	g.apply()
	g.entity("zone:z", "z", holding("type", "OTHER"), holding("establishedOn", "1999~"), holding("areaKm2", 2.5), said(late, "z:2"))
	g.apply()
	g.entity("zone:z", "z", holding("type", "BONDED"), holding("areaKm2", 3.5), said(late, "z:3"))
	g.apply()

	const created, resized = "2020 CREATED", "2021 UPDATED population 5 to 6"
	const renamed = `2022 UPDATED description nothing to "d" 2022 UPDATED identifiers nothing to [{"scheme":"WIKIDATA","value":"Q1"}] ` +
		`2022 UPDATED location nothing to [1.5,-2] 2022 UPDATED name "Old <name>" to "New" ` +
		`2022 UPDATED names nothing to [{"value":"Old <name>","kind":"ALIAS"}]`
	g.answers(
		asked{"newest first, then by field", the("city:a", follow(changes())), "city:a{" + renamed + " " + resized + " " + created + "}"},
		asked{"nothing changed", the("city:b", follow(changes())), "city:b{2020 CREATED}"},
		asked{"several at one moment are one", the("zone:z", follow(changes())), `zone:z{2022 UPDATED areaKm2 nothing to 3.5 2022 UPDATED establishedOn nothing to "1999~" 2022 CREATED}`},
		asked{"by a moment", knownAt(later, the("city:a", follow(changes()))), "city:a{" + resized + " " + created + "}"},
		asked{"before there was one", knownAt(early.Add(-time.Second), the("city:a", follow(changes(total)))), "city:a{of 0}"},
		asked{"as of a day all the same", asOf("1990-01-01", the("city:b", follow(changes()))), "city:b{2020 CREATED}"},
		asked{"the first", the("city:a", follow(changes(first(1), total))), `city:a{2022 UPDATED description nothing to "d" … of 7}`},
		asked{"of a type", the("city:a", follow(changes(where(kg.OneOf{Field: own(kg.ChangeKind, "kind"), Values: []string{"CREATED"}})))), "city:a{2020 CREATED}"},
		asked{"its fact, where it has none", the("city:b", follow(changes(follow(kg.Follow{Owners: kg.SetOf(kg.ChangeKind), Relation: kg.Relation{Way: kg.FactOf}, List: list(0, nil)})))), "city:b{2020 CREATED{}}"},
	)
	t.Run("pages", func(t *testing.T) { g.on(t).pagesOf("city:a", changes()) })
}

func testChangesOfFacts(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:second", 0.5)
	g.add("city:a", "city:b", "city:c", "country:k")
	g.fact("f", kg.LocatedIn, "city:a", "country:k", state(kg.Proposed))
	g.fact("f", kg.LocatedIn, "city:a", "country:k", recorded(later))
	g.fact("f", kg.LocatedIn, "city:a", "country:k", recorded(late), from("source:second"))
	g.fact("g", kg.PartnersWith, "city:b", "city:c")
	g.retract(g.idOf("g"), later)
	g.fact("g", kg.PartnersWith, "city:b", "city:c", recorded(late), state(kg.Rejected))
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old-a", Of: "city:a"}}
	g.apply()

	itsFact := kg.Follow{Owners: kg.SetOf(kg.ChangeKind), Relation: kg.Relation{Way: kg.FactOf}, List: list(0, []option{states(kg.AnyState)})}
	const recordedF, acceptedF = "2020 RECORDED f", "2021 ACCEPTED f 2021 CORROBORATED f"
	const ofG = "2022 REJECTED g 2022 RECORDED g 2021 RETRACTED g 2020 ACCEPTED g 2020 RECORDED g 2020 CREATED"
	g.answers(
		asked{"newest first, the last step first", the("city:a", follow(changes())), "city:a{2022 CORROBORATED f " + acceptedF + " " + recordedF + " 2020 CREATED}"},
		asked{"at the other end", the("country:k", follow(changes(total))), "country:k{2022 CORROBORATED f " + acceptedF + " " + recordedF + " 2020 CREATED of 5}"},
		asked{"by an alias", the("city:old-a", follow(changes(first(1)))), "city:a{2022 CORROBORATED f …}"},
		asked{"retracted, asserted again and refused", these(ids("city:b", "city:c"), follow(changes())), "city:b{" + ofG + "} city:c{" + ofG + "}"},
		asked{"by a moment", knownAt(later, the("city:a", follow(changes()))), "city:a{" + acceptedF + " " + recordedF + " 2020 CREATED}"},
		asked{"as of a day all the same", asOf("1990-01-01", the("city:c", follow(changes(first(2))))), "city:c{2022 REJECTED g 2022 RECORDED g …}"},
		asked{"and on to the fact", the("city:c", follow(changes(first(1), follow(itsFact)))), "city:c{2022 REJECTED g{g} …}"},
	)
	for _, id := range ids("city:a", "city:b") {
		t.Run("pages of "+string(id), func(t *testing.T) { g.on(t).pagesOf(id, changes()) })
	}
}
