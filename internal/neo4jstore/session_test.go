package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
	"github.com/ententegraph/entente/internal/storetest"
)

// TestRoundTrips: one answer costs one round trip, by either scheme, before and after something has been written.
func TestRoundTrips(t *testing.T) {
	uri := neo4jtest.Fresh(t)
	for _, scheme := range []string{"bolt", "neo4j"} {
		s, proxy := overWire(t, uri, func(c *Config) { c.URI = scheme + c.URI[len("bolt"):] })
		for _, when := range []string{"before", "after"} {
			towns(t.Context(), s) // connects, and finds out the members of the cluster
			before := proxy.Flights()
			if _, err := towns(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if got := proxy.Flights() - before; got != 1 {
				t.Errorf("by %s, %s a write, a read makes %d round trips, want 1", scheme, when, got)
			}
			if err := s.Apply(t.Context(), town("city:first")); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestReadsCannotWrite: what reads goes to Neo4j as such, so that nothing in a statement can make it write.
func TestReadsCannotWrite(t *testing.T) {
	uri := neo4jtest.Fresh(t)
	warm(t, patient(uri))
	for _, c := range []Config{{URI: uri}, {URI: "neo4j" + uri[len("bolt"):]}} {
		s, err := Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		state := func() (state []any) {
			for _, statement := range []string{"SHOW INDEXES YIELD name", "SHOW DATABASES YIELD name", "SHOW USERS YIELD user", "MATCH (n) RETURN properties(n)", "MATCH ()-[r]->() RETURN properties(r)"} {
				for _, r := range neo4jtest.Run(t, uri, statement) {
					state = append(state, r.Values)
				}
			}
			return state
		}
		before := state()
		for _, statement := range []string{
			"CREATE (n:Entity:City {id: 'city:new'}) RETURN n.id",
			"MATCH (n:Entity {id: 'city:hub'}) SET n.name = 'other' RETURN n.name",
			"MATCH (n:Entity {id: 'city:hub'}) REMOVE n.name RETURN n.name",
			"MERGE (n:Entity {id: 'city:new'}) RETURN n.id",
			"MATCH (n:Entity {id: 'city:hub'}) DETACH DELETE n RETURN 1",
			"MATCH (n:Entity {id: 'city:hub'}) CALL (n) { DETACH DELETE n } IN TRANSACTIONS RETURN 1",
			"CREATE INDEX smuggled FOR (n:Entity) ON (n.smuggled)",
			"DROP CONSTRAINT entity_id",
			"CREATE DATABASE smuggled",
			"CREATE USER smuggled SET PASSWORD 'smuggled'",
		} {
			values, err := s.query(t.Context(), statement, nil)
			if kg.CodeOf(err) != kg.Internal {
				t.Errorf("query(%s) = %v, %v, want an error", statement, values, err)
			}
		}
		if after := state(); fmt.Sprint(after...) != fmt.Sprint(before...) {
			t.Errorf("reads have made\n%v\nof\n%v", after, before)
		}
	}
}

// TestCanceled: a call ends with its context, on the server too, and hurts no other.
func TestCanceled(t *testing.T) {
	s, _ := overWire(t, neo4jtest.Fresh(t))
	const long = "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i) AS n"
	for name, call := range map[string]func(context.Context) error{
		"read": func(ctx context.Context) error { _, err := s.query(ctx, long, nil); return err },
		"write": func(ctx context.Context) error {
			return s.write(ctx, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
				_, err := run(ctx, tx, long, nil)
				return err
			})
		},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(300*time.Millisecond, cancel)
		began := time.Now()
		err := call(ctx)
		if took := time.Since(began); took > 2*time.Second || kg.CodeOf(err) != kg.Canceled || !errors.Is(err, context.Canceled) {
			t.Errorf("a %s that was given up = %v after %v, want %s at once, with the context's error in the chain", name, err, took, kg.Canceled)
		}
		eventually(t, 10*time.Second, "the end of the "+name+" on the server", func() bool {
			return len(neo4jtest.Run(t, neo4jtest.URI(t), "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS '1000000000' AND NOT currentQuery STARTS WITH 'SHOW' RETURN 1")) == 0
		})
	}
	worksSoon(t, s)
}

// TestLetsGo: whoever goes away while Neo4j walks is let go of, and nothing is left of the walk on the server. Its answer is
// withheld, so that however soon it comes they go before it has; that takes some seconds each, as the store waits for it. Read asks
// all its questions in one way.
func TestLetsGo(t *testing.T) {
	uri := neo4jtest.Fresh(t)
	s, proxy := overWire(t, uri)
	const cities = 12
	storetest.Crowd(t, s, cities)
	transactions := func() int {
		return len(neo4jtest.Run(t, uri, "SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW TRANSACTIONS' RETURN 1"))
	}
	walks := storetest.LongWalks(cities)
	for _, name := range []string{"a neighbourhood", "a search in quotes", "a step of a search for paths", "an export"} {
		walk := walks[name]
		worksSoon(t, s) // there is a connection
		proxy.Withhold()
		ctx, leave := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- walk(ctx, s) }()
		eventually(t, soon, "the beginning of "+name+" on the server", func() bool { return transactions() > 0 })
		leave()
		if err := <-ended; kg.CodeOf(err) != kg.Canceled || !errors.Is(err, context.Canceled) {
			t.Errorf("%s that was given up = %v, want %s, with the context's error in the chain", name, err, kg.Canceled)
		}
		eventually(t, 10*time.Second, "the end of "+name+" on the server", func() bool { return transactions() == 0 })
		proxy.Mend(t)
	}
	worksSoon(t, s)
}

// TestClosed: a store that was closed says so, also to those who were waiting.
func TestClosed(t *testing.T) {
	uri := neo4jtest.Fresh(t)
	warm(t, patient(uri))
	s, err := Open(t.Context(), Config{URI: uri})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	failsSoon(t, "the store is closed", calls(t.Context(), s))
	if err := s.Close(); err != nil {
		t.Errorf("a second Close() = %v, want nil", err)
	}
}

// TestPing: a database in which nothing was is ready once it is open. One that has lost what Entente made is no longer.
func TestPing(t *testing.T) {
	uri := neo4jtest.Bare(t)
	if left := neo4jtest.Run(t, uri, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"); len(left) > 0 {
		t.Fatalf("a bare database has indexes: %v", left)
	}
	s := openEmpty(t)
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping() = %v, want nil", err)
	}
	neo4jtest.Run(t, uri, "DROP INDEX source_title_key")
	failsSoon(t, "the database has lost the index source_title_key", map[string]func() error{"Ping": func() error { return s.Ping(t.Context()) }})
	neo4jtest.Run(t, uri, "MATCH (m:Entente {key: 'graph'}) DETACH DELETE m")
	failsSoon(t, "the database holds no graph of Entente any more", map[string]func() error{"Ping": func() error { return s.Ping(t.Context()) }})
	neo4jtest.Fresh(t)
	openEmpty(t) // makes the index again
}
