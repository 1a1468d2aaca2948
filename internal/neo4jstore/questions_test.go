package neo4jstore

import (
	"flag"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

var update = flag.Bool("update", false, "write the goldens anew; read the difference before you commit it")

// openDemo opens a store that holds the demo graph on a server.
func openDemo(t testing.TB, uri string) *Store {
	t.Helper()
	s := openEmptyAt(t, uri)
	if err := graphtest.LoadDemo(s); err != nil {
		t.Fatal(err)
	}
	return s
}

// schema is what the GraphQL edge makes of a graph.
func schema(c *kg.Catalog) graphql.ExecutableSchema { return graph.New(c, graphtest.Now) }

// TestGoldens holds Neo4j to the answers of the reference engine, and each call to one statement.
func TestGoldens(t *testing.T) {
	t.Parallel()
	graphtest.Goldens(t, openDemo(t, neo4jtest.Lend(t)), schema)
}
