package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	commonpb "go.opentelemetry.io/proto/otlp/common/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// askAs sends an operation with headers, which come in pairs.
func askAs(t *testing.T, base string, q question, headers ...string) (http.Header, string) {
	t.Helper()
	body, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	return response.Header, readBody(t, response)
}

// scrape reads the figures of a server as Prometheus does, and holds them to its conventions.
func scrape(t *testing.T, base string) map[string]*dto.MetricFamily {
	t.Helper()
	response, err := http.Get(base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	text := readBody(t, response)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("/metrics: %d\n%s", response.StatusCode, text)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatalf("/metrics: %v", err)
	}
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Errorf("%s: %s", problem.Metric, problem.Text)
	}
	return families
}

// valueOf adds up what a family says under some labels: of a histogram, how many there were. -1 is none.
func valueOf(families map[string]*dto.MetricFamily, name string, labels ...string) float64 {
	sum := -1.0
metrics:
	for _, m := range families[name].GetMetric() {
		for _, wanted := range labels {
			found := false
			for _, l := range m.GetLabel() {
				found = found || l.GetName()+"="+l.GetValue() == wanted
			}
			if !found {
				continue metrics
			}
		}
		sum = max(sum, 0) + m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
	}
	return sum
}

func countSeries(families map[string]*dto.MetricFamily) (n int) {
	for name, f := range families {
		if strings.HasPrefix(name, "entente_") {
			n += len(f.GetMetric())
		}
	}
	return n
}

func TestServeShowsFigures(t *testing.T) {
	server := start(t, []string{"ENTENTE_STORE=" + t.TempDir() + "/graph.entente"})
	before := scrape(t, server.base)
	ask := func(q string) { askAs(t, server.base, question{Query: q}) }
	ask(`{ cities(first: 2) { nodes { name } } }`)
	ask(`{ cities(first: 2) { nodes { name } } }`)
	ask(`{ cities(first: -1) { nodes { name } } }`)
	ask(`{ nothing }`)
	ask(`{ search(text: "jinan") { nodes { __typename } } }`)
	after := scrape(t, server.base)
	for _, want := range []struct {
		more float64
		name string
		of   []string
	}{
		{5, "entente_http_requests_total", []string{"route=/graphql", "status=200"}},
		{1, "entente_http_requests_total", []string{"route=/metrics", "status=200"}},
		{5, "entente_http_request_duration_seconds", []string{"route=/graphql"}},
		{3, "entente_graphql_operations_total", []string{"type=query", "code=OK"}},
		{1, "entente_graphql_operations_total", []string{"code=GRAPHQL_VALIDATION_FAILED"}},
		{1, "entente_graphql_operations_total", []string{"code=BAD_INPUT"}},
		{2 + 1, "entente_store_call_duration_seconds", []string{"method=Read", "outcome=OK"}},
		{1, "entente_store_call_duration_seconds", []string{"method=Candidates", "outcome=OK"}},
		{3, "entente_graphql_operation_cost_nodes", nil},
		{4, "entente_graphql_operation_store_calls", nil},
		{1, "entente_cache_hits_total", []string{"cache=operations"}},
		{3, "entente_cache_misses_total", []string{"cache=operations"}},
	} {
		got := max(valueOf(after, want.name, want.of...), 0) - max(valueOf(before, want.name, want.of...), 0)
		if got != want.more {
			t.Errorf("%s of %v grew by %v, want %v", want.name, want.of, got, want.more)
		}
	}
	for _, name := range []string{
		"entente_cache_bytes", "entente_graph_entities", "entente_graph_facts", "entente_graph_sources", "entente_store_file_bytes", "entente_store_log_bytes",
		"entente_store_commits_total", "go_goroutines", "go_build_info", "go_memstats_heap_inuse_bytes", "process_open_fds",
	} {
		if got := valueOf(after, name); got <= 0 {
			t.Errorf("%s is %v", name, got)
		}
	}
	if at := time.Unix(int64(valueOf(after, "entente_store_last_commit_timestamp_seconds")), 0); time.Since(at).Abs() > time.Hour {
		t.Errorf("the last commit was at %v", at)
	}
	if valueOf(after, "entente_store_info", "system=sqlite") != 1 {
		t.Error("the figures do not say which engine it is")
	}
}

