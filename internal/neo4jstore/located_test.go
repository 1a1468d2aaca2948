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
		st, err := compile(&kg.Query{List: l, Today: graphDay})
		if err != nil {
			t.Fatal(err)
		}
		ops := explain(t, store, st)
		found := slices.ContainsFunc(ops, func(op string) bool { return strings.Contains(op, "POINT INDEX") })
		for _, scan := range scans {
			found = found && !slices.ContainsFunc(ops, func(op string) bool { return strings.HasPrefix(op, scan) })
		}
		if !found {
			t.Errorf("%s: not by the index alone:\n%s\n%s", what, broken(st.text), strings.Join(ops, "\n"))
		}
	}
}

var graphDay = kg.DayOf(graphtest.Now())
