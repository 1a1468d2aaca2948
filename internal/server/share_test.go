package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

// from are the headers of a request that comes from an address, by a proxy.
func from(address string) []string { return []string{"X-Forwarded-For", address} }

const hostileClient, otherClient = "192.0.2.1", "192.0.2.2"

// newShared makes a site whose clients are told apart by their addresses.
func newShared(t *testing.T, change func(*Options)) *site {
	t.Helper()
	return newSite(t, func(o *Options) {
		o.Limits.Rate, o.TrustedProxies = SharedRate, []string{"127.0.0.1", "::1"}
		change(o)
	})
}

// TestOneClientCannotTakeAllTurns: of four turns one client gets two, however long its operations run and however many more it sends.
// These take no place from others, and are answered once there is room.
func TestOneClientCannotTakeAllTurns(t *testing.T) {
	for name, cores := range map[string]int{"over Neo4j": 0, "in this process": 4} {
		t.Run(name, func(t *testing.T) {
			site := newShared(t, func(o *Options) {
				o.Limits.Operations, o.Limits.Waiting, o.Timeouts.Wait = 4, -1, time.Minute // nobody may wait in the line
				o.Cores = cores
			})
			begun := []<-chan reply{site.waiting(t, from(hostileClient)...), site.waiting(t, from(hostileClient)...)}
			var more []<-chan reply
			for range 10 {
				more = append(more, site.sent(t, document("{hello}"), from(hostileClient)...))
			}
			for range 5 {
				if got := site.post(t, document("{hello}"), from(otherClient)...); got.status != http.StatusOK {
					t.Errorf("another client: %d %s", got.status, got.body)
				}
			}
			begun = append(begun, site.waiting(t, from(otherClient)...), site.waiting(t, from(otherClient)...))
			for i, answer := range more {
				if len(answer) > 0 {
					t.Errorf("beyond a client's share: request %d is answered while two of its operations run", i+1)
				}
			}
			close(site.schema.release)
			for _, answer := range begun {
				checkDone(t, <-answer)
			}
			for _, answer := range more {
				checkAnswered(t, <-answer)
			}
		})
	}
}

// TestBeyondAShare refuses what a client sends beyond its share once it has waited as long as any may, and says why.
func TestBeyondAShare(t *testing.T) {
	site := newShared(t, func(o *Options) {
		o.Limits.Operations = 2
		set(t, o, "wait", "1ms")
	})
	running := site.waiting(t, from(hostileClient)...)
	got := site.post(t, document("{hello}"), from(hostileClient)...)
	checkRefused(t, got, http.StatusServiceUnavailable, codeOverloaded, "1")
	if want := "As many operations of yours are running as may of one client: 1. Try again when one has ended."; got.message() != want {
		t.Errorf("it says %q, want %q", got.message(), want)
	}
	checkAnswered(t, site.post(t, document("{hello}"), from(otherClient)...))
	close(site.schema.release)
	checkDone(t, <-running)
	checkAnswered(t, site.post(t, document("{hello}"), from(hostileClient)...))
}

// TestWholeServer: where clients are not told apart, all that come may be one, and have all turns. A single turn is anybody's.
func TestWholeServer(t *testing.T) {
	alone := newSite(t, func(o *Options) { o.Limits.Operations = 2 })
	single := newShared(t, func(o *Options) { o.Limits.Operations = 1 })
	answers := []<-chan reply{alone.waiting(t), alone.waiting(t), single.waiting(t)}
	close(alone.schema.release)
	close(single.schema.release)
	for _, answer := range answers {
		checkDone(t, <-answer)
	}
}

// TestTimeIsPaidFor: an operation that asks for no node and takes long counts as many requests, of which at most a minute has to be waited for.
func TestTimeIsPaidFor(t *testing.T) {
	now := newClock()
	site := newShared(t, func(o *Options) {
		o.Limits.Rate, o.Limits.Burst, o.Now, o.Timeouts.Request = 10, 20, now.Now, time.Minute
	})
	takes := func(d time.Duration) {
		t.Helper()
		answer := site.waiting(t, from(hostileClient)...)
		now.pass(d)
		site.schema.release <- struct{}{}
		checkDone(t, <-answer)
	}
	refused := func(seconds int) {
		t.Helper()
		got := site.post(t, document("{hello}"), from(hostileClient)...)
		checkRefused(t, got, http.StatusTooManyRequests, codeRateLimited, "10")
		if wait := got.header.Get("Retry-After"); wait != strconv.Itoa(seconds) {
			t.Errorf("Retry-After %s, want %d", wait, seconds)
		}
		checkAnswered(t, site.post(t, document("{hello}"), from(otherClient)...))
	}
	for range 10 { // quick ones count once
		takes(timePerRequest - 1)
		takes(0)
	}
	now.pass(time.Hour)
	takes(50 * timePerRequest) // which leaves 30 to be made up, at ten a second
	refused(4)
	now.pass(3100 * time.Millisecond)
	takes(time.Hour)
	refused(61)
}

// TestRefusedGivesUpItsPlace: who came in from outside and is refused for their rate waits for that without the place.
func TestRefusedGivesUpItsPlace(t *testing.T) {
	o := Options{Limits: Limits{Rate: 1, Burst: -1, Refusals: 1}, Timeouts: Timeouts{Refusal: time.Minute}, Now: newClock().Now}
	gate, err := newGate(http.NotFoundHandler(), newRefusals(o), o)
	if err != nil {
		t.Fatal(err)
	}
	var left atomic.Bool
	ctx, goes := context.WithCancel(context.WithValue(t.Context(), seatKey{}, func() { left.Store(true) }))
	defer goes()
	refused := make(chan struct{})
	go func() {
		defer close(refused)
		gate.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "GET", pathSchema, nil))
	}()
	eventually(t, left.Load)
	select {
	case <-refused:
		t.Error("it is refused at once")
	default:
	}
	goes()
	<-refused
}
