package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/telemetry"
)

// nameBytes is how much of a path or of an operation's name goes into the log.
const nameBytes = 200

// record is what a request tells the access log from inside.
type record struct {
	id     string
	caller string // the name of a token
	calls  telemetry.Calls
	operation
}

type recordKey struct{}

// requestID returns the id of the request that ctx belongs to. The client finds
// the same one in X-Request-Id and in its internal errors. Ids are ours, never
// the client's, so that a log line can't be forged by a header and no two requests
// share one; who wants to follow a request through several programs sends a
// traceparent, whose trace the log names too.
func requestID(ctx context.Context) string {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		return r.id
	}
	return newID()
}

// nameCaller tells the access log whose token a request has.
func nameCaller(ctx context.Context, name string) {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		r.caller = name
	}
}

// noteCode tells the access log why a request is refused.
func noteCode(ctx context.Context, code string) {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		r.code = code
	}
}

func newID() string {
	var id [8]byte
	_, _ = rand.Read(id[:]) // it never fails
	return hex.EncodeToString(id[:])
}

// logged writes one line a request, but for those that are refused since there are
// too many, and turns a panic into a line and a 500. Where an answer has begun
// already it is cut off, so that half of one never looks whole.
func logged(log *slog.Logger, noted *refusals, measured *telemetry.Telemetry, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &record{id: newID(), operation: operation{cost: -1}}
		ctx, end := measured.Request(r, routeOf(r.URL.Path))
		ctx = telemetry.Count(context.WithValue(ctx, recordKey{}, rec), &rec.calls)
		counted := &counter{ResponseWriter: w}
		w.Header().Set("X-Request-Id", rec.id)
		defer func() {
			cause := recover()
			if cause != nil && !aborted(cause) {
				log.ErrorContext(ctx, "panic", "id", rec.id, "cause", cause, "stack", string(debug.Stack()))
				if counted.status == 0 {
					refuseWhere(counted, r, &badRequest{status: http.StatusInternalServerError, code: string(kg.Internal),
						sentence: "Something went wrong here; the log has it as " + rec.id + "."})
					cause = nil
				} else {
					cause = http.ErrAbortHandler
				}
			}
			took := time.Since(start)
			if isRefusal(counted.status, rec.code) {
				noted.note(rec.code)
			} else {
				logRequest(ctx, log, r, rec, counted, took)
			}
			end(counted.status, counted.bytes, took)
			if cause != nil {
				panic(cause)
			}
		}()
		next.ServeHTTP(counted, r.WithContext(ctx))
	})
}

func aborted(cause any) bool {
	err, ok := cause.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}

func logRequest(ctx context.Context, log *slog.Logger, r *http.Request, rec *record, sent *counter, took time.Duration) {
	level := slog.LevelInfo
	switch {
	case sent.status >= http.StatusInternalServerError:
		level = slog.LevelError
	case r.URL.Path == pathHealth || r.URL.Path == pathReady || r.URL.Path == pathMetrics:
		level = slog.LevelDebug // they come every few seconds
	}
	attributes := []slog.Attr{
		slog.String("method", cut(r.Method, nameBytes)), slog.String("path", cut(r.URL.Path, nameBytes)),
		slog.Int("status", sent.status), slog.Int64("bytes", sent.bytes),
		slog.Float64("ms", milliseconds(took)), slog.String("id", rec.id),
	}
	if trace := telemetry.TraceID(ctx); trace != "" {
		attributes = append(attributes, slog.String("trace", trace))
	}
	if rec.caller != "" {
		attributes = append(attributes, slog.String("caller", rec.caller))
	}
	attributes = rec.operation.describe(attributes)
	if n := rec.calls.N(); n > 0 {
		attributes = append(attributes, slog.Int("calls", n), slog.Float64("store_ms", milliseconds(rec.calls.Time())))
	}
	log.LogAttrs(ctx, level, "request", attributes...)
}

// counter remembers what was sent through it.
type counter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// Unwrap lets http.ResponseController reach what is below.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (c *counter) WriteHeader(status int) {
	if c.status == 0 && status >= http.StatusOK { // 1xx may come before the answer
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (c *counter) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	return n, err
}
