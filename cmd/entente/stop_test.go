package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A server that is told to stop under load first says that it is not ready, and goes on; then it takes no more connections,
// and whoever has been heard gets a whole answer. What was heard, the log says: it has a line for each request.
func TestStopUnderLoadLosesNothing(t *testing.T) {
	server := start(t, nil, "--drain", "1s")
	body, err := json.Marshal(question{Query: `{ cities(first: 100) { nodes { name partners(first: 50) { edges { node { name } } } } } }`})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	whole := map[string]bool{} // by id, whether the answer came to its end
	got := func(id string, all bool) {
		mu.Lock()
		defer mu.Unlock()
		whole[id] = all
	}
	var answered, beforeStop, told atomic.Int64
	var clients sync.WaitGroup
	for i := range 16 {
		clients.Go(func() {
			transport := &http.Transport{DisableKeepAlives: i%2 == 0}
			defer transport.CloseIdleConnections()
			client := http.Client{Transport: transport, Timeout: stopWithin}
			for {
				response, err := client.Post(server.base+"/graphql", "application/json", strings.NewReader(string(body)))
				if err != nil {
					if told.Load() != 0 {
						return // it takes no connections any more
					}
					t.Errorf("before it was told to stop: %v", err)
					return
				}
				text, err := io.ReadAll(response.Body)
				response.Body.Close()
				got(response.Header.Get("X-Request-Id"), err == nil && json.Valid(text) && response.StatusCode == http.StatusOK)
				answered.Add(1)
			}
		})
	}
	for answered.Load() < 100 {
		time.Sleep(time.Millisecond)
	}
	beforeStop.Store(answered.Load())
	told.Store(1)
	if err := server.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	notReady := false
	for {
		response, err := http.Get(server.base + "/readyz")
		if err != nil {
			break // the listener has gone
		}
		if text := readBody(t, response); response.StatusCode == http.StatusServiceUnavailable {
			notReady = true
			if response.Header.Get("Connection") != "close" && !response.Close {
				t.Errorf("not ready, but it keeps the connection: %s", text)
			}
		} else if notReady {
			t.Error("it was not ready, and is again")
		}
	}
	if !notReady {
		t.Error("it took no more connections before it said that it was not ready")
	}
	if code := server.waitEnd(); code != 0 {
		t.Errorf("exit code %d, want 0\n%s", code, server.stderr)
	}
	clients.Wait()
	if answered.Load() == beforeStop.Load() {
		t.Error("nothing was answered after it was told to stop")
	}
	for _, line := range linesOf(t, server.stderr.String(), "request") {
		if id := line["id"].(string); line["path"] == "/graphql" && !whole[id] {
			t.Errorf("the request %s was heard, and its client got no whole answer: %v", id, line)
		}
	}
}
