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
	s, err := Open(t.Context(), patient(neo4jtest.Fresh(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) kg.Store { return openEmpty(t) })
}

// TestDiffer compares with the reference engine. Each question of chance is a statement that Neo4j has never planned, so that
// the stories of a run are few; longer runs are for ENTENTE_STORIES.
func TestDiffer(t *testing.T) {
	storetest.Differ(t, func(t *testing.T) kg.Store { return openEmpty(t) }, stories(t))
}
