package graph

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

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

// TestEnumsAreExact: a value of an enum in a variable is right to the letter, as it has to be in a document.
func TestEnumsAreExact(t *testing.T) {
	type vars = map[string]any
	x := New(demoCatalog(t), testNow)
	for _, test := range []struct {
		query string
		value any    // of the variable x
		want  string // the path and the message; "" is an answer
	}{
		{`query($x: Direction!) { cities(orderBy: [{field: NAME, direction: $x}], first: 1) { nodes { id } } }`, "DESC", ""},
		{`query($x: Direction!) { cities(orderBy: [{field: NAME, direction: $x}], first: 1) { nodes { id } } }`, "desc", `variable.x: desc is not a valid Direction`},
		{`query($x: [CityOrder!]) { cities(orderBy: $x, first: 1) { nodes { id } } }`, []any{vars{"field": "NAME"}, vars{"field": "population"}}, `variable.x[1].field: population is not a valid CityOrderField`},
		{`query($x: [CityOrder!]) { cities(orderBy: $x, first: 1) { nodes { id } } }`, vars{"field": "population"}, `variable.x[0].field: population is not a valid CityOrderField`},
		{`query($x: [FactState!]) { facts(where: {state: $x}) { totalCount } }`, "rejected", `variable.x[0]: rejected is not a valid FactState`},
		{`query($x: CityFilter) { cities(where: $x) { totalCount } }`, vars{"or": []any{vars{"partners": vars{"some": vars{"type": []any{"Twin"}}}}}}, `variable.x.or[0].partners.some.type[0]: Twin is not a valid PartnershipType`},
		{`query($x: CityFilter) { cities(where: $x) { totalCount } }`, vars{"or": []any{vars{"name": nil}, vars{"partners": vars{"some": vars{"type": []any{"TWIN"}}}}}}, ""},
		{`query($x: [FactKind!]) { facts(where: {kind: $x}) { totalCount } }`, nil, ""},
	} {
		answer := graphtest.Run(t, x, test.query, vars{"x": test.value}, func(ctx context.Context, err error) *gqlerror.Error {
			e := graphql.DefaultErrorPresenter(ctx, err)
			e.Message = e.Path.String() + ": " + e.Message
			return e
		})
		var got struct {
			Errors []struct {
				Message    string
				Locations  []struct{ Line, Column int }
				Extensions struct{ Code string }
			}
		}
		if err := json.Unmarshal([]byte(answer), &got); err != nil {
			t.Fatal(err)
		}
		switch {
		case test.want == "" && len(got.Errors) == 0:
		case len(got.Errors) != 1 || got.Errors[0].Message != test.want || got.Errors[0].Extensions.Code != errcode.ValidationFailed || len(got.Errors[0].Locations) != 1:
			t.Errorf("%s of %v: got %swant %s", test.query, test.value, answer, test.want)
		}
	}
}