// Whatever clients make up, there are no more series for it: Prometheus would keep each of them.
func TestNoClientMakesSeries(t *testing.T) {
	server := start(t, nil)
	anything := func(i int) {
		askAs(t, server.base, question{Query: fmt.Sprintf(`query Made%d { cities { nodes { name } } }`, i)})
		askAs(t, server.base, question{Query: fmt.Sprintf(`{ made%d }`, i)})
		for _, path := range []string{"/made", "/graphiql/made", "/graphql/made"} {
			request, err := http.NewRequest(fmt.Sprintf("MADE%d", i), fmt.Sprintf("%s%s%d?a%d=%d", server.base, path, i, i, i), nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			readBody(t, response)
		}
	}
	anything(0)
	scrape(t, server.base)
	before := countSeries(scrape(t, server.base))
	for i := range 30 {
		anything(i + 1)
	}
	if after := countSeries(scrape(t, server.base)); after != before {
		t.Errorf("there were %d series, and are %d", before, after)
	}
}

// receiver is a collector of OpenTelemetry's, which fails once before it takes anything.
type receiver struct {
	*httptest.Server
	mu       sync.Mutex
	requests int
	key      string
	raw      []byte
	spans    map[string]*tracepb.Span // by name
	service  string
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{spans: map[string]*tracepb.Span{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.requests++; r.requests == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		unzipped, err := gzip.NewReader(req.Body)
		if err != nil || req.URL.Path != "/v1/traces" || req.Header.Get("Content-Type") != "application/x-protobuf" {
			t.Errorf("%s of %s: %v", req.URL, req.Header, err)
			return
		}
		body, err := io.ReadAll(unzipped)
		var data tracepb.TracesData
		if err := proto.Unmarshal(body, &data); err != nil {
			t.Error(err)
		}
		if err != nil {
			t.Error(err)
		}
		r.key, r.raw = req.Header.Get("X-Key"), append(r.raw, body...)
		for _, resource := range data.GetResourceSpans() {
			r.service = attributesOf(resource.GetResource().GetAttributes())["service.name"]
			for _, scope := range resource.GetScopeSpans() {
				for _, span := range scope.GetSpans() {
					r.spans[span.GetName()] = span
				}
			}
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func TestServeTraces(t *testing.T) {
	r := newReceiver(t)
	server := start(t, []string{
		"OTEL_EXPORTER_OTLP_ENDPOINT=" + r.URL, "OTEL_EXPORTER_OTLP_COMPRESSION=gzip", "OTEL_EXPORTER_OTLP_HEADERS=x-key=a%20secret",
		"OTEL_SERVICE_NAME=entente-of-a-test",
	})
	const trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	askAs(t, server.base, question{
		Query:     `query Find($name: String!) { search(text: $name) { nodes { __typename } } cities(first: 1) { nodes { hidden: name } } }`,
		Variables: json.RawMessage(`{"name": "Jinan"}`),
	}, "traceparent", "00-"+trace+"-"+parent+"-01")
	if code := server.stop(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, server.stderr)
	}
	if r.key != "a secret" || r.service != "entente-of-a-test" {
		t.Errorf("the key is %q, the service %q", r.key, r.service)
	}
	request, operation := r.spans["POST /graphql"], r.spans["query"]
	for _, want := range []struct {
		span       *tracepb.Span
		parent     string
		kind       tracepb.Span_SpanKind
		attributes map[string]string
	}{
		{request, parent, tracepb.Span_SPAN_KIND_SERVER, map[string]string{
			"http.request.method": "POST", "http.route": "/graphql", "http.response.status_code": "200",
		}},
		{operation, fmt.Sprintf("%x", request.GetSpanId()), tracepb.Span_SPAN_KIND_INTERNAL, map[string]string{
			"graphql.operation.name": "Find", "graphql.operation.type": "query",
		}},
		{r.spans["Candidates anything"], fmt.Sprintf("%x", operation.GetSpanId()), tracepb.Span_SPAN_KIND_CLIENT, map[string]string{
			"db.system.name": "sqlite", "db.operation.name": "Candidates",
		}},
		{r.spans["Read CITY"], fmt.Sprintf("%x", operation.GetSpanId()), tracepb.Span_SPAN_KIND_CLIENT, map[string]string{
			"db.system.name": "sqlite", "db.operation.name": "Read", "db.query.summary": "Read CITY",
		}},
	} {
		if got := fmt.Sprintf("%x of %x", want.span.GetParentSpanId(), want.span.GetTraceId()); got != want.parent+" of "+trace || want.span.GetKind() != want.kind {
			t.Errorf("the span %q is a %v below %s, want a %v below %s of %s", want.span.GetName(), want.span.GetKind(), got, want.kind, want.parent, trace)
		}
		got := attributesOf(want.span.GetAttributes())
		for key, value := range want.attributes {
			if got[key] != value {
				t.Errorf("the span %q has %v, want %s=%s", want.span.GetName(), got, key, value)
			}
		}
	}
	for _, hidden := range []string{"Jinan", "jinan", "hidden", "search", "secret"} {
		if bytes.Contains(r.raw, []byte(hidden)) {
			t.Errorf("the traces say %q", hidden)
		}
	}
	if !strings.Contains(server.stderr.String(), trace) {
		t.Errorf("the log does not name the trace:\n%s", server.stderr)
	}
}

func TestServeRefusesToTrace(t *testing.T) {
	for _, test := range []struct{ variable, says string }{
		{"OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318", "OTEL_EXPORTER_OTLP_ENDPOINT is no address: write for example http://localhost:4318"},
		{"OTEL_TRACES_EXPORTER=jaeger", `OTEL_TRACES_EXPORTER is "jaeger": write otlp, or none`},
		{"OTEL_EXPORTER_OTLP_PROTOCOL=grpc", `OTEL_EXPORTER_OTLP_PROTOCOL is "grpc": traces are sent as http/protobuf`},
		{"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=10s", `OTEL_EXPORTER_OTLP_TRACES_TIMEOUT is "10s": write a number of milliseconds`},
		{"OTEL_EXPORTER_OTLP_HEADERS=Bearer abc", "OTEL_EXPORTER_OTLP_HEADERS is no list of headers: write name=value,name=value"},
	} {
		name, value, _ := strings.Cut(test.variable, "=")
		env := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", name: value}
		got := callIn(t.Context(), env, "", "serve", "--listen", "127.0.0.1:0")
		got.check(t, 1, test.says)
		if strings.Contains(got.stderr, "abc") {
			t.Errorf("a key is shown: %s", got.stderr)
		}
	}
}

func attributesOf(list []*commonpb.KeyValue) map[string]string {
	all := map[string]string{}
	for _, a := range list {
		switch v := a.GetValue().GetValue().(type) {
		case *commonpb.AnyValue_IntValue:
			all[a.GetKey()] = fmt.Sprint(v.IntValue)
		case *commonpb.AnyValue_StringValue:
			all[a.GetKey()] = v.StringValue
		}
	}
	return all
}

// linesOf reads what a server has logged as JSON, of one message.
func linesOf(t *testing.T, log, message string) (lines []map[string]any) {
	t.Helper()
	for line := range strings.Lines(log) {
		var l map[string]any
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("a line of the log is not JSON: %v\n%s", err, line)
		}
		if l["msg"] == message {
			lines = append(lines, l)
		}
	}
	return lines
}

// The log says of each request what it was and what it took, and nothing of what it asked.
func TestServeLogs(t *testing.T) {
	server := start(t, nil, "--slow", "1ns")
	const query = `query Find($name: String!) { search(text: $name) { nodes { __typename } } }`
	header, _ := askAs(t, server.base, question{Query: query, Variables: json.RawMessage(`{"name": "Jinan"}`)},
		"X-Request-Id", "forged", "Authorization", "Bearer of-a-token")
	forged, err := http.Get(server.base + "/forged%0Aline%E2%80%AE%C2%9B")
	if err != nil {
		t.Fatal(err)
	}
	readBody(t, forged)
	if code := server.stop(); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	log := server.stderr.String()
	for _, hidden := range []string{"Jinan", "search", "of-a-token", "\u202e", "\u009b"} {
		if strings.Contains(log, hidden) {
			t.Errorf("the log says %q:\n%s", hidden, log)
		}
	}
	requests := linesOf(t, log, "request")
	if len(requests) != 2 {
		t.Fatalf("%d lines of requests:\n%s", len(requests), log)
	}
	for key, want := range map[string]any{
		"operation": "Find", "type": "query", "status": 200.0, "calls": 2.0, "cost": 20.0, "id": header.Get("X-Request-Id"), "path": "/graphql", "method": "POST",
	} {
		if got := requests[0][key]; got != want {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	if requests[0]["ms"].(float64) <= 0 || requests[0]["store_ms"].(float64) <= 0 {
		t.Errorf("times are missing: %v", requests[0])
	}
	slow := linesOf(t, log, "slow operation")
	if len(slow) != 1 || slow[0]["operation"] != "Find" || len(slow[0]["document"].(string)) != 64 || slow[0]["level"] != "WARN" {
		t.Errorf("slow operations: %v", slow)
	}
}

func TestLogFormat(t *testing.T) {
	for format, want := range map[string]string{"text": "msg=request ", "json": `"msg":"request"`} {
		server := start(t, []string{"ENTENTE_LOG_FORMAT=" + format})
		askAs(t, server.base, question{Query: `{ __typename }`})
		server.stop()
		if !strings.Contains(server.stderr.String(), want) {
			t.Errorf("%s: no %q in\n%s", format, want, server.stderr)
		}
	}
}

// pprof and the figures listen where they are told to, and no page gets at them by a name of its own.
func TestServeDebug(t *testing.T) {
	server := start(t, nil, "--debug-listen", "127.0.0.1:0")
	_, rest, _ := strings.Cut(server.stdout, "pprof     ")
	address, _, _ := strings.Cut(rest, "\n")
	for host, want := range map[string]int{"": http.StatusOK, "evil.example": http.StatusForbidden} {
		request, err := http.NewRequest(http.MethodGet, address+"goroutine?debug=1", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if body := readBody(t, response); response.StatusCode != want || want == http.StatusOK && !strings.Contains(body, "goroutine profile") {
			t.Errorf("as %q: %d\n%.200s", host, response.StatusCode, body)
		}
	}
	figures, err := http.Get(strings.TrimSuffix(address, "/debug/pprof/") + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	if body := readBody(t, figures); !strings.Contains(body, "entente_http_requests_total") {
		t.Errorf("beside pprof there are no figures: %d\n%.200s", figures.StatusCode, body)
	}
	response, err := http.Get(server.base + "/debug/pprof/")
	if err != nil {
		t.Fatal(err)
	}
	if readBody(t, response); response.StatusCode != http.StatusNotFound {
		t.Errorf("the server itself answers pprof with %d", response.StatusCode)
	}
	if code := server.stop(); code != 0 {
		t.Errorf("exit code %d\n%s", code, server.stderr)
	}
}
