// Package graphtest runs operations in tests, and holds any engine to what the GraphQL edge answers on the reference engine.
package graphtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// Now is the clock that the goldens were made by.
func Now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// LoadDemo brings the demo graph into an empty store.
func LoadDemo(s kg.Store) error {
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	report, err := ingest.Import(context.Background(), kg.NewCatalog(s, Now), ingest.Options{}, files...)
	if err == nil && len(report.Problems) > 0 {
		err = report.Problems[0]
	}
	return err
}

// Schema makes the executable schema over a graph, which graph.New does: this package is for graph's own tests too.
type Schema func(*kg.Catalog) graphql.ExecutableSchema

// Goldens runs every operation that the edge is held to over a store that holds the demo graph: the answers are those of the
// reference engine, byte for byte, and so are the numbers of calls.
func Goldens(t *testing.T, s kg.Store, schema Schema) {
	store := storetest.Counting(s)
	Operations(t, "../../graph/testdata", func(t *testing.T, query, file string) {
		store.Reads()
		answer := Run(t, schema(kg.NewCatalog(store, Now)), query, Variables(t, query), graphql.DefaultErrorPresenter)
		if got := Golden(t, answer, store.Reads()); !bytes.Equal(got, read(t, file)) {
			t.Errorf("the answer is not the one in %s:\n%s", file, got)
		}
	})
}

// Operations runs a test for every operation of a folder, and for the demo's questions, each with the file that holds its golden.
func Operations(t *testing.T, folder string, test func(t *testing.T, query, golden string)) {
	for _, q := range demo.Questions() {
		t.Run(q.Name, func(t *testing.T) { test(t, q.Query, filepath.Join(folder, "question-"+q.Name+".golden")) })
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.graphql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no operations in %s: %v", folder, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".graphql")
		t.Run(filepath.Base(name), func(t *testing.T) { test(t, string(read(t, file)), name+".golden") })
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Golden writes an answer as a golden has it, with the number of calls of the store that it took.
func Golden(t *testing.T, answer string, reads int) []byte {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "# reads: %d\n", reads)
	if err := json.Indent(&b, []byte(answer), "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Variables reads the variables that an operation gives in a comment: # variables: {"id": "city:cn-jinan"}
func Variables(t testing.TB, query string) (vars map[string]any) {
	t.Helper()
	for line := range strings.Lines(query) {
		if text, ok := strings.CutPrefix(line, "# variables: "); ok {
			dec := json.NewDecoder(strings.NewReader(text))
			dec.UseNumber()
			if err := dec.Decode(&vars); err != nil {
				t.Fatal(err)
			}
		}
	}
	return vars
}

// Run executes an operation and gives its answer as JSON, with errors in the order of their paths: gqlgen finds those of a
// list's elements in any order.
func Run(t testing.TB, es graphql.ExecutableSchema, query string, vars map[string]any, present graphql.ErrorPresenterFunc) string {
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
