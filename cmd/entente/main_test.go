package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// binary is the program as `make build` makes it, built once for all tests that meet it as users do.
var binary string

func TestMain(m *testing.M) { goleak.VerifyTestMain(withProgram{m}) }

// withProgram is tests that have the binary, and clear up behind them.
type withProgram struct{ tests *testing.M }

func (w withProgram) Run() int {
	dir, err := os.MkdirTemp("", "entente-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "entente")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, out)
		return 1
	}
	defer neo4jtest.Stop()
	return w.tests.Run()
}

// result is what a call of the program came to.
type result struct {
	code           int
	stdout, stderr string
}

// call runs the program in this process, with nothing in its environment.
func call(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	return callIn(t.Context(), nil, stdin, args...)
}

func callIn(ctx context.Context, env map[string]string, stdin string, args ...string) result {
	var stdout, stderr bytes.Buffer
	code := run(ctx, args, func(name string) string { return env[name] }, strings.NewReader(stdin), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

func (r result) check(t *testing.T, code int, parts ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d", r.code, code)
	}
	for _, part := range parts {
		if !strings.Contains(r.stdout+r.stderr, part) {
			t.Errorf("nothing said %q", part)
		}
	}
	if t.Failed() {
		t.Logf("stdout:\n%s\nstderr:\n%s", r.stdout, r.stderr)
	}
}

const (
	readyWithin = 2 * time.Minute // on a machine that is busy with other tests, with a Neo4j that has never made an index
	stopWithin  = 20 * time.Second
)

// process is the real program, serving.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	base   string        // http://127.0.0.1:PORT
	ready  time.Duration // from the start until it said that it is
	stdout string        // up to there
	stderr *output
	ended  chan struct{} // closed when the program has ended
}

// start runs `entente serve` on a free port until the test ends, and waits until it is ready.
func start(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	cmd := exec.Command(binary, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Env = append([]string{"HOME=" + t.TempDir()}, env...)
	return startCommand(t, cmd)
}

// startCommand is start for a command that serves.
func startCommand(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{t: t, cmd: cmd, stderr: &output{}, ended: make(chan struct{})}
	p.cmd.Stderr = p.stderr
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // it may have ended
		<-p.ended
	})
	ready := make(chan struct{})
	go func() {
		defer close(p.ended)
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			p.stdout += lines.Text() + "\n"
			if _, url, found := strings.Cut(lines.Text(), "GraphQL   "); found {
				p.base = strings.TrimSuffix(url, "/graphql")
			}
			if strings.HasPrefix(lines.Text(), "Ready") {
				p.ready = time.Since(began)
				close(ready)
				break
			}
		}
		_ = p.cmd.Wait() // the exit code is in its state
	}()
	select {
	case <-ready:
	case <-p.ended:
		t.Fatalf("the server ended before it was ready: %v\n%s", p.cmd.ProcessState, p.stderr)
	case <-time.After(readyWithin):
		t.Fatalf("the server was not ready within %v\n%s", readyWithin, p.stderr)
	}
	return p
}

// stop tells the program to end and gives its exit code.
func (p *process) stop() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		p.t.Fatal(err)
	}
	return p.waitEnd()
}

// waitEnd waits for the end of the program and gives its exit code.
func (p *process) waitEnd() int {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(stopWithin):
		p.t.Fatalf("the server did not end within %v\n%s", stopWithin, p.stderr)
		return -1
	}
}

// output is what a program has written so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(part []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(part)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
