package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/ententegraph/entente/internal/demo"
)

// A server that has ended leaves nothing running: neither what answered, nor what watched over the store, sent traces or
// listened for pprof.
func TestServeLeavesNothingRunning(t *testing.T) {
	receiver := newReceiver(t)
	before := goleak.IgnoreCurrent()
	env := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.URL, "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"}
	out, stdout := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var stderr output
	ended := make(chan int)
	go func() {
		args := []string{"serve", "--listen", "127.0.0.1:0", "--debug-listen", "127.0.0.1:0", "--store", filepath.Join(t.TempDir(), "a.entente")}
		code := run(ctx, args, func(name string) string { return env[name] }, strings.NewReader(""), stdout, &stderr)
		stdout.Close()
		ended <- code
	}()
	said := bufio.NewScanner(out)
	base := ""
	for said.Scan() && !strings.HasPrefix(said.Text(), "Ready") {
		if _, url, found := strings.Cut(said.Text(), "GraphQL   "); found {
			base = strings.TrimSuffix(url, "/graphql")
		}
	}
	if base == "" {
		t.Fatalf("it does not serve:\n%s", &stderr)
	}
	for _, q := range demo.Questions() {
		readBody(t, post(t, base, q.Query))
	}
	http.DefaultClient.CloseIdleConnections()
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d\n%s", code, &stderr)
	}
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
}
