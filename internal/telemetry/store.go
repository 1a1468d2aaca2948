package telemetry

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/ententegraph/entente/internal/kg"
)

// Calls counts the calls of the store that a request takes, and their time.
type Calls struct{ n, time atomic.Int64 }

// N is how many there were.
func (c *Calls) N() int { return int(c.n.Load()) }

// Time is what they took in all.
func (c *Calls) Time() time.Duration { return time.Duration(c.time.Load()) }

type callsKey struct{}

// Count has the calls counted that are made with the context which it gives.
func Count(ctx context.Context, c *Calls) context.Context {
	return context.WithValue(ctx, callsKey{}, c)
}

// Store has a store's calls measured, and its own figures shown. system is the product that answers, by its name in
// OpenTelemetry's db.system.name.
func (t *Telemetry) Store(s kg.Store, system string) kg.Store {
	t.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: namespace, Name: "store_info", Help: "Which engine keeps the graph; always 1.",
		ConstLabels: prometheus.Labels{"system": system},
	}, func() float64 { return 1 }))
	if m, ok := s.(kg.Measured); ok {
		t.registry.MustRegister(engine{m})
	}
	return &store{s, t, attribute.String("db.system.name", system)}
}

// store measures the calls that questions and imports take. Ping comes from probes, and Records runs as long as somebody reads.
type store struct {
	kg.Store
	telemetry *Telemetry
	system    attribute.KeyValue
}

// Read implements kg.Store.
func (s *store) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	ctx, end := s.begin(ctx, "Read", func() string { return shapeOf(q) })
	page, err := s.Store.Read(ctx, q)
	end(err)
	return page, err
}

// Candidates implements kg.Store.
func (s *store) Candidates(ctx context.Context, search *kg.Search) (*kg.Candidates, error) {
	ctx, end := s.begin(ctx, "Candidates", func() string { return shapeOfKinds(search.Kinds) })
	found, err := s.Store.Candidates(ctx, search)
	end(err)
	return found, err
}

// Expand implements kg.Store.
func (s *store) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	ctx, end := s.begin(ctx, "Expand", func() string { return "" })
	expanded, err := s.Store.Expand(ctx, x)
	end(err)
	return expanded, err
}

// Apply implements kg.Store.
func (s *store) Apply(ctx context.Context, b *kg.Batch) error {
	ctx, end := s.begin(ctx, "Apply", func() string { return "" })
	err := s.Store.Apply(ctx, b)
	end(err)
	return err
}

// begin begins the measuring of a call. shape is asked where a trace is taken.
func (s *store) begin(ctx context.Context, method string, shape func() string) (context.Context, func(error)) {
	start := time.Now()
	ctx, span := s.telemetry.tracer.Start(ctx, method, trace.WithSpanKind(trace.SpanKindClient))
	return ctx, func(err error) {
		took := time.Since(start)
		outcome := outcomeOf(err)
		s.telemetry.metrics.store.WithLabelValues(method, outcome).Observe(took.Seconds())
		if c, ok := ctx.Value(callsKey{}).(*Calls); ok {
			c.n.Add(1)
			c.time.Add(int64(took))
		}
		if span.IsRecording() {
			summary := strings.TrimSpace(method + " " + shape())
			span.SetName(summary)
			span.SetAttributes(s.system, attribute.String("db.operation.name", method), attribute.String("db.query.summary", summary))
			if err != nil { // what it says may hold a value, and is the log's
				span.SetAttributes(attribute.String("error.type", outcome))
				span.SetStatus(codes.Error, outcome)
			}
		}
		span.End()
	}
}

// ok is the outcome of what went well.
const ok = "OK"

// outcomeOf gives the code of an error, of which there are few.
func outcomeOf(err error) string {
	if err == nil {
		return ok
	}
	return string(kg.CodeOf(err))
}

// shapeOf says what a question is about, without anything that it names: the kinds of its nodes, and how they are come by.
func shapeOf(q *kg.Query) string {
	switch {
	case q.Walk != nil:
		_, name, _ := strings.Cut(fmt.Sprintf("%T", q.Walk), ".")
		return name
	case q.IDs != nil:
		return "by id"
	}
	return shapeOfKinds(q.Kinds)
}

// shapeOfKinds names a kind or two, or what they have in common.
func shapeOfKinds(kinds kg.KindSet) string {
	switch list := kinds.Kinds(); {
	case len(list) == 0:
		return "anything"
	case len(list) <= 2:
		return kinds.String()
	case kinds&^kg.Entities == 0:
		return "entities"
	case kinds&^kg.Facts == 0:
		return "facts"
	}
	return "nodes"
}
