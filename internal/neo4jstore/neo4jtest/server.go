// Package neo4jtest starts a real Neo4j for tests: a Community server from its Maven artifact, on a free loopback port, in a
// directory of its own.
//
// A test binary has one server for all of its tests, started by the first that asks for it, and stopped by [Main]. What the
// tests of faults do to a server, they do to one of their own, see [Start], or to the wire, see [Proxy]. The package knows
// nothing of Entente.
package neo4jtest

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Options say how a server differs from the shared one.
type Options struct {
	// Password makes the server ask who one is: the user neo4j with this password, of 8 characters at least.
	Password string
	// HeapMB and PageCacheMB are how much memory it has; 1024 and 256 if they are 0.
	HeapMB, PageCacheMB int
	// Settings are further lines of neo4j.conf.
	Settings []string
}

// Server is a Neo4j of a test's own.
type Server struct {
	URI string // bolt://127.0.0.1:port

	options  Options
	dir      string
	port     int
	password string // that it has by now
	mu       sync.Mutex
	cmd      *exec.Cmd
	done     chan struct{} // closed when the process has ended
}

// startWithin bounds how long a server may take to answer. It takes 7 to 30 s, and longer where much else is going on.
const startWithin = 3 * time.Minute

// launch makes a directory and starts a server in it.
func launch(o Options) (*Server, error) {
	dir, err := os.MkdirTemp("", "entente-neo4j-")
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, dir: dir}
	if s.port, err = freePort(); err == nil {
		s.URI = fmt.Sprintf("bolt://127.0.0.1:%d", s.port)
		if err = s.start(); err == nil && o.Password != "" {
			err = s.setPassword(o.Password)
		}
	}
	if err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (s *Server) configure() error {
	for _, d := range []string{"conf", "data", "logs"} {
		if err := os.MkdirAll(filepath.Join(s.dir, d), 0o755); err != nil {
			return err
		}
	}
	settings := append([]string{
		"server.default_listen_address=127.0.0.1",
		fmt.Sprintf("server.bolt.listen_address=127.0.0.1:%d", s.port),
		"server.http.enabled=false",
		"server.https.enabled=false",
		fmt.Sprintf("dbms.security.auth_enabled=%t", s.options.Password != ""),
		"dbms.usage_report.enabled=false",
		fmt.Sprintf("server.memory.pagecache.size=%dm", cmp.Or(s.options.PageCacheMB, 256)),
		"db.tx_log.rotation.retention_policy=keep_none",
		"db.checkpoint.interval.time=1h",
	}, s.options.Settings...)
	return os.WriteFile(filepath.Join(s.dir, "conf", "neo4j.conf"), []byte(strings.Join(settings, "\n")+"\n"), 0o644)
}

// start starts the process and waits until it answers.
func (s *Server) start() error {
	java, err := java()
	if err != nil {
		return err
	}
	jars, err := Jars()
	if err != nil {
		return err
	}
	if err := s.configure(); err != nil {
		return err
	}
	args := []string{"-Xms256m", fmt.Sprintf("-Xmx%dm", cmp.Or(s.options.HeapMB, 1024)), "-XX:+UseParallelGC"}
	if !benchmarks() {
		// Tests ask nearly everything once. Compiling any of it well takes longer than it saves: a sixth of all that tests take.
		args = append(args, "-XX:TieredStopAtLevel=1")
	}
	for _, pkg := range []string{"java.nio", "java.io", "sun.nio.ch", "java.util.concurrent"} {
		args = append(args, "--add-opens=java.base/"+pkg+"=ALL-UNNAMED")
	}
	args = append(args, "-cp", filepath.Join(jars, "*"), "org.neo4j.server.CommunityEntryPoint", "--home-dir="+s.dir, "--config-dir="+filepath.Join(s.dir, "conf"))
	cmd := exec.Command(java, args...)
	log, err := os.Create(filepath.Join(s.dir, "logs", "out.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	done := make(chan struct{})
	if err := run(cmd, done); err != nil {
		return err
	}
	s.mu.Lock()
	s.cmd, s.done = cmd, done
	s.mu.Unlock()
	if err := s.await(done); err != nil {
		s.Kill()
		return fmt.Errorf("%w\n%s", err, s.log())
	}
	return nil
}

// benchmarks says whether something is measured.
func benchmarks() bool {
	f := flag.Lookup("test.bench")
	return f != nil && f.Value.String() != ""
}

// await waits until the server answers a query.
func (s *Server) await(done chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	for {
		_, err := s.ask(ctx, "system", "SHOW DEFAULT DATABASE YIELD currentStatus WHERE currentStatus = 'online' RETURN 1")
		var said *neo4j.Neo4jError
		if err == nil || errors.As(err, &said) && said.Code == "Neo.ClientError.Security.CredentialsExpired" {
			return nil
		}
		select {
		case <-done:
			return fmt.Errorf("Neo4j ended before it answered")
		case <-ctx.Done():
			return fmt.Errorf("Neo4j did not answer within %v: %w", startWithin, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// ask runs one statement as the server's user.
func (s *Server) ask(ctx context.Context, database, cypher string) (*neo4j.EagerResult, error) {
	auth := neo4j.NoAuth()
	if s.options.Password != "" {
		auth = neo4j.BasicAuth("neo4j", cmp.Or(s.password, firstPassword), "")
	}
	driver, err := neo4j.NewDriverWithContext(s.URI, auth)
	if err != nil {
		return nil, err
	}
	defer driver.Close(ctx)
	return neo4j.ExecuteQuery(ctx, driver, cypher, nil, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase(database))
}

// firstPassword is that of a new server, which does nothing until it is changed.
const firstPassword = "neo4j"

func (s *Server) setPassword(to string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := s.ask(ctx, "system", fmt.Sprintf("ALTER CURRENT USER SET PASSWORD FROM '%s' TO '%s'", firstPassword, to)); err != nil {
		return fmt.Errorf("setting the password: %w", err)
	}
	s.password = to
	return nil
}

// log gives the end of what the server has said.
func (s *Server) log() string {
	text, _ := os.ReadFile(filepath.Join(s.dir, "logs", "out.log"))
	return string(text[max(0, len(text)-2000):])
}

// Kill ends the process at once, as a crash does.
func (s *Server) Kill() { s.end(os.Kill) }

// Stop ends the process in order.
func (s *Server) Stop() { s.end(os.Interrupt) }

func (s *Server) end(sig os.Signal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd == nil {
		return
	}
	s.cmd.Process.Signal(sig)
	select {
	case <-s.done:
	case <-time.After(30 * time.Second):
		s.cmd.Process.Kill()
		<-s.done
	}
	s.cmd = nil
}

// Restart starts a server again that was ended, on its port and with its data, and gives it further settings.
func (s *Server) Restart(t testing.TB, settings ...string) {
	t.Helper()
	s.options.Settings = append(s.options.Settings, settings...)
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) remove() {
	s.Kill()
	os.RemoveAll(s.dir)
}
