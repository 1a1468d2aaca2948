// Package graphtest holds any engine to what the GraphQL edge answers on the reference engine.
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

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// goldens are the operations and answers, seen from a package of an engine.
const goldens = "../../graph/testdata"

// Now is the clock that the goldens were made by.
func Now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// LoadDemo brings the demo graph into an empty store.
func LoadDemo(t testing.TB, s kg.Store) {
	t.Helper()
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	report, err := ingest.Import(t.Context(), kg.NewCatalog(s, Now), ingest.Options{}, files...)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("importing the demo graph: %v, %v", err, report.Problems)
	}
}

// Goldens runs every operation that the edge is held to over a store that holds the demo graph: the answers are those of the
// reference engine, byte for byte, and so are the numbers of calls.
func Goldens(t *testing.T, s kg.Store) {
	store := storetest.Counting(s)
	run := func(t *testing.T, query, file string) {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		store.Reads()
		answer := Ask(t, kg.NewCatalog(store, Now), query)
		var got bytes.Buffer
		fmt.Fprintf(&got, "# reads: %d\n", store.Reads())
		if err := json.Indent(&got, []byte(answer), "", "  "); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("the answer is not the one in %s:\n%s", file, got.Bytes())
		}
	}
	for _, q := range demo.Questions() {
		t.Run(q.Name, func(t *testing.T) { run(t, q.Query, filepath.Join(goldens, "question-"+q.Name+".golden")) })
	}
	files, err := filepath.Glob(goldens + "/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no operations in %s: %v", goldens, err)
	}
	for _, file := range files {
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(file, ".graphql")
		t.Run(filepath.Base(name), func(t *testing.T) { run(t, string(query), name+".golden") })
	}
}

// Ask runs an operation, with the variables that its comment gives, and gives its answer as JSON.
func Ask(t testing.TB, r graph.Reader, query string) string {
	t.Helper()
	var vars map[string]any
	for line := range strings.Lines(query) {
		if text, ok := strings.CutPrefix(line, "# variables: "); ok {
			dec := json.NewDecoder(strings.NewReader(text))
			dec.UseNumber()
			if err := dec.Decode(&vars); err != nil {
				t.Fatal(err)
			}
		}
	}
	e := executor.New(graph.New(r, Now))
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
		t.Fatal(err)
	}
	return b.String()
}
