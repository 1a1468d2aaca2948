package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

const password = "correct-horse"

// TestServerLost has a server of its own, and ends it while it is used.
func TestServerLost(t *testing.T) {
	server := neo4jtest.Start(t, neo4jtest.Options{Password: password, HeapMB: 512, PageCacheMB: 64})
	known := Config{URI: server.URI, User: "neo4j", Password: password}
	warmed := known
	warmed.ReadTimeout = time.Minute
	warm(t, warmed)
	t.Run("not let in", func(t *testing.T) { testNotLetIn(t, known) })
	t.Run("under load", func(t *testing.T) { testLostUnderLoad(t, server, known) })
	t.Run("that only reads", func(t *testing.T) { testOnlyReads(t, server, warmed) })
}

// testOnlyReads: where Neo4j only reads, reads are answered, and writes are told why not.
func testOnlyReads(t *testing.T, server *neo4jtest.Server, c Config) {
	server.Stop()
	server.Restart(t, "server.databases.default_to_read_only=true")
	s, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := towns(t.Context(), s); err != nil {
		t.Errorf("a read = %v, want nil", err)
	}
	s.config.ReadTimeout = 0 // as users have it
	failsSoon(t, "only reads", map[string]func() error{"Apply": func() error { return s.Apply(t.Context(), town("city:second")) }})
}

// testNotLetIn: who opens a store in a wrong way is told what is wrong.
func testNotLetIn(t *testing.T, known Config) {
	no := func(change func(*Config)) Config { c := known; change(&c); return c }
	stranger, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	go func() {
		for {
			c, err := stranger.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
			c.Close()
		}
	}()
	for sentence, c := range map[string]Config{
		"Neo4j does not accept the user or the password": no(func(c *Config) { c.Password = "wrong-horse" }),
		"Neo4j has no such database":                     no(func(c *Config) { c.Database = "nowhere" }),
		"Neo4j's certificate is not trusted":             no(func(c *Config) { c.URI = "bolt+s" + c.URI[len("bolt"):] }),
		"what listens at this address is no Neo4j 5":     no(func(c *Config) { c.URI = "bolt://" + stranger.Addr().String() }),
		"Neo4j can't be reached":                         no(func(c *Config) { c.URI = "bolt://127.0.0.1:1" }),
	} {
		failsSoon(t, sentence, map[string]func() error{"Open(" + c.String() + ")": func() error { _, err := Open(t.Context(), c); return err }})
	}
	for name, c := range map[string]Config{
		"nobody":           no(func(c *Config) { c.User, c.Password = "", "" }),
		"a routed address": no(func(c *Config) { c.URI, c.Database = "neo4j"+c.URI[len("bolt"):], "nowhere" }),
	} {
		failsSoon(t, "set ENTENTE_NEO4J_", map[string]func() error{"Open for " + name: func() error { _, err := Open(t.Context(), c); return err }})
	}
}

// testLostUnderLoad: while some read and some write, the server crashes, comes back, and is stopped and started in order. What was
// acknowledged is there, once; each error came soon; and the service is back as soon as the server is.
func testLostUnderLoad(t *testing.T, server *neo4jtest.Server, c Config) {
	before := runtime.NumGoroutine()
	s, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	l := &load{t: t, store: s, end: make(chan struct{})}
	for i := range 3 {
		l.wait.Go(func() { l.write(i) })
	}
	for range 2 {
		l.wait.Go(l.read)
	}
	l.progress("at first", soon, soon)
	for _, end := range []struct {
		name string
		do   func()
	}{{"a crash", server.Kill}, {"a stop", server.Stop}} {
		failed := l.failed.Load()
		l.lose()
		end.do()
		l.lose() // to stop in order takes time, in which calls may be answered
		time.Sleep(soon)
		if l.failed.Load() == failed {
			t.Errorf("after %s, no call has failed", end.name)
		}
		l.starting.Store(true)
		server.Restart(t)
		began := time.Now()
		l.progress("after "+end.name, soon, 3*soon) // a server that has just started plans a dozen statements for the first batch
		t.Logf("%v after the return from %s, reads and writes are back", time.Since(began).Round(time.Millisecond), end.name)
		l.starting.Store(false)
	}
	close(l.end)
	l.wait.Wait()
	if err := s.Close(); err != nil {
		t.Errorf("Close() = %v, want nil", err)
	}
	eventually(t, soon, "no goroutine left", func() bool { return runtime.NumGoroutine() <= before })

	s, err = Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	values, err := s.query(t.Context(), proof, map[string]any{"hub": string(hub)})
	if err != nil {
		t.Fatal(err)
	}
	proved(t, values, int(l.written.Load())+1)
	t.Logf("%d batches written and %d reads, %d calls failed, the slowest in %v", l.written.Load(), l.reads.Load(), l.failed.Load(), time.Duration(l.slowest.Load()))
}

