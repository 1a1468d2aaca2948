package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// soon is how long any call may take to fail when Neo4j is not there, and to succeed again when it is back.
const soon = 5 * time.Second

// town is the batch that brings a town and its partnership with the hub.
func town(id kg.ID) *kg.Batch {
	at := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	entity := func(id kg.ID) *kg.Entity {
		_, key, _ := kg.ParseID(string(id))
		return &kg.Entity{ID: id, Kind: kg.City, Names: []kg.Name{{Value: key, Kind: kg.Primary}}, Key: kg.SortKey(key), Values: make([]kg.Value, len(kg.City.Decl().Fields))}
	}
	d := kg.PartnersWith.Decl()
	f := kg.FactRecord{Kind: kg.PartnersWith, From: hub, To: id, Identity: "TWIN", Assertion: kg.Assertion{
		RecordedAt: at, State: kg.Accepted, Values: make([]kg.Value, len(d.Fields)),
		Evidence: []kg.Evidence{{Source: "source:roll", Locator: string(id), Confidence: 1, Method: "IMPORTED"}},
	}}
	if id < hub {
		f.From, f.To = id, hub
	}
	f.Values[0] = "TWIN"
	f.ID = kg.FactID(f.Kind, f.From, f.To, f.Identity, f.Key)
	return &kg.Batch{
		At:       at,
		Sources:  []*kg.Source{{ID: "source:roll", Title: "roll", Key: "roll", Class: "NEWS", Reliability: 0.8, RecordedAt: at}},
		Entities: []*kg.Entity{entity(hub), entity(id)},
		Facts:    []kg.FactRecord{f},
	}
}

const hub = kg.ID("city:hub")

// towns asks for the names of all of them but the hub, and proves each.
func towns(ctx context.Context, s *Store) (int, error) {
	page, err := s.Read(ctx, &kg.Query{IDs: []kg.ID{hub}, List: kg.List{States: kg.OnlyAccepted, Select: &kg.Select{Follow: []kg.Follow{{
		Owners: kg.SetOf(kg.City), Relation: kg.Relation{Way: kg.Both, Fact: kg.PartnersWith}, List: kg.List{States: kg.OnlyAccepted, First: 1000, Select: &kg.Select{}},
	}}}}})
	if err != nil {
		return 0, err
	}
	if page.Rows[0].Entity == nil {
		return 0, fmt.Errorf("Read() found no hub")
	}
	rows := page.Rows[0].Pages[0].Rows
	for _, r := range rows {
		if r.Entity == nil || "city:"+r.Entity.Names[0].Value != string(r.Entity.ID) {
			return 0, fmt.Errorf("Read() = %+v among the towns", r.Entity)
		}
	}
	return len(rows), nil
}

// overWire gives a store with one town, at the end of a wire, as users have it: with the usual times. Neo4j knows the statements
// already. When the test ends, nothing may be left of the store: no goroutine, no connection, no transaction.
func overWire(t *testing.T, uri string, change ...func(*Config)) (*Store, *neo4jtest.Proxy) {
	t.Helper()
	warm(t, patient(uri))
	proxy := neo4jtest.NewProxy(t, uri)
	before := runtime.NumGoroutine()
	c := Config{URI: proxy.URI()}
	for _, f := range change {
		f(&c)
	}
	s, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close() = %v, want nil", err)
		}
		eventually(t, soon, "no connection left", func() bool { return proxy.Connections() == 0 })
		eventually(t, soon, "no goroutine left", func() bool { return runtime.NumGoroutine() <= before })
		eventually(t, soon, "no transaction left", func() bool {
			return len(neo4jtest.Run(t, uri, "SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW TRANSACTIONS' RETURN currentQuery")) == 0
		})
	})
	return s, proxy
}

