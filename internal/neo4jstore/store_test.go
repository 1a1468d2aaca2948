package neo4jstore

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
	"github.com/ententegraph/entente/internal/storetest"
)

// TestMain holds that no goroutine is left when all tests have ended.
func TestMain(m *testing.M) { goleak.VerifyTestMain(stopping{m}) }

// stopping is tests that stop their server.
type stopping struct{ tests *testing.M }

func (s stopping) Run() int {
	defer neo4jtest.Stop()
	return s.tests.Run()
}

// patient waits as long as a cold server may need to plan a statement that it has never seen.
func patient(uri string) Config { return Config{URI: uri, ReadTimeout: time.Minute} }

// openEmpty opens an empty store on the server of the tests.
func openEmpty(t testing.TB) *Store {
	t.Helper()
	return openEmptyAt(t, neo4jtest.URI(t))
}

// openEmptyAt opens an empty store on a server.
func openEmptyAt(t testing.TB, uri string) *Store {
	t.Helper()
	neo4jtest.Empty(t, uri)
	s, err := Open(t.Context(), patient(uri))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestStore takes as long as Neo4j takes to plan a thousand statements, one after the other on one core. So it has a server of its
// own, as the others that ask much have, and runs beside them.
func TestStore(t *testing.T) {
	t.Parallel()
	uri := neo4jtest.Lend(t)
	storetest.Run(t, func(t *testing.T) kg.Store { return openEmptyAt(t, uri) })
}

// TestDiffer compares with the reference engine. Each question of chance is a statement that Neo4j has never planned, so that
// the stories of a run are few; longer runs are for ENTENTE_STORIES.
func TestDiffer(t *testing.T) {
	t.Parallel()
	uri := neo4jtest.Lend(t)
	storetest.Differ(t, func(t *testing.T) kg.Store { return openEmptyAt(t, uri) }, stories(t))
}
