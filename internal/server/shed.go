package server

import (
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/telemetry"
)

// shed refuses operations before anything is done for them while nobody may even wait. What is served then is what the refusals leave
// of the machine, so they take as little of it as net/http allows: no body is read by us, nobody is identified, and no line is logged for
// each. What a browser asks goes the long way, which refuses too, but says so to pages of other origins as well.
func shed(turns *turns, refusal *badRequest, noted *refusals, measured *telemetry.Telemetry, next http.Handler) http.Handler {
	answers := map[string]*readyMade{}
	for _, mediaType := range []string{typeJSON, typeResponse} {
		answers[mediaType] = newReadyMade(refusal, mediaType)
	}
	count := map[string]func(bytes int){}
	for _, path := range []string{pathGraphQL, pathExport} {
		count[path] = measured.Refused(routeOf(path), refusal.status, refusal.code)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := count[r.URL.Path]
		if counted == nil || !turns.full() || r.Header["Origin"] != nil {
			next.ServeHTTP(w, r)
			return
		}
		answer := answers[negotiate(r.Header.Get("Accept"))]
		answer.write(w)
		counted(len(answer.body))
		noted.note(refusal.code)
	})
}

// readyMade is an answer that is always the same.
type readyMade struct {
	status int
	header http.Header
	body   []byte
}

// newReadyMade writes a refusal down.
func newReadyMade(refusal *badRequest, mediaType string) *readyMade {
	w := &readyMade{header: http.Header{}}
	refuseAsJSON(w, mediaType, refusal)
	return w
}

// Header implements http.ResponseWriter, as the next two do.
func (m *readyMade) Header() http.Header { return m.header }

func (m *readyMade) WriteHeader(status int) { m.status = status }

func (m *readyMade) Write(b []byte) (int, error) {
	m.body = append(m.body, b...)
	return len(b), nil
}

func (m *readyMade) write(w http.ResponseWriter) {
	header := w.Header()
	for name, values := range m.header {
		header[name] = values // which nobody changes: who adds to it makes another
	}
	w.WriteHeader(m.status)
	_, _ = w.Write(m.body)
}

// refusals tells the log of requests that are refused since there are too many: the first at once, then once a second how many there
// were. A line for each would let whoever floods the server fill its disk.
type refusals struct {
	log *slog.Logger
	now func() time.Time

	mu   sync.Mutex
	told time.Time
	n    map[string]int // since then, by code
}

func newRefusals(log *slog.Logger, now func() time.Time) *refusals {
	return &refusals{log: log, now: now, n: map[string]int{}}
}

func (r *refusals) note(code string) {
	now := r.now()
	r.mu.Lock()
	r.n[code]++
	if now.Sub(r.told) < time.Second {
		r.mu.Unlock()
		return
	}
	n := r.n
	r.told, r.n = now, map[string]int{}
	r.mu.Unlock()
	for code, n := range n {
		r.log.Warn("refused", "requests", n, "code", code)
	}
}

// isRefusal says whether an answer is one of those that are told in numbers.
func isRefusal(status int, code string) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable && code == codeOverloaded
}
