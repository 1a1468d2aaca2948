package storetest

import (
	"fmt"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

func within(lat, lon, km float64) option { return where(kg.Within{Lat: lat, Lon: lon, Km: km}) }

func withinBox(south, west, north, east float64) option {
	return where(kg.WithinBox{South: south, West: west, North: north, East: east})
}

// testFilterPlaces asks where things are.
func testFilterPlaces(t *testing.T, open opener) {
	t.Run("circles", func(t *testing.T) { testCircles(t, open) })
	t.Run("boxes", func(t *testing.T) { testBoxes(t, open) })
	t.Run("borders", func(t *testing.T) { testBorders(t, open) })
	t.Run("chains", func(t *testing.T) { testPlaceChains(t, open) })
	t.Run("moving", func(t *testing.T) { testMovingPlace(t, open) })
}

func testCircles(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:jinan", "a", at(36.65, 117.12))
	g.entity("city:beijing", "b", at(39.9042, 116.4074))
	g.entity("city:date-line", "c", at(0, 179.9))
	g.entity("city:pole", "d", at(89.9, 10))
	g.entity("company:own", "e", at(39.9, 116.4))
	g.add("company:by-city", "company:by-zone", "zone:z", "company:nowhere", "event:e")
	g.fact("1", kg.LocatedIn, "company:own", "city:jinan") // what it says itself goes first
	g.fact("2", kg.LocatedIn, "company:by-city", "city:jinan")
	g.fact("3", kg.LocatedIn, "zone:z", "city:jinan")
	g.fact("4", kg.LocatedIn, "company:by-zone", "zone:z")
	g.fact("5", kg.LocatedIn, "event:e", "city:jinan", state(kg.Rejected))
	g.apply()

	here := way(kg.Up, kg.LocatedIn)
	g.answers(
		asked{"it and what lies there", allOf(kg.Entities, within(36.65, 117.12, 1)), "city:jinan company:by-city company:by-zone zone:z"},
		// 366.9 km apart.
		asked{"just too far", allOf(kg.Entities, within(36.65, 117.12, 366)), "city:jinan company:by-city company:by-zone zone:z"},
		asked{"just near enough", allOf(kg.Entities, within(36.65, 117.12, 368)), "city:beijing city:jinan company:by-city company:by-zone company:own zone:z"},
		asked{"of one kind", all(kg.Company, within(36.65, 117.12, 1)), "company:by-city company:by-zone"},
		asked{"of a kind that lies in nothing", all(kg.Country, within(36.65, 117.12, 1)), ""},
		asked{"a page of them", all(kg.Company, within(36.65, 117.12, 1), first(1), total), "company:by-city … of 2"},
		asked{"in either of two", allOf(kg.Entities, where(kg.Or{kg.Within{Lat: 39.9, Lon: 116.4, Km: 2}, kg.Within{Lat: 0, Lon: 180, Km: 12}})), "city:beijing city:date-line company:own"},
		asked{"and another", all(kg.Company, where(kg.And{kg.Within{Lat: 36.65, Lon: 117.12, Km: 1}, kg.IDIn{"company:by-zone", "company:own"}})), "company:by-zone"},
		asked{"not there", all(kg.Company, where(kg.Not{Filter: kg.Within{Lat: 36.65, Lon: 117.12, Km: 1}})), "company:nowhere company:own"},
		asked{"what lies in one that is there", all(kg.Company, where(some(here, kg.SetOf(kg.City), kg.Within{Lat: 36.65, Lon: 117.12, Km: 1}))), "company:by-city company:by-zone company:own"},
		asked{"across the date line", allOf(kg.Entities, within(0, -179.9, 23)), "city:date-line"},
		asked{"across the pole", allOf(kg.Entities, within(89.9, -170, 23)), "city:pole"},
		asked{"around the pole", allOf(kg.Entities, within(90, 0, 12)), "city:pole"},
		asked{"a point alone", allOf(kg.Entities, within(39.9042, 116.4074, 0)), "city:beijing"},
		asked{"everywhere that is somewhere", allOf(kg.Entities, within(0, 0, kg.MaxKm), total, first(0)), "… of 8"},
		asked{"what says it itself", allOf(kg.Entities, where(kg.Located{})), "city:beijing city:date-line city:jinan city:pole company:own"},
		asked{"facts are nowhere", all(kg.LocatedIn, within(0, 0, kg.MaxKm)), ""},
	)
}

func testBoxes(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:a", "a", at(10, 20))
	g.entity("city:b", "b", at(-10, -20))
	g.entity("city:east", "c", at(0, 180))
	g.entity("city:west", "d", at(0, -180))
	g.entity("city:fiji", "e", at(-17, 178))
	g.entity("city:samoa", "f", at(-14, -172))
	g.entity("city:north", "g", at(90, 45))
	g.entity("city:south", "h", at(-90, 0))
	g.add("company:in-fiji", "company:nowhere")
	g.fact("1", kg.LocatedIn, "company:in-fiji", "city:fiji")
	g.apply()

	g.answers(
		asked{"its borders are in it", allOf(kg.Entities, withinBox(10, 20, 10, 20)), "city:a"},
		asked{"just beside it", allOf(kg.Entities, withinBox(9, 20.000001, 11, 21)), ""},
		asked{"just below it", allOf(kg.Entities, withinBox(10.000001, 19, 11, 21)), ""},
		asked{"of one kind, a page", all(kg.City, withinBox(-20, -30, 20, 30), first(1), total), "city:a … of 2"},
		asked{"across the antimeridian", allOf(kg.Entities, withinBox(-20, 170, 5, -170)), "city:east city:fiji city:samoa city:west company:in-fiji"},
		asked{"up to it", allOf(kg.Entities, withinBox(-20, 170, 5, 180)), "city:east city:fiji city:west company:in-fiji"},
		asked{"from it on", allOf(kg.Entities, withinBox(-20, -180, 5, -170)), "city:east city:samoa city:west"},
		asked{"it alone", allOf(kg.Entities, withinBox(-90, 180, 90, -180)), "city:east city:north city:south city:west"},
		asked{"the long way round", allOf(kg.Entities, withinBox(-20, -170, 20, 170)), "city:a city:b"},
		asked{"a pole under another longitude", allOf(kg.Entities, withinBox(80, -100, 90, -90)), "city:north"},
		asked{"the other pole", allOf(kg.Entities, withinBox(-90, 100, -80, 110)), "city:south"},
		asked{"everywhere", allOf(kg.Entities, withinBox(-90, -180, 90, 180), total, first(0)), "… of 9"},
		asked{"with a circle", allOf(kg.Entities, where(kg.And{kg.WithinBox{South: -20, West: 170, North: 5, East: -170}, kg.Within{Lat: -17, Lon: 178, Km: 100}})), "city:fiji company:in-fiji"},
		asked{"not in it", all(kg.Company, where(kg.Not{Filter: kg.WithinBox{South: -20, West: 170, North: 5, East: -170}})), "company:nowhere"},
	)
}

// testBorders asks for circles through places: the distance that is measured is near enough, a metre less is not.
func testBorders(t *testing.T, open opener) {
	g := newFixture(t, open)
	places := []kg.Point{{Lat: 36.65, Lon: 117.12}, {Lat: 48.1173, Lon: -1.6778}, {Lat: -36.85, Lon: 174.76}, {Lat: 0, Lon: -179.99}, {Lat: 89.9, Lon: 10}, {Lat: -64.2, Lon: -56.6}, {Lat: 36.6501, Lon: 117.1201}}
	for i, p := range places {
		g.entity(kg.ID(fmt.Sprintf("city:%d", i)), "x", at(p.Lat, p.Lon))
	}
	g.apply()
	var cases []asked
	for i, a := range places {
		for j, b := range places {
			if i == j {
				continue
			}
			id := kg.ID(fmt.Sprintf("city:%d", j))
			km := kg.Kilometres(a, b)
			around := func(km float64) kg.Query {
				return all(kg.City, where(kg.And{kg.IDIn{id}, kg.Within{Lat: a.Lat, Lon: a.Lon, Km: km}}))
			}
			one := func(km float64) kg.Query {
				return all(kg.City, where(kg.And{kg.Within{Lat: a.Lat, Lon: a.Lon, Km: km}, kg.Not{Filter: kg.Not{Filter: kg.IDIn{id}}}}))
			}
			cases = append(cases,
				asked{fmt.Sprintf("%v is %v km from %v", b, km, a), around(km), string(id)},
				asked{"by its place", one(km), string(id)},
				asked{fmt.Sprintf("%v is not a metre nearer to %v", b, a), around(km - 0.001), ""},
				asked{"nor by its place", one(km - 0.001), ""})
		}
	}
	g.answers(cases...)
}

// testPlaceChains has what lies in several places, so that a rule must say where it is.
func testPlaceChains(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:near", "a", at(10, 10))
	g.entity("city:far", "b", at(50, 50))
	g.entity("country:k", "c", at(-30, -30))
	g.add("city:plain", "region:r", "zone:z", "company:moved", "company:surer", "company:deep", "company:stuck", "company:between")
	g.fact("rk", kg.LocatedIn, "region:r", "country:k")
	g.fact("pr", kg.LocatedIn, "city:plain", "region:r")
	g.fact("zp", kg.LocatedIn, "zone:z", "city:plain")
	g.fact("deep", kg.LocatedIn, "company:deep", "zone:z")
	g.fact("nk", kg.LocatedIn, "city:near", "country:k")
	g.fact("between", kg.LocatedIn, "company:between", "city:near")
	g.fact("left", kg.LocatedIn, "company:moved", "city:far", until("2010"))
	g.fact("came", kg.LocatedIn, "company:moved", "city:near", since("2011"))
	g.fact("guess", kg.LocatedIn, "company:surer", "city:far", sure(0.2))
	g.fact("known", kg.LocatedIn, "company:surer", "city:near", sure(0.9))
	g.fact("nowhere", kg.LocatedIn, "company:stuck", "zone:z", sure(0.9), since("2015"))
	g.fact("way out", kg.LocatedIn, "company:stuck", "city:far", sure(0.1))
	g.apply()

	place := follow(single(along(kg.Up, kg.LocatedIn, 0, where(kg.Located{}))))
	g.answers(
		asked{"the nearest that is somewhere", the("company:deep", place), "company:deep{country:k(deep zp pr rk)}"},
		asked{"itself", the("city:near", place), "city:near{city:near}"},
		asked{"where it is today", the("company:moved", place), "company:moved{city:near(came)}"},
		asked{"where it was", asOf("2005-01-01", the("company:moved", place)), "company:moved{city:far(left)}"},
		asked{"the surest", the("company:surer", place), "company:surer{city:near(known)}"},
		asked{"nowhere", asOf("2005-01-01", the("region:r", place)), "region:r{country:k(rk)}"},
		asked{"around a city", all(kg.Company, within(10, 10, 1)), "company:between company:moved company:surer"},
		asked{"around the other, where nothing is today", all(kg.Company, within(50, 50, 1)), ""},
		asked{"around the other, on a day", asOf("2005-01-01", all(kg.Company, within(50, 50, 1))), "company:moved company:stuck"},
		asked{"in a box around the other, on a day", asOf("2005-01-01", all(kg.Company, withinBox(49, 49, 51, 51))), "company:moved company:stuck"},
		asked{"around a country, but for what is somewhere else", allOf(kg.Entities, within(-30, -30, 1)), "city:plain company:deep company:stuck country:k region:r zone:z"},
		asked{"of few kinds", all(kg.Zone, within(-30, -30, 1)), "zone:z"},
		asked{"before anything was known", knownAt(early.AddDate(-1, 0, 0), allOf(kg.Entities, within(10, 10, 1))), "city:near"},
	)
}

// testMovingPlace corrects a location, which an index must follow.
func testMovingPlace(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:a", "a", at(10, 10))
	g.add("city:b", "company:x")
	g.fact("1", kg.LocatedIn, "company:x", "city:b")
	g.apply()
	g.answers(asked{"at first", allOf(kg.Entities, within(10, 10, 1)), "city:a"})
	g.entity("city:a", "a", at(20, 20))
	g.entity("city:b", "b", at(10, 10))
	g.apply()
	g.answers(
		asked{"then", allOf(kg.Entities, within(10, 10, 1)), "city:b company:x"},
		asked{"and elsewhere", allOf(kg.Entities, withinBox(19, 19, 21, 21)), "city:a"},
	)
}
