package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
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

func TestSecurityHeaders(t *testing.T) {
	site := newSite(t)
	for _, path := range []string{"/", "/graphql", "/graphql?query={hello}", "/healthz", "/schema.graphql", "/nothing", "/graphiql"} {
		header := site.send(t, "GET", path, "").header
		policy := "default-src 'none'; frame-ancestors 'none'"
		if path == pathGraphiQL { // which has its own
			policy = "default-src 'self'"
		}
		for name, want := range map[string]string{
			"Content-Security-Policy":     policy,
			"Cross-Origin-Opener-Policy":  "same-origin",
			"Referrer-Policy":             "same-origin",
			"X-Content-Type-Options":      "nosniff",
			"Access-Control-Allow-Origin": "",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", path, name, got, want)
			}
		}
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
	if _, ok := line["duration"]; !ok {
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
