// Package neo4jtest starts a real Neo4j for tests: a Community server from its Maven artifact, on a free loopback port, in a
// directory of its own.
//
// A test binary has one server for all of its tests, started by the first that asks for it, and stopped by [Main]. What the
// tests of faults do to a server, they do to one of their own, see [Start]. The package knows nothing of Entente.
package neo4jtest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Server is a Neo4j of a test's own.
type Server struct {
	URI  string // bolt://127.0.0.1:port
	dir  string
	port int
	mu   sync.Mutex
	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended
}

// startWithin bounds how long a server may take to answer. It takes 7 to 30 s, and longer where much else is going on.
const startWithin = 3 * time.Minute

// launch makes a directory and starts a server in it.
func launch() (*Server, error) {
	dir, err := os.MkdirTemp("", "entente-neo4j-")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir}
	if s.port, err = freePort(); err == nil {
		s.URI = fmt.Sprintf("bolt://127.0.0.1:%d", s.port)
		if err = s.configure(); err == nil {
			err = s.start()
		}
	}
	if err != nil {
		os.RemoveAll(dir)
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
		if err := os.Mkdir(filepath.Join(s.dir, d), 0o755); err != nil {
			return err
		}
	}
	settings := fmt.Sprintf(`server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:%d
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
db.tx_log.rotation.retention_policy=keep_none
db.checkpoint.interval.time=1h
`, s.port)
	return os.WriteFile(filepath.Join(s.dir, "conf", "neo4j.conf"), []byte(settings), 0o644)
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
	args := []string{"-Xms512m", "-Xmx1g", "-XX:+UseParallelGC"}
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
	endWithParent(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	s.mu.Lock()
	s.cmd, s.done = cmd, make(chan struct{})
	done := s.done
	s.mu.Unlock()
	go func() {
		cmd.Wait()
		close(done)
	}()
	if err := s.await(done); err != nil {
		s.Kill()
		return fmt.Errorf("%w\n%s", err, s.log())
	}
	return nil
}

// await waits until the server answers a query.
func (s *Server) await(done chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	driver, err := neo4j.NewDriverWithContext(s.URI, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	for {
		if _, err = neo4j.ExecuteQuery(ctx, driver, "RETURN 1", nil, neo4j.EagerResultTransformer); err == nil {
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

// Restart starts a server again that was ended, on its port and with its data.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) remove() {
	s.Kill()
	os.RemoveAll(s.dir)
}
