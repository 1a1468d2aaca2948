package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testAlias proves that an old id answers as the new one wherever a query may name an entity.
func testAlias(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "country:k")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b")
	g.fact("ak", kg.LocatedIn, "city:a", "country:k")
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old", Of: "city:a"}, {Alias: "city:older", Of: "city:a"}}
	g.apply()
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old", Of: "city:a"}} // again changes nothing
	g.apply()

	partners := along(kg.Both, kg.PartnersWith, kg.Entities)
	toOld := partners
	toOld.Where = kg.IDIn{"city:old"}
	g.answers(
		asked{"by id", these(ids("city:old", "city:a", "city:older")), "city:a city:a city:a"},
		asked{"and on from there", the("city:old", follow(partners)), "city:a{city:b(ab)}"},
		asked{"not in a list", all(kg.City, total), "city:a city:b of 2"},
		asked{"in a filter", all(kg.City, where(kg.IDIn{"city:old", "city:older"})), "city:a"},
		asked{"in its opposite", all(kg.City, where(kg.Not{Filter: kg.IDIn{"city:old"}})), "city:b"},
		asked{"in a filter of facts", allOf(kg.Facts, where(kg.Touches{"city:old"}), by(asc(own(kg.LocatedIn, "kind")))), "ak ab"},
		asked{"in a filter of a relation", the("city:b", follow(toOld)), "city:b{city:a(ab)}"},
		asked{"in a filter by relation", all(kg.City, where(some(way(kg.Both, kg.PartnersWith), 0, kg.IDIn{"city:older"}))), "city:b"},
	)
}