// warm lets Neo4j plan what the tests of faults ask and do.
func warm(t *testing.T, c Config) {
	t.Helper()
	s, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, id := range []kg.ID{"city:first", "city:first"} {
		if err := s.Apply(t.Context(), town(id)); err != nil {
			t.Fatal(err)
		}
		if n, err := towns(t.Context(), s); n != 1 || err != nil {
			t.Fatalf("there are %d towns, %v, want 1", n, err)
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// eventually waits until something is so.
func eventually(t *testing.T, most time.Duration, what string, so func() bool) {
	t.Helper()
	for began := time.Now(); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > most {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%s: not within %v\n%s", what, most, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// failsSoon holds that calls fail as they should: each soon, with a sentence for a person and the code that says that it may
// work later. They are made side by side.
func failsSoon(t *testing.T, sentence string, calls map[string]func() error) {
	t.Helper()
	type failure struct {
		call string
		err  error
		took time.Duration
	}
	failures := make(chan failure)
	for name, call := range calls {
		go func() {
			began := time.Now()
			err := call()
			failures <- failure{name, err, time.Since(began)}
		}()
	}
	for range calls {
		f := <-failures
		if kg.CodeOf(f.err) != kg.Unavailable || !strings.Contains(f.err.Error(), sentence) {
			t.Errorf("%s = %v (cause: %v), want %s with %q", f.call, f.err, errors.Unwrap(f.err), kg.Unavailable, sentence)
		}
		if f.took > soon {
			t.Errorf("%s took %v to fail, want less than %v", f.call, f.took, soon)
		}
		t.Logf("%s took %v", f.call, f.took)
	}
}

func calls(ctx context.Context, s *Store) map[string]func() error {
	return map[string]func() error{
		"Read":  func() error { _, err := towns(ctx, s); return err },
		"Apply": func() error { return s.Apply(ctx, town("city:lost")) },
		"Ping":  func() error { return s.Ping(ctx) },
	}
}

// worksSoon holds that a store is of use again.
func worksSoon(t *testing.T, s *Store) {
	t.Helper()
	eventually(t, soon, "Read after the fault", func() bool { _, err := towns(t.Context(), s); return err == nil })
	if err := s.Apply(t.Context(), town("city:second")); err != nil {
		t.Errorf("Apply() = %v after the fault, want nil", err)
	}
	if n, err := towns(t.Context(), s); n != 2 || err != nil {
		t.Errorf("there are %d towns, %v after the fault, want 2", n, err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping() = %v after the fault, want nil", err)
	}
}

func TestRefused(t *testing.T) {
	s, proxy := overWire(t, neo4jtest.Fresh(t))
	proxy.Refuse()
	failsSoon(t, "Neo4j can't be reached", calls(t.Context(), s))
	proxy.Mend(t)
	worksSoon(t, s)
}

// TestSilent: the wire goes dead while connections are open, and in the midst of a write; then there are none to begin with.
func TestSilent(t *testing.T) {
	s, proxy := overWire(t, neo4jtest.Fresh(t))
	all := calls(t.Context(), s)
	cut := make(chan struct{})
	all["a write that had begun"] = func() error {
		return s.write(t.Context(), func(ctx context.Context, tx neo4j.ManagedTransaction) error {
			if _, err := run(ctx, tx, "CREATE (:Lost) RETURN 1", nil); err != nil {
				return err
			}
			proxy.Silence()
			close(cut)
			_, err := run(ctx, tx, "CREATE (:Lost) RETURN 1", nil)
			return err
		})
	}
	for name, call := range all {
		if name != "a write that had begun" {
			all[name] = func() error { <-cut; return call() }
		}
	}
	began := time.Now()
	all["a read of somebody impatient"] = func() error {
		<-cut
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		_, err := towns(ctx, s)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("a read with 200 ms took %v", took)
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a read with 200 ms = %v, want its context's error in the chain", err)
		}
		return err
	}
	failsSoon(t, "", all)
	failsSoon(t, "Neo4j can't be reached", calls(t.Context(), s))
	proxy.Mend(t)
	worksSoon(t, s)
	if lost := neo4jtest.Run(t, neo4jtest.URI(t), "MATCH (n:Lost) RETURN n"); len(lost) != 0 {
		t.Errorf("a write that failed has left %d nodes", len(lost))
	}
}

// TestCut: an answer that breaks off is asked for again, wherever it breaks off.
func TestCut(t *testing.T) {
	s, proxy := overWire(t, neo4jtest.Fresh(t))
	for _, bytes := range []int{0, 1, 3, 20, 50, 80, 100, 150} {
		proxy.CutAfter(bytes)
		if n, err := towns(t.Context(), s); n != 1 || err != nil {
			t.Errorf("cut after %d bytes, there are %d towns, %v, want 1", bytes, n, err)
		}
		if proxy.Uncut() {
			t.Errorf("the answer had not as many as %d bytes", bytes)
		}
	}
	for i, bytes := range []int{0, 5, 30, 70, 150, 300} {
		proxy.CutAfter(bytes)
		if err := s.Apply(t.Context(), town(kg.ID(fmt.Sprint("city:t", i)))); err != nil {
			t.Errorf("Apply() = %v, cut after %d bytes, want nil", err, bytes)
		}
		if n, err := towns(t.Context(), s); n != i+2 || err != nil {
			t.Errorf("cut after %d bytes, there are %d towns, %v, want %d", bytes, n, err, i+2)
		}
	}
	proveOnce(t, neo4jtest.URI(t), 7)
}

// TestCommitUnheard: whether a batch has been committed is not known where the answer got lost. It is applied again, and is there
// once.
func TestCommitUnheard(t *testing.T) {
	s, proxy := overWire(t, neo4jtest.Fresh(t))
	proxy.LoseAnswerTo(neo4jtest.Commit)
	if err := s.Apply(t.Context(), town("city:t")); err != nil {
		t.Errorf("Apply() = %v, want nil", err)
	}
	if proxy.Uncut() {
		t.Error("no answer to a commit got lost")
	}
	if n, err := towns(t.Context(), s); n != 2 || err != nil {
		t.Errorf("there are %d towns, %v, want 2", n, err)
	}
	proveOnce(t, neo4jtest.URI(t), 2)
}

// proveOnce proves that each town is there once, asserted once, by one piece of evidence, with nothing left of earlier tries.
func proveOnce(t *testing.T, uri string, towns int) {
	t.Helper()
	proved(t, neo4jtest.Run(t, uri, proof, map[string]any{"hub": string(hub)})[0].Values, towns)
}

const proof = `RETURN COUNT { (:City) } AS cities, COUNT { (:City {id: $hub})-[:PARTNERS_WITH]-() } AS facts, COUNT { ()-[]->() } AS all,
	COUNT { MATCH ()-[r]->() WHERE size(r.ev_source) <> 1 OR r.history IS NOT NULL } AS twice,
	COUNT { MATCH (n:City) WHERE size(coalesce(n.changed_at, [0])) <> 1 } AS changed`

func proved(t *testing.T, values []any, towns int) {
	t.Helper()
	if got, want := fmt.Sprint(values), fmt.Sprint([]any{towns + 1, towns, towns, 0, 0}); got != want {
		t.Errorf("cities, facts of the hub, facts, those asserted twice, cities changed twice: %s, want %s", got, want)
	}
}

// TestPoolExhausted: whoever finds all connections in use is told so, and in time.
func TestPoolExhausted(t *testing.T) {
	s, _ := overWire(t, neo4jtest.Fresh(t), func(c *Config) { c.Connections = 1 })
	release, held, done := make(chan struct{}), make(chan struct{}), make(chan error)
	holds := sync.OnceFunc(func() { close(held) }) // a write may be tried again
	go func() {
		done <- s.write(t.Context(), func(ctx context.Context, tx neo4j.ManagedTransaction) error {
			holds()
			<-release
			_, err := run(ctx, tx, "RETURN 1", nil)
			return err
		})
	}()
	<-held
	asked := calls(t.Context(), s)
	delete(asked, "Apply") // waits for its turn, as long as Neo4j is heard
	failsSoon(t, "all connections to Neo4j are in use", asked)
	close(release)
	if err := <-done; err != nil {
		t.Errorf("the write that held the connection = %v, want nil", err)
	}
	worksSoon(t, s)
}

// TestDeadlock: two writes of two programs that wait for each other are both done, one of them at its second try.
func TestDeadlock(t *testing.T) {
	s, _ := overWire(t, neo4jtest.Fresh(t))
	other, err := Open(t.Context(), Config{URI: neo4jtest.URI(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	stores := []*Store{s, other}
	holding := make(chan struct{})
	done := make(chan error)
	tries := make(chan int, 100)
	touch := func(ctx context.Context, tx neo4j.ManagedTransaction, id string) error {
		_, err := run(ctx, tx, "MATCH (n:Entity {id: $id}) SET n.touched = coalesce(n.touched, 0) + 1 RETURN 1", map[string]any{"id": id})
		return err
	}
	for i, ids := range [][2]string{{"city:hub", "city:first"}, {"city:first", "city:hub"}} {
		go func() {
			first := true
			done <- stores[i].write(t.Context(), func(ctx context.Context, tx neo4j.ManagedTransaction) error {
				tries <- 1
				if err := touch(ctx, tx, ids[0]); err != nil {
					return err
				}
				if first {
					first = false
					select { // until both hold one
					case holding <- struct{}{}:
					case <-holding:
					}
				}
				return touch(ctx, tx, ids[1])
			})
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Errorf("a write = %v, want nil", err)
		}
	}
	if len(tries) < 3 {
		t.Errorf("the writes took %d tries, which is no deadlock", len(tries))
	}
	if row := neo4jtest.Run(t, neo4jtest.URI(t), "MATCH (n:Entity) RETURN sum(n.touched)"); fmt.Sprint(row[0].Values) != "[4]" {
		t.Errorf("the nodes were touched %v times, want 4", row[0].Values)
	}
}
