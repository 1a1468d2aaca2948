package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testTime asks what held in the world on a day.
func testTime(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:hub", "city:between", "city:open", "city:undated", "city:month", "city:about", "country:k", "country:old", "agreement:a", "sector:s")
	g.fact("between", kg.PartnersWith, "city:hub", "city:between", since("2001"), until("2005"))
	g.fact("open", kg.PartnersWith, "city:hub", "city:open", since("2003"))
	g.fact("undated", kg.PartnersWith, "city:hub", "city:undated")
	g.fact("month", kg.PartnersWith, "city:hub", "city:month", since("2003-02"), until("2003-02"))
	g.fact("about", kg.PartnersWith, "city:hub", "city:about", since("2008~"), until("2009-05/.."))
	g.fact("was", kg.LocatedIn, "city:hub", "country:old", until("1990"))
	g.fact("is", kg.LocatedIn, "city:hub", "country:k", since("1991"))
	g.fact("signs", kg.PartyTo, "city:hub", "agreement:a", with("signedOn", "2001"), with("inForceOn", "2004"), with("withdrewOn", "2010"))
	g.apply()

	names := by(asc(kg.FieldName))
	partners := follow(along(kg.Both, kg.PartnersWith, kg.Entities, names))
	led := func(facts string) string { return "city:hub{" + facts + "}" }
	g.answers(
		asked{"no day asks nothing", the("city:hub", partners), led("city:about(about) city:between(between) city:month(month) city:open(open) city:undated(undated)")},
		asked{"the day before", asOf("2000-12-31", the("city:hub", partners)), led("city:undated(undated)")},
		asked{"the first day", asOf("2001-01-01", the("city:hub", partners)), led("city:between(between) city:undated(undated)")},
		asked{"the last day", asOf("2005-12-31", the("city:hub", partners)), led("city:between(between) city:open(open) city:undated(undated)")},
		asked{"the day after", asOf("2006-01-01", the("city:hub", partners)), led("city:open(open) city:undated(undated)")},
		asked{"any day of a month", asOf("2003-02-14", the("city:hub", partners)), led("city:between(between) city:month(month) city:open(open) city:undated(undated)")},
		asked{"any day that it may have begun", asOf("2007-01-01", the("city:hub", partners)), led("city:about(about) city:open(open) city:undated(undated)")},
		asked{"long after an open end", asOf("2400-01-01", the("city:hub", partners)), led("city:about(about) city:open(open) city:undated(undated)")},
		asked{"a list of facts", asOf("2002-01-01", all(kg.PartnersWith, by(asc(kg.FieldSince)), total)), "between undated of 2"},
		asked{"facts by id", asOf("2006-01-01", these(ids(g.idOf("between"), g.idOf("open")))), "- open"},
		asked{"facts of an entity", asOf("1980-01-01", the("city:hub", follow(plain(kg.FactsOf, by(desc(kg.FieldUntil)))))), led("was undated")},
		asked{"entities are never filtered", asOf("1000-01-01", all(kg.City, total, first(0))), "… of 6"},
		asked{"a singular field", asOf("1985-01-01", the("city:hub", follow(single(along(kg.Out, kg.LocatedIn, kg.Places))))), led("country:old(was)")},
		asked{"a singular field today", the("city:hub", follow(single(along(kg.Out, kg.LocatedIn, kg.Places)))), led("country:k(is)")},
		asked{"a chain", asOf("1985-01-01", the("city:hub", follow(along(kg.Up, kg.LocatedIn, kg.SetOf(kg.Country))))), led("country:old(was)")},
		asked{"a filter", asOf("1985-01-01", all(kg.City, where(some(way(kg.Up, kg.LocatedIn), kg.SetOf(kg.Country), kg.IDIn{"country:k"})))), ""},
		asked{"a filter for none", asOf("2006-01-01", all(kg.City, where(kg.Has{Relation: way(kg.Both, kg.PartnersWith), None: true}))), "city:about city:between city:month"},
		asked{"dates that a fact's own come from", asOf("2003-12-31", the("agreement:a", follow(along(kg.In, kg.PartyTo, kg.Parties)))), "agreement:a{}"},
		asked{"from the first of them that is known", asOf("2004-01-01", the("agreement:a", follow(along(kg.In, kg.PartyTo, kg.Parties)))), "agreement:a{city:hub(signs)}"},
		asked{"to their end", asOf("2011-01-01", the("agreement:a", follow(along(kg.In, kg.PartyTo, kg.Parties)))), "agreement:a{}"},
	)
}
