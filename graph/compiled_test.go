package graph

import (
	"context"
	"reflect"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ententegraph/entente/graph/plan"
)

// TestOperationsAreCompiledOnce asks operations with several values of their variables, and looks which are compiled anew and
// whether what comes of those that are not is what compiling them would give.
func TestOperationsAreCompiledOnce(t *testing.T) {
	for _, test := range []struct {
		name, query string
		first, then map[string]any
		again       bool // whether the second needs no compiling
	}{
		{"another entity", `query($id: ID!) { entity(id: $id) { id name } }`, map[string]any{"id": "city:a"}, map[string]any{"id": "city:b"}, true},
		{"another node", `query($id: ID!) { node(id: $id) { __typename } }`, map[string]any{"id": "city:a"}, map[string]any{"id": "source:b"}, true},
		{"two that begin", `query($a: ID!, $b: ID!) { a: entity(id: $a) { id } b: entity(id: $b) { id } }`, map[string]any{"a": "city:a", "b": "city:b"}, map[string]any{"a": "city:b", "b": "city:c"}, true},
		{"the same again", `query($n: Int!) { cities(first: $n) { nodes { id } } }`, map[string]any{"n": 3}, map[string]any{"n": 3}, true},
		{"no variables", `{ cities(first: 2) { nodes { id } } }`, nil, nil, true},
		{"another size", `query($n: Int!) { cities(first: $n) { nodes { id } } }`, map[string]any{"n": 3}, map[string]any{"n": 4}, false},
		{"an id used twice", `query($id: ID!) { entity(id: $id) { id } cities(where: {id: [$id]}) { totalCount } }`, map[string]any{"id": "city:a"}, map[string]any{"id": "city:b"}, false},
		{"one of two is free", `query($id: ID!, $yes: Boolean!) { entity(id: $id) { id name @include(if: $yes) } }`, map[string]any{"id": "city:a", "yes": true}, map[string]any{"id": "city:b", "yes": false}, false},
		{"a root left out at first", `query($id: ID!, $n: Int!, $yes: Boolean!) { entity(id: $id) @include(if: $yes) { id } cities(first: $n) { totalCount } }`,
			map[string]any{"id": "city:a", "n": 1, "yes": false}, map[string]any{"id": "city:b", "n": 1, "yes": false}, true},
		{"in a fragment", `query($id: ID!, $n: Int!) { entity(id: $id) { ...F } } fragment F on Entity { facts(first: $n) { totalCount } }`, map[string]any{"id": "city:a", "n": 1}, map[string]any{"id": "city:b", "n": 2}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := New(broken(nestedRows), testNow).(*executable)
			e := executor.New(x)
			e.SetQueryCache(graphql.MapCache[*ast.QueryDocument]{})
			run := func(vars map[string]any) (*plan.Operation, *plan.Operation) {
				ctx := graphql.StartOperationTrace(context.Background())
				oc, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: test.query, Variables: vars})
				if errs != nil {
					t.Fatal(errs)
				}
				got, err := x.compiled.compile(x.Schema(), oc)
				if err != nil {
					t.Fatal(err)
				}
				want, err := plan.Compile(x.Schema(), oc.Doc, oc.Operation, oc.Variables)
				if err != nil {
					t.Fatal(err)
				}
				return got, want
			}
			before, _ := run(test.first)
			after, want := run(test.then)
			if again := before.Roots[0].Field == after.Roots[0].Field; again != test.again {
				t.Errorf("compiled once is %t, expected %t", again, test.again)
			}
			for i := range want.Roots {
				if got, want := after.Roots[i].Query, want.Roots[i].Query; !reflect.DeepEqual(got, want) {
					t.Errorf("the question is\n%+v\nexpected\n%+v", got, want)
				}
			}
		})
	}
}

// TestAnIDThatIsNoneIsRefusedEachTime asks with a right id first, so that the operation is kept.
func TestAnIDThatIsNoneIsRefusedEachTime(t *testing.T) {
	x := New(broken(nestedRows), testNow).(*executable)
	e := executor.New(x)
	e.SetQueryCache(graphql.MapCache[*ast.QueryDocument]{})
	for _, test := range []struct {
		id    string
		right bool
	}{{"city:a", true}, {"Paris", false}, {"city:b", true}, {"located_in:a", false}} {
		oc, errs := e.CreateOperationContext(graphql.StartOperationTrace(context.Background()), &graphql.RawParams{Query: `query($id: ID!) { entity(id: $id) { id } }`, Variables: map[string]any{"id": test.id}})
		if errs != nil {
			t.Fatal(errs)
		}
		if _, err := x.compiled.compile(x.Schema(), oc); (err == nil) != test.right {
			t.Errorf("%q: %v", test.id, err)
		}
	}
}
