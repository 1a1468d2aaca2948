package telemetry

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

const scope = "github.com/ententegraph/entente"

// describe says in traces whose they are. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES outdo it.
func describe(version string) (*resource.Resource, error) {
	return resource.New(context.Background(),
		resource.WithAttributes(attribute.String("service.name", "entente"), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv(),
	)
}

// ExporterFromEnv makes the exporter that the OTEL_… variables ask for: to where OTEL_EXPORTER_OTLP_ENDPOINT or
// OTEL_EXPORTER_OTLP_TRACES_ENDPOINT says, as protobuf over HTTP. Without either there is none, which is nil. What it does not
// know it refuses, rather than to leave somebody waiting for traces.
//
// The exporter of OpenTelemetry for this links gRPC, of which it needs one message: 5 MB of a program.
func ExporterFromEnv(ctx context.Context, getenv func(string) string) (sdktrace.SpanExporter, error) {
	c, err := newCollector(getenv)
	if c == nil || err != nil {
		return nil, err
	}
	return otlptrace.New(ctx, c)
}

// collector takes traces by OTLP over HTTP.
type collector struct {
	url     string
	headers http.Header
	gzip    bool
	timeout time.Duration
	client  *http.Client
}

func newCollector(getenv func(string) string) (*collector, error) {
	// of gives a variable of the exporter's: the one for traces, or the one for all that is exported.
	of := func(name string) (variable, value string) {
		for _, variable := range []string{"OTEL_EXPORTER_OTLP_TRACES_" + name, "OTEL_EXPORTER_OTLP_" + name} {
			if value := strings.TrimSpace(getenv(variable)); value != "" {
				return variable, value
			}
		}
		return "", ""
	}
	named, address := of("ENDPOINT")
	if address == "" || strings.EqualFold(getenv("OTEL_SDK_DISABLED"), "true") {
		return nil, nil
	}
	switch exporter := getenv("OTEL_TRACES_EXPORTER"); exporter {
	case "none":
		return nil, nil
	case "", "otlp":
	default:
		return nil, fmt.Errorf("OTEL_TRACES_EXPORTER is %q: write otlp, or none", exporter)
	}
	if variable, protocol := of("PROTOCOL"); protocol != "" && protocol != "http/protobuf" {
		return nil, fmt.Errorf("%s is %q: traces are sent as http/protobuf, mostly to port 4318", variable, protocol)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%s is no address: write for example http://localhost:4318", named)
	}
	if named == "OTEL_EXPORTER_OTLP_ENDPOINT" {
		u = u.JoinPath("v1/traces")
	}
	c := &collector{url: u.String(), headers: http.Header{}, timeout: 10 * time.Second, client: &http.Client{
		Transport: http.DefaultTransport.(*http.Transport).Clone(),
		// Whoever answers elsewhere would get the headers, which may hold a key.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if variable, text := of("TIMEOUT"); text != "" {
		ms, err := strconv.Atoi(text)
		if err != nil || ms <= 0 {
			return nil, fmt.Errorf("%s is %q: write a number of milliseconds", variable, text)
		}
		c.timeout = time.Duration(ms) * time.Millisecond
	}
	if variable, text := of("COMPRESSION"); text != "" {
		if text != "gzip" && text != "none" {
			return nil, fmt.Errorf("%s is %q: write gzip or none", variable, text)
		}
		c.gzip = text == "gzip"
	}
	variable, text := of("HEADERS")
	for pair := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		name, value, found := strings.Cut(pair, "=")
		value, err := url.PathUnescape(strings.TrimSpace(value))
		if !found || err != nil || strings.TrimSpace(name) == "" {
			return nil, fmt.Errorf("%s is no list of headers: write name=value,name=value", variable) // a value may be a key
		}
		c.headers.Set(strings.TrimSpace(name), value)
	}
	return c, nil
}

// Start implements otlptrace.Client.
func (c *collector) Start(context.Context) error { return nil }

// Stop implements otlptrace.Client.
func (c *collector) Stop(context.Context) error {
	c.client.CloseIdleConnections()
	return nil
}

// UploadTraces implements otlptrace.Client. It tries again where the protocol says that this may help, within the timeout.
func (c *collector) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	// TracesData is, on the wire, what the service calls ExportTraceServiceRequest.
	body, err := proto.Marshal(&tracepb.TracesData{ResourceSpans: spans})
	if err != nil {
		return err
	}
	if c.gzip {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(body); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		body = b.Bytes()
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	for wait := 100 * time.Millisecond; ; wait *= 2 {
		again, err := c.send(ctx, body)
		if err == nil || again < 0 {
			return err
		}
		select {
		case <-time.After(max(wait, again)):
		case <-ctx.Done():
			return err
		}
	}
}

// send posts a body once. With an error it says after how long at least to try again, or less than 0 for never.
func (c *collector) send(ctx context.Context, body []byte) (again time.Duration, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return -1, err
	}
	request.Header = c.headers.Clone()
	request.Header.Set("Content-Type", "application/x-protobuf")
	if c.gzip {
		request.Header.Set("Content-Encoding", "gzip")
	}
	response, err := c.client.Do(request)
	if err != nil {
		return 0, errors.New(hideUserinfo(err))
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // so that the connection serves again
	switch {
	case response.StatusCode < 300:
		return 0, nil
	case response.StatusCode == http.StatusTooManyRequests, response.StatusCode == http.StatusBadGateway,
		response.StatusCode == http.StatusServiceUnavailable, response.StatusCode == http.StatusGatewayTimeout:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		again = time.Duration(max(seconds, 0)) * time.Second
	default:
		again = -1
	}
	return again, fmt.Errorf("the collector answered %s", response.Status)
}

// hideUserinfo gives what went wrong without the address, which may have a password in it.
func hideUserinfo(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return "the collector does not answer: " + err.Error()
}
