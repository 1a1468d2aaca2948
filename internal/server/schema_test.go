package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ententegraph/entente/internal/kg"
)

// The tests' schema: recursive, so that anything can be nested, with a field for
// each way to fail.
const testSDL = `
interface Named { name: String }
type Node implements Named {
  id: ID!
  name: String
  friends(first: Int, where: Filter): [Node]
  other: Node
}
type City implements Named { name: String, mayor: Node, people: Int, twin: City }
type Village implements Named { name: String, people: Int, twin: Village }
type Region implements Named { name: String, people: Int, twin: Region }
type Country implements Named { name: String, people: Int }
type Tie1 implements Named { name: String }
type Tie2 implements Named { name: String }
type Tie3 implements Named { name: String }
union Either = City | Village
enum Order { NAME, SIZE }
input Filter { name: String, and: [Filter!], tags: [[[[[String]]]]] }
type Query {
  hello(name: String = "world", where: Filter): String
  node(id: ID!): Node
  nodes(ids: [ID!], order: Order, first: Int): [Node]
  sorted(by: [Order!]): [Node]
  named: Named
  either: Either
  fail(how: String!): String
  refuse: String
  wait: String
  linger: String
}
type Mutation { change: String }
`

// schema answers by echoing: every object is the same and every list is empty.
type schema struct {
	parsed *ast.Schema
	// waiting gets a value when "wait" has begun; it goes on when release is
	// closed or its context ends.
	waiting chan struct{}
	release chan struct{}

	mu        sync.Mutex
	documents []*ast.QueryDocument // of each execution
}

func newSchema(t testing.TB) *schema {
	t.Helper()
	parsed, err := gqlparser.LoadSchema(&ast.Source{Name: "test.graphqls", Input: testSDL})
	if err != nil {
		t.Fatal(err)
	}
	return &schema{parsed: parsed, waiting: make(chan struct{}, 1), release: make(chan struct{})}
}

func (s *schema) Schema() *ast.Schema { return s.parsed }

func (s *schema) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

// errDriver is what must never be shown.
var errDriver = errors.New("bolt://db.internal:7687: MATCH (n {secret: 1})")

func (s *schema) Exec(ctx context.Context) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	s.mu.Lock()
	s.documents = append(s.documents, operation.Doc)
	s.mu.Unlock()
	root := operation.Operation.SelectionSet
	if field, ok := root[0].(*ast.Field); ok && field.Name == "refuse" {
		graphql.AddError(ctx, kg.Errorf(kg.TooLarge, "the query asks for 12000 of at most 10000 nodes"))
		return func(context.Context) *graphql.Response { return nil }
	}
	return func(ctx context.Context) *graphql.Response {
		data := map[string]any{}
		for _, selection := range root {
			if field, ok := selection.(*ast.Field); ok {
				data[field.Alias] = s.answer(ctx, field, operation.Variables)
			}
		}
		text, err := json.Marshal(data)
		if err != nil {
			panic(err)
		}
		graphql.RegisterExtension(ctx, "cost", len(root))
		return &graphql.Response{Data: text}
	}
}

func (s *schema) answer(ctx context.Context, field *ast.Field, variables map[string]any) any {
	arguments := field.ArgumentMap(variables)
	fail := func(err error) any {
		graphql.AddError(ctx, gqlerror.WrapPath(ast.Path{ast.PathName(field.Alias)}, err))
		return nil
	}
	switch field.Name {
	case "__typename":
		return "Query"
	case "hello":
		return fmt.Sprint("hello ", arguments["name"])
	case "wait":
		s.waiting <- struct{}{}
		select {
		case <-s.release:
			return "done"
		case <-ctx.Done():
			return fail(ctx.Err())
		}
	case "linger": // whatever becomes of who asks
		<-s.release
		return "done"
	case "fail":
		switch arguments["how"] {
		case "panic":
			panic(errDriver)
		case "driver":
			return fail(errDriver)
		case "unavailable":
			return fail(kg.Errorf(kg.Unavailable, "reading: %w", errDriver))
		case "internal":
			return fail(kg.Errorf(kg.Internal, "reading: %w", errDriver))
		case "gqlerror":
			return fail(gqlerror.Errorf("%v", errDriver))
		case "input":
			return fail(kg.Errorf(kg.BadInput, "no such month").In("since"))
		case "many":
			for i := range 50 {
				graphql.AddError(ctx, kg.Errorf(kg.NotFound, "number %d", i))
			}
			return nil
		}
	}
	return nil
}

// site is a whole server on loopback, and its log.
type site struct {
	*httptest.Server
	schema *schema
	log    *buffer
}

func newSite(t testing.TB, change ...func(*Options)) *site {
	t.Helper()
	s := &site{schema: newSchema(t), log: &buffer{}}
	options := Options{
		Schema: s.schema,
		SDL:    testSDL,
		Ready:  func(context.Context) error { return nil },
		GraphiQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", "default-src 'self'")
			fmt.Fprint(w, "graphiql at ", r.URL.Path)
		}),
		Log: slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		// Tests of other things need not wait for refusals.
		Timeouts: Timeouts{Refusal: time.Millisecond},
	}
	for _, f := range change {
		f(&options)
	}
	handler, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(handler)
	s.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	t.Cleanup(s.Close)
	return s
}

// buffer is a strings.Builder for several goroutines.
type buffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
