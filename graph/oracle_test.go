package graph

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
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

var testNow = func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// run executes an operation and gives its answer as JSON, with errors in the order of their paths: gqlgen finds those of a
// list's elements in any order.
func run(t testing.TB, es graphql.ExecutableSchema, query string, vars map[string]any) string {
	t.Helper()
	e := executor.New(es)
	e.SetErrorPresenter(present)
	ctx := graphql.StartOperationTrace(context.Background())
	oc, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: vars})
	oc.DisableIntrospection = false
	var resp *graphql.Response
	if errs != nil {
		resp = e.DispatchError(graphql.WithOperationContext(ctx, oc), errs)
	} else {
		handler, ctx := e.DispatchOperation(ctx, oc)
		resp = handler(ctx)
	}
	slices.SortStableFunc(resp.Errors, func(a, b *gqlerror.Error) int { return strings.Compare(a.Path.String(), b.Path.String()) })
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(struct {
		Errors gqlerror.List   `json:"errors,omitempty"`
		Data   json.RawMessage `json:"data,omitempty"`
	}{resp.Errors, resp.Data}); err != nil {
		t.Fatalf("the answer to %s is not JSON: %v\n%s", query, err, resp.Data)
	}
	return b.String()
}

// both runs an operation through the writer and through the oracle, and fails where they differ.
func both(t testing.TB, r Reader, query string, vars map[string]any) string {
	t.Helper()
	x := New(r, testNow)
	got, want := run(t, x, query, vars), run(t, oracle{x.(*executable)}, query, vars)
	if got != want {
		t.Errorf("the writer and gqlgen's executor differ on\n%s\nwriter: %s\ngqlgen: %s", query, got, want)
	}
	return got
}

// present gives gqlgen's words for a null where none may be as the writer's: neither reaches a client.
func present(ctx context.Context, err error) *gqlerror.Error {
	e := graphql.DefaultErrorPresenter(ctx, err)
	if strings.HasPrefix(e.Message, "cannot return null for non-null field") {
		e.Message = errNull.Error()
	}
	return e
}