// load is what some clients do at once.
type load struct {
	t              *testing.T
	store          *Store
	wait           sync.WaitGroup
	end            chan struct{}
	written, reads atomic.Int64 // that were acknowledged, that were answered
	failed         atomic.Int64
	lost           atomic.Int64 // when the server was last ended
	starting       atomic.Bool  // whether it is on its way back: it shows signs of life then, after each of which it may be silent
	slowest        atomic.Int64 // failure while it was gone, since then or since its call, in ns
}

func (l *load) lose() { l.lost.Store(time.Now().UnixNano()) }

// write applies batches of its own one after another, each until it is acknowledged.
func (l *load) write(client int) {
	for i := 0; ; i++ {
		for !l.call("Apply", func(ctx context.Context) error {
			return l.store.Apply(ctx, town(kg.ID(fmt.Sprintf("city:c%d-%d", client, i))))
		}) {
		}
		l.written.Add(1)
		select {
		case <-l.end:
			return
		case <-time.After(20 * time.Millisecond): // lest the graph outgrow the test
		}
	}
}

func (l *load) read() {
	for {
		acknowledged, found := l.written.Load(), 0
		if l.call("Read", func(ctx context.Context) (err error) { found, err = towns(ctx, l.store); return err }) {
			l.reads.Add(1)
			if found < min(int(acknowledged), 1000) {
				l.t.Errorf("a read finds %d towns, after %d were acknowledged", found, acknowledged)
			}
		}
		select {
		case <-l.end:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// call makes a call and says whether it succeeded.
func (l *load) call(name string, do func(context.Context) error) bool {
	began := time.Now()
	err := do(l.t.Context())
	if err == nil {
		return true
	}
	if lost := time.Unix(0, l.lost.Load()); began.Before(lost) {
		began = lost
	}
	took := time.Since(began)
	l.failed.Add(1)
	if kg.CodeOf(err) != kg.Unavailable {
		l.t.Errorf("%s = %v (cause: %v), want %s", name, err, errors.Unwrap(err), kg.Unavailable)
	}
	if !l.starting.Load() {
		for old := l.slowest.Load(); int64(took) > old && !l.slowest.CompareAndSwap(old, int64(took)); old = l.slowest.Load() {
		}
		if took > soon {
			l.t.Errorf("%s took %v to fail, want less than %v", name, took, soon)
		}
	}
	select {
	case <-l.end: // nobody waits for it any more
		return true
	case <-time.After(50 * time.Millisecond):
		return false
	}
}

// progress waits until reads and writes succeed, and then for some more.
func (l *load) progress(when string, readsWithin, writesWithin time.Duration) {
	l.t.Helper()
	written, reads := l.written.Load(), l.reads.Load()
	began := time.Now()
	eventually(l.t, readsWithin, "reads "+when, func() bool { return l.reads.Load() > reads })
	eventually(l.t, writesWithin-time.Since(began), "writes "+when, func() bool { return l.written.Load() > written })
	eventually(l.t, time.Minute, "the work that the test wants done "+when, func() bool { return l.written.Load() >= written+10 })
}
