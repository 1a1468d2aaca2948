package web_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/web"
)

var tabs = []web.Tab{
	{Title: "Entity", Open: true, Query: "# What is known about Jinan?\nquery Entity($id: ID!) {\n  entity(id: $id) { name }\n}\n", Variables: `{"id": "city:cn-jinan"}`},
	{Title: "Facets", Open: true, Query: "query Facets {\n  facets { kind }\n}\n"},
	{Title: "Search", Open: true, Query: "query Search {\n  search(text: \"Jinan\") { nodes { name } }\n}\n"},
	{Title: "Partners", Asks: "Who are the partners?", Query: "query Partners($id: ID = null) {\n  partners { name }\n}\n", Variables: `{"id": "city:fr-rennes"}`},
}

func ask(method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	web.GraphiQL(tabs).ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func checkHeader(t *testing.T, r *http.Response, name, want string) {
	t.Helper()
	if got := r.Header.Get(name); got != want {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}

// assetPath finds in the page the path of the script that it starts with.
func assetPath(t *testing.T) string {
	t.Helper()
	match := regexp.MustCompile(`src="(/graphiql/assets/[^"]+\.js)"`).FindSubmatch(body(t, ask("GET", "/graphiql")))
	if match == nil {
		t.Fatal("the page names no script")
	}
	return string(match[1])
}

func TestWhatIsServed(t *testing.T) {
	script := assetPath(t)
	worker := findOutput(t, `^graphiql/(assets/graphql\.worker-.*\.js)$`)
	for _, test := range []struct{ path, contentType, cacheControl string }{
		{"/graphiql", "text/html; charset=utf-8", "no-cache"},
		{"/graphiql/", "text/html; charset=utf-8", "no-cache"},
		{"/graphiql?example=Search", "text/html; charset=utf-8", "no-cache"},
		{"/graphiql/tabs.json", "application/json", "no-cache"},
		{"/graphiql/THIRD_PARTY_LICENSES.txt", "text/plain; charset=utf-8", "no-cache"},
		{script, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/graphiql/" + worker, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
	} {
		t.Run(test.path, func(t *testing.T) {
			r := ask("GET", test.path)
			content := body(t, r)
			if r.StatusCode != http.StatusOK || len(content) == 0 {
				t.Fatalf("%s with %d bytes", r.Status, len(content))
			}
			sum := sha256.Sum256(content)
			checkHeader(t, r, "Etag", `"`+hex.EncodeToString(sum[:])+`"`)
			checkHeader(t, r, "Content-Type", test.contentType)
			checkHeader(t, r, "Cache-Control", test.cacheControl)
			checkHeader(t, r, "Vary", "Accept-Encoding")
			checkSecurity(t, r, graphiqlCSP)

			head := ask("HEAD", test.path)
			if n := len(body(t, head)); n > 0 {
				t.Errorf("HEAD: %d bytes of body", n)
			}
			if !slices.Equal(names(head.Header), names(r.Header)) || head.ContentLength != r.ContentLength {
				t.Errorf("HEAD: headers %v, want those of GET, %v", head.Header, r.Header)
			}
		})
	}
}

func names(h http.Header) []string {
	var all []string
	for name := range h {
		all = append(all, name+": "+h.Get(name))
	}
	slices.Sort(all)
	return all
}

func TestNotModified(t *testing.T) {
	for _, encoding := range []string{"identity", "gzip"} {
		first := ask("GET", "/graphiql", "Accept-Encoding", encoding)
		again := ask("GET", "/graphiql", "Accept-Encoding", encoding, "If-None-Match", first.Header.Get("Etag"))
		if again.StatusCode != http.StatusNotModified || len(body(t, again)) > 0 {
			t.Errorf("%s, same ETag: %s, want an empty 304", encoding, again.Status)
		}
		checkHeader(t, again, "Etag", first.Header.Get("Etag"))
		checkHeader(t, again, "Vary", "Accept-Encoding")
		if other := ask("GET", "/graphiql", "Accept-Encoding", encoding, "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s, other ETag: %s, want 200", encoding, other.Status)
		}
	}
}

func TestGzip(t *testing.T) {
	path := assetPath(t)
	plain := body(t, ask("GET", path))
	for _, test := range []struct {
		accept string
		zipped bool
	}{
		{"gzip", true},
		{"br, GZIP;q=0.5", true},
		{"*", true},
		{"*;q=0, gzip", true},
		{"", false},
		{"br", false},
		{"gzip;q=0", false},
		{"gzip;q=0, *", false},
		{"gzip; q=0.0", false},
	} {
		r := ask("GET", path, "Accept-Encoding", test.accept)
		sent := body(t, r)
		if zipped := r.Header.Get("Content-Encoding") == "gzip"; zipped != test.zipped {
			t.Errorf("Accept-Encoding %q: compressed %v, want %v", test.accept, zipped, test.zipped)
			continue
		}
		if r.ContentLength != int64(len(sent)) {
			t.Errorf("Accept-Encoding %q: Content-Length %d for %d bytes", test.accept, r.ContentLength, len(sent))
		}
		if !test.zipped {
			continue
		}
		reader, err := gzip.NewReader(bytes.NewReader(sent))
		if err != nil {
			t.Fatal(err)
		}
		if unzipped, err := io.ReadAll(reader); err != nil || !bytes.Equal(unzipped, plain) {
			t.Errorf("Accept-Encoding %q: not the file that was compressed (%v)", test.accept, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, path := range []string{"/graphiql/nothing", "/graphiql/index.html", "/graphiql/assets/", "/graphiql/../MANIFEST.json", "/"} {
		r := ask("GET", path)
		if got := string(body(t, r)); r.StatusCode != http.StatusNotFound || !strings.Contains(got, "GraphiQL is at /graphiql.") {
			t.Errorf("GET %s: %s %q, want a 404 that says where GraphiQL is", path, r.Status, got)
		}
		checkSecurity(t, r, graphiqlCSP)
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		r := ask(method, "/graphiql")
		if r.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s /graphiql: %s, want 405", method, r.Status)
		}
		checkHeader(t, r, "Allow", "GET, HEAD")
	}
}

func TestTabs(t *testing.T) {
	var got []web.Tab
	if err := json.Unmarshal(body(t, ask("GET", "/graphiql/tabs.json")), &got); err != nil || !slices.Equal(got, tabs) {
		t.Errorf("tabs.json: %+v (%v), want %+v", got, err, tabs)
	}

	w := httptest.NewRecorder()
	web.GraphiQL(nil).ServeHTTP(w, httptest.NewRequest("GET", "/graphiql/tabs.json", nil))
	if w.Body.String() != "[]" {
		t.Errorf("tabs.json without tabs: %s, want []", w.Body)
	}
}

// Both policies again, directive by directive, so that a change to one is made twice and on purpose.
var (
	strictCSP = []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
		"font-src 'self'", "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'",
		"frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types svelte-trusted-html",
	}
	graphiqlCSP = []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "connect-src 'self'",
		"font-src 'self' data:", "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'",
		"frame-ancestors 'none'",
	}
)

func checkSecurity(t *testing.T, r *http.Response, csp []string) {
	t.Helper()
	checkHeader(t, r, "Content-Security-Policy", strings.Join(csp, "; "))
	checkHeader(t, r, "X-Content-Type-Options", "nosniff")
	checkHeader(t, r, "Referrer-Policy", "same-origin")
	checkHeader(t, r, "Cross-Origin-Opener-Policy", "same-origin")
}

func TestSecurityHeaders(t *testing.T) {
	answer := func(h http.Handler) *http.Response {
		w := httptest.NewRecorder()
		web.SecurityHeaders(h).ServeHTTP(w, httptest.NewRequest("GET", "/graphiql", nil))
		return w.Result()
	}
	checkSecurity(t, answer(http.NotFoundHandler()), strictCSP)
	// GraphiQL needs its own, also where everything is wrapped.
	checkSecurity(t, answer(web.GraphiQL(nil)), graphiqlCSP)
}
