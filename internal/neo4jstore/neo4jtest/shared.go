package neo4jtest

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// URIVariable names a running Neo4j to be used instead of one of the tests' own. All that it holds is deleted.
const URIVariable = "ENTENTE_TEST_NEO4J"

var shared struct {
	sync.Once
	*Server
	err error
}

// Main runs the tests of a package and then stops the server that they had.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop is for those whose TestMain has more to do than Main: it stops the servers that the tests had.
func Stop() {
	if shared.Server != nil {
		shared.Server.remove()
	}
	for _, s := range lent.more {
		s.remove()
	}
}

// URI is where the server of the test binary answers. Where none can be had, the test is left out, or fails if CI is true.
func URI(t testing.TB) string {
	t.Helper()
	if uri := os.Getenv(URIVariable); uri != "" {
		return uri
	}
	shared.Do(func() { shared.Server, shared.err = launch(Options{}) })
	if shared.err != nil {
		unavailable(t, shared.err)
	}
	return shared.URI
}

// lent are the servers of tests that run side by side.
var lent struct {
	sync.Mutex
	begun bool
	idle  []string  // URIs of those that no test has
	more  []*Server // besides the shared one
	one   sync.Mutex
}

// Lend gives the URI of a server that no other test has until this one ends: the shared one to the first test, and as many more as
// there are tests at a time. It is for tests that run in parallel, which Go begins when all others have ended.
func Lend(t testing.TB) string {
	t.Helper()
	if uri := os.Getenv(URIVariable); uri != "" {
		lent.one.Lock()
		t.Cleanup(lent.one.Unlock)
		return uri
	}
	lent.Lock()
	defer lent.Unlock()
	if !lent.begun {
		lent.begun, lent.idle = true, []string{URI(t)}
	}
	if len(lent.idle) == 0 {
		s, err := launch(Options{})
		if err != nil {
			unavailable(t, err)
		}
		lent.more, lent.idle = append(lent.more, s), []string{s.URI}
	}
	last := len(lent.idle) - 1
	uri := lent.idle[last]
	lent.idle = lent.idle[:last]
	t.Cleanup(func() {
		lent.Lock()
		defer lent.Unlock()
		lent.idle = append(lent.idle, uri)
	})
	return uri
}

// Fresh is URI, with the database emptied.
func Fresh(t testing.TB) string {
	t.Helper()
	uri := URI(t)
	Empty(t, uri)
	return uri
}

// Empty empties the database of a server. Indexes and constraints stay, since making them takes seconds.
func Empty(t testing.TB, uri string) {
	t.Helper()
	Run(t, uri, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
}

// Bare is Fresh without indexes and constraints, for tests that look at how they are made.
func Bare(t testing.TB) string {
	t.Helper()
	uri := Fresh(t)
	for _, r := range Run(t, uri, "SHOW CONSTRAINTS YIELD name") {
		Run(t, uri, "DROP CONSTRAINT `"+r.Values[0].(string)+"`")
	}
	for _, r := range Run(t, uri, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'") {
		Run(t, uri, "DROP INDEX `"+r.Values[0].(string)+"`")
	}
	return uri
}

// Start starts a server for one test alone, and stops it at its end.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := launch(o)
	if err != nil {
		unavailable(t, err)
	}
	t.Cleanup(s.remove)
	return s
}

func unavailable(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("there is no Neo4j to test against: %v", err)
	}
	t.Skipf("left out, as there is no Neo4j to test against: %v", err)
}

// Run runs one statement as somebody does who comes with Cypher, and gives its records.
func Run(t testing.TB, uri, cypher string, params ...map[string]any) []*neo4j.Record {
	t.Helper()
	ctx := context.Background()
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close(ctx)
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer session.Close(ctx)
	var values map[string]any
	if len(params) > 0 {
		values = params[0]
	}
	result, err := session.Run(ctx, cypher, values)
	if err != nil {
		t.Fatal(err)
	}
	records, err := result.Collect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return records
}
