package neo4jtest

import (
	"bytes"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Proxy is a wire between a client and a server to which things happen. It starts as a good one.
type Proxy struct {
	target  string
	address string

	mu       sync.Mutex
	listener net.Listener // nil while connections are refused
	conns    map[*wire]bool
	silent   bool
	withheld bool // what servers say
	delay    time.Duration
	cutAfter int    // bytes of an answer after which the wire is cut, once; -1 for never
	lose     []byte // what the client says whose answer is lost, once; nil for nothing
	flights  int
}

// Commit is what a client says in Bolt to end a transaction, for [Proxy.LoseAnswerTo].
var Commit = []byte{0, 2, 0xb0, 0x12, 0, 0}

// NewProxy lays a wire to the server at a URI, until the test ends.
func NewProxy(t testing.TB, uri string) *Proxy {
	t.Helper()
	_, target, _ := strings.Cut(uri, "://")
	p := &Proxy{target: target, address: "127.0.0.1:0", conns: map[*wire]bool{}, cutAfter: -1}
	if err := p.listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Refuse() })
	return p
}

// URI is where the wire begins.
func (p *Proxy) URI() string { return "bolt://" + p.address }

// Refuse cuts what is connected, and lets nothing connect.
func (p *Proxy) Refuse() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.listener != nil {
		p.listener.Close()
		p.listener = nil
	}
	p.cutAll()
}

// Silence keeps what is connected and what connects, but lets nothing through from now on, as a broken route does.
func (p *Proxy) Silence() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = true
}

// Withhold lets the server hear what clients say, and clients nothing of what it answers, from now on.
func (p *Proxy) Withhold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.withheld = true
}

// Mend makes the wire a good one again. Connections that have lost something are cut.
func (p *Proxy) Mend(t testing.TB) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silent || p.withheld {
		p.cutAll()
	}
	p.silent, p.withheld, p.delay, p.cutAfter, p.lose = false, false, 0, -1, nil
	if p.listener == nil {
		if err := p.listen(); err != nil {
			t.Fatal(err)
		}
	}
}

// Delay makes everything take a time more in each direction.
func (p *Proxy) Delay(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = d
}

// CutAfter cuts one connection when the server has said so many bytes more to any.
func (p *Proxy) CutAfter(bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cutAfter = bytes
}

// Uncut says that no connection has been cut since CutAfter, nor an answer lost since LoseAnswerTo.
func (p *Proxy) Uncut() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cutAfter >= 0 || p.lose != nil
}

// LoseAnswerTo lets the server hear one time what a client says, and cuts the connection before the client hears of it.
func (p *Proxy) LoseAnswerTo(said []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lose = said
}

// Flights counts how many times clients have said something after silence or an answer: how many round trips they waited for.
func (p *Proxy) Flights() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.flights
}

// Connections says how many are open.
func (p *Proxy) Connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.conns)
}

// listen needs the lock, but for a new proxy.
func (p *Proxy) listen() error {
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		return err
	}
	p.listener, p.address = l, l.Addr().String()
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", p.target)
			if err != nil {
				client.Close()
				continue
			}
			p.connect(&wire{proxy: p, client: client, server: server, answered: true})
		}
	}()
	return nil
}

func (p *Proxy) connect(w *wire) {
	p.mu.Lock()
	p.conns[w] = true
	p.mu.Unlock()
	go w.carry(w.client, w.server, w.asks)
	go w.carry(w.server, w.client, w.answers)
}

// cutAll needs the lock.
func (p *Proxy) cutAll() {
	for w := range p.conns {
		w.cut()
	}
}

// wire is one connection.
type wire struct {
	proxy          *Proxy
	client, server net.Conn
	answered       bool // whether the server spoke last
	deaf           bool // whether the client hears no more
}

// cut resets both ends. It needs the proxy's lock.
func (w *wire) cut() {
	for _, c := range []net.Conn{w.client, w.server} {
		c.(*net.TCPConn).SetLinger(0)
		c.Close()
	}
	delete(w.proxy.conns, w)
}

// parcel is what came in one piece, and when it may go on.
type parcel struct {
	data []byte
	due  time.Time
}

// carry brings what comes from one end to the other, as far as through lets it.
func (w *wire) carry(from, to net.Conn, through func([]byte) (on []byte, goesOn bool)) {
	parcels := make(chan parcel, 1024)
	go func() {
		defer close(parcels)
		for {
			data := make([]byte, 64<<10)
			n, err := from.Read(data)
			if err != nil {
				return
			}
			w.proxy.mu.Lock()
			due := time.Now().Add(w.proxy.delay)
			w.proxy.mu.Unlock()
			parcels <- parcel{data[:n], due}
		}
	}()
	goesOn := true
	for p := range parcels {
		time.Sleep(time.Until(p.due))
		if goesOn {
			var on []byte
			on, goesOn = through(p.data)
			to.Write(on)
		}
		if !goesOn {
			w.proxy.mu.Lock()
			w.cut()
			w.proxy.mu.Unlock()
		}
	}
	w.proxy.mu.Lock()
	defer w.proxy.mu.Unlock()
	if w.proxy.conns[w] { // an end was closed in order: so is the other
		w.client.Close()
		w.server.Close()
		delete(w.proxy.conns, w)
	}
}

// asks is what the client says.
func (w *wire) asks(data []byte) ([]byte, bool) {
	p := w.proxy
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silent {
		return nil, true
	}
	if w.answered {
		p.flights++
		w.answered = false
	}
	if p.lose != nil && bytes.Contains(data, p.lose) {
		p.lose, w.deaf = nil, true
	}
	return data, true
}

// answers is what the server says.
func (w *wire) answers(data []byte) ([]byte, bool) {
	p := w.proxy
	p.mu.Lock()
	defer p.mu.Unlock()
	w.answered = true
	switch {
	case p.silent, p.withheld:
		return nil, true
	case w.deaf:
		return nil, false
	case p.cutAfter < 0:
		return data, true
	case p.cutAfter >= len(data):
		p.cutAfter -= len(data)
		return data, true
	}
	data, p.cutAfter = data[:p.cutAfter], -1
	return data, false
}
