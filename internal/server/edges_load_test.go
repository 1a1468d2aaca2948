package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// waiting sends an operation that goes on until the site's schema is released, and returns once it has begun.
func (s *site) waiting(t *testing.T, headers ...string) <-chan reply {
	t.Helper()
	answer := s.sent(t, document("{wait}"), headers...)
	select {
	case <-s.schema.waiting:
	case got := <-answer:
		t.Fatalf("it does not begin: %d %s", got.status, got.body)
	}
	return answer
}

// sent sends a request, and hands back where its answer will arrive.
func (s *site) sent(t *testing.T, body string, headers ...string) <-chan reply {
	t.Helper()
	answer := make(chan reply, 1)
	go func() { answer <- s.post(t, body, headers...) }()
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
