package neo4jstore

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// slot is where an operation of FuzzStatements takes its value, within a string.
const slot = "§"

// marked begins and ends the value, so that it is known wherever it gets. Folding leaves it as it is.
const marked = "qzx"

// FuzzStatements makes statements of whatever passes for an operation, with any value at all in its strings: each question becomes a
// statement, the value stands in the statement's parameters alone, and there, where it is part of a query of Lucene's, in quotes.
func FuzzStatements(f *testing.F) {
	var operations []string
	files, err := filepath.Glob("../../graph/testdata/*.graphql")
	if err != nil || len(files) == 0 {
		f.Fatalf("no operations: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		operations = append(operations, string(text))
	}
	for _, q := range demo.Questions() {
		operations = append(operations, q.Query)
	}
	for _, text := range operations {
		f.Add(text, "")
	}
	for _, text := range []string{
		`{search(text:"§",in:[NAMES,DESCRIPTIONS,QUOTES]){nodes{id}}}`,
		`{search(text:"Jinan §",kinds:[CITY],country:{iso2:"§"}){nodes{id}}}`,
		`{cities(where:{name:{contains:"§",startsWith:"§",is:"§"}}){totalCount nodes{id name(lang:["§"])}}}`,
		`{entity(id:"city:§"){id name}}`,
		`{cities(where:{identifier:{scheme:WIKIDATA,value:"§"}}){nodes{id}}}`,
	} {
		for _, value := range []string{"'}) DETACH DELETE n //", "`\\u0060 OR 1=1", `" OR *:*`, `x" TO *]^9`, "/.*/ AND *", "济南", `a\`, "$p0", "a b c d e f"} {
			f.Add(text, value)
		}
	}
	store := storetest.Reference()
	if err := graphtest.LoadDemo(store); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		if len(text) > 2_000 || len(value) > 500 {
			return
		}
		quoted, err := json.Marshal(marked + value + marked)
		if err != nil {
			t.Fatal(err)
		}
		text = strings.ReplaceAll(text, slot, string(quoted[1:len(quoted)-1]))
		graphtest.Run(t, schema(kg.NewCatalog(&compiling{store, t}, graphtest.Now)), text, nil, graphql.DefaultErrorPresenter)
	})
}

// compiling is a store that makes the statement of each question, which another one answers.
type compiling struct {
	kg.Store
	t *testing.T
}

func (c *compiling) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	st, err := compile(q)
	c.check(st, err)
	return c.Store.Read(ctx, q)
}

func (c *compiling) Candidates(ctx context.Context, asked *kg.Search) (*kg.Candidates, error) {
	st, err := compileCandidates(asked)
	c.check(st, err)
	return c.Store.Candidates(ctx, asked)
}

func (c *compiling) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	st, _, err := compileExpansion(x)
	c.check(st, err)
	return c.Store.Expand(ctx, x)
}

var (
	parameter = regexp.MustCompile(`\$(\w+)`)
	ofLucene  = regexp.MustCompile(`db\.index\.fulltext\.query\w+\('\w+', \$(\w+)`)
	// plainLucene is a query of Lucene's once what is quoted is taken out: terms that have to be there, ranges, weights, and words
	// that are begun.
	plainLucene = regexp.MustCompile(`^(?:[ +()]|\[ TO \]|\^\d+|[\p{L}\p{M}\p{N}]+\*)*$`)
	inQuotes    = regexp.MustCompile(`"(?:\\.|[^"\\])*"`)
)

func (c *compiling) check(st *statement, err error) {
	c.t.Helper()
	if err != nil {
		c.t.Errorf("no statement was made: %v", err)
		return
	}
	if strings.Contains(strings.ToLower(st.text), marked) {
		c.t.Errorf("a value stands in the text:\n%s", st.text)
	}
	for _, found := range parameter.FindAllStringSubmatch(st.text, -1) {
		if _, ok := st.params[found[1]]; !ok {
			c.t.Errorf("the parameter %s is not given:\n%s", found[0], st.text)
		}
	}
	var queries []any
	for _, found := range ofLucene.FindAllStringSubmatch(st.text, -1) {
		queries = append(queries, st.params[found[1]])
	}
	for _, value := range st.params {
		rows, _ := value.([]any)
		for _, row := range rows {
			if row, ok := row.(map[string]any); ok && row["query"] != nil {
				queries = append(queries, row["query"])
			}
		}
	}
	for _, query := range queries {
		if text, ok := query.(string); !ok || !plainLucene.MatchString(inQuotes.ReplaceAllString(text, "")) {
			c.t.Errorf("Lucene is asked something else than for terms: %q", query)
		}
	}
}
