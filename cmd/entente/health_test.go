package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A container has no shell to ask with: the program asks itself.
func TestHealth(t *testing.T) {
	server := start(t, nil, "--public-read")
	listens := strings.TrimPrefix(server.base, "http://")
	call(t, "", "health", "--listen", listens).check(t, 0, "The store answers.")
	everywhere := map[string]string{"ENTENTE_LISTEN": "0.0.0.0" + listens[strings.LastIndex(listens, ":"):]}
	callIn(t.Context(), everywhere, "", "health").check(t, 0, "The store answers.")
	server.stop()
	call(t, "", "health", "--listen", listens).check(t, 1, "no server answers on "+listens)
	call(t, "", "health", "--listen", "8080").check(t, 1, `can't listen on "8080": write an address and a port`)

	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "The store does not answer.\x1b[2J", http.StatusServiceUnavailable)
	}))
	defer away.Close()
	r := call(t, "", "health", "--listen", strings.TrimPrefix(away.URL, "http://"))
	r.check(t, 1, "not ready: 503 The store does not answer.")
	if strings.Contains(r.stderr, "\x1b") {
		t.Errorf("a terminal would obey %q", r.stderr)
	}
}

func TestLoopback(t *testing.T) {
	for listens, want := range map[string]string{
		":8080": "127.0.0.1:8080", "0.0.0.0:8080": "127.0.0.1:8080", "[::]:8080": "[::1]:8080", "127.0.0.2:80": "127.0.0.2:80", "[::1]:80": "[::1]:80",
	} {
		address, err := net.ResolveTCPAddr("tcp", listens)
		if err != nil {
			t.Fatal(err)
		}
		if got := loopback(address).String(); got != want {
			t.Errorf("who listens on %s is reached at %s, want %s", listens, got, want)
		}
	}
}
