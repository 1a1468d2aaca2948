package graph

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/graph/model"
	"github.com/ententegraph/entente/graph/plan"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// oracle runs operations by gqlgen's generated executor over the rows that the store gives to the same compiled operation.
// What the writer writes must be the same, byte for byte.
type oracle struct{ *executable }

func (x oracle) Exec(ctx context.Context) graphql.ResponseHandler {
	oc := graphql.GetOperationContext(ctx)
	op, err := plan.Compile(x.Schema(), oc.Doc, oc.Operation, oc.Variables)
	if err == nil && op.Cost > x.maxNodes {
		err = x.tooCostly(op)
	}
	if err != nil {
		graphql.AddError(ctx, atField(err))
		return nil
	}
	answers := map[string]model.Answer{}
	for _, root := range op.Roots {
		if root.Query == nil {
			continue
		}
		page, err := x.reader.Read(ctx, root.Query)
		answers[root.Field.Key] = model.Answer{Field: root.Field, Page: page, Day: x.today(root.Query), Err: err}
	}
	run := x.ExecutableSchema.Exec(model.WithAnswers(ctx, answers))
	return func(ctx context.Context) *graphql.Response { return run(model.WithAnswers(ctx, answers)) }
}

var testNow = graphtest.Now

// run executes an operation and gives its answer as JSON.
func run(t testing.TB, es graphql.ExecutableSchema, query string, vars map[string]any) string {
	t.Helper()
	return graphtest.Run(t, es, query, vars, present)
}

// both runs an operation through the writer and through the oracle, and fails where they differ.
func both(t testing.TB, r Reader, query string, vars map[string]any) string {
	t.Helper()
	x := New(r, testNow)
	got, want := run(t, x, query, vars), run(t, oracle{x.(*executable)}, query, vars)
	if got != want && likeTypes.ReplaceAllString(got, "$1") != likeTypes.ReplaceAllString(want, "$1") {
		t.Errorf("the writer and gqlgen's executor differ on\n%s\nwriter: %s\ngqlgen: %s", query, got, want)
	}
	return got
}

// likeTypes finds the types that gqlparser names in place of one that there is not: equally alike ones stand in the order of a map,
// which is another each time.
var likeTypes = regexp.MustCompile(`(Unknown type \\"[^"]*\\"\.) Did you mean [^?]*\?`)

// present gives gqlgen's words for a null where none may be as the writer's: neither reaches a client.
func present(ctx context.Context, err error) *gqlerror.Error {
	e := graphql.DefaultErrorPresenter(ctx, err)
	if strings.HasPrefix(e.Message, "cannot return null for non-null field") {
		e.Message = errNull.Error()
	}
	return e
}
