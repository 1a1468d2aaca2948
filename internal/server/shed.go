package server

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/telemetry"
)

// shed lets operations come in one by one while as many are inside as may wait for a turn, and refuses those for whom there is no room
// in time. Whoever waits outside costs little: nothing is read of what they send. A refusal takes as little as net/http allows, as it takes
// that from those who are served: nobody is identified, and no line is logged for each. What a page of another origin asks goes the long
// way, which refuses too, but says so to the page as well.
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
		if counted == nil || !turns.full() {
			next.ServeHTTP(w, r)
			return
		}
		if noted.delay(r, &turns.line) {
			leave := sync.OnceFunc(turns.line.leave)
			defer leave() // at the latest, where it is refused for something else
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), seatKey{}, leave)))
			return
		}
		if !turns.full() || r.Header["Origin"] != nil {
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

// refusals are those for who asks too much, or for how many there are.
//
// They are delayed, for as long as Retry-After says at least. Whoever heeds that loses nothing, and whoever asks again at once asks once a
// second by each of their connections, and not a thousand times.
//
// The log is told of the first at once, then once a second how many there were. A line for each would let whoever floods the server
// fill its disk.
type refusals struct {
	delayed share // requests
	pause   time.Duration
	log     *slog.Logger
	now     func() time.Time

	mu   sync.Mutex
	told time.Time
	n    map[string]int // since then, by code
}

func newRefusals(o Options) *refusals {
	return &refusals{
		delayed: share{most: int64(o.Limits.Refusals)}, pause: o.Timeouts.Refusal,
		log: o.Log, now: o.Now, n: map[string]int{},
	}
}

// delay waits before a request is refused, outside of a line, and says whether a place in it has come up meanwhile. In the zero line
// there is none. It does not wait if as many wait as may, nor on when the client has gone.
func (r *refusals) delay(request *http.Request, line *line) bool {
	if !r.delayed.take(1) {
		return false
	}
	defer r.delayed.giveBack(1)
	return line.wait(request.Context(), r.pause)
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
