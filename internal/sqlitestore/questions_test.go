package sqlitestore

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"

	edge "github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
)

// TestGoldens holds the embedded engine to the answers of the reference engine.
func TestGoldens(t *testing.T) {
	s, err := Temporary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := graphtest.LoadDemo(s); err != nil {
		t.Fatal(err)
	}
	graphtest.Goldens(t, s, func(c *kg.Catalog) graphql.ExecutableSchema { return edge.New(c, graphtest.Now) })
}
