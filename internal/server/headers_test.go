package server

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
	"github.com/ententegraph/entente/internal/web"
)

// overDemo puts the real pages and the real schema, over the demo graph, into a site.
func overDemo(t testing.TB, nodes int) func(*Options) {
	t.Helper()
	store := storetest.Reference()
	if err := graphtest.LoadDemo(store); err != nil {
		t.Fatal(err)
	}
	catalog := kg.NewCatalog(store, time.Now)
	return func(o *Options) {
		o.GraphiQL = web.GraphiQL(nil)
		o.Schema = graph.New(catalog, time.Now, graph.MaxNodes(nodes))
		o.Limits.Nodes = nodes
	}
}

// TestSecurityHeaders holds every answer, of every address and of every kind, to the headers that it must have. Only what
// net/http itself refuses, because it is no HTTP, has none of them.
func TestSecurityHeaders(t *testing.T) {
	demo := overDemo(t, kg.MaxNodes)
	open := newSite(t, demo, func(o *Options) { o.AllowedOrigins = []string{"https://maps.example.org"} })
	alone := newSite(t, demo, func(o *Options) { o.ThisMachineAlone = true })
	guarded := newSite(t, demo, func(o *Options) { o.Tokens = &Tokens{now: time.Now} })
	busy := newSite(t, demo, func(o *Options) {
		o.Limits.Requests = -1 // none may be open
		o.Ready = func(context.Context) error { return errDriver }
	})
	spent := newSite(t, demo, func(o *Options) { o.Limits.Rate, o.Limits.Burst, o.Now = 1, 1, newClock().Now })
	spent.send(t, "GET", pathGraphiQL, "")
	broken := newSite(t, func(o *Options) {
		o.GraphiQL = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(errDriver) })
	})
	stopped, stop := context.WithCancel(t.Context())
	stop()
	stopping := newSite(t, demo, func(o *Options) { o.Stopping = stopped })

	page := open.send(t, "GET", pathGraphiQL, "").body
	asset := regexp.MustCompile(`src="(/graphiql/assets/[^"]+\.js)"`).FindStringSubmatch(page)
	if asset == nil {
		t.Fatalf("the page loads no script:\n%s", page)
	}
	etag := open.send(t, "GET", pathSchema, "").header.Get("ETag")
	const cities = `{"query":"{cities{nodes{id name}}}"}`
	of := func(path string) string { return path + "?query=%7B__typename%7D" }

	for _, c := range []struct {
		site                 *site
		method, path, body   string
		headers              []string
		status               int
		isPage, crossesSites bool
	}{
		{site: open, method: "GET", path: "/", status: 302},
		{site: open, method: "GET", path: pathPlayground, status: 302},
		{site: open, method: "GET", path: "//graphql", status: 307},
		{site: open, method: "GET", path: pathGraphiQL, status: 200, isPage: true},
		{site: open, method: "HEAD", path: pathGraphiQL, status: 200, isPage: true},
		{site: open, method: "GET", path: pathGraphiQL + "/", status: 200, isPage: true},
		{site: open, method: "GET", path: pathGraphiQL + "/tabs.json", status: 200, isPage: true},
		{site: open, method: "GET", path: pathGraphiQL + "/THIRD_PARTY_LICENSES.txt", status: 200, isPage: true},
		{site: open, method: "GET", path: asset[1], status: 200, isPage: true},
		{site: open, method: "GET", path: pathGraphiQL + "/nothing", status: 404, isPage: true},
		{site: open, method: "POST", path: pathGraphiQL, status: 405},
		{site: open, method: "GET", path: pathSchema, status: 200},
		{site: open, method: "GET", path: pathSchema, headers: []string{"If-None-Match", etag}, status: 304},
		{site: open, method: "GET", path: pathSchema, headers: []string{"Range", "bytes=99999999-"}, status: 416},
		{site: open, method: "GET", path: pathHealth, status: 200},
		{site: open, method: "HEAD", path: pathHealth, status: 200},
		{site: open, method: "DELETE", path: pathHealth, status: 405},
		{site: open, method: "GET", path: pathReady, status: 200},
		{site: open, method: "GET", path: pathMetrics, status: 200},
		{site: open, method: "POST", path: pathMetrics, status: 405},
		{site: open, method: "GET", path: "/nothing", status: 404},
		{site: open, method: "GET", path: of(pathGraphQL), status: 200},
		{site: open, method: "POST", path: pathGraphQL, body: cities, status: 200},
		{site: open, method: "POST", path: pathGraphQL, body: cities, headers: []string{"Origin", "https://maps.example.org"}, status: 200, crossesSites: true},
		{site: open, method: "OPTIONS", path: pathGraphQL, headers: []string{"Origin", "https://maps.example.org", "Access-Control-Request-Method", "POST"}, status: 204, crossesSites: true},
		{site: open, method: "POST", path: pathGraphQL, body: cities, headers: []string{"Origin", "https://evil.example.org"}, status: 403},
		{site: open, method: "GET", path: pathGraphQL, status: 400},
		{site: open, method: "POST", path: pathGraphQL, body: `{"query":"{nothing}"}`, status: 400},
		{site: open, method: "POST", path: pathGraphQL, body: `{"query":"{` + strings.Repeat("__typename ", 21) + `}"}`, status: 400},
		{site: open, method: "POST", path: pathGraphQL, body: strings.Repeat(" ", 1<<20+1), status: 413},
		{site: open, method: "POST", path: pathGraphQL, body: cities, headers: []string{"Content-Type", "text/plain"}, status: 415},
		{site: open, method: "PUT", path: pathGraphQL, status: 405},
		{site: open, method: "POST", path: pathExport + "?format=csv", body: cities, status: 200},
		{site: open, method: "POST", path: pathExport + "?format=jsonl", body: cities, status: 200},
		{site: open, method: "POST", path: pathExport + "?format=xml", body: cities, status: 400},
		{site: open, method: "GET", path: of(pathExport), status: 400},
		{site: open, method: "PUT", path: pathExport, status: 405},
		{site: alone, method: "GET", path: of(pathGraphQL), headers: []string{"Host", "evil.example.org"}, status: 403},
		{site: alone, method: "GET", path: pathGraphiQL, headers: []string{"Host", "evil.example.org"}, status: 403},
		{site: guarded, method: "GET", path: of(pathGraphQL), status: 401},
		{site: guarded, method: "GET", path: pathMetrics, status: 401},
		{site: guarded, method: "GET", path: pathGraphiQL, status: 200, isPage: true},
		{site: spent, method: "GET", path: of(pathGraphQL), status: 429},
		{site: spent, method: "GET", path: pathGraphiQL, status: 429},
		{site: busy, method: "GET", path: of(pathGraphQL), status: 503},
		{site: busy, method: "GET", path: pathExport, status: 503},
		{site: busy, method: "GET", path: pathGraphiQL, status: 503},
		{site: busy, method: "GET", path: pathReady, status: 503},
		{site: stopping, method: "GET", path: pathReady, status: 503},
		{site: broken, method: "GET", path: pathGraphiQL, status: 500},
	} {
		got := c.site.send(t, c.method, c.path, c.body, c.headers...)
		name := c.method + " " + c.path
		if got.status != c.status {
			t.Errorf("%s: got %d %.300s, want %d", name, got.status, got.body, c.status)
		}
		policy, origin := "default-src 'none'; frame-ancestors 'none'", ""
		if c.isPage {
			policy = web.GraphiQLCSP
		}
		if c.crossesSites {
			origin = "https://maps.example.org"
		}
		for header, want := range map[string]string{
			"Content-Security-Policy":          policy,
			"Cross-Origin-Opener-Policy":       "same-origin",
			"Cross-Origin-Resource-Policy":     "same-origin",
			"Referrer-Policy":                  "same-origin",
			"X-Content-Type-Options":           "nosniff",
			"Access-Control-Allow-Origin":      origin,
			"Access-Control-Allow-Credentials": "",
			"Set-Cookie":                       "",
			"Server":                           "",
		} {
			if value := strings.Join(got.header.Values(header), ", "); value != want {
				t.Errorf("%s, %d: %s: %q, want %q", name, got.status, header, value, want)
			}
		}
		if id := got.header.Get("X-Request-Id"); len(id) != 16 {
			t.Errorf("%s, %d: X-Request-Id: %q", name, got.status, id)
		}
		if got.body != "" && got.header.Get("Content-Type") == "" {
			t.Errorf("%s, %d: no Content-Type", name, got.status)
		}
		// What caches may keep is the program's own, and never the graph's.
		kept := got.header.Get("Cache-Control")
		mayKeep := c.isPage || c.path == pathSchema
		if kept != "no-store" && !mayKeep || kept == "" && got.status != http.StatusRequestedRangeNotSatisfiable {
			t.Errorf("%s, %d: Cache-Control: %q", name, got.status, kept)
		}
	}
}

// TestPagesRunNoForeignScript reads the policy of pages as a browser does: nothing is allowed but what is named, and scripts are
// files of this server, neither in the page nor made of text.
func TestPagesRunNoForeignScript(t *testing.T) {
	for name, policy := range map[string]string{"GraphiQL": web.GraphiQLCSP, "other pages": web.StrictCSP} {
		sources := map[string]string{}
		for directive := range strings.SplitSeq(policy, ";") {
			directive, list, _ := strings.Cut(strings.TrimSpace(directive), " ")
			sources[directive] = list
		}
		for directive, want := range map[string]string{
			"default-src": "'none'", "script-src": "'self'", "connect-src": "'self'", "worker-src": "'self'",
			"base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
		} {
			if sources[directive] != want {
				t.Errorf("%s: %s is %q, want %q", name, directive, sources[directive], want)
			}
		}
		for directive, list := range sources {
			if strings.Contains(list, "http") || strings.Contains(list, "*") || strings.Contains(list, "unsafe-eval") {
				t.Errorf("%s: %s allows %s", name, directive, list)
			}
		}
	}
}
