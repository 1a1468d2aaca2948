package kg_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

func TestCheckWalk(t *testing.T) {
	some := func(n int) []kg.ID {
		ids := []kg.ID{}
		for i := range n {
			ids = append(ids, kg.ID(fmt.Sprintf("city:%d", i)))
		}
		return ids
	}
	around := func(ids []kg.ID, depth, perNode, limit int) kg.Walk {
		return kg.Around{IDs: ids, Depth: depth, PerNode: perNode, Limit: limit}
	}
	connecting := func(from, to kg.ID, maxHops, first int, set ...func(*kg.Connecting)) kg.Walk {
		w := kg.Connecting{From: from, To: to, MaxHops: maxHops, First: first}
		for _, f := range set {
			f(&w)
		}
		return w
	}
	happening := func(ids []kg.ID, from, to kg.Day) kg.Walk { return kg.Happening{IDs: ids, From: from, To: to} }
	linking := func(with []kg.ID, first int) kg.Walk {
		return kg.Linking{Places: kg.Country, With: with, First: first}
	}
	noon := time.Date(2024, time.October, 7, 12, 0, 0, 0, time.UTC)
	differing := func(ids []kg.ID, from, to time.Time) kg.Walk { return kg.Differing{IDs: ids, From: from, To: to} }
	const noEntity = `"source:s" is not the id of an entity: such an id begins with country, region, city, zone, company, institution, agreement, event, project or sector`
	for _, c := range []struct {
		walk kg.Walk
		want string
	}{
		{nil, ""},
		{kg.Counts{}, ""},
		{kg.Finding{}, ""},

		{around(some(1), 1, 1, 1), ""},
		{around(some(20), 3, 100, 500), ""},
		{around(some(0), 1, 1, 1), "ids: 0 are given: name 1 to 20 entities"},
		{around(some(21), 1, 1, 1), "ids: 21 are given: name 1 to 20 entities"},
		{around([]kg.ID{"city:a", "source:s"}, 1, 1, 1), "ids: " + noEntity},
		{around(some(1), 0, 1, 1), "depth: 0 is out of bounds: write 1 to 3"},
		{around(some(1), 4, 1, 1), "depth: 4 is out of bounds: write 1 to 3"},
		{around(some(1), 1, 0, 1), "perNode: 0 is out of bounds: write 1 to 100"},
		{around(some(1), 1, 101, 1), "perNode: 101 is out of bounds: write 1 to 100"},
		{around(some(1), 1, 1, 0), "limit: 0 is out of bounds: write 1 to 500"},
		{around(some(1), 1, 1, 501), "limit: 501 is out of bounds: write 1 to 500"},

		{kg.Comparing{IDs: some(2)}, ""},
		{kg.Comparing{IDs: some(10)}, ""},
		{kg.Comparing{IDs: some(1)}, "ids: 1 are given: name 2 to 10 entities"},
		{kg.Comparing{IDs: some(11)}, "ids: 11 are given: name 2 to 10 entities"},
		{kg.Comparing{IDs: []kg.ID{"city:a", "city:b", "city:a"}}, "ids: city:a is given twice: an entity is compared with others, so name each once"},

		{happening(some(1), kg.MinDay, kg.MaxDay), ""},
		{happening(some(20), 5, 5), ""},
		{happening(nil, kg.MinDay, kg.MaxDay), "ids: 0 are given: name 1 to 20 entities"},
		{happening(some(21), kg.MinDay, kg.MaxDay), "ids: 21 are given: name 1 to 20 entities"},
		{happening(some(1), 1, 0), "to: 1970-01-01 lies before 1970-01-02, where the timeline begins: no day is in both"},

		{linking(nil, 1), ""},
		{linking([]kg.ID{}, 500), ""},
		{linking([]kg.ID{"country:fr"}, 0), "first: 0 is out of bounds: write 1 to 500"},
		{linking([]kg.ID{"country:fr"}, 501), "first: 501 is out of bounds: write 1 to 500"},
		{linking([]kg.ID{"country:fr", "city:a"}, 1), `countries: "city:a" is not the id of a country: such an id begins with country`},
		{linking(some(101), 1), "countries: 101 are given: name at most 100"},
		{differing(nil, noon, time.Time{}), ""},
		{differing(some(20), noon, noon.Add(1)), ""},
		{differing(some(0), noon, noon.Add(1)), "ids: 0 are given: name 1 to 20 entities"},
		{differing(some(21), noon, time.Time{}), "ids: 21 are given: name 1 to 20 entities"},
		{differing(nil, time.Time{}, noon), "from: it is missing: write the moment to compare with"},
		{differing(nil, noon, noon), "to: 2024-10-07T12:00:00Z does not lie after 2024-10-07T12:00:00Z, the moment to compare with: write a later one"},
		{differing(nil, noon.Add(time.Second), noon), "to: 2024-10-07T12:00:00Z does not lie after 2024-10-07T12:00:01Z, the moment to compare with: write a later one"},

		{connecting("city:a", "city:b", 1, 1), ""},
		{connecting("city:a", "city:b", 6, 20, func(w *kg.Connecting) { w.Avoid, w.MaxDegree = some(1000), new(1) }), ""},
		{connecting("", "city:b", 1, 1), "from: it is missing: write the id of an entity"},
		{connecting("source:s", "city:b", 1, 1), "from: " + noEntity},
		{connecting("city:a", "b", 1, 1), `to: "b" is not an id: write kind:key, for example city:cn-jinan`},
		{connecting("city:a", "source:s", 1, 1), "to: " + noEntity},
		{connecting("city:a", "city:a", 1, 1), "to: it is where the paths begin: a path leads from one entity to another, so write another id"},
		{connecting("city:a", "city:b", 0, 1), "maxHops: 0 is out of bounds: write 1 to 6"},
		{connecting("city:a", "city:b", 7, 1), "maxHops: 7 is out of bounds: write 1 to 6"},
		{connecting("city:a", "city:b", 1, 0), "first: 0 is out of bounds: write 1 to 20"},
		{connecting("city:a", "city:b", 1, 21), "first: 21 is out of bounds: write 1 to 20"},
		{connecting("city:a", "city:b", 1, 1, func(w *kg.Connecting) { w.Avoid = some(1001) }), "avoid: 1001 are given: name at most 1000 entities"},
		{connecting("city:a", "city:b", 1, 1, func(w *kg.Connecting) { w.Avoid = []kg.ID{"source:s"} }), "avoid: " + noEntity},
		{connecting("city:a", "city:b", 1, 1, func(w *kg.Connecting) { w.AvoidKinds, w.Through = kg.SetOf(kg.City), kg.SetOf(kg.Country) }), ""},
		{connecting("city:a", "city:b", 1, 1, func(w *kg.Connecting) { w.AvoidKinds, w.Through = kg.Places, kg.SetOf(kg.Country, kg.Sector) }),
			"avoidKinds: a path can't both avoid COUNTRY and pass through it: name it in one of avoidKinds and through"},
		{connecting("city:a", "city:b", 1, 1, func(w *kg.Connecting) { w.MaxDegree = new(-1) }), "maxDegree: -1 is out of bounds: write 1 or more, or leave it out"},
		{connecting("city:a", "city:b", 1, 1, func(w *kg.Connecting) { w.MaxDegree = new(0) }), "maxDegree: 0 is out of bounds: write 1 or more, or leave it out"},
	} {
		got := ""
		err := kg.CheckWalk(c.walk)
		if err != nil {
			got = err.Error()
			if kg.CodeOf(err) != kg.BadInput {
				t.Errorf("CheckWalk(%+v) is a %s", c.walk, kg.CodeOf(err))
			}
		}
		if got != c.want {
			t.Errorf("CheckWalk(%+v)\ngave   %s\nwanted %s", c.walk, got, c.want)
		}
	}
}
