package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAnswers(t *testing.T) {
	site := newSite(t)
	big := "query q($name: String!) { hello(name: $name) }"
	for _, c := range []struct{ name, got, want string }{
		{"a query", site.post(t, `{"query":"{hello}"}`).body,
			`{"data":{"hello":"hello world"},"extensions":{"cost":1}}`},
		{"variables", site.post(t, `{"query":"`+big+`","variables":{"name":"济南"},"operationName":"q","extensions":null}`).body,
			`{"data":{"hello":"hello 济南"},"extensions":{"cost":1}}`},
		{"GET", site.send(t, "GET", pathGraphQL+"?variables=%7B%22name%22%3A%22you%22%7D&query="+url.QueryEscape(big), "").body,
			`{"data":{"hello":"hello you"},"extensions":{"cost":1}}`},
		{"a mutation", site.post(t, `{"query":"mutation{change}"}`).body,
			`{"data":{"change":null},"extensions":{"cost":1}}`},
		{"an error in a field", site.post(t, `{"query":"{fail(how:\"input\")}"}`).body,
			`{"errors":[{"message":"since: no such month","path":["fail"],"extensions":{"code":"BAD_INPUT","field":"since"}}],"data":{"fail":null},"extensions":{"cost":1}}`},
		{"a refusal of the operation", site.post(t, `{"query":"{refuse}"}`).body,
			`{"errors":[{"message":"the query asks for 12000 of at most 10000 nodes","extensions":{"code":"TOO_LARGE"}}]}`},
	} {
		if c.got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, c.got, c.want)
		}
	}
}

func TestRequestsThatAreNone(t *testing.T) {
	site := newSite(t)
	const secret = "hunter2"
	get := func(query string) string { return pathGraphQL + "?" + query }
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		code                     string
	}{
		{"nothing", "POST", pathGraphQL, "", []string{"Content-Type", typeJSON}, 400, codeBadRequest},
		{"no type", "POST", pathGraphQL, `{"query":"{hello}"}`, []string{"Content-Type", ""}, 415, codeMediaType},
		{"text", "POST", pathGraphQL, `{"query":"{hello}"}`, []string{"Content-Type", "text/plain"}, 415, codeMediaType},
		{"a form", "POST", pathGraphQL, `query={hello}`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, codeMediaType},
		{"a form with parts", "POST", pathGraphQL, "--x--", []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, codeMediaType},
		{"another charset", "POST", pathGraphQL, `{"query":"{hello}"}`, []string{"Content-Type", "application/json; charset=utf-16"}, 415, codeMediaType},
		{"compressed", "POST", pathGraphQL, `{"query":"{hello}"}`, []string{"Content-Encoding", "gzip"}, 415, codeMediaType},
		{"half of JSON", "POST", pathGraphQL, `{"query":"` + secret, nil, 400, codeBadRequest},
		{"a batch", "POST", pathGraphQL, `[{"query":"{hello}"}]`, nil, 400, codeBadRequest},
		{"a string", "POST", pathGraphQL, `"` + secret + `"`, nil, 400, codeBadRequest},
		{"null", "POST", pathGraphQL, `null`, nil, 400, codeBadRequest},
		{"two objects", "POST", pathGraphQL, `{"query":"{hello}"} {"query":"` + secret + `"}`, nil, 400, codeBadRequest},
		{"something behind", "POST", pathGraphQL, `{"query":"{hello}"}` + secret, nil, 400, codeBadRequest},
		{"no query", "POST", pathGraphQL, `{"qeury":"` + secret + `"}`, nil, 400, codeBadRequest},
		{"an empty query", "POST", pathGraphQL, `{"query":" \n"}`, nil, 400, codeBadRequest},
		{"a query that is a number", "POST", pathGraphQL, `{"query":12345678}`, nil, 400, codeBadRequest},
		{"variables that are a list", "POST", pathGraphQL, `{"query":"{hello}","variables":["` + secret + `"]}`, nil, 400, codeBadRequest},
		{"extensions that are a string", "POST", pathGraphQL, `{"query":"{hello}","extensions":"` + secret + `"}`, nil, 400, codeBadRequest},
		{"a name that is a list", "POST", pathGraphQL, `{"query":"{hello}","operationName":["` + secret + `"]}`, nil, 400, codeBadRequest},
		{"too large", "POST", pathGraphQL, `{"query":"` + strings.Repeat(secret, 200000) + `"}`, nil, 413, codeBodyTooLarge},
		{"GET without query", "GET", get("qeury=" + secret), "", nil, 400, codeBadRequest},
		{"GET with broken escapes", "GET", get("query=%" + secret), "", nil, 400, codeBadRequest},
		{"GET with broken variables", "GET", get("query={hello}&variables=" + secret), "", nil, 400, codeBadRequest},
		{"GET with a list of variables", "GET", get("query={hello}&variables=[1]"), "", nil, 400, codeBadRequest},
		{"GET with a mutation", "GET", get("query=mutation{change}"), "", nil, 405, codeMethodNotAllowed},
		{"a websocket", "GET", pathGraphQL, "", []string{"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}, 400, codeBadRequest},
		{"PUT", "PUT", pathGraphQL, `{"query":"{hello}"}`, nil, 405, codeMethodNotAllowed},
		{"OPTIONS", "OPTIONS", pathGraphQL, "", nil, 405, codeMethodNotAllowed},
	} {
		for _, mediaType := range []string{typeResponse, typeJSON} {
			got := site.send(t, c.method, c.path, c.body, append(c.headers, "Accept", mediaType)...)
			if got.status != c.status || got.code() != c.code {
				t.Errorf("%s: got %d %s, want %d %s", c.name, got.status, got.body, c.status, c.code)
			}
			if strings.Contains(got.body, secret) || len(got.body) > 500 {
				t.Errorf("%s: the answer repeats the request: %s", c.name, got.body)
			}
			if strings.Contains(got.body, `"data"`) {
				t.Errorf("%s: the answer has a data key: %s", c.name, got.body)
			}
			if want := mediaType + "; charset=utf-8"; got.header.Get("Content-Type") != want {
				t.Errorf("%s: Content-Type %q, want %q", c.name, got.header.Get("Content-Type"), want)
			}
			if allow := got.header.Get("Allow"); (allow == "") == (c.status == 405) {
				t.Errorf("%s: Allow %q with status %d", c.name, allow, c.status)
			}
		}
	}
	if site.schema.documents != nil {
		t.Errorf("%d of them were executed", len(site.schema.documents))
	}
}

// TestBodyOfUnknownLength: what does not say its length is counted as it comes.
func TestBodyOfUnknownLength(t *testing.T) {
	site := newSite(t)
	body := struct{ *strings.Reader }{strings.NewReader(`{"query":"{hello}"}` + strings.Repeat(" ", 2<<20))}
	response, err := site.Client().Post(site.URL+pathGraphQL, typeJSON, body)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d, want 413", response.StatusCode)
	}
}

