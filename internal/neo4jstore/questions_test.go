package neo4jstore

import (
	"flag"
	"testing"

	"github.com/ententegraph/entente/graph/graphtest"
)

var update = flag.Bool("update", false, "write the goldens anew; read the difference before you commit it")

// openDemo opens a store that holds the demo graph.
func openDemo(t testing.TB) *Store {
	t.Helper()
	s := openEmpty(t)
	graphtest.LoadDemo(t, s)
	return s
}

// TestGoldens holds Neo4j to the answers of the reference engine, and each call to one statement.
func TestGoldens(t *testing.T) { graphtest.Goldens(t, openDemo(t)) }
