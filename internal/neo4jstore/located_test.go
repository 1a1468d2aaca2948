package neo4jstore

import (
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// TestPlacesByIndex holds the plans of what is asked near a point or in a box to the index on locations: a list begins at it, also
// one step away and up a chain, and looks at no type as a whole.
func TestPlacesByIndex(t *testing.T) {
	store := openDemo(t, neo4jtest.URI(t))
	near := kg.Within{Lat: 36.65, Lon: 117.12, Km: 50}
	box := kg.WithinBox{South: -20, West: 170, North: 20, East: -170}
	city := kg.Has{Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, Kinds: kg.SetOf(kg.City), Node: near, AtLeast: 1}
	partner := kg.Has{Relation: kg.Relation{Way: kg.Both, Fact: kg.PartnersWith}, Kinds: kg.Parties, Node: box, AtLeast: 1}
	for what, l := range map[string]kg.List{
		"cities around a point":         {Kinds: kg.SetOf(kg.City), Where: near, First: 20, Total: true},
		"anything in a box":             {Kinds: kg.Entities, Where: box, First: 20, Order: []kg.Order{{Field: kg.FieldName}}},
		"countries, which lie nowhere":  {Kinds: kg.SetOf(kg.Country), Where: near, First: 20},
		"companies of cities there":     {Kinds: kg.SetOf(kg.Company), Where: city, First: 20},
		"partners of what is in a box":  {Kinds: kg.SetOf(kg.City), Where: partner, First: 20},
		"with something that says less": {Kinds: kg.SetOf(kg.Company), Where: kg.And{kg.Words{Field: kg.FieldName, Contains: "a"}, near}, First: 20},
	} {
		byIndex(t, store, what, "POINT INDEX", &kg.Query{List: l, Today: graphDay})
	}
}

// TestRegionsByIndex holds the plans of what is asked of regions to the regions that are named: a list begins at these.
func TestRegionsByIndex(t *testing.T) {
	store := openDemo(t, neo4jtest.URI(t))
	has := func(way kg.Way, fact kg.Kind, kinds kg.KindSet, node kg.Filter) kg.Has {
		return kg.Has{Relation: kg.Relation{Way: way, Fact: fact}, Kinds: kinds, Node: node, AtLeast: 1}
	}
	in := has(kg.Up, kg.LocatedIn, kg.SetOf(kg.Region), kg.IDIn{"region:cn-shandong"})
	named := has(kg.Up, kg.LocatedIn, kg.SetOf(kg.Region), kg.Words{Field: kg.FieldName, Is: []string{"shandong"}})
	asOf := graphDay - 700
	for what, q := range map[string]kg.Query{
		"companies":                   {List: kg.List{Kinds: kg.SetOf(kg.Company), Where: in}},
		"companies, on a day":         {List: kg.List{Kinds: kg.SetOf(kg.Company), Where: in}, AsOf: &asOf},
		"cities by the region's name": {List: kg.List{Kinds: kg.SetOf(kg.City), Where: named, Order: []kg.Order{{Field: kg.FieldName}}}},
		"anything":                    {List: kg.List{Kinds: kg.Entities, Where: in, Total: true}},
		"agreements of what is there": {List: kg.List{Kinds: kg.SetOf(kg.Agreement), Where: has(kg.In, kg.PartyTo, kg.Parties, in)}},
		"facts at either end": {List: kg.List{Kinds: kg.Facts, Where: kg.Or{
			has(kg.FromEnd, kg.NoKind, kg.Entities, in), has(kg.ToEnd, kg.NoKind, kg.Entities, in),
		}}},
	} {
		q.First, q.States, q.Today = 20, kg.OnlyAccepted, graphDay
		byIndex(t, store, what, "IndexSeek", &q)
	}
}

// byIndex proves that the plan of a question begins at an index, and looks at no type as a whole.
func byIndex(t *testing.T, s *Store, what, index string, q *kg.Query) {
	t.Helper()
	st, err := compile(q)
	if err != nil {
		t.Fatal(err)
	}
	ops := explain(t, s, st)
	found := slices.ContainsFunc(ops, func(op string) bool { return strings.Contains(op, index) })
	for _, scan := range scans {
		found = found && !slices.ContainsFunc(ops, func(op string) bool { return strings.HasPrefix(op, scan) })
	}
	if !found {
		t.Errorf("%s: not by the index alone:\n%s\n%s", what, broken(st.text), strings.Join(ops, "\n"))
	}
}

var graphDay = kg.DayOf(graphtest.Now())