func TestStatusFollowsMediaType(t *testing.T) {
	site := newSite(t)
	for name, body := range map[string]string{
		"parsing":    `{"query":"{"}`,
		"validation": `{"query":"{nothing}"}`,
		"variables":  `{"query":"query($a:ID!){node(id:$a){id}}","variables":{"a":null}}`,
		"the name":   `{"query":"query a{hello}","operationName":"b"}`,
		"the guard":  `{"query":"{` + strings.Repeat("hello ", 21) + `}"}`,
		"the schema": `{"query":"{refuse}"}`,
	} {
		for mediaType, want := range map[string]int{typeResponse: 400, typeJSON: 200} {
			got := site.post(t, body, "Accept", mediaType)
			if got.status != want || strings.Contains(got.body, `"data"`) || got.code() == "" {
				t.Errorf("%s, %s: got %d %s, want %d and no data", name, mediaType, got.status, got.body, want)
			}
		}
	}
}

func TestNegotiate(t *testing.T) {
	for accept, want := range map[string]string{
		"":                     typeJSON,
		"*/*":                  typeJSON,
		"application/*":        typeJSON,
		"text/html, */*;q=0.8": typeJSON,
		"text/html":            typeJSON,
		"!, application/json":  typeJSON,
		typeResponse:           typeResponse,
		typeResponse + ", " + typeJSON + ";q=0.9":             typeResponse,
		typeJSON + ", " + typeResponse:                        typeJSON,
		typeJSON + ";q=0.5, " + typeResponse:                  typeResponse,
		typeResponse + ";q=0, " + typeJSON + ";q=0.1":         typeJSON,
		typeResponse + "; charset=utf-8, application/*;q=0.1": typeResponse,
	} {
		if got := negotiate(accept); got != want {
			t.Errorf("negotiate(%q) = %q, want %q", accept, got, want)
		}
	}
}

// TestLinger: an operation that goes on long after its time does not spoil the connection for what is asked by it next.
func TestLinger(t *testing.T) {
	site := newSite(t, func(o *Options) { o.Timeouts.Request, o.Timeouts.Wait = 100*time.Millisecond, time.Millisecond })
	time.AfterFunc(1300*time.Millisecond, func() { close(site.schema.release) }) // when net/http gives up reading, a second after that
	site.post(t, `{"query":"{linger}"}`)
	if got := site.post(t, `{"query":"{__typename}"}`); got.status != http.StatusOK || got.code() != "" {
		t.Errorf("the next one: %d %s", got.status, got.body)
	}
}

// TestLingerExport: nor does a page of a file, and who asked for it is answered.
func TestLingerExport(t *testing.T) {
	site := newSite(t, func(o *Options) {
		o.Timeouts.Request, o.Timeouts.Write = 100*time.Millisecond, 200*time.Millisecond
	})
	time.AfterFunc(500*time.Millisecond, func() { close(site.schema.release) })
	if got := site.send(t, http.MethodPost, pathExport+"?format=csv", `{"query":"{linger}"}`); got.status != http.StatusOK {
		t.Errorf("the export: %d %s", got.status, got.body)
	}
	if got := site.post(t, `{"query":"{__typename}"}`); got.status != http.StatusOK || got.code() != "" {
		t.Errorf("the next one: %d %s", got.status, got.body)
	}
}

func TestTimeout(t *testing.T) {
	site := newSite(t, func(o *Options) { o.Timeouts.Request = 20 * time.Millisecond })
	got := site.post(t, `{"query":"{wait}"}`)
	want := `{"errors":[{"message":"The query took too long and was stopped; ask for less at a time.","path":["wait"],"extensions":{"code":"TIMEOUT","limit":"20ms"}}],"data":{"wait":null},"extensions":{"cost":1}}`
	if got.body != want {
		t.Errorf("got  %s\nwant %s", got.body, want)
	}
}

// TestTooLateToBegin: time that ran out before the operation began is no data.
func TestTooLateToBegin(t *testing.T) {
	site := newSite(t, func(o *Options) { o.Timeouts.Request = time.Nanosecond })
	if got := site.post(t, `{"query":"{hello}"}`); got.status != http.StatusGatewayTimeout || got.code() != codeTimeout {
		t.Errorf("got %d %s, want 504 %s", got.status, got.body, codeTimeout)
	}
}
