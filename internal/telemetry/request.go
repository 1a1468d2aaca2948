package telemetry

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Request begins the measuring of a request on a route, which is one of few. What is done for it is done with the context that
// Request gives, in the trace that the request's traceparent names, if it does. end is told what was sent.
func (t *Telemetry) Request(r *http.Request, route string) (ctx context.Context, end func(status int, bytes int64, took time.Duration)) {
	ctx = t.propagator.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	method := methodOf(r.Method)
	ctx, span := t.tracer.Start(ctx, method+" "+route, trace.WithSpanKind(trace.SpanKindServer))
	t.metrics.inFlight.Inc()
	return ctx, func(status int, bytes int64, took time.Duration) {
		t.metrics.inFlight.Dec()
		t.metrics.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
		t.metrics.duration.WithLabelValues(route).Observe(took.Seconds())
		t.metrics.sent.WithLabelValues(route).Add(float64(bytes))
		if span.IsRecording() {
			span.SetAttributes(
				attribute.String("http.request.method", method), attribute.String("http.route", route),
				attribute.Int("http.response.status_code", status), attribute.Int64("http.response.body.size", bytes),
			)
			if status >= http.StatusInternalServerError {
				span.SetAttributes(attribute.String("error.type", strconv.Itoa(status)))
				span.SetStatus(codes.Error, "")
			}
		}
		span.End()
	}
}

// Refused gives what counts requests on a route that are refused before anything else is measured of them, and how long their answers
// are. They have no trace, and no time.
func (t *Telemetry) Refused(route string, status int, code string) func(bytes int) {
	requests := t.metrics.requests.WithLabelValues(route, strconv.Itoa(status))
	operations := t.metrics.operations.WithLabelValues("none", code)
	sent := t.metrics.sent.WithLabelValues(route)
	return func(bytes int) {
		requests.Inc()
		operations.Inc()
		sent.Add(float64(bytes))
	}
}

// RefusedOperation counts an operation that is refused, for a reason, before it is known which it is.
func (t *Telemetry) RefusedOperation(code string) {
	t.metrics.operations.WithLabelValues("none", code).Inc()
}

// methodOf gives a method, if it is one that there is; another may be any word.
func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "_OTHER" // as OpenTelemetry has it
}

// TraceID is the id of the trace that a context belongs to, "" for none.
func TraceID(ctx context.Context) string {
	if c := trace.SpanContextFromContext(ctx); c.HasTraceID() {
		return c.TraceID().String()
	}
	return ""
}

// Operation is what became of a GraphQL request. Its texts come from few: but for Name, which no figure is kept by.
type Operation struct {
	Type string // query, mutation, subscription, or "" where it was not come to
	Name string // as the client calls it, for traces; "" for none
	Code string // of the first error, "" for none
	Cost int    // in nodes, -1 where it is not known
	Slow bool
}

// Operation begins the measuring of a GraphQL operation within a request. end is told what became of it.
func (t *Telemetry) Operation(ctx context.Context) (_ context.Context, end func(Operation)) {
	ctx, span := t.tracer.Start(ctx, "GraphQL Operation")
	return ctx, func(o Operation) {
		kind, code := o.Type, o.Code
		if kind == "" {
			kind = "none"
		}
		if code == "" {
			code = ok
		}
		t.metrics.operations.WithLabelValues(kind, code).Inc()
		if o.Cost >= 0 {
			t.metrics.cost.Observe(float64(o.Cost))
		}
		if c, ok := ctx.Value(callsKey{}).(*Calls); ok && o.Type != "" {
			t.metrics.calls.Observe(float64(c.N()))
		}
		if o.Slow {
			t.metrics.slow.Inc()
		}
		if span.IsRecording() {
			if o.Type != "" {
				span.SetName(o.Type)
				span.SetAttributes(attribute.String("graphql.operation.type", o.Type))
			}
			if o.Name != "" {
				span.SetAttributes(attribute.String("graphql.operation.name", o.Name))
			}
			if o.Code != "" {
				span.SetAttributes(attribute.String("error.type", o.Code))
				span.SetStatus(codes.Error, o.Code)
			}
		}
		span.End()
	}
}
