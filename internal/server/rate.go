package server

import (
	"math"
	"sync"
	"time"

	"github.com/ententegraph/entente/internal/recent"
)

// clientsKept is how many clients are remembered. Whoever is forgotten, because so many others came, begins anew.
const clientsKept = 20_000

// nodesPerRequest is how many nodes that an operation asks for count as one more request.
const nodesPerRequest = 100

// rates bounds how much each client may ask. The nil rates bound nothing.
type rates struct {
	perSecond, burst float64
	now              func() time.Time
	clients          *recent.Cache[string, *bucket]
}

func newRates(l Limits, now func() time.Time) *rates {
	if l.Rate == 0 {
		return nil
	}
	return &rates{float64(l.Rate), float64(l.Burst), now, recent.New[string, *bucket](clientsKept)}
}

// of gives the bucket of a client; nil where there is no bound.
func (r *rates) of(client string) *bucket {
	if r == nil {
		return nil
	}
	if b, ok := r.clients.Get(client); ok {
		return b
	}
	b := &bucket{rates: r, left: r.burst, at: r.now()}
	r.clients.Add(client, b, 1) // which keeps the first of two that come at once
	if kept, ok := r.clients.Get(client); ok {
		return kept
	}
	return b
}

// bucket is what a client may still send. It fills up again by perSecond, to burst.
type bucket struct {
	rates *rates
	mu    sync.Mutex
	left  float64
	at    time.Time // when left was right
}

// take takes a request out of the bucket, or says how long it is until there is one.
func (b *bucket) take() (wait time.Duration, ok bool) {
	if b == nil {
		return 0, true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fill()
	if b.left < 1 {
		return time.Duration(math.Ceil((1 - b.left) / b.rates.perSecond * float64(time.Second))), false
	}
	b.left--
	return 0, true
}

// charge takes what an operation turned out to cost. It may leave a debt, of a burst at most, which has to be waited for.
func (b *bucket) charge(nodes int) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fill()
	b.left = max(b.left-float64(nodes/nodesPerRequest), -b.rates.burst)
}

func (b *bucket) fill() {
	now := b.rates.now()
	if passed := now.Sub(b.at); passed > 0 { // clocks are set back at times
		b.left = min(b.left+passed.Seconds()*b.rates.perSecond, b.rates.burst)
	}
	b.at = now
}
