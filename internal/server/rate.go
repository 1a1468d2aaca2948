package server

import (
	"math"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/recent"
)

// clientsKept is how many clients are remembered. Whoever is forgotten, because so many others came, begins anew.
const clientsKept = 20_000

// nodesPerRequest is how many nodes that an operation asks for count as one more request, and timePerRequest how much time it takes.
// The time is paid for once it is known: what a filter or a count looks at is not told by page sizes. By SharedRate a client can for long
// have one operation running.
const (
	nodesPerRequest = 100
	timePerRequest  = 20 * time.Millisecond
)

// debtTime is how long a client has to wait at most for the time that its operations took.
const debtTime = time.Minute

// rates bounds how much each client may ask. The nil rates bound nothing.
type rates struct {
	perSecond, burst float64
	turns            int // of each
	now              func() time.Time
	clients          *recent.Cache[string, *client]
}

func newRates(l Limits, now func() time.Time) *rates {
	if l.Rate == 0 {
		return nil
	}
	return &rates{float64(l.Rate), float64(l.Burst), (l.Operations + 1) / 2, now, recent.New[string, *client](clientsKept)}
}

// of gives a client by its name; nil where there is no bound.
func (r *rates) of(name string) *client {
	if r == nil {
		return nil
	}
	if c, ok := r.clients.Get(name); ok {
		return c
	}
	c := &client{rates: r, running: make(chan struct{}, r.turns), left: r.burst, at: r.now()}
	r.clients.Add(name, c, 1) // which keeps the first of two that come at once
	if kept, ok := r.clients.Get(name); ok {
		return kept
	}
	return c
}

// client is what somebody who asks, by a token or from an address, may still send and run. The nil client has no bound but those of all:
// where no rate is set, as on loopback, all who ask may be one.
//
// It may run half of what runs at a time. That is several operations a core, so that a client that comes alone loses nothing; if it could
// take the other half while nobody wants it, whoever comes next would have to wait until they end.
//
// What it may send fills up again by perSecond, to burst.
type client struct {
	rates   *rates
	running chan struct{} // a value for each of its operations
	mu      sync.Mutex
	left    float64
	at      time.Time // when left was right
}

// turns is the client's share of them; nil where there is no bound.
func (c *client) turns() chan struct{} {
	if c == nil {
		return nil
	}
	return c.running
}

// take takes a request, or says how long it is until there is one.
func (c *client) take() (wait time.Duration, ok bool) {
	if c == nil {
		return 0, true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fill()
	if c.left < 1 {
		return time.Duration(math.Ceil((1 - c.left) / c.rates.perSecond * float64(time.Second))), false
	}
	c.left--
	return 0, true
}

// chargeNodes takes what an operation turned out to cost. It may leave a debt, of a burst at most, which has to be waited for.
func (c *client) chargeNodes(nodes int) {
	if c != nil {
		c.charge(nodes/nodesPerRequest, c.rates.burst)
	}
}

// chargeTime takes what the time was worth that an operation took. The debt may be larger, as a burst is made up for sooner than the time of
// a few operations that others had to do without.
func (c *client) chargeTime(took time.Duration) {
	if c != nil {
		c.charge(int(took/timePerRequest), debtTime.Seconds()*c.rates.perSecond)
	}
}

// charge takes so many requests. Their debt does not become more than most by it.
func (c *client) charge(requests int, most float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fill()
	c.left = max(c.left-float64(requests), min(c.left, -most))
}

func (c *client) fill() {
	now := c.rates.now()
	if passed := now.Sub(c.at); passed > 0 { // clocks are set back at times
		c.left = min(c.left+passed.Seconds()*c.rates.perSecond, c.rates.burst)
	}
	c.at = now
}
