package graph

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
)

// costOf runs an operation and gives what its answer says that it cost, and its first error. ok is false where it says nothing.
func costOf(t *testing.T, es graphql.ExecutableSchema, query string, vars map[string]any) (cost kg.Cost, failed string, ok bool) {
	t.Helper()
	e := executor.New(es)
	ctx := graphql.StartOperationTrace(t.Context())
	oc, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: vars})
	if errs != nil {
		return cost, errs[0].Message, false
	}
	oc.DisableIntrospection = false
	handler, ctx := e.DispatchOperation(ctx, oc)
	resp := handler(ctx)
	if len(resp.Errors) > 0 {
		failed = resp.Errors[0].Message
	}
	cost, ok = resp.Extensions["cost"].(kg.Cost)
	return cost, failed, ok
}

// Each answer says what it cost, and no answer holds more than its page sizes said that it could.
func TestActualCostIsWithinTheRequested(t *testing.T) {
	es := New(demoCatalog(t), testNow)
	executed := 0
	graphtest.Operations(t, "testdata", func(t *testing.T, query, _ string) {
		cost, failed, ok := costOf(t, es, query, graphtest.Variables(t, query))
		if !ok {
			if failed == "" {
				t.Error("the answer does not say what it cost")
			}
			return
		}
		executed++
		if cost.Actual > cost.Requested || cost.Limit != kg.MaxNodes {
			t.Errorf("%+v", cost)
		}
	})
	if executed == 0 {
		t.Error("nothing was executed")
	}
}

func TestCost(t *testing.T) {
	for _, test := range []struct {
		query string
		max   int
		want  kg.Cost
		fails string
	}{
		{`{ __typename __schema { types { name } } }`, 10, kg.Cost{Limit: 10}, ""},
		{`{ entity(id: "city:cn-jinan") { id name } }`, 10, kg.Cost{Requested: 1, Actual: 1, Limit: 10}, ""},
		{`{ entity(id: "city:nowhere") { id } }`, 10, kg.Cost{Requested: 1, Limit: 10}, ""},
		{`{ cities(first: 10) { nodes { id } edges { node { name } } } }`, 10, kg.Cost{Requested: 10, Actual: 10, Limit: 10}, ""},
		{`{ cities(first: 2) { nodes { id country { name } } } }`, 10, kg.Cost{Requested: 4, Actual: 4, Limit: 10}, ""},
		{`{ a: cities(first: 5) { nodes { id } } b: cities(first: 5, orderBy: [{field: NAME}]) { nodes { id } } }`, 10, kg.Cost{Requested: 10, Actual: 10, Limit: 10}, ""},
		{`{ cities(first: 11) { nodes { id } } }`, 10, kg.Cost{Requested: 11, Limit: 10}, "by its page sizes the answer may hold 11 nodes, 10 are the most: ask for smaller pages (first) or fewer levels"},
		{`{ cities(first: 100) { nodes { companies(first: 100) { nodes { sectors(first: 100) { nodes { companies(first: 100) { nodes { id } } } } } } } } }`, 10,
			kg.Cost{Requested: 1_000_000, Limit: 10}, "by its page sizes the answer may hold 1000000 nodes, 10 are the most: ask for smaller pages (first) or fewer levels"},
	} {
		cost, failed, ok := costOf(t, New(demoCatalog(t), testNow, MaxNodes(test.max)), test.query, nil)
		if !ok || cost != test.want || failed != test.fails {
			t.Errorf("%s: %+v, %s, want %+v, %s", test.query, cost, failed, test.want, test.fails)
		}
	}
}
