package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/telemetry"
)

func TestRoutes(t *testing.T) {
	site := newSite(t)
	for _, c := range []struct {
		method, path string
		status       int
		body         string // how it begins
	}{
		{"GET", "/", 302, ""},
		{"GET", "/playground", 302, ""},
		{"GET", "/graphiql", 200, "graphiql at /graphiql"},
		{"GET", "/graphiql/assets/a.js", 200, "graphiql at /graphiql/assets/a.js"},
		{"GET", "/schema.graphql", 200, testSDL},
		{"HEAD", "/schema.graphql", 200, ""},
		{"GET", "/healthz", 200, "The server is running."},
		{"GET", "/readyz", 200, "The store answers."},
		{"GET", "/nothing", 404, "There is nothing here."},
		{"GET", "/graphql/below", 404, "There is nothing here."},
		{"POST", "/nothing", 404, "There is nothing here."},
		{"POST", "/healthz", 405, "This address is only read"},
		{"DELETE", "/graphiql", 405, "This address is only read"},
		{"POST", "/", 405, "This address is only read"},
	} {
		got := site.send(t, c.method, c.path, "")
		if got.status != c.status || !strings.HasPrefix(got.body, c.body) {
			t.Errorf("%s %s: got %d %q, want %d %q", c.method, c.path, got.status, got.body, c.status, c.body)
		}
		if c.status == 405 && got.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s %s: Allow %q", c.method, c.path, got.header.Get("Allow"))
		}
		if c.status == 302 && got.header.Get("Location") != "/graphiql" {
			t.Errorf("%s %s: leads to %q", c.method, c.path, got.header.Get("Location"))
		}
	}
	if got := site.send(t, "GET", "/playground?query=%7Bhello%7D", ""); got.header.Get("Location") != "/graphiql?query=%7Bhello%7D" {
		t.Errorf("the query is lost on the way to %q", got.header.Get("Location"))
	}
}

func TestSchemaHasETag(t *testing.T) {
	site := newSite(t)
	etag := site.send(t, "GET", pathSchema, "").header.Get("ETag")
	if got := site.send(t, "GET", pathSchema, "", "If-None-Match", etag); etag == "" || got.status != http.StatusNotModified {
		t.Errorf("ETag %q: got %d, want 304", etag, got.status)
	}
}

func TestReady(t *testing.T) {
	site := newSite(t, func(o *Options) {
		o.Ready = func(ctx context.Context) error {
			if _, ok := ctx.Deadline(); !ok {
				return errors.New("no deadline")
			}
			return errDriver
		}
	})
	got := site.send(t, "GET", pathReady, "")
	if got.status != http.StatusServiceUnavailable || got.body != "The store does not answer.\n" {
		t.Errorf("got %d %q", got.status, got.body)
	}
	if !strings.Contains(site.log.String(), "bolt://db.internal") {
		t.Error("the log does not say why")
	}
	if got := site.send(t, "GET", pathHealth, ""); got.status != http.StatusOK {
		t.Errorf("health depends on the store: %d", got.status)
	}
}

func TestOrigins(t *testing.T) {
	const friend, stranger = "https://maps.example.org", "https://evil.example.org"
	closed := newSite(t)
	open := newSite(t, func(o *Options) { o.AllowedOrigins = []string{friend} })
	ask := func(s *site, headers ...string) reply { return s.post(t, `{"query":"{hello}"}`, headers...) }
	for _, c := range []struct {
		name   string
		got    reply
		status int
		allow  string
	}{
		{"a program", ask(closed), 200, ""},
		{"our own page", ask(closed, "Origin", closed.URL, "Sec-Fetch-Site", "same-origin"), 200, ""},
		{"a stranger", ask(closed, "Origin", stranger, "Sec-Fetch-Site", "cross-site"), 403, ""},
		{"a stranger in an old browser", ask(closed, "Origin", stranger), 403, ""},
		{"a page without origin", ask(closed, "Origin", "null", "Sec-Fetch-Site", "cross-site"), 403, ""},
		{"a friend, unnamed", ask(closed, "Origin", friend, "Sec-Fetch-Site", "cross-site"), 403, ""},
		{"a friend", ask(open, "Origin", friend, "Sec-Fetch-Site", "cross-site"), 200, friend},
		{"a stranger beside a friend", ask(open, "Origin", stranger, "Sec-Fetch-Site", "cross-site"), 403, ""},
		{"a friend's preflight", open.send(t, "OPTIONS", pathGraphQL, "", "Origin", friend,
			"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type"), 204, friend},
	} {
		if c.got.status != c.status || c.got.header.Get("Access-Control-Allow-Origin") != c.allow {
			t.Errorf("%s: got %d, allowed %q; want %d, %q", c.name, c.got.status, c.got.header.Get("Access-Control-Allow-Origin"), c.status, c.allow)
		}
		if c.got.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: credentials are allowed", c.name)
		}
	}
}

