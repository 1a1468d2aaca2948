package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// edge asks for what a limit just allows, and for one more. A limit has several where it bounds several things.
type edge struct {
	limit      string // the setting
	value      string // that it is given
	at, beyond string // bodies of requests to /graphql
}

// document is the body that asks a document.
func document(text string) string {
	body, err := json.Marshal(map[string]string{"query": text})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// padded makes a text n bytes long, by spaces before its last byte.
func padded(text string, n int) string {
	last := len(text) - 1
	return text[:last] + strings.Repeat(" ", n-len(text)) + text[last:]
}

// edges are those of the limits that one request passes by itself. All that is asked at a limit is right and answered.
func edges() []edge {
	documents := func(limit, value, at, beyond string) edge {
		return edge{limit, value, document(at), document(beyond)}
	}
	fragments := func(n int, used string) string {
		return "{" + used + "}" + numbered("fragment f%[1]d on Query{hello}", n)
	}
	variable := func(value string) string {
		return `{"query":"query($a:Filter){hello(where:$a)}","variables":{"a":` + value + `}}`
	}
	return []edge{
		documents("depth", "3", "{node(id:1){other{id}}}", "{node(id:1){other{other{id}}}}"),
		documents("depth", "3", "{...f} fragment f on Query{node(id:1){other{id}}}", "{...f} fragment f on Query{node(id:1){other{other{id}}}}"),
		documents("fields", "4", "{hello node(id:1){id name}}", "{hello node(id:1){id name other{id}}}"),
		documents("fields", "5", "{...f hello} fragment f on Query{node(id:1){id name}}", "{...f hello} fragment f on Query{node(id:1){id name other{id}}}"),
		documents("repeats", "3", query(strings.Repeat("hello ", 3)), query(strings.Repeat("hello ", 4))),
		documents("repeats", "3", "{...f hello hello} fragment f on Query{hello}", "{...f hello hello} fragment f on Query{hello hello}"),
		documents("aliases", "2", query(numbered("a%[1]d:hello ", 2)), query(numbered("a%[1]d:hello ", 3))),
		documents("directives", "2", "{hello @skip(if:false) @include(if:true)}", "{hello @skip(if:false) @include(if:true) @include(if:true)}"),
		documents("fragments", "2", fragments(2, "...f0 ...f1"), fragments(3, "...f0 node(id:1){id} ...f1 ...f2")),
		documents("fragments", "2", fragments(1, "...f0 ...f0"), fragments(1, "...f0 ...f0 ...f0")),
		documents("tokens", "10", query(strings.Repeat("hello ", 8)), query(strings.Repeat("hello ", 9))),
		documents("query-bytes", "100", padded("{hello}", 100), padded("{hello}", 101)),
		{"body-bytes", "100", padded(document("{hello}"), 100), padded(document("{hello}"), 101)},
		documents("input-depth", "3", `{hello(where:{and:[{name:"x"}]})}`, `{hello(where:{and:[{tags:[]}]})}`),
		documents("input-depth", "3", `query($a:Filter={and:[{name:"x"}]}){hello(where:$a)}`, `query($a:Filter={and:[{tags:[]}]}){hello(where:$a)}`),
		{"input-depth", "3", variable(`{"and":[{"name":"x"}]}`), variable(`{"and":[{"tags":[]}]}`)},
		documents("introspections", "1", "{__schema{queryType{name}}}", `{__schema{queryType{name}} __type(name:"Node"){name}}`),
		documents("introspection-depth", "2", `{__type(name:"Node"){kind}}`, `{__type(name:"Node"){ofType{name}}}`),
	}
}

// edgesByHand are tests of those limits that no single document passes.
var edgesByHand = map[string]func(*testing.T){
	"errors":       testEdgeOfErrors,
	"nodes":        testEdgeOfNodes,
	"time":         testEdgeOfTime,
	"operations":   testEdgeOfOperations,
	"waiting":      testEdgeOfWaiting,
	"wait":         testEdgeOfWait,
	"requests":     testEdgeOfRequests,
	"refusals":     testEdgeOfRefusals,
	"refusal-time": testEdgeOfRefusalTime,
	"answer-bytes": testEdgeOfAnswerBytes,
	"rate":         testEdgeOfRate,
	"burst":        testEdgeOfBurst,
	"header-time":  testEdgeOfHeaderTime,
	"read-time":    testEdgeOfReadTime,
	"idle-time":    testEdgeOfIdleTime,
}

// TestEveryLimitAtItsEdge asks of every limit that can be set what it just allows, which is answered, and one more, which is not.
func TestEveryLimitAtItsEdge(t *testing.T) {
	tested := map[string]bool{}
	for _, e := range edges() {
		tested[e.limit] = true
		t.Run(e.limit, func(t *testing.T) {
			site := newSite(t, func(o *Options) { set(t, o, e.limit, e.value) })
			if got := site.post(t, e.at); got.status != http.StatusOK || strings.Contains(got.body, `"errors"`) {
				t.Errorf("at the limit %s: %d %s", e.at, got.status, got.body)
			}
			status := http.StatusBadRequest
			if e.limit == "body-bytes" {
				status = http.StatusRequestEntityTooLarge
			}
			checkRefused(t, site.post(t, e.beyond), status, codeOf(t, e.limit), e.value)
		})
	}
	for name, test := range edgesByHand {
		tested[name] = true
		t.Run(name, test)
	}
	limits, timeouts := Defaults()
	for _, s := range Settings(&limits, &timeouts) {
		if !tested[s.Name] {
			t.Errorf("nothing asks at the edge of the limit %s", s.Name)
		}
		delete(tested, s.Name)
	}
	for name := range tested {
		t.Errorf("there is no limit %s", name)
	}
}

// set sets a limit as the program does.
func set(t testing.TB, o *Options, name, value string) {
	t.Helper()
	for _, s := range Settings(&o.Limits, &o.Timeouts) {
		if s.Name == name {
			if err := s.Set(value); err != nil {
				t.Fatalf("%s can't be set to %s: %v", name, value, err)
			}
			return
		}
	}
	t.Fatalf("there is no setting %s", name)
}

// codeOf is the code that a limit is said to be refused by.
func codeOf(t *testing.T, name string) string {
	t.Helper()
	var o Options
	for _, s := range Settings(&o.Limits, &o.Timeouts) {
		if s.Name == name {
			return s.Code
		}
	}
	t.Fatalf("there is no setting %s", name)
	return ""
}

// refusalMost is how many bytes a refusal may have, its headers among them.
const refusalMost = 2 << 10

// checkRefused holds a refusal to what every one of them says: a code, the limit, and that nothing was done; and to its size.
func checkRefused(t *testing.T, got reply, status int, code, limit string) {
	t.Helper()
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct {
				Code  string
				Limit json.RawMessage
			}
		}
	}
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil || len(answer.Errors) != 1 {
		t.Fatalf("beyond the limit: %d %s, want one error", got.status, got.body)
	}
	refused := answer.Errors[0]
	if got.status != status || refused.Extensions.Code != code || strings.Trim(string(refused.Extensions.Limit), `"`) != limit || refused.Message == "" || answer.Data != nil {
		t.Errorf("beyond the limit: %d %s, want %d %s, the limit %s and no data", got.status, got.body, status, code, limit)
	}
	if retry := got.header.Get("Retry-After"); (retry != "") != (status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable) {
		t.Errorf("beyond the limit: %d with Retry-After %q", status, retry)
	}
	size := len(got.body)
	for name, values := range got.header {
		size += len(name) + len(strings.Join(values, "")) + 4
	}
	if size > refusalMost {
		t.Errorf("the refusal has %d bytes, more than %d:\n%v\n%s", size, refusalMost, got.header, got.body)
	}
}

