package server

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
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

// waiting sends an operation that goes on until the site's schema is released, and returns once it has begun.
func (s *site) waiting(t *testing.T) <-chan reply {
	t.Helper()
	answer := s.sent(t, document("{wait}"))
	<-s.schema.waiting
	return answer
}

// sent sends a request, and hands back where its answer will arrive.
func (s *site) sent(t *testing.T, body string) <-chan reply {
	t.Helper()
	answer := make(chan reply, 1)
	go func() { answer <- s.post(t, body) }()
	return answer
}

// checkDone holds that an operation which waited was answered.
func checkDone(t *testing.T, got reply) {
	t.Helper()
	if got.status != http.StatusOK || !strings.Contains(got.body, "done") {
		t.Errorf("within the limit: %d %s", got.status, got.body)
	}
}

func testEdgeOfTime(t *testing.T) {
	within := newSite(t, func(o *Options) { set(t, o, "time", "1m") })
	answer := within.waiting(t)
	close(within.schema.release)
	checkDone(t, <-answer)

	late := newSite(t, func(o *Options) { set(t, o, "time", "10ms") })
	got := late.post(t, document("{wait}"))
	if got.code() != codeOf(t, "time") || !strings.Contains(got.body, `"limit":"10ms"`) || len(got.body) > refusalMost {
		t.Errorf("beyond the limit: %d %s", got.status, got.body)
	}
}

func testEdgeOfOperations(t *testing.T) {
	site := newSite(t, func(o *Options) {
		set(t, o, "operations", "2")
		o.Limits.Waiting = -1 // nobody may wait
	})
	first, second := site.waiting(t), site.waiting(t)
	checkRefused(t, site.post(t, document("{hello}")), http.StatusServiceUnavailable, codeOverloaded, "2")
	close(site.schema.release)
	checkDone(t, <-first)
	checkDone(t, <-second)
}

func testEdgeOfWaiting(t *testing.T) {
	site := newSite(t, func(o *Options) {
		set(t, o, "operations", "1")
		set(t, o, "waiting", "2")
		set(t, o, "wait", "1m")
	})
	running := site.waiting(t)
	// Three more: two wait, and whichever comes last is refused at once.
	answers := site.atOnce(t, 3)
	checkRefused(t, <-answers, http.StatusServiceUnavailable, codeOf(t, "waiting"), "1")
	close(site.schema.release)
	checkDone(t, <-running)
	for range 2 {
		checkAnswered(t, <-answers)
	}
}

// atOnce asks so many questions at a time, and gives the answers as they come.
func (s *site) atOnce(t *testing.T, n int) <-chan reply {
	answers := make(chan reply)
	for range n {
		go func() { answers <- s.post(t, document("{hello}")) }()
	}
	return answers
}

func checkAnswered(t *testing.T, got reply) {
	t.Helper()
	if got.status != http.StatusOK {
		t.Errorf("within the limit: %d %s", got.status, got.body)
	}
}

func testEdgeOfWait(t *testing.T) {
	site := newSite(t, func(o *Options) {
		set(t, o, "operations", "1")
		set(t, o, "wait", "1ms")
	})
	running := site.waiting(t)
	checkRefused(t, site.post(t, document("{hello}")), http.StatusServiceUnavailable, codeOf(t, "wait"), "1")
	close(site.schema.release)
	checkDone(t, <-running)
	// Who gets a turn in time is in testEdgeOfWaiting.
}

func testEdgeOfRequests(t *testing.T) {
	site := newSite(t, func(o *Options) { set(t, o, "requests", "2") })
	first, second := site.waiting(t), site.waiting(t)
	checkRefused(t, site.post(t, document("{hello}")), http.StatusServiceUnavailable, codeOf(t, "requests"), "2")
	if got := site.send(t, "GET", pathSchema, ""); got.status != http.StatusServiceUnavailable || len(got.body) > refusalMost {
		t.Errorf("beyond the limit, elsewhere: %d %s", got.status, got.body)
	}
	close(site.schema.release)
	checkDone(t, <-first)
	checkDone(t, <-second)
	if got := site.post(t, document("{hello}")); got.status != http.StatusOK {
		t.Errorf("once they are answered: %d %s", got.status, got.body)
	}
}

func testEdgeOfRefusals(t *testing.T) {
	site := newSite(t, func(o *Options) {
		o.Limits.Operations, o.Limits.Waiting = 1, -1
		set(t, o, "refusals", "1")
		set(t, o, "refusal-time", "2s")
	})
	running := site.waiting(t)
	// One of two waits, and the other is refused at once. By the time that the one would be refused, it can be answered.
	answers := site.atOnce(t, 2)
	began := time.Now()
	checkRefused(t, <-answers, http.StatusServiceUnavailable, codeOverloaded, "1")
	if took := time.Since(began); took >= 2*time.Second {
		t.Errorf("beyond the limit: refused after %v", took)
	}
	close(site.schema.release)
	checkDone(t, <-running)
	checkAnswered(t, <-answers)
}

func testEdgeOfRefusalTime(t *testing.T) {
	now := newClock()
	for code, site := range map[string]*site{
		codeRateLimited: newSite(t, func(o *Options) {
			o.Limits.Rate, o.Limits.Burst, o.Now = 1, 1, now.Now
			set(t, o, "refusal-time", "100ms")
		}),
		codeOverloaded: newSite(t, func(o *Options) {
			o.Limits.Requests = 1
			set(t, o, "refusal-time", "100ms")
		}),
	} {
		running := site.waiting(t)
		began := time.Now()
		got := site.post(t, document("{hello}"))
		if took := time.Since(began); got.code() != code || got.header.Get("Retry-After") != "1" || took < 100*time.Millisecond || took > 5*time.Second {
			t.Errorf("%s: %d %v after %v", code, got.status, got.header, took)
		}
		close(site.schema.release)
		checkDone(t, <-running)
	}
}