// TestForeignHosts: a page whose own name is made to lead to this machine sends that
// name as its Host, with an Origin that agrees.
func TestForeignHosts(t *testing.T) {
	alone := newSite(t, func(o *Options) { o.ThisMachineAlone = true })
	befriended := newSite(t, func(o *Options) {
		o.ThisMachineAlone, o.AllowedOrigins = true, []string{"https://maps.example.org:8443", "http://[2001:db8::1]"}
	})
	public := newSite(t)
	ask := func(s *site, host string) reply {
		return s.post(t, `{"query":"{hello}"}`, "Host", host, "Origin", "http://"+host)
	}
	for _, c := range []struct {
		host              string
		alone, befriended int
	}{
		{"localhost", 200, 200},
		{"LOCALHOST.:8080", 200, 200},
		{"127.0.0.1:8080", 200, 200},
		{"127.8.9.1", 200, 200},
		{"[::1]", 200, 200},
		{"[::1]:8080", 200, 200},
		{"Maps.Example.Org", 403, 200},
		{"maps.example.org:8443", 403, 200},
		{"[2001:db8::1]:80", 403, 200},
		{"evil.example:8080", 403, 403},
		{"maps.example.org.evil", 403, 403},
		{"localhost.evil", 403, 403},
		{"127.0.0.1.evil", 403, 403},
		{"192.0.2.1:8080", 403, 403},
		{"0.0.0.0:8080", 403, 403},
		{"[::]:8080", 403, 403},
	} {
		if got := ask(alone, c.host); got.status != c.alone || (got.code() == codeForeignHost) != (c.alone == 403) {
			t.Errorf("%s: got %d %s, want %d", c.host, got.status, got.body, c.alone)
		}
		if got := ask(befriended, c.host); got.status != c.befriended {
			t.Errorf("%s, beside an allowed origin: got %d %s, want %d", c.host, got.status, got.body, c.befriended)
		}
		if got := ask(public, c.host); got.status != 200 {
			t.Errorf("%s, of a public server: got %d %s, want 200", c.host, got.status, got.body)
		}
	}
	for _, path := range []string{"/", pathGraphiQL, pathSchema, pathHealth, pathGraphQL + "?query={hello}"} {
		got := alone.send(t, "GET", path, "", "Host", "evil.example")
		if got.status != 403 || !strings.Contains(got.body, "localhost") || strings.Contains(got.body, "evil") {
			t.Errorf("GET %s: got %d %s, want 403, and what to do", path, got.status, got.body)
		}
	}
}

// TestRefusalsOfGraphQLAreJSON: whoever asks GraphQL reads a code, and everybody else a sentence.
func TestRefusalsOfGraphQLAreJSON(t *testing.T) {
	site := newSite(t, func(o *Options) { o.ThisMachineAlone = true })
	for _, c := range []struct {
		name, header, value string
		code                string
	}{
		{"a foreign origin", "Origin", "https://evil.example.org", codeForeignOrigin},
		{"a foreign host", "Host", "evil.example.org", codeForeignHost},
	} {
		for _, mediaType := range []string{typeResponse, typeJSON} {
			got := site.post(t, `{"query":"{hello}"}`, c.header, c.value, "Accept", mediaType)
			if got.status != 403 || got.code() != c.code || got.header.Get("Content-Type") != mediaType+"; charset=utf-8" {
				t.Errorf("%s: got %d %s %s, want 403 %s as %s", c.name, got.status, got.header.Get("Content-Type"), got.body, c.code, mediaType)
			}
		}
		got := site.send(t, "POST", pathHealth, "", c.header, c.value)
		if got.status != 403 || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s, elsewhere: got %d %s", c.name, got.status, got.header.Get("Content-Type"))
		}
	}
}

// TestPanicAroundGraphQL: one outside the operation, such as in an extension that is no JSON.
func TestPanicAroundGraphQL(t *testing.T) {
	log := &buffer{}
	handler := logged(slog.New(slog.NewTextHandler(log, nil)), newRefusals(Options{}), telemetry.Off(), http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(errDriver) }))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("POST", pathGraphQL, nil))
	got := reply{w.Code, w.Header(), w.Body.String()}
	if got.status != 500 || got.code() != "INTERNAL" || !strings.Contains(got.body, got.header.Get("X-Request-Id")) || strings.Contains(got.body, "bolt") {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if strings.Count(log.String(), "secret: 1") != 1 {
		t.Errorf("want the cause once in the log:\n%s", log)
	}
}

func TestNewRefuses(t *testing.T) {
	whole := Options{
		Schema: newSchema(t), GraphiQL: http.NotFoundHandler(),
		Ready: func(context.Context) error { return nil },
	}
	if _, err := New(whole); err != nil {
		t.Errorf("with the needed parts alone: %v", err)
	}
	if _, err := New(Options{}); err == nil {
		t.Error("nothing makes a server")
	}
	for _, origin := range []string{"*", "https://*.example.org", "example.org", "https://example.org/path", ""} {
		o := whole
		o.AllowedOrigins = []string{origin}
		if _, err := New(o); err == nil {
			t.Errorf("%q passes as an origin", origin)
		}
	}
}

func TestAccessLog(t *testing.T) {
	site := newSite(t)
	got := site.post(t, `{"query":"query Greeting{hello}"}`)
	line := site.lastLine(t)
	for name, want := range map[string]any{
		"level": "INFO", "method": "POST", "path": "/graphql", "status": 200.0, "bytes": float64(len(got.body)),
		"id": got.header.Get("X-Request-Id"), "operation": "Greeting",
	} {
		if line[name] != want {
			t.Errorf("%s = %v, want %v in %v", name, line[name], want, line)
		}
	}
	if _, ok := line["ms"]; !ok {
		t.Errorf("no duration in %v", line)
	}
	site.send(t, "GET", "/nothing?token=hunter2", "")
	if line := site.lastLine(t); line["status"] != 404.0 || strings.Contains(site.log.String(), "hunter2") {
		t.Errorf("got %v", line)
	}
	site.send(t, "GET", pathHealth, "")
	if line := site.lastLine(t); line["level"] != "DEBUG" {
		t.Errorf("a probe is logged as %v", line["level"])
	}
}

// lastLine is the newest line of the log. The server writes it after the answer,
// so closing its connections waits for it.
func (s *site) lastLine(t *testing.T) map[string]any {
	t.Helper()
	s.CloseClientConnections()
	lines := strings.Split(strings.TrimSpace(s.log.String()), "\n")
	line := map[string]any{}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &line); err != nil {
		t.Fatal(err)
	}
	return line
}
