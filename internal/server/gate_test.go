package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// TestRate lets a client send a burst, then so many a second, and others meanwhile as many.
func TestRate(t *testing.T) {
	now := newClock()
	site := newSite(t, func(o *Options) {
		o.Limits.Rate, o.Limits.Burst, o.Now, o.TrustedProxies = 2, 5, now.Now, []string{"127.0.0.1", "::1"}
	})
	ask := func(from string) reply { return site.post(t, `{"query":"{hello}"}`, "X-Forwarded-For", from) }
	for i := range 5 {
		if got := ask("192.0.2.1"); got.status != http.StatusOK {
			t.Fatalf("request %d: %d %s", i+1, got.status, got.body)
		}
	}
	got := ask("192.0.2.1")
	if wait, err := strconv.Atoi(got.header.Get("Retry-After")); got.status != http.StatusTooManyRequests || got.code() != codeRateLimited || err != nil || wait != 1 {
		t.Errorf("after a burst: %d %s, Retry-After %q", got.status, got.body, got.header.Get("Retry-After"))
	}
	if got := ask("192.0.2.2"); got.status != http.StatusOK {
		t.Errorf("another client: %d %s", got.status, got.body)
	}
	if got := ask("192.0.2.1, 192.0.2.2"); got.status != http.StatusOK { // what the client itself wrote before does not count
		t.Errorf("another client that names the first: %d %s", got.status, got.body)
	}
	now.pass(time.Second)
	for i, want := range []int{http.StatusOK, http.StatusOK, http.StatusTooManyRequests} {
		if got := ask("192.0.2.1"); got.status != want {
			t.Errorf("a second later, request %d: %d, want %d", i+1, got.status, want)
		}
	}
	for range 10 { // a probe is none of the requests
		if got := site.send(t, "GET", pathHealth, ""); got.status != http.StatusOK {
			t.Errorf("%s: %d", pathHealth, got.status)
		}
	}
	figures := site.send(t, "GET", pathMetrics, "", "X-Forwarded-For", "192.0.2.3")
	if want := `entente_graphql_operations_total{code="RATE_LIMITED",type="none"} 2`; !strings.Contains(figures.body, want) {
		t.Errorf("%s is not among the figures:\n%s", want, figures.body)
	}
}

// TestProxyThatIsNotNamed: its clients share a rate, which is hard to find out unless the log says so. It says it once.
func TestProxyThatIsNotNamed(t *testing.T) {
	site := newSite(t, func(o *Options) { o.Limits.Rate, o.Limits.Burst, o.Now = 1, 1, newClock().Now })
	const says = "name it by --trusted-proxy"
	for i, want := range []int{http.StatusOK, http.StatusTooManyRequests} {
		if got := site.post(t, `{"query":"{hello}"}`); got.status != want {
			t.Errorf("without a proxy, request %d: %d, want %d", i+1, got.status, want)
		}
	}
	if strings.Contains(site.log.String(), says) {
		t.Errorf("it speaks of a proxy where there is none:\n%s", site.log)
	}
	for i := range 3 {
		if got := site.post(t, `{"query":"{hello}"}`, "X-Forwarded-For", fmt.Sprintf("192.0.2.%d", i)); got.status != http.StatusTooManyRequests {
			t.Errorf("another client of the proxy: %d", got.status)
		}
	}
	if n := strings.Count(site.log.String(), says); n != 1 {
		t.Errorf("the log says %d times what to do:\n%s", n, site.log)
	}
}

