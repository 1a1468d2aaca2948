package sqlitestore

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"

	edge "github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
)

// TestGoldens holds the embedded engine to the answers of the reference engine, and its facets to its filters.
func TestGoldens(t *testing.T) {
	s, err := Temporary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := graphtest.LoadDemo(s); err != nil {
		t.Fatal(err)
	}
	schema := func(c *kg.Catalog) graphql.ExecutableSchema { return edge.New(c, graphtest.Now) }
	graphtest.Goldens(t, s, schema)
	t.Run("facets", func(t *testing.T) { graphtest.Facets(t, s, schema) })
}
