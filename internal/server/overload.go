package server

import (
	"cmp"
	"context"
	"sync/atomic"
	"time"
)

// turns lets so many operations run at a time, and so many more wait for their turn, for so long.
//
// An operation on a store in this process waits for nothing, and keeps its core until it ends. If more of them ran than there are
// cores, whatever comes meanwhile would queue for one behind them, probes too, before anything here had seen how much has come. So
// no more of them begin than there are cores, and the program has more threads than that ([Options.Cores]). One that takes longer
// than a moment makes room for others to begin, lest a few slow ones hold up all that are quick.
type turns struct {
	running   chan struct{}
	beginning chan struct{} // of these, those that have not taken a moment yet; nil where nothing bounds them
	places    chan struct{} // of those that wait; nil where nobody may
	wait      time.Duration
}

// seat is the place of one of those that wait for a turn.
type seat struct {
	in   chan struct{}
	left atomic.Bool
}

type seatKey struct{}

// leave makes room for somebody else. The nil seat is none.
func (s *seat) leave() {
	if s != nil && s.left.CompareAndSwap(false, true) {
		<-s.in
	}
}

// moment is when an operation is not quick any more: most take a hundredth of it.
const moment = 25 * time.Millisecond

func newTurns(l Limits, t Timeouts, cores int) *turns {
	all := &turns{running: make(chan struct{}, l.Operations), wait: t.Wait}
	if l.Waiting > 0 {
		all.places = make(chan struct{}, l.Waiting)
	}
	if cores > 0 {
		all.beginning = make(chan struct{}, cores)
	}
	return all
}

// take waits for a turn. Whoever gets one ends it. Who has patience waits for so long, however many wait already; 0 is none. Who
// has a place by ctx has it until their turn.
func (t *turns) take(ctx context.Context, patience time.Duration) (end func(), ok bool) {
	waits, _ := ctx.Value(seatKey{}).(*seat)
	defer func() { waits.leave() }()
	if t.now(t.running) {
		if t.beginning == nil || t.now(t.beginning) {
			return t.begin(), true
		}
		<-t.running
	}
	if waits == nil && patience == 0 {
		if !t.now(t.places) {
			return nil, false
		}
		waits = &seat{in: t.places}
	}
	late := time.NewTimer(cmp.Or(patience, t.wait))
	defer late.Stop()
	for _, room := range []chan struct{}{t.running, t.beginning} {
		if room == nil {
			break
		}
		select {
		case room <- struct{}{}:
			continue
		case <-late.C:
		case <-ctx.Done():
		}
		if room == t.beginning {
			<-t.running
		}
		return nil, false
	}
	return t.begin(), true
}

// now takes room if there is any.
func (t *turns) now(room chan struct{}) bool {
	select {
	case room <- struct{}{}:
		return true
	default:
		return false
	}
}

// begin begins the turn of somebody who has room.
func (t *turns) begin() (end func()) {
	if t.beginning == nil {
		return func() { <-t.running }
	}
	slow := time.AfterFunc(moment, func() { <-t.beginning })
	return func() {
		if slow.Stop() {
			<-t.beginning
		}
		<-t.running
	}
}

// full says that whoever comes now would be refused, so that nothing need be read of what they ask.
func (t *turns) full() bool {
	return len(t.places) == cap(t.places) && (isFull(t.running) || isFull(t.beginning))
}

func isFull(room chan struct{}) bool { return room != nil && len(room) == cap(room) }

// share is a part of something of which there is so much, such as requests or bytes.
type share struct {
	taken atomic.Int64
	most  int64
}

// take takes n, unless that would be too much. What was taken is given back.
func (s *share) take(n int) bool {
	if s.taken.Add(int64(n)) > s.most {
		s.giveBack(n)
		return false
	}
	return true
}

func (s *share) giveBack(n int) { s.taken.Add(-int64(n)) }