func TestClients(t *testing.T) {
	proxies, err := newAddresses([]string{"10.0.0.0/8", "2001:db8::1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:5000", "", "192.0.2.1"},
		{"192.0.2.1:5000", "198.51.100.7", "192.0.2.1"}, // nobody asked it
		{"10.0.0.1:5000", "", "10.0.0.1"},
		{"10.0.0.1:5000", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.1:5000", "203.0.113.9, 198.51.100.7, 10.2.3.4", "198.51.100.7"},
		{"10.0.0.1:5000", "nonsense", "10.0.0.1"},
		{"10.0.0.1:5000", "nonsense, 10.0.0.2", "10.0.0.2"},
		{"[::ffff:192.0.2.1]:5000", "", "192.0.2.1"},
		{"[2001:db8:1:2:3::4]:5000", "", "2001:db8:1:2::/64"},
		{"[2001:db8::1]:5000", "2001:db8:5::6", "2001:db8:5::/64"},
		{"", "", ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.remote
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := proxies.client(r); got != test.want {
			t.Errorf("from %q, forwarded for %q: %q, want %q", test.remote, test.forwarded, got, test.want)
		}
	}
	if _, err := newAddresses([]string{"proxy.example.org"}); err == nil || !strings.Contains(err.Error(), "neither an address nor a network") {
		t.Errorf("a name: %v", err)
	}
}

// TestOverload runs as many operations as may: what comes then is refused at once, probes are answered, and what runs is answered.
func TestOverload(t *testing.T) {
	site := newSite(t, func(o *Options) {
		o.Limits.Operations, o.Limits.Waiting, o.Timeouts.Request = 1, -1, time.Minute // nobody may wait
	})
	answer := make(chan reply)
	go func() { answer <- site.post(t, `{"query":"{wait}"}`) }()
	<-site.schema.waiting
	for _, path := range []string{pathGraphQL, pathExport + "?format=csv"} {
		got := site.send(t, "POST", path, `{"query":"{nodes(ids:[1]){id}}"}`)
		if path == pathGraphQL && (got.status != http.StatusServiceUnavailable || got.code() != codeOverloaded || got.header.Get("Retry-After") != "1") {
			t.Errorf("where one runs: %d %s, Retry-After %q", got.status, got.body, got.header.Get("Retry-After"))
		}
		if got.status == http.StatusOK {
			t.Errorf("%s was answered out of turn: %s", path, got.body)
		}
	}
	if got := site.send(t, "GET", pathHealth, ""); got.status != http.StatusOK {
		t.Errorf("%s: %d", pathHealth, got.status)
	}
	close(site.schema.release)
	if got := <-answer; got.status != http.StatusOK || strings.Contains(got.body, "errors") {
		t.Errorf("what was let in: %d %s", got.status, got.body)
	}
	if got := site.post(t, `{"query":"{hello}"}`); got.status != http.StatusOK {
		t.Errorf("afterwards: %d %s", got.status, got.body)
	}
}

// TestTurns lets one run and one wait.
func TestTurns(t *testing.T) {
	turns := newTurns(Limits{Operations: 1, Waiting: 1}, Timeouts{Wait: time.Minute}, 0)
	take := func(ctx context.Context, patience time.Duration) bool {
		_, refused := turns.take(ctx, patience)
		return refused == nil
	}
	end, refused := turns.take(t.Context(), 0)
	if refused != nil {
		t.Fatal("the first one gets no turn")
	}
	waited := make(chan bool)
	go func() { waited <- take(t.Context(), 0) }()
	for !turns.line.isFull() {
		runtime.Gosched()
	}
	if !turns.full() || take(t.Context(), 0) {
		t.Error("the third one gets a turn")
	}
	patient, waits := make(chan bool), make(chan struct{})
	go func() {
		patient <- take(telling{t.Context(), sync.OnceFunc(func() { close(waits) })}, time.Minute)
	}()
	<-waits
	end()
	if !<-waited {
		t.Error("who waited gets no turn")
	}
	<-turns.running // as who waited would
	if !<-patient {
		t.Error("who is patient gets no turn")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if take(gone, 0) {
		t.Error("who went away gets a turn")
	}
	if n := turns.line.free; n != 1 {
		t.Errorf("%d places are free; want 1", n)
	}
}

// telling is a context that tells when somebody begins to wait for its end.
type telling struct {
	context.Context
	waits func()
}

func (c telling) Done() <-chan struct{} {
	c.waits()
	return c.Context.Done()
}

// TestQuickTurns: where operations take a core each, no more begin than there are cores. One that is slow makes room for others.
func TestQuickTurns(t *testing.T) {
	turns := newTurns(Limits{Operations: 3, Waiting: 1}, Timeouts{Wait: time.Minute}, 1)
	endSlow, refused := turns.take(t.Context(), 0)
	if refused != nil {
		t.Fatal("the first one gets no turn")
	}
	endQuick, refused := turns.take(t.Context(), 0) // as soon as the first one is slow
	if refused != nil {
		t.Fatal("nobody gets a turn beside a slow one")
	}
	if len(turns.running) != 2 || len(turns.beginning) != 1 {
		t.Errorf("%d run, and %d have begun lately; want 2 and 1", len(turns.running), len(turns.beginning))
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	turns.take(gone, 0)
	endSlow()
	endQuick()
	eventually(t, func() bool { return len(turns.running) == 0 && len(turns.beginning) == 0 && turns.line.free == 1 })
}

// TestLine: of those who wait outside the newest gets the place that is free, and who goes takes none along.
func TestLine(t *testing.T) {
	line := &line{free: 1}
	if !line.enter() || line.enter() {
		t.Fatal("there is one place")
	}
	got := make(chan string)
	wait := func(ctx context.Context, name string, stand int) {
		go func() {
			if line.wait(ctx, time.Minute) {
				got <- name
			} else {
				got <- name + " goes"
			}
		}()
		eventually(t, func() bool { line.mu.Lock(); defer line.mu.Unlock(); return line.outside.Len() == stand })
	}
	gone, goes := context.WithCancel(t.Context())
	wait(t.Context(), "oldest", 1)
	wait(gone, "who goes", 2)
	wait(t.Context(), "newest", 3)
	goes()
	if name := <-got; name != "who goes goes" {
		t.Errorf("%s first", name)
	}
	for _, want := range []string{"newest", "oldest"} {
		line.leave()
		if name := <-got; name != want {
			t.Errorf("%s gets the place, not the %s", name, want)
		}
	}
	if line.wait(t.Context(), time.Millisecond) || !line.isFull() {
		t.Error("a place comes up by itself")
	}
	line.leave()
	if !line.wait(t.Context(), time.Minute) || !line.isFull() {
		t.Error("who comes while a place is free does not get it")
	}
	line.leave()
	if !line.enter() {
		t.Error("the place is lost")
	}
}

// eventually waits for what comes by itself.
func eventually(t *testing.T, so func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not come")
		}
	}
}

// TestShed: where nobody may even wait, what comes is refused before it is read, with all that a refusal says, and told to the log in
// numbers.
func TestShed(t *testing.T) {
	now := newClock()
	site := newSite(t, func(o *Options) {
		o.Limits.Operations, o.Limits.Waiting, o.Timeouts.Request, o.Now = 1, -1, time.Minute, now.Now
		o.AllowedOrigins = []string{"https://maps.example.org"}
	})
	answer := make(chan reply)
	go func() { answer <- site.post(t, `{"query":"{wait}"}`) }()
	<-site.schema.waiting
	for _, path := range []string{pathGraphQL, pathExport} {
		for _, mediaType := range []string{typeJSON, typeResponse} {
			got := site.send(t, "POST", path, `not even JSON`, "Accept", mediaType)
			if got.status != http.StatusServiceUnavailable || got.code() != codeOverloaded || got.header.Get("Retry-After") != "1" ||
				got.header.Get("Content-Type") != mediaType+"; charset=utf-8" || got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s as %s: %d %v %s", path, mediaType, got.status, got.header, got.body)
			}
		}
	}
	// A page of another site has to be told in its own way.
	got := site.post(t, `{"query":"{hello}"}`, "Origin", "https://maps.example.org", "Sec-Fetch-Site", "cross-site")
	if got.status != http.StatusServiceUnavailable || got.header.Get("Access-Control-Allow-Origin") == "" || got.header.Get("Retry-After") != "1" {
		t.Errorf("a page of an allowed origin: %d %v", got.status, got.header)
	}
	if got := site.send(t, "GET", pathHealth, ""); got.status != http.StatusOK {
		t.Errorf("%s: %d", pathHealth, got.status)
	}
	now.pass(time.Second)
	site.post(t, `{"query":"{hello}"}`)
	close(site.schema.release)
	<-answer
	log := site.log.String()
	if strings.Count(log, `"msg":"refused"`) != 2 || !strings.Contains(log, `"requests":1,`) || !strings.Contains(log, `"requests":5,`) || strings.Contains(log, `"status":503`) {
		t.Errorf("want two lines that say one and five were refused, and none for each:\n%s", log)
	}
}

// TestTokensAreReadAgain takes a token back while the server runs, and holds on to what was right where the file is not.
func TestTokensAreReadAgain(t *testing.T) {
	now := newClock()
	token, secret, err := NewToken("ann", "reader", "2027-01-31")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "tokens")
	write := func(text string) {
		t.Helper()
		now.pass(time.Minute)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, now.Now(), now.Now()); err != nil {
			t.Fatal(err)
		}
	}
	write(token.String() + "\n")
	tokens, err := OpenTokens(file, nil, now.Now)
	if err != nil {
		t.Fatal(err)
	}
	site := newSite(t, func(o *Options) { o.Tokens, o.Now = tokens, now.Now })
	check := func(when string, want int) {
		t.Helper()
		if got := site.post(t, `{"query":"{hello}"}`, "Authorization", "Bearer "+secret); got.status != want {
			t.Errorf("%s: %d %s, want %d", when, got.status, got.body, want)
		}
	}
	check("at first", http.StatusOK)
	if got := site.post(t, `{"query":"mutation{change}"}`, "Authorization", "Bearer "+secret); got.status != http.StatusForbidden || got.code() != codeForbidden {
		t.Errorf("a reader changes something: %d %s", got.status, got.body)
	}
	write("ann reader half a line\n")
	check("with a file that is not right", http.StatusOK)
	write("# nobody\n")
	check("taken back", http.StatusUnauthorized)
	write(token.String() + "\n")
	check("given again", http.StatusOK)
	now.pass(100 * 24 * time.Hour)
	check("after its last day", http.StatusUnauthorized)
	if strings.Contains(site.log.String(), secret) {
		t.Error("the token stands in the log")
	}
}

