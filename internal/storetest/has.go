package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testHas asks for nodes by what they lead to.
func testHas(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("country:fr", "country:cn", "city:rennes", "city:lyon", "city:jinan", "city:lost", "zone:z", "company:x", "company:y", "sector:s", "agreement:p", "agreement:q")
	g.fact("1", kg.LocatedIn, "city:rennes", "country:fr")
	g.fact("2", kg.LocatedIn, "city:lyon", "country:fr")
	g.fact("3", kg.LocatedIn, "city:jinan", "country:cn")
	g.fact("4", kg.LocatedIn, "zone:z", "city:jinan")
	g.fact("5", kg.LocatedIn, "company:x", "zone:z")
	g.fact("6", kg.LocatedIn, "company:y", "city:jinan", state(kg.Proposed))
	g.fact("twins", kg.PartnersWith, "city:jinan", "city:rennes", with("type", "TWIN"), since("2002"))
	g.fact("friends", kg.PartnersWith, "city:jinan", "city:rennes", with("type", "FRIENDSHIP"), since("1990"))
	g.fact("others", kg.PartnersWith, "city:jinan", "city:lyon", with("type", "TWIN"), sure(0.1), state(kg.Rejected))
	g.fact("signs", kg.PartyTo, "city:rennes", "agreement:p")
	g.fact("signs too", kg.PartyTo, "city:jinan", "agreement:p")
	g.fact("lyon signs", kg.PartyTo, "city:lyon", "agreement:q")
	g.fact("active", kg.ActiveIn, "company:x", "sector:s")
	g.apply()

	var (
		cities    = kg.SetOf(kg.City)
		countries = kg.SetOf(kg.Country)
		partners  = way(kg.Both, kg.PartnersWith)
		upwards   = way(kg.Up, kg.LocatedIn)
		below     = way(kg.Down, kg.LocatedIn)
		typed     = func(s string) kg.Filter { return kg.OneOf{Field: own(kg.PartnersWith, "type"), Values: []string{s}} }
		stated    = func(s string) kg.Filter { return kg.OneOf{Field: kg.FieldState, Values: []string{s}} }
		lyon      = kg.IDIn{"city:lyon"}
	)
	in := func(country kg.ID) kg.Filter { return some(upwards, countries, kg.IDIn{country}) }
	from := func(node kg.Filter) kg.Has { return some(kg.Relation{Way: kg.FromEnd}, 0, node) }
	to := func(node kg.Filter) kg.Has { return some(kg.Relation{Way: kg.ToEnd}, 0, node) }
	either := func(node kg.Filter) kg.Has { return some(kg.Relation{Way: kg.EitherEnd}, 0, node) }
	facts := func(f kg.Filter, kinds ...kg.Kind) kg.Query { return allOf(kg.SetOf(kinds...), where(f)) }
	asks := func(h kg.Has) kg.Query {
		h.AtLeast = max(h.AtLeast, 1)
		return allOf(kg.SetOf(kg.City, kg.Company, kg.Zone, kg.Country), where(h))
	}
	g.answers(
		asked{"some, from either end", asks(kg.Has{Relation: partners}), "city:jinan city:rennes"},
		asked{"none", all(kg.City, where(kg.Has{Relation: partners, None: true})), "city:lost city:lyon"},
		asked{"some out", asks(kg.Has{Relation: way(kg.Out, kg.PartyTo)}), "city:jinan city:lyon city:rennes"},
		asked{"some in", allOf(kg.Entities, where(kg.Has{Relation: way(kg.In, kg.PartyTo), AtLeast: 1})), "agreement:p agreement:q"},
		asked{"the wrong way", asks(kg.Has{Relation: way(kg.In, kg.PartyTo)}), ""},
		asked{"some that fits", asks(kg.Has{Relation: partners, Node: kg.IDIn{"city:jinan"}}), "city:rennes"},
		asked{"none that fits", all(kg.City, where(kg.Has{Relation: partners, Node: kg.IDIn{"city:jinan"}, None: true})), "city:jinan city:lost city:lyon"},
		asked{"of some kinds", asks(kg.Has{Relation: below, Kinds: kg.SetOf(kg.Company)}), "city:jinan country:cn zone:z"},
		asked{"by facts that fit", asks(kg.Has{Relation: partners, Fact: kg.And{typed("TWIN"), kg.During{Field: kg.FieldSince, From: day("2000-01-01"), To: kg.MaxDay}}}), "city:jinan city:rennes"},
		asked{"not by two facts that fit half each", asks(kg.Has{Relation: partners, Fact: kg.And{typed("FRIENDSHIP"), kg.During{Field: kg.FieldSince, From: day("2000-01-01"), To: kg.MaxDay}}}), ""},
		asked{"nodes are counted, not facts", asks(kg.Has{Relation: partners, AtLeast: 2}), ""},
		asked{"in a state that the filter names", asks(kg.Has{Relation: partners, Fact: stated("REJECTED")}), "city:jinan city:lyon"},
		asked{"in any state, if the filter names one anywhere", asks(kg.Has{Relation: partners, Fact: kg.Not{Filter: stated("PROPOSED")}, AtLeast: 2}), "city:jinan"},
		asked{"at least", asks(kg.Has{Relation: way(kg.In, kg.LocatedIn), AtLeast: 2}), "country:fr"},
		asked{"the state counts on the last step too", asks(kg.Has{Relation: way(kg.In, kg.LocatedIn), Node: kg.KindIn{Kinds: kg.SetOf(kg.Company)}}), "zone:z"},
		asked{"above, at any height", asks(kg.Has{Relation: upwards, Kinds: countries, Node: kg.IDIn{"country:cn"}}), "city:jinan company:x country:cn zone:z"},
		asked{"above, the nearest alone", asks(kg.Has{Relation: upwards, Node: kg.IDIn{"country:cn"}}), "country:cn"},
		asked{"below, without itself", asks(kg.Has{Relation: below, Kinds: cities}), "country:cn country:fr"},
		asked{"by the country of a partner", asks(kg.Has{Relation: partners, Node: some(upwards, countries, kg.IDIn{"country:cn"})}), "city:rennes"},
		asked{"by its own country and a partner's agreement", all(kg.City, where(kg.And{
			some(upwards, countries, kg.IDIn{"country:cn"}),
			some(partners, 0, some(way(kg.Out, kg.PartyTo), 0, kg.IDIn{"agreement:p"})),
		})), "city:jinan"},
		asked{"not", all(kg.City, where(kg.Not{Filter: some(upwards, countries, kg.IDIn{"country:fr"})})), "city:jinan city:lost"},
		asked{"by a sector below", asks(kg.Has{Relation: below, Node: some(way(kg.Out, kg.ActiveIn), 0, kg.IDIn{"sector:s"})}), "city:jinan country:cn zone:z"},
		asked{"by its facts", all(kg.City, where(some(kg.Relation{Way: kg.FactsOf}, kg.SetOf(kg.PartnersWith), typed("FRIENDSHIP")))), "city:jinan city:rennes"},
		asked{"by its facts, those that are accepted", all(kg.City, where(some(kg.Relation{Way: kg.FactsOf}, 0, kg.And{typed("TWIN"), kg.Touches{"city:lyon"}}))), ""},
		asked{"by its facts, in a state that is named", all(kg.City, where(some(kg.Relation{Way: kg.FactsOf}, 0, kg.And{typed("TWIN"), stated("REJECTED")}))), "city:jinan city:lyon"},
		asked{"what is not there", asks(kg.Has{Relation: partners, Node: kg.And{lyon, kg.IDIn{"city:none"}}}), ""},
		asked{"from what the way does not begin at", allOf(kg.Entities|kg.Facts|kg.SetOf(kg.SourceKind), where(kg.Or{
			some(kg.Relation{Way: kg.FromEnd}, 0, kg.IDIn{"company:x"}), some(kg.Relation{Way: kg.SourceOf}, 0, nil),
			some(upwards, kg.SetOf(kg.Zone), kg.IDIn{"zone:none"}), some(kg.Relation{Way: kg.ByField, Field: own(kg.PartnersWith, "basis")}, 0, nil),
		}), by(desc(own(kg.LocatedIn, "kind")))), "5 active"},
		asked{"above two things at once, a page by name", all(kg.City, where(kg.And{
			some(upwards, countries, kg.IDIn{"country:fr"}), some(upwards, countries, kg.IDIn{"country:cn"}),
		}), by(asc(kg.FieldName)), first(5)), ""},
		asked{"facts from a country", facts(from(in("country:cn")), kg.PartyTo, kg.LocatedIn), "5 3 4 signs too"},
		asked{"facts to a country", facts(to(in("country:fr")), kg.LocatedIn), "1 2"},
		asked{"facts at either end", facts(either(in("country:fr")), kg.PartnersWith), "friends twins"},
		asked{"facts of which both ends fit, each once", facts(either(kg.IDIn{"city:jinan", "city:rennes"}), kg.PartnersWith), "friends twins"},
		asked{"facts from one country or to another", facts(kg.Or{from(in("country:fr")), kg.And{to(in("country:cn")), typed("TWIN")}, to(lyon)}, kg.PartnersWith, kg.PartyTo), "signs lyon signs"},
		asked{"facts of a country, and more of them", facts(kg.And{kg.Or{from(in("country:cn")), to(in("country:cn"))}, typed("FRIENDSHIP")}, kg.PartnersWith), "friends"},
		asked{"facts of a country, in a state that is named", facts(kg.And{kg.Or{from(in("country:fr")), to(in("country:fr"))}, stated("REJECTED")}, kg.PartnersWith), ""},
		asked{"facts from no country", facts(kg.Not{Filter: from(in("country:cn"))}, kg.PartyTo), "signs lyon signs"},
		asked{"with a total", all(kg.City, where(some(partners, 0, nil)), total, first(1)), "city:jinan … of 2"},
	)
}
