package neo4jstore

import (
	"flag"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
)

var update = flag.Bool("update", false, "write the goldens anew; read the difference before you commit it")

// openDemo opens a store that holds the demo graph.
func openDemo(t testing.TB) *Store {
	t.Helper()
	s := openEmpty(t)
	if err := graphtest.LoadDemo(s); err != nil {
		t.Fatal(err)
	}
	return s
}

// schema is what the GraphQL edge makes of a graph.
func schema(c *kg.Catalog) graphql.ExecutableSchema { return graph.New(c, graphtest.Now) }

// TestGoldens holds Neo4j to the answers of the reference engine, and each call to one statement.
func TestGoldens(t *testing.T) { graphtest.Goldens(t, openDemo(t), schema) }
