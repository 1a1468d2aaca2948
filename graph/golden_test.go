package graph

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

var update = flag.Bool("update", false, "write the goldens anew; read the difference before you commit it")

// TestGolden runs every operation of testdata, and the demo's questions, over the demo graph, through the writer and through
// gqlgen's executor, and compares the answer and the number of store calls with the golden beside it: more than one a root
// field, but for search and paths, fails a test instead of a user.
//
// A file may give its variables in a comment: # variables: {"id": "city:cn-jinan"}
func TestGolden(t *testing.T) { graphtest.Operations(t, "testdata", golden) }

func golden(t *testing.T, query, file string) {
	vars := graphtest.Variables(t, query)
	answer := both(t, demoCatalog(t), query, vars)
	counted := storetest.Counting(storetest.Sparse(demoStore(t)))
	if sparse := run(t, New(kg.NewCatalog(counted, testNow), testNow), query, vars); sparse != answer {
		t.Errorf("where a store gives only what is selected, the answer is another:\n%s", sparse)
	}

	got := graphtest.Golden(t, answer, counted.Reads())
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the answer is not the one in %s:\n%s", file, got)
	}
}

// TestFacets: what a bucket of a facet counts, a filter finds.
func TestFacets(t *testing.T) {
	graphtest.Facets(t, demoStore(t), func(c *kg.Catalog) graphql.ExecutableSchema { return New(c, testNow) })
}
