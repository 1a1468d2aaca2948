package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testChain follows chains of facts, up and down.
func testChain(t *testing.T, open opener) {
	t.Run("tree", func(t *testing.T) { testChainOfTree(t, open) })
	t.Run("several ways", func(t *testing.T) { testChainOfSeveralWays(t, open) })
	t.Run("regions", func(t *testing.T) { testChainOfRegions(t, open) })
	t.Run("circle", func(t *testing.T) { testChainOfCircle(t, open) })
}

func testChainOfTree(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("country:k", "region:r", "city:c", "city:d", "zone:z", "company:x", "company:y", "company:lost", "city:lone")
	g.fact("rk", kg.LocatedIn, "region:r", "country:k")
	g.fact("cr", kg.LocatedIn, "city:c", "region:r")
	g.fact("dc", kg.LocatedIn, "city:d", "city:c")
	g.fact("zd", kg.LocatedIn, "zone:z", "city:d")
	g.fact("xz", kg.LocatedIn, "company:x", "zone:z")
	g.fact("yk", kg.LocatedIn, "company:y", "country:k")
	g.fact("lost", kg.LocatedIn, "company:lost", "city:c", state(kg.Rejected))
	g.apply()

	up := func(to kg.KindSet, options ...option) kg.Follow { return along(kg.Up, kg.LocatedIn, to, options...) }
	down := func(to kg.KindSet, options ...option) kg.Follow { return along(kg.Down, kg.LocatedIn, to, options...) }
	country, city, company := kg.SetOf(kg.Country), kg.SetOf(kg.City), kg.SetOf(kg.Company)
	g.answers(
		asked{"the country", the("company:x", follow(single(up(country)))), "company:x{country:k(xz zd dc cr rk)}"},
		asked{"the nearest city", the("company:x", follow(single(up(city)))), "company:x{city:d(xz zd)}"},
		asked{"the nearest of several kinds", the("company:x", follow(single(up(kg.Places)))), "company:x{zone:z(xz)}"},
		asked{"one step", the("company:y", follow(single(up(country)))), "company:y{country:k(yk)}"},
		asked{"without its facts, where they are not read", the("company:y", follow(unread(up(country)), unread(single(up(country))))), "company:y{country:k | country:k}"},
		asked{"itself", the("country:k", follow(single(up(country)))), "country:k{country:k}"},
		asked{"itself before what lies above", the("city:d", follow(single(up(city)))), "city:d{city:d}"},
		asked{"nothing above", these(ids("city:lone", "company:lost"), follow(single(up(country)))), "city:lone{} company:lost{}"},
		asked{"no such kind above", the("company:y", follow(single(up(city)))), "company:y{}"},
		asked{"all above", the("zone:z", follow(up(city|country))), "zone:z{city:c(zd dc) city:d(zd) country:k(zd dc cr rk)}"},
		asked{"all below", the("country:k", follow(down(company, total))), "country:k{company:x(rk cr dc zd xz) company:y(yk) of 2}"},
		asked{"below, of other kinds, without itself", the("city:c", follow(down(city|kg.SetOf(kg.Zone)))), "city:c{city:d(dc) zone:z(dc zd)}"},
		asked{"below, in order, the first", the("country:k", follow(down(company, by(desc(kg.FieldName)), first(1)))), "country:k{company:y(yk) …}"},
		asked{"below, what fits", the("country:k", follow(down(company, where(kg.IDIn{"company:x"})))), "country:k{company:x(rk cr dc zd xz)}"},
		asked{"below, in any state", the("region:r", follow(down(company, states(kg.AnyState)))), "region:r{company:lost(cr lost) company:x(cr dc zd xz)}"},
		asked{"nothing below", the("company:x", follow(down(company))), "company:x{}"},
		asked{"and on from there", the("city:d", follow(down(company, follow(single(up(country)))))), "city:d{company:x(zd xz){country:k(xz zd dc cr rk)}}"},
		asked{"by facts that fit", the("company:x", follow(through(kg.Not{Filter: kg.Touches{"region:r"}}, up(city|country)))), "company:x{city:c(xz zd dc) city:d(xz zd)}"},
	)
}