func testEdgeOfErrors(t *testing.T) {
	for value, shown := range map[string]int{"50": 50, "49": 49} { // of 50
		site := newSite(t, func(o *Options) { set(t, o, "errors", value) })
		got := site.post(t, document(`{fail(how:"many")}`))
		if n := strings.Count(got.body, `"message"`); n != shown || got.status != http.StatusOK {
			t.Errorf("with %s of 50: %d and %d errors, want %d", value, got.status, n, shown)
		}
	}
}

func testEdgeOfNodes(t *testing.T) {
	const asks = `{cities(first:10){nodes{id country{id}}}}`
	var cost struct {
		Extensions struct {
			Cost struct{ Requested, Limit int }
		}
	}
	got := newSite(t, overDemo(t, 1000)).post(t, document(asks))
	if err := json.Unmarshal([]byte(got.body), &cost); err != nil || cost.Extensions.Cost.Requested == 0 {
		t.Fatalf("no cost in %s", got.body)
	}
	nodes := cost.Extensions.Cost.Requested
	if got := newSite(t, overDemo(t, nodes)).post(t, document(asks)); got.status != http.StatusOK || got.code() != "" {
		t.Errorf("at the limit: %d %s", got.status, got.body)
	}
	checkRefused(t, newSite(t, overDemo(t, nodes-1)).post(t, document(asks)), http.StatusBadRequest, codeOf(t, "nodes"), fmt.Sprint(nodes-1))
}

// BenchmarkRefusals measures what a refusal costs the server, from the request to the answer: what is beyond a limit, and the documents
// that are dear to validate.
func BenchmarkRefusals(b *testing.B) {
	measure := func(name, body string, change ...func(*Options)) {
		b.Run(name, func(b *testing.B) {
			site := newSite(b, change...)
			for b.Loop() {
				if got := site.post(b, body); got.status < 400 {
					b.Fatalf("%d %s", got.status, got.body)
				}
			}
		})
	}
	for _, e := range edges() {
		measure(e.limit, e.beyond, func(o *Options) { set(b, o, e.limit, e.value) })
	}
	for _, h := range hostiles() {
		measure(h.name, document(h.query))
	}
	measure("rate", document("{hello}"), func(o *Options) { o.Limits.Rate, o.Limits.Burst, o.Now = 1, -1, newClock().Now })
	measure("requests", document("{hello}"), func(o *Options) { o.Limits.Requests = -1 })
}
