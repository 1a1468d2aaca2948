package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/internal/telemetry"
)

// The addresses. Everything else is a 404.
const (
	pathGraphQL    = "/graphql"
	pathExport     = "/export"
	pathGraphiQL   = "/graphiql" // and what is below it
	pathPlayground = "/playground"
	pathSchema     = "/schema.graphql"
	pathHealth     = "/healthz"
	pathReady      = "/readyz"
	pathMetrics    = "/metrics"
)

// readyWithin is how soon the store must answer for the server to be ready.
const readyWithin = 2 * time.Second

// Options is what a server is made of. Schema, Ready and GraphiQL are needed.
type Options struct {
	// Schema answers operations. It reports an error by graphql.AddError, or in
	// the Errors of its Response; either way it is presented before it leaves.
	// A Response without Data says that the operation was refused, and so
	// does an error added to the context of Exec itself.
	Schema graphql.ExecutableSchema
	// SDL is shown at /schema.graphql.
	SDL string
	// Ready says whether the store answers. It heeds its context.
	Ready func(context.Context) error
	// GraphiQL answers /graphiql and below, and may replace the headers of
	// security that are set before it is called.
	GraphiQL http.Handler
	// Log gets a line a request, and what clients are not told. Default: none.
	Log *slog.Logger
	// Telemetry takes the figures, which are shown at /metrics, and traces. It
	// serves one server. Default: figures alone.
	Telemetry *telemetry.Telemetry
	// Slow is the time from which an operation is logged as slow. 0 is never.
	Slow time.Duration
	// Stopping ends when the server is about to stop: it is not ready from then
	// on, and asks those who keep a connection to make another one elsewhere.
	// Default: never.
	Stopping context.Context
	// AllowedOrigins are the origins ("https://maps.example.org") whose pages
	// may use the API from a browser. Default: only the server's own.
	AllowedOrigins []string
	// ThisMachineAlone is for a server on loopback that is meant for nobody else:
	// it answers only under the names of this machine and of AllowedOrigins, so
	// that no page can reach it by a name of its own. Default: under any name.
	ThisMachineAlone bool
	// Tokens says who may ask, once it is given: whoever sends one of them, and
	// with PublicRead also whoever sends none, to read.
	Tokens *Tokens
	// PublicRead lets whoever reaches the server read. Without it and without
	// Tokens whoever reaches it may do everything: that is for this machine alone.
	PublicRead bool
	// TrustedProxies are the addresses or networks of proxies whose
	// X-Forwarded-For counts. Default: none.
	TrustedProxies []string
	// Persisted are documents that are asked for by an id. Default: none.
	Persisted *Persisted
	// Cores is how many operations begin at a time where the store answers in this
	// process, so that each takes a core until it ends. The Go runtime should have
	// more threads than that. Default: nothing bounds them but Limits.
	Cores int
	// Now is the clock. Default: time.Now.
	Now func() time.Time
	// Limits bounds a request, Timeouts the time for it.
	Limits   Limits
	Timeouts Timeouts
}

// New makes the handler of the whole server, to be handed to Serve. It fails if a
// needed part is missing or an origin is not one.
func New(o Options) (http.Handler, error) {
	if o.Schema == nil || o.Ready == nil || o.GraphiQL == nil {
		return nil, errors.New("server: Schema, Ready and GraphiQL are needed")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Telemetry == nil {
		o.Telemetry = telemetry.Off()
	}
	if o.Stopping == nil {
		o.Stopping = context.Background()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Limits = o.Limits.withDefaults()
	o.Timeouts = o.Timeouts.withDefaults()

	mux := http.NewServeMux()
	api := newAPI(o)
	mux.Handle(pathGraphQL, api)
	mux.Handle(pathExport, &exporter{api, o.Timeouts.Write})
	mux.Handle(pathGraphiQL, reads(o.GraphiQL))
	mux.Handle(pathGraphiQL+"/", reads(o.GraphiQL))
	mux.Handle("/{$}", reads(http.HandlerFunc(toGraphiQL)))
	mux.Handle(pathPlayground, reads(http.HandlerFunc(toGraphiQL)))
	mux.Handle(pathSchema, reads(sdl(o.SDL)))
	mux.Handle(pathHealth, reads(http.HandlerFunc(healthy)))
	mux.Handle(pathReady, reads(ready(o.Stopping, o.Ready, o.Log, o.Now)))
	mux.Handle(pathMetrics, reads(o.Telemetry.Metrics()))
	mux.HandleFunc("/", nothing)

	noted := newRefusals(o)
	gate, err := newGate(mux, noted, o)
	if err != nil {
		return nil, err
	}
	checked, err := checkOrigins(gate, o.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	if o.ThisMachineAlone {
		checked = checkHosts(checked, o.AllowedOrigins)
	}
	whole := logged(o.Log, noted, o.Telemetry, checked)
	return leaving(o.Stopping, secured(shed(api.turns, api.turns.none(), noted, o.Telemetry, whole))), nil
}

// leaving ends connections after their next answer once the server is about to
// stop. One that is closed while a request is on its way loses that request.
func leaving(stopping context.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stopping.Err() != nil {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// reads lets GET and HEAD through.
func reads(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			say(w, http.StatusMethodNotAllowed, "This address is only read, by GET or HEAD.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func toGraphiQL(w http.ResponseWriter, r *http.Request) {
	target := pathGraphiQL
	if r.URL.RawQuery != "" { // it may hold a query to show
		target += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, target, http.StatusFound)
}

func sdl(text string) http.Handler {
	sum := sha256.Sum256([]byte(text))
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache") // ask again by ETag
		w.Header().Set("ETag", etag)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(text))
	})
}

func healthy(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "The server is running.") }

// ready asks the store at most once a second, whoever asks how often: the address is open to all.
func ready(stopping context.Context, ask func(context.Context) error, log *slog.Logger, now func() time.Time) http.Handler {
	var mu sync.Mutex
	var asked time.Time
	var last error
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stopping.Err() != nil {
			say(w, http.StatusServiceUnavailable, "The server is about to stop.")
			return
		}
		mu.Lock()
		if now().Sub(asked) >= time.Second {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), readyWithin)
			if last = ask(ctx); last != nil {
				log.WarnContext(ctx, "not ready", "id", requestID(ctx), "error", last)
			}
			cancel()
			asked = now()
		}
		err := last
		mu.Unlock()
		if err != nil {
			w.Header().Set("Retry-After", storeAgain)
			say(w, http.StatusServiceUnavailable, "The store does not answer.")
			return
		}
		say(w, http.StatusOK, "The store answers.")
	})
}

func nothing(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusNotFound, "There is nothing here. Queries go to /graphql, /graphiql is for writing them, /export gives files, /schema.graphql says what can be asked.")
}

// say answers with a sentence.
func say(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, sentence+"\n")
}