// testChainOfSeveralWays has facts that contradict each other, so that a rule must say which chain is shown.
func testChainOfSeveralWays(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("country:k", "country:j", "country:i", "city:c", "city:d", "city:dead-end", "company:moved", "company:unsure", "company:stuck", "company:twice")
	g.fact("ck", kg.LocatedIn, "city:c", "country:k")
	g.fact("dj", kg.LocatedIn, "city:d", "country:j")
	g.fact("left", kg.LocatedIn, "company:moved", "country:j", until("2010"))
	g.fact("came", kg.LocatedIn, "company:moved", "city:c", since("2011"))
	g.fact("guess", kg.LocatedIn, "company:unsure", "city:d", sure(0.3))
	g.fact("known", kg.LocatedIn, "company:unsure", "city:c", sure(0.9), since("1995"))
	g.fact("stuck", kg.LocatedIn, "company:stuck", "city:dead-end", sure(0.9))
	g.fact("way out", kg.LocatedIn, "company:stuck", "country:i", sure(0.1))
	g.fact("long", kg.LocatedIn, "company:twice", "city:c", sure(0.9))
	g.fact("short", kg.LocatedIn, "company:twice", "country:k", sure(0.1))
	g.apply()

	countries, companies := kg.SetOf(kg.Country), kg.SetOf(kg.Company)
	country := follow(single(along(kg.Up, kg.LocatedIn, countries)))
	inCountry := func(id kg.ID) option {
		return where(some(way(kg.Up, kg.LocatedIn), countries, kg.IDIn{id}))
	}
	g.answers(
		asked{"what holds today, though it is further", the("company:moved", country), "company:moved{country:k(came ck)}"},
		asked{"what held on the day", asOf("2005-01-01", the("company:moved", country)), "company:moved{country:j(left)}"},
		asked{"the surest", the("company:unsure", country), "company:unsure{country:k(known ck)}"},
		asked{"the surest on a day", asOf("2005-01-01", the("company:unsure", country)), "company:unsure{country:k(known ck)}"},
		asked{"another, where the surest leads nowhere", the("company:stuck", country), "company:stuck{country:i(way out)}"},
		asked{"the surest, though it is longer", the("company:twice", country), "company:twice{country:k(long ck)}"},
		asked{"all of them", the("company:unsure", follow(along(kg.Up, kg.LocatedIn, countries))), "company:unsure{country:j(guess dj) country:k(known ck)}"},
		asked{"a filter goes where the field does", all(kg.Company, inCountry("country:j")), ""},
		asked{"and to the country that it shows", all(kg.Company, inCountry("country:k")), "company:moved company:twice company:unsure"},
		asked{"a filter on a day", asOf("2005-01-01", all(kg.Company, inCountry("country:j"))), "company:moved"},
		asked{"below, each once, by the shortest chain", the("country:k", follow(along(kg.Down, kg.LocatedIn, companies))),
			"country:k{company:moved(ck came) company:twice(short) company:unsure(ck known)}"},
		asked{"below, on a day", asOf("2005-01-01", the("country:j", follow(along(kg.Down, kg.LocatedIn, companies)))),
			"country:j{company:moved(left) company:unsure(dj guess)}"},
	)
}