func TestReadTokensRefuses(t *testing.T) {
	hash := strings.Repeat("0a", 32)
	for line, says := range map[string]string{
		"ann reader":                            "line 1: has 2 words",
		"a/b reader " + hash + " 2027-01-31":    "the name",
		"ann boss " + hash + " 2027-01-31":      `there is no role "boss"`,
		"ann reader entente_abc 2027-01-31":     "is not 64 hexadecimal digits",
		"ann reader " + hash + " soon":          `"soon" is not the last day`,
		"\n\nann reader " + hash + " 31.1.2027": "line 3: ",
	} {
		_, err := ReadTokens([]byte(line))
		if err == nil || !strings.Contains(strings.Replace(err.Error(), "line 1 has", "line 1: has", 1), says) || strings.Contains(err.Error(), "entente_abc") {
			t.Errorf("%q: %v, want %q", line, err, says)
		}
	}
}

// TestEveryAddressIsGuarded holds that no address but those of probes answers somebody who has no token, or who asks too much.
func TestEveryAddressIsGuarded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tokens")
	token, _, err := NewToken("ann", "reader", "2999-01-31")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(token.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	tokens, err := OpenTokens(file, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	site := newSite(t, func(o *Options) { o.Tokens = tokens })
	for path, want := range map[string]int{
		pathGraphQL: 401, pathExport: 401, pathSchema: 401, pathMetrics: 401, "/nothing": 401,
		pathGraphiQL: 200, pathGraphiQL + "/x": 200, pathHealth: 200, pathReady: 200,
	} {
		if got := site.send(t, "GET", path, ""); got.status != want {
			t.Errorf("GET %s: %d, want %d", path, got.status, want)
		}
	}
	site = newSite(t, func(o *Options) { o.Limits.Rate, o.Limits.Burst, o.Now = 1, 1, newClock().Now })
	site.post(t, `{"query":"{hello}"}`)
	for _, path := range []string{pathGraphQL, pathExport, pathSchema, pathMetrics, pathGraphiQL, "/", "/nothing"} {
		if got := site.send(t, "GET", path, ""); got.status != http.StatusTooManyRequests {
			t.Errorf("GET %s of one who asked too much: %d", path, got.status)
		}
	}
}

func TestSettings(t *testing.T) {
	limits, timeouts := Defaults()
	names := map[string]bool{}
	for _, s := range Settings(&limits, &timeouts) {
		if names[s.Name] {
			t.Errorf("two settings are named %s", s.Name)
		}
		names[s.Name] = true
		before := s.String()
		if err := s.Set(before); err != nil || s.String() != before {
			t.Errorf("%s can't be set to its default %s: %v", s.Name, before, err)
		}
		if err := s.Set("-1"); err == nil || !strings.HasPrefix(err.Error(), "write a ") {
			t.Errorf("%s is set to -1: %v", s.Name, err)
		}
	}
}

// TestLimitsPage holds the page of the limits to what they are.
func TestLimitsPage(t *testing.T) {
	page, err := os.ReadFile("../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	limits, timeouts := Defaults()
	for _, s := range Settings(&limits, &timeouts) {
		value := s.String()
		switch s.Name {
		case "operations":
			value = "8 a core"
		case "waiting":
			value = "32 a core"
		case "rate":
			value = strconv.Itoa(SharedRate)
		}
		code := ""
		if s.Code != "" {
			code = "`" + s.Code + "`"
		}
		if line := fmt.Sprintf("| `%s` | %s | %s | %s |\n", s.Name, s.Meaning, value, code); !strings.Contains(string(page), line) {
			t.Errorf("internal/docs/limits.md lacks the line\n%s", line)
		}
	}
}
