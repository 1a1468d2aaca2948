// Package telemetry is what the program tells those who watch over it: figures for Prometheus, traces for OpenTelemetry, a log
// that no content can forge.
//
// It knows nothing of what is asked but its shape. No text of a query, no variable, value, name or token goes through it, and
// no label comes from a client: how many series there are is known before the first request.
package telemetry

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// Telemetry takes the figures and traces of one server. It is safe for use by several goroutines.
type Telemetry struct {
	registry *prometheus.Registry
	metrics  *metrics
	caches   *caches

	tracer     trace.Tracer
	propagator propagation.TraceContext
	provider   *sdktrace.TracerProvider // nil where no traces are taken
}

// New makes a telemetry whose traces go to an exporter; with nil none are taken. The exporter is the telemetry's from then on.
// How many are taken, and of how much, is said by the variables that OpenTelemetry names: OTEL_TRACES_SAMPLER, OTEL_BSP_… and
// OTEL_RESOURCE_ATTRIBUTES among them. The log is told of traces that the exporter could not hand over.
func New(exporter sdktrace.SpanExporter, version string, log *slog.Logger) (*Telemetry, error) {
	t := &Telemetry{registry: prometheus.NewRegistry(), metrics: newMetrics(), caches: &caches{}}
	t.registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), collectors.NewBuildInfoCollector(),
		t.metrics, t.caches,
	)
	if exporter == nil {
		t.tracer = noop.NewTracerProvider().Tracer(scope)
		return t, nil
	}
	described, err := describe(version)
	if err != nil {
		return nil, err
	}
	t.provider = sdktrace.NewTracerProvider(sdktrace.WithBatcher(complaining{exporter, log}), sdktrace.WithResource(described))
	t.tracer = t.provider.Tracer(scope, trace.WithInstrumentationVersion(version))
	return t, nil
}

// Off takes figures that nobody reads, and no traces.
func Off() *Telemetry {
	t, err := New(nil, "", nil)
	if err != nil {
		panic(err) // what can fail is the exporter's
	}
	return t
}

// Metrics shows the figures in the formats of Prometheus and OpenMetrics.
func (t *Telemetry) Metrics() http.Handler {
	return promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}

// Close hands over the traces that have not been, and ends the exporter.
func (t *Telemetry) Close(ctx context.Context) error {
	if t.provider == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// complaining tells a log of what it can't export, as nobody else would hear of it.
type complaining struct {
	sdktrace.SpanExporter
	log *slog.Logger
}

// ExportSpans implements sdktrace.SpanExporter.
func (c complaining) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if err := c.SpanExporter.ExportSpans(ctx, spans); err != nil {
		c.log.WarnContext(ctx, "traces were lost", "spans", len(spans), "error", err)
	}
	return nil
}
