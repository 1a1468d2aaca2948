package graph

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/graph/graphtest"
)

// TestOneValueStandsForAList: a variable that is a list may be given by its only value, anywhere in it, and means what the list
// means, whichever was asked first.
func TestOneValueStandsForAList(t *testing.T) {
	type vars = map[string]any
	for _, test := range []struct {
		query       string
		list, value any // of the variable x
	}{
		{`query($x: [String!]) { cities(where: {country: {iso2: $x}}) { totalCount } }`, []any{"FR"}, "FR"},
		{`query($x: [ID!]) { facts(where: {entity: $x}) { totalCount } }`, []any{"city:cn-jinan"}, "city:cn-jinan"},
		{`query($x: [FactKind!]) { facts(where: {kind: $x}) { totalCount } }`, []any{"PARTNERS_WITH"}, "PARTNERS_WITH"},
		{`query($x: CityFilter) { cities(where: $x) { totalCount } }`, vars{"and": []any{vars{"country": vars{"iso2": []any{"FR"}}}}}, vars{"and": vars{"country": vars{"iso2": "FR"}}}},
		{`query($x: [CityFilter!]) { cities(where: {or: $x}) { totalCount } }`, []any{vars{"name": vars{"startsWith": "j"}}}, vars{"name": vars{"startsWith": "j"}}},
		{`query($x: [CityOrder!]) { cities(orderBy: $x, first: 3) { nodes { id } } }`, []any{vars{"field": "POPULATION", "direction": "DESC"}}, vars{"field": "POPULATION", "direction": "DESC"}},
		{`query($x: [SearchIn!]) { search(text: "Jinan", in: $x, first: 5) { nodes { __typename } } }`, []any{"QUOTES"}, "QUOTES"},
		{`query($x: [String!] = "FR") { cities(where: {country: {iso2: $x}}) { totalCount } }`, []any{"FR"}, nil},
	} {
		ask := func(x graphql.ExecutableSchema, value any) string {
			given := vars{}
			if value != nil {
				given["x"] = value
			}
			return graphtest.Run(t, x, test.query, given, graphql.DefaultErrorPresenter)
		}
		listFirst, valueFirst := New(demoCatalog(t), testNow), New(demoCatalog(t), testNow)
		want := ask(listFirst, test.list)
		for i, got := range []string{ask(listFirst, test.value), ask(valueFirst, test.value), ask(valueFirst, test.list)} {
			if got != want {
				t.Errorf("%s, %d: one value gives %sand the list %s", test.query, i, got, want)
			}
		}
		if all := ask(listFirst, []any{}); all == want && test.value != nil {
			t.Errorf("%s: no value gives the same %s, which tells nothing", test.query, all)
		}
	}
}
