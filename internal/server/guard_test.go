package server

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

var defaults = Limits{}.withDefaults()

// checkGuard runs the guard on a document as gqlgen would.
func checkGuard(query string, variables map[string]any) *gqlerror.Error {
	return guard{defaults, newDocuments()}.MutateOperationParameters(context.Background(),
		&graphql.RawParams{Query: query, Variables: variables})
}

// mostWork is how many nodes the guard may look at: those of the document, each
// of which takes a token, and those that its operations and its fragments come to.
func mostWork(l Limits) int { return l.Tokens + 2*(l.Fields+1) }

func work(query string) int {
	source := &ast.Source{Input: query}
	if len(query) > defaults.QueryBytes || moreTokens(source, defaults.Tokens) {
		return 0
	}
	doc, err := parser.ParseQuery(source)
	if err != nil {
		return 0
	}
	m := &measure{limits: defaults}
	m.document(doc)
	return m.work
}

// TestHostileDocuments sends each document to a real server, and counts what the
// guard looked at.
func TestHostileDocuments(t *testing.T) {
	site := newSite(t)
	for _, c := range hostiles() {
		t.Run(c.name, func(t *testing.T) {
			if n := work(c.query); n > mostWork(defaults) {
				t.Errorf("the guard looked at %d nodes, more than %d", n, mostWork(defaults))
			}
			body, err := json.Marshal(map[string]string{"query": c.query})
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			got := site.post(t, string(body))
			if took := time.Since(start); took > 2*time.Second { // only against hanging
				t.Errorf("refused after %v", took)
			}
			if got.status != http.StatusBadRequest || got.code() != c.code {
				t.Errorf("got %d %s, want 400 %s", got.status, got.body, c.code)
			}
			if strings.Contains(got.body, `"data"`) {
				t.Errorf("a refusal has a data key: %s", got.body)
			}
			if len(got.body) > 2<<10 {
				t.Errorf("the refusal has %d bytes, more than 2 KB", len(got.body))
			}
		})
	}
	if site.schema.documents != nil {
		t.Errorf("%d hostile documents were executed", len(site.schema.documents))
	}
}

func TestRefusalSaysWhatAndWhere(t *testing.T) {
	err := checkGuard("{node(id:1){\n  "+nested("other{", "id", "}", 15)+"}}", nil)
	want := `{"message":"The query nests more than 15 fields deep; ask for less depth, and start again from the ids that it brings.",` +
		`"locations":[{"line":2,"column":87}],"extensions":{"code":"QUERY_TOO_DEEP","limit":15}}`
	got, _ := json.Marshal(err)
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestHostileVariables(t *testing.T) {
	deep := func(n int) map[string]any {
		var value any = "x"
		for i := range n {
			if i%2 == 0 {
				value = []any{value}
			} else {
				value = map[string]any{"and": value}
			}
		}
		return map[string]any{"a": value}
	}
	if err := checkGuard("{hello}", deep(20)); err != nil {
		t.Errorf("20 deep: %v", err)
	}
	for _, n := range []int{21, 22, 9000} {
		if err := checkGuard("{hello}", deep(n)); err == nil || err.Extensions["code"] != codeInputTooDeep {
			t.Errorf("%d deep: %v, want %s", n, err, codeInputTooDeep)
		}
	}
	site := newSite(t)
	for name, list := range map[string]string{
		"1,000 deep":              nested("[", "1", "]", 1000),
		"100,000 deep, no JSON":   strings.Repeat("[", 100000),
		"100,000 deep":            nested("[", "1", "]", 100000),
		"objects, 1,000 deep":     nested(`{"and":`, "1", "}", 1000),
		"two lists, each 30 deep": "[" + nested("[", "1", "]", 30) + "," + nested("[", "1", "]", 30) + "]",
	} {
		got := site.post(t, `{"query":"query($a:Filter){hello(where:$a)}","variables":{"a":`+list+`}}`)
		if got.status != http.StatusBadRequest || len(got.body) > 2<<10 {
			t.Errorf("%s: got %d %s, want 400", name, got.status, got.body)
		}
	}
}

// TestWhatPasses holds the limits where they are: what is just within them is
// answered.
func TestWhatPasses(t *testing.T) {
	introspection, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	kinds := numbered("...on K%[1]d{name country{name}}", 12)
	for name, query := range map[string]string{
		"what GraphiQL asks first": string(introspection),
		"two types":                `{a:__type(name:"Node"){fields{type{fields{name}}}} b:__type(name:"Query"){name}}`,
		"depth 15":                 "{node(id:1){" + nested("other{", "id", "}", 13) + "}}",
		"a field 20 times":         query(strings.Repeat("hello ", 20)),
		"12 kinds in two levels":   "{entity{" + kinds + "...on City{partners{edges{node{" + kinds + "}}}}}}",
		"30 aliases":               query(numbered("a%[1]d:hello ", 30)),
		"5 directives":             "{hello " + strings.Repeat("@a", 5) + "}",
		"60 fragments":             query(numbered("...f%[1]d ", 60)) + numbered("fragment f%[1]d on Node{id%[1]d}", 60),
		"989 fields":               query(numbered("f%[1]d ", 989)),
		"an input 20 deep":         "{hello(where:" + nested("[", "1", "]", 20) + ")}",
		"a fragment used twice":    "{a{...f} b{...f}} fragment f on Node{id other{id}}",
		"comments":                 strings.Repeat("# a\n", 1400) + "{hello}",
	} {
		if err := checkGuard(query, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestKnownDocumentIsNotMeasuredAgain: what has passed once is found in the
// cache, by the guard and by gqlgen, and the same document is executed.
func TestKnownDocumentIsNotMeasuredAgain(t *testing.T) {
	site := newSite(t)
	for range 2 {
		if got := site.post(t, `{"query":"{hello}"}`); got.status != http.StatusOK {
			t.Fatalf("got %d %s", got.status, got.body)
		}
	}
	if ran := site.schema.documents; len(ran) != 2 || ran[0] != ran[1] {
		t.Errorf("executed %p, want one document twice", ran)
	}
}

func TestLimitsCanBeSet(t *testing.T) {
	site := newSite(t, func(o *Options) { o.Limits = Limits{Depth: 2, BodyBytes: 200} })
	if got := site.post(t, `{"query":"{node(id:1){other{id}}}"}`); got.code() != codeQueryTooDeep {
		t.Errorf("depth: got %s", got.body)
	}
	if got := site.post(t, `{"query":"{hello}                `+strings.Repeat(" ", 200)+`"}`); got.code() != codeBodyTooLarge {
		t.Errorf("body: got %s", got.body)
	}
}

// FuzzGuard: no document makes the guard panic or look at more than it may.
func FuzzGuard(f *testing.F) {
	for _, c := range hostiles() {
		if len(c.query) < 4<<10 {
			f.Add(c.query)
		}
	}
	f.Fuzz(func(t *testing.T, query string) {
		checkGuard(query, nil)
		if n := work(query); n > mostWork(defaults) {
			t.Errorf("looked at %d nodes", n)
		}
	})
}