func testEdgeOfAnswerBytes(t *testing.T) {
	const least = 1 << 20 // that can be set
	site := newSite(t, func(o *Options) {
		set(t, o, "answer-bytes", fmt.Sprint(least))
		set(t, o, "body-bytes", fmt.Sprint(2*least))
	})
	named := func(bytes int) string { // asks for an answer of so many bytes
		name := strings.Repeat("a", bytes-len(`{"hello":"hello "}`))
		return `{"query":"query($a:String){hello(name:$a)}","variables":{"a":"` + name + `"}}`
	}
	if got := site.post(t, named(least)); got.status != http.StatusOK {
		t.Errorf("at the limit: %d %.300s", got.status, got.body)
	}
	checkRefused(t, site.post(t, named(least+1)), http.StatusServiceUnavailable, codeOf(t, "answer-bytes"), fmt.Sprint(least))
}

func testEdgeOfRate(t *testing.T) {
	now := newClock()
	site := newSite(t, func(o *Options) {
		o.Now = now.Now
		set(t, o, "rate", "2")
		set(t, o, "burst", "1")
	})
	site.post(t, document("{hello}"))
	now.pass(499 * time.Millisecond)
	checkRefused(t, site.post(t, document("{hello}")), http.StatusTooManyRequests, codeOf(t, "rate"), "2")
	now.pass(time.Millisecond)
	if got := site.post(t, document("{hello}")); got.status != http.StatusOK {
		t.Errorf("at the limit: %d %s", got.status, got.body)
	}
}

func testEdgeOfBurst(t *testing.T) {
	now := newClock()
	site := newSite(t, overDemo(t, 1000), func(o *Options) {
		o.Now = now.Now
		set(t, o, "rate", "1")
		set(t, o, "burst", "5")
	})
	send := func(asks string, n int) {
		t.Helper()
		for range n {
			if got := site.post(t, document(asks)); got.status != http.StatusOK {
				t.Errorf("within a burst: %d %s", got.status, got.body)
			}
		}
	}
	send("{__typename}", 5)
	checkRefused(t, site.post(t, document("{__typename}")), http.StatusTooManyRequests, codeOf(t, "burst"), "1")
	now.pass(time.Minute)
	// A hundred nodes count as one request more: this is four.
	send("{cities(first:100){nodes{a:country{id} b:country{id}}}}", 1)
	send("{__typename}", 1)
	checkRefused(t, site.post(t, document("{__typename}")), http.StatusTooManyRequests, codeOf(t, "burst"), "1")
}

// peer is a connection that a test writes to by hand.
type peer struct {
	net.Conn
	in *bufio.Reader
}

func (s *serving) connect(t *testing.T) peer {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	if err := connection.SetDeadline(time.Now().Add(30 * time.Second)); err != nil { // only against hanging
		t.Fatal(err)
	}
	return peer{connection, bufio.NewReader(connection)}
}

// ask writes a request in pieces, and reads the answer.
func (p peer) ask(t *testing.T, pieces ...string) (reply, error) {
	t.Helper()
	for _, piece := range pieces {
		if _, err := io.WriteString(p, piece); err != nil {
			t.Fatal(err)
		}
	}
	response, err := http.ReadResponse(p.in, nil)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return reply{response.StatusCode, response.Header, string(text)}, err
}

const health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"

func testEdgeOfHeaderTime(t *testing.T) {
	within := serve(t, Timeouts{Header: time.Minute})
	if got, err := within.connect(t).ask(t, health[:10], health[10:]); err != nil || got.status != http.StatusOK {
		t.Errorf("within the limit: %d, %v", got.status, err)
	}
	// Beyond: TestTrickledHeader.
}

func testEdgeOfReadTime(t *testing.T) {
	body := document("{hello}")
	head := fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: %s\r\nContent-Length: %d\r\n\r\n", typeResponse, len(body))
	within := serve(t, Timeouts{Read: time.Minute})
	if got, err := within.connect(t).ask(t, head, body[:5], body[5:]); err != nil || got.status != http.StatusOK {
		t.Errorf("within the limit: %d %s, %v", got.status, got.body, err)
	}
	late := serve(t, Timeouts{Read: 100 * time.Millisecond})
	got, err := late.connect(t).ask(t, head, body[:5])
	if err != nil {
		t.Fatal(err)
	}
	checkRefused(t, got, http.StatusRequestTimeout, codeOf(t, "read-time"), "100ms")
}

func testEdgeOfIdleTime(t *testing.T) {
	within := serve(t, Timeouts{Idle: time.Minute}).connect(t)
	for range 2 {
		if got, err := within.ask(t, health); err != nil || got.status != http.StatusOK {
			t.Errorf("within the limit: %d, %v", got.status, err)
		}
	}
	late := serve(t, Timeouts{Idle: 50 * time.Millisecond}).connect(t)
	if got, err := late.ask(t, health); err != nil || got.status != http.StatusOK {
		t.Fatalf("the first request: %d, %v", got.status, err)
	}
	if rest, err := io.ReadAll(late.in); err != nil || len(rest) > 0 {
		t.Errorf("beyond the limit: %q, %v; want the connection closed", rest, err)
	}
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
