package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testLineage follows what agreements do to each other, through all steps either way.
func testLineage(t *testing.T, open opener) {
	g := newFixture(t, open)
	signed := func(id kg.ID, on string) { g.entity(id, string(id), holding("signedOn", on)) }
	signed("agreement:first", "1990")
	signed("agreement:protocol", "1995-02")
	signed("agreement:second", "2000")
	signed("agreement:third", "2010")
	signed("agreement:apart", "1980")
	signed("agreement:apart-too", "1981")
	g.add("agreement:undated", "agreement:undated-too", "country:k")
	g.fact("third for second", kg.RelatesTo, "agreement:third", "agreement:second", with("type", "REPLACES"), recorded(late))
	g.fact("second for first", kg.RelatesTo, "agreement:second", "agreement:first", with("type", "REPLACES"), until("2009"))
	g.fact("protocol to first", kg.RelatesTo, "agreement:protocol", "agreement:first", with("type", "PROTOCOL_TO"))
	g.fact("undated on protocol", kg.RelatesTo, "agreement:undated", "agreement:protocol")
	g.fact("undated on undated", kg.RelatesTo, "agreement:undated-too", "agreement:undated")
	g.fact("first on third", kg.RelatesTo, "agreement:first", "agreement:third", with("type", "IMPLEMENTS"), state(kg.Proposed))
	g.fact("apart", kg.RelatesTo, "agreement:apart-too", "agreement:apart")
	g.fact("party", kg.PartyTo, "country:k", "agreement:first")
	g.fact("party too", kg.PartyTo, "country:k", "agreement:apart")
	g.apply()

	lineage := func(options ...option) kg.Follow {
		return kg.Follow{Owners: kg.Entities, Relation: kg.Relation{Way: kg.LineageOf}, List: list(0, append([]option{by(kg.LineageOrder...)}, options...))}
	}
	replaces := kg.OneOf{Field: own(kg.RelatesTo, "type"), Values: []string{"REPLACES"}}
	const whole = "{protocol to first undated on protocol second for first third for second undated on undated}"
	// Both facts of 1995-02 are as old as each other, so that their ids decide.
	protocols := "{protocol to first undated on protocol"
	if g.idOf("undated on protocol") < g.idOf("protocol to first") {
		protocols = "{undated on protocol protocol to first"
	}
	all := protocols + whole[len("{protocol to first undated on protocol"):]
	g.answers(
		asked{"from its beginning", the("agreement:first", follow(lineage())), "agreement:first" + all},
		asked{"from its end", the("agreement:third", follow(lineage())), "agreement:third" + all},
		asked{"from aside", the("agreement:undated-too", follow(lineage())), "agreement:undated-too" + all},
		asked{"another", the("agreement:apart", follow(lineage())), "agreement:apart{apart}"},
		asked{"the first", the("agreement:first", follow(lineage(first(2), total))), "agreement:first" + protocols + " … of 5}"},
		asked{"by facts that fit", the("agreement:first", follow(through(replaces, lineage()))), "agreement:first{second for first third for second}"},
		asked{"of facts that fit", the("agreement:first", follow(lineage(where(replaces)))), "agreement:first{second for first third for second}"},
		asked{"in any state", the("agreement:third", follow(through(kg.Not{Filter: kg.Touches{"agreement:second", "agreement:protocol"}}, lineage(states(kg.AnyState))))), "agreement:third{first on third}"},
		asked{"on a day", asOf("2015-01-01", the("agreement:third", follow(lineage()))), "agreement:third{third for second}"},
		asked{"as known at a moment", knownAt(early, the("agreement:third", follow(lineage()))), "agreement:third{}"},
		asked{"of what is no agreement", the("country:k", follow(lineage())), "country:k{}"},
		asked{"and on from there", the("agreement:apart", follow(lineage(follow(plain(kg.FromEnd), plain(kg.ToEnd))))), "agreement:apart{apart{agreement:apart-too | agreement:apart}}"},
	)
	t.Run("pages", func(t *testing.T) { g.on(t).pagesOf("agreement:second", lineage()) })
}
