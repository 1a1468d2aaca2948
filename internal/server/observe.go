package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/telemetry"
)

// operation is what is told of a GraphQL request: never its text, and no more of
// its arguments than how many nodes they ask for.
type operation struct {
	kind ast.Operation // "" where it was not come to
	name string        // "" for none
	code string        // of the answer's first error, "" for none
	cost int           // in nodes, -1 where it is not known
}

// describe adds what is known to a line of the log.
func (o operation) describe(line []slog.Attr) []slog.Attr {
	if o.kind != "" {
		line = append(line, slog.String("type", string(o.kind)))
	}
	if o.name != "" {
		line = append(line, slog.String("operation", o.name))
	}
	if o.cost >= 0 {
		line = append(line, slog.Int("cost", o.cost))
	}
	if o.code != "" {
		line = append(line, slog.String("code", o.code))
	}
	return line
}

// noteOperation tells whoever watches which operation a request runs.
func noteOperation(ctx context.Context, o *ast.OperationDefinition) {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		r.kind, r.name = o.Operation, cut(o.Name, nameBytes)
	}
}

// observe begins the measuring of a GraphQL request. end is told its text, which
// goes no further than into a hash, and how it was answered. An operation that
// took longer than it should has a line of its own in the log: by its name, and as
// that is the client's choice, by the hash of its document.
func (a *api) observe(ctx context.Context) (_ context.Context, end func(text string, response *graphql.Response)) {
	start := time.Now()
	ctx, measured := a.telemetry.Operation(ctx)
	return ctx, func(text string, response *graphql.Response) {
		r, ok := ctx.Value(recordKey{}).(*record)
		if !ok {
			r = &record{operation: operation{cost: -1}}
		}
		if cost, ok := response.Extensions["cost"].(kg.Cost); ok {
			r.cost = cost.Requested
		}
		if len(response.Errors) > 0 {
			r.code, _ = response.Errors[0].Extensions["code"].(string)
		}
		took := time.Since(start)
		slow := a.slow > 0 && took >= a.slow
		measured(telemetry.Operation{Type: string(r.kind), Name: r.name, Code: r.code, Cost: r.cost, Slow: slow})
		if slow {
			sum := sha256.Sum256([]byte(text))
			line := []slog.Attr{slog.Float64("ms", milliseconds(took)), slog.String("id", r.id), slog.String("document", hex.EncodeToString(sum[:]))}
			line = append(r.describe(line), slog.Int("calls", r.calls.N()), slog.Float64("store_ms", milliseconds(r.calls.Time())))
			a.presenter.log.LogAttrs(ctx, slog.LevelWarn, "slow operation", line...)
		}
	}
}

// routeOf is the address that a path belongs to, one of few.
func routeOf(path string) string {
	switch path {
	case "/", pathGraphQL, pathExport, pathGraphiQL, pathPlayground, pathSchema, pathHealth, pathReady, pathMetrics:
		return path
	}
	if strings.HasPrefix(path, pathGraphiQL+"/") {
		return pathGraphiQL
	}
	return "other"
}

// milliseconds gives a time as logs have it, to the microsecond.
func milliseconds(d time.Duration) float64 {
	return float64(d.Microseconds()) / 1000
}
