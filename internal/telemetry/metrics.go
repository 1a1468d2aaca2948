package telemetry

import (
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/recent"
)

const namespace = "entente"

// metrics are the figures of requests and of what they ask of the store.
type metrics struct {
	requests   *prometheus.CounterVec   // route, status
	duration   *prometheus.HistogramVec // route
	sent       *prometheus.CounterVec   // route
	inFlight   prometheus.Gauge
	operations *prometheus.CounterVec // type, code
	cost       prometheus.Histogram
	calls      prometheus.Histogram
	slow       prometheus.Counter
	store      *prometheus.HistogramVec // method, outcome
}

// The bounds of the histograms. A question that memory answers takes a tenth of a millisecond, and no operation more than
// the ten seconds that it is given.
var (
	secondsBuckets = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	costBuckets    = []float64{0, 10, 30, 100, 300, 1_000, 3_000, 10_000}
	callsBuckets   = []float64{0, 1, 2, 3, 5, 10, 20, 50}
)

func newMetrics() *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
	}
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, labels)
	}
	alone := func(name, help string, buckets []float64) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets})
	}
	return &metrics{
		requests: counter("http_requests_total", "Requests that were answered, by route and status.", "route", "status"),
		duration: histogram("http_request_duration_seconds", "Time from a request's header to the end of its answer.", secondsBuckets, "route"),
		sent:     counter("http_response_bytes_total", "Bytes of answers, without their headers.", "route"),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: "http_requests_in_flight",
			Help: "Requests that are being answered."}),
		operations: counter("graphql_operations_total",
			"GraphQL requests by type of operation and by the code of the answer's first error; OK without one.", "type", "code"),
		cost:  alone("graphql_operation_cost_nodes", "Nodes that an operation may bring by its page sizes.", costBuckets),
		calls: alone("graphql_operation_store_calls", "Calls of the store that an operation took.", callsBuckets),
		slow: prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: "graphql_slow_operations_total",
			Help: "Operations that took longer than --slow says, each of which has a line in the log."}),
		store: histogram("store_call_duration_seconds", "Time of a call of the store, by method and by the code of its error; OK without one.",
			secondsBuckets, "method", "outcome"),
	}
}

func (m *metrics) each(do func(prometheus.Collector)) {
	for _, c := range []prometheus.Collector{m.requests, m.duration, m.sent, m.inFlight, m.operations, m.cost, m.calls, m.slow, m.store} {
		do(c)
	}
}

// Describe implements prometheus.Collector.
func (m *metrics) Describe(to chan<- *prometheus.Desc) {
	m.each(func(c prometheus.Collector) { c.Describe(to) })
}

// Collect implements prometheus.Collector.
func (m *metrics) Collect(to chan<- prometheus.Metric) {
	m.each(func(c prometheus.Collector) { c.Collect(to) })
}

// caches are the figures of what is kept in memory because it may be asked again.
type caches struct {
	mu    sync.Mutex
	names []string
	stats []func() recent.Stats
}

// Cache adds the figures of a cache under a name.
func (t *Telemetry) Cache(name string, stats func() recent.Stats) {
	t.caches.mu.Lock()
	defer t.caches.mu.Unlock()
	t.caches.names, t.caches.stats = append(t.caches.names, name), append(t.caches.stats, stats)
}

var (
	cacheHits   = prometheus.NewDesc(namespace+"_cache_hits_total", "How often a cache had what was asked for.", []string{"cache"}, nil)
	cacheMisses = prometheus.NewDesc(namespace+"_cache_misses_total", "How often a cache did not have what was asked for.", []string{"cache"}, nil)
	cacheSize   = prometheus.NewDesc(namespace+"_cache_bytes", "About how many bytes a cache keeps; of documents, of their texts.", []string{"cache"}, nil)
)

// Describe implements prometheus.Collector.
func (c *caches) Describe(to chan<- *prometheus.Desc) {
	to <- cacheHits
	to <- cacheMisses
	to <- cacheSize
}

// Collect implements prometheus.Collector.
func (c *caches) Collect(to chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, name := range c.names {
		s := c.stats[i]()
		to <- prometheus.MustNewConstMetric(cacheHits, prometheus.CounterValue, float64(s.Hits), name)
		to <- prometheus.MustNewConstMetric(cacheMisses, prometheus.CounterValue, float64(s.Misses), name)
		to <- prometheus.MustNewConstMetric(cacheSize, prometheus.GaugeValue, float64(s.Size), name)
	}
}

// engine shows what a store measures of itself.
type engine struct{ store kg.Measured }

// Describe implements prometheus.Collector.
func (e engine) Describe(to chan<- *prometheus.Desc) {
	for _, m := range e.store.Measures() {
		to <- described(m)
	}
}

// Collect implements prometheus.Collector.
func (e engine) Collect(to chan<- prometheus.Metric) {
	for _, m := range e.store.Measures() {
		kind := prometheus.GaugeValue
		if strings.HasSuffix(m.Name, "_total") {
			kind = prometheus.CounterValue
		}
		to <- prometheus.MustNewConstMetric(described(m), kind, m.Value)
	}
}

func described(m kg.Measure) *prometheus.Desc {
	return prometheus.NewDesc(namespace+"_"+m.Name, m.Help, nil, nil)
}