// testChainOfRegions asks what lies in regions, of which one may lie in another, from wherever a filter can.
func testChainOfRegions(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("country:k", "region:big", "region:small", "city:b", "city:s", "zone:s", "city:lost", "company:s", "company:b", "company:moved", "company:lost", "agreement:p", "agreement:q")
	g.fact("bk", kg.LocatedIn, "region:big", "country:k")
	g.fact("sb", kg.LocatedIn, "region:small", "region:big")
	g.fact("cs", kg.LocatedIn, "city:s", "region:small")
	g.fact("cb", kg.LocatedIn, "city:b", "region:big")
	g.fact("zs", kg.LocatedIn, "zone:s", "city:s")
	g.fact("xs", kg.LocatedIn, "company:s", "zone:s")
	g.fact("xb", kg.LocatedIn, "company:b", "city:b")
	g.fact("left", kg.LocatedIn, "company:moved", "city:s", until("2010"))
	g.fact("came", kg.LocatedIn, "company:moved", "city:b", since("2011"))
	g.fact("refused", kg.LocatedIn, "company:lost", "city:s", state(kg.Rejected))
	g.fact("late", kg.LocatedIn, "city:lost", "region:small", recorded(late))
	g.fact("twins", kg.PartnersWith, "city:b", "city:s")
	g.fact("lost twins", kg.PartnersWith, "city:b", "city:lost")
	g.fact("small signs", kg.PartyTo, "region:small", "agreement:p")
	g.fact("big signs", kg.PartyTo, "company:b", "agreement:q")
	g.apply()

	in := func(region kg.Filter) kg.Has { return some(way(kg.Up, kg.LocatedIn), kg.SetOf(kg.Region), region) }
	big, small, named := in(kg.IDIn{"region:big"}), in(kg.IDIn{"region:small"}), in(kg.Words{Field: kg.FieldName, Is: []string{"small"}})
	from := func(f kg.Filter) kg.Has { return some(kg.Relation{Way: kg.FromEnd}, kg.Entities, f) }
	to := func(f kg.Filter) kg.Has { return some(kg.Relation{Way: kg.ToEnd}, kg.Entities, f) }
	either := func(f kg.Filter) kg.Query { return all(kg.PartnersWith, where(kg.Or{from(f), to(f)})) }
	signed := func(f kg.Filter) kg.Query {
		return all(kg.Agreement, where(some(way(kg.In, kg.PartyTo), kg.Parties, f)))
	}
	g.answers(
		asked{"companies", all(kg.Company, where(small)), "company:s"},
		asked{"whose nearest it is", all(kg.Company, where(big)), "company:b company:moved"},
		asked{"on a day", asOf("2005-01-01", all(kg.Company, where(small))), "company:moved company:s"},
		asked{"cities", all(kg.City, where(small)), "city:lost city:s"},
		asked{"as known at a moment", knownAt(later, all(kg.City, where(small))), "city:s"},
		asked{"by name", all(kg.City, where(named)), "city:lost city:s"},
		asked{"anything, a region its own", allOf(kg.Entities, where(small)), "city:lost city:s company:s region:small zone:s"},
		asked{"in any", allOf(kg.Entities, where(kg.Not{Filter: in(nil)})), "agreement:p agreement:q company:lost country:k"},
		asked{"in one of two", all(kg.Company, where(in(kg.IDIn{"region:small", "region:big"})), total), "company:b company:moved company:s of 3"},
		asked{"in none that fits", all(kg.Company, where(kg.And{small, big})), ""},
		asked{"facts at either end", either(small), "lost twins twins"},
		asked{"facts at either end, as known at a moment", knownAt(later, either(small)), "twins"},
		asked{"agreements of what lies there", signed(small), "agreement:p"},
		asked{"agreements of what lies there, on a day", asOf("2005-01-01", signed(big)), "agreement:q"},
	)
}

func testChainOfCircle(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "city:c", "country:k", "company:x")
	g.fact("ab", kg.LocatedIn, "city:a", "city:b", sure(0.9))
	g.fact("bc", kg.LocatedIn, "city:b", "city:c", sure(0.9))
	g.fact("ca", kg.LocatedIn, "city:c", "city:a", sure(0.9))
	g.fact("ck", kg.LocatedIn, "city:c", "country:k", sure(0.1))
	g.fact("xb", kg.LocatedIn, "company:x", "city:b")
	g.apply()

	cities := kg.SetOf(kg.City)
	g.answers(
		asked{"out of a circle", the("company:x", follow(single(along(kg.Up, kg.LocatedIn, kg.SetOf(kg.Country))))), "company:x{country:k(xb bc ck)}"},
		asked{"up", the("city:a", follow(along(kg.Up, kg.LocatedIn, cities))), "city:a{city:a city:b(ab) city:c(ab bc)}"},
		asked{"down", the("city:a", follow(along(kg.Down, kg.LocatedIn, cities, total))), "city:a{city:b(ca bc) city:c(ca) of 2}"},
		asked{"in a filter", all(kg.City, where(some(way(kg.Down, kg.LocatedIn), kg.SetOf(kg.Company), nil))), "city:a city:b city:c"},
	)
}
