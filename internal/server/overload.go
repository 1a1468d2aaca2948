package server

import (
	"cmp"
	"container/list"
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// turns lets so many operations run at a time, and so many more wait for their turn, for so long.
//
// An operation on a store in this process waits for nothing, and keeps its core until it ends. If more of them ran than there are
// cores, whatever comes meanwhile would queue for one behind them, probes too, before anything here had seen how much has come. So
// no more of them begin than there are cores, and the program has more threads than that ([Options.Cores]). One that takes longer
// than a moment makes room for others to begin, lest a few slow ones hold up all that are quick.
//
// Nothing ends an operation when others come. So one client has no more than its share of the turns, see [client]; what it asks beyond that
// waits apart.
type turns struct {
	running   chan struct{}
	beginning chan struct{} // of these, those that have not taken a moment yet; nil where nothing bounds them
	line      line          // of those that wait
	wait      time.Duration
}

// line is where requests wait for their turn, in so many places. Others wait outside until a place is free. The newest of them gets
// it: it has waited least, and is answered soon, while of the oldest, which would all be answered late, some have given up.
type line struct {
	mu      sync.Mutex
	free    int       // places
	outside list.List // of chan struct{}, which get something when they get a place; the newest first
}

// enter takes a place if one is free.
func (l *line) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.free == 0 {
		return false
	}
	l.free--
	return true
}

// leave gives a place to somebody else.
func (l *line) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if newest := l.outside.Front(); newest != nil {
		l.outside.Remove(newest).(chan struct{}) <- struct{}{}
	} else {
		l.free++
	}
}

func (l *line) isFull() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.free == 0
}

// wait waits outside, and says whether a place has come up until ctx ended or so much time was over.
func (l *line) wait(ctx context.Context, most time.Duration) bool {
	mine := make(chan struct{}, 1)
	l.mu.Lock()
	if l.free > 0 { // since it was found full
		l.free--
		l.mu.Unlock()
		return true
	}
	stands := l.outside.PushFront(mine)
	l.mu.Unlock()
	over := time.NewTimer(most)
	defer over.Stop()
	select {
	case <-mine:
		return true
	case <-over.C:
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-mine: // in the same moment
		return true
	default:
		l.outside.Remove(stands)
		return false
	}
}

// seatKey is where a context has what gives back the place that its request has got from outside.
type seatKey struct{}

// moment is when an operation is not quick any more: most take a hundredth of it.
const moment = 25 * time.Millisecond

func newTurns(l Limits, t Timeouts, cores int) *turns {
	all := &turns{running: make(chan struct{}, l.Operations), wait: t.Wait}
	all.line.free = max(l.Waiting, 0)
	if cores > 0 {
		all.beginning = make(chan struct{}, cores)
	}
	return all
}

// take waits for a turn. Whoever gets one ends it. Who has patience waits for so long, however many wait already; 0 is none.
//
// Whose client has its share waits for that first, in no place that others could use. The client's rate bounds how many do.
func (t *turns) take(ctx context.Context, patience time.Duration) (end func(), refused *badRequest) {
	late := time.NewTimer(cmp.Or(patience, t.wait))
	defer late.Stop()
	mine := callerOf(ctx).turns()
	if !isFull(mine) {
		if !t.queue(ctx, late.C, patience > 0) {
			return nil, t.none()
		}
		if enterNow(mine) {
			return t.begin(mine), nil
		}
		leave(t.running, t.beginning) // others of theirs have begun meanwhile
	}
	leaveSeat(ctx)
	if !enter(ctx, late.C, mine, t.running, t.beginning) {
		return nil, overloaded(cap(mine), "As many operations of yours are running as may of one client: %d. Try again when one has ended.")
	}
	return t.begin(mine), nil
}

// none refuses whoever gets no turn.
func (t *turns) none() *badRequest {
	return overloaded(cap(t.running), "The server runs %d operations at a time, and as many wait as may. Try again in a moment.")
}

// queue waits for a turn in the line. Who has a place by ctx has it until then, and who is patient needs none.
func (t *turns) queue(ctx context.Context, late <-chan time.Time, patient bool) bool {
	_, seated := ctx.Value(seatKey{}).(func())
	defer leaveSeat(ctx)
	if enterNow(t.running, t.beginning) {
		return true
	}
	if !seated && !patient {
		if !t.line.enter() {
			return false
		}
		defer t.line.leave()
	}
	return enter(ctx, late, t.running, t.beginning)
}

// leaveSeat gives back the place that a request has got from outside, if it has one still.
func leaveSeat(ctx context.Context) {
	if leave, ok := ctx.Value(seatKey{}).(func()); ok {
		leave()
	}
}

// begin begins the turn of somebody who has room, by their share too.
func (t *turns) begin(mine chan struct{}) (end func()) {
	if t.beginning == nil {
		return func() { leave(t.running, mine) }
	}
	slow := time.AfterFunc(moment, func() { <-t.beginning })
	return func() {
		if slow.Stop() {
			<-t.beginning
		}
		leave(t.running, mine)
	}
}

// enter waits for room in all rooms, one after the other, until it is late or ctx ends. A room that is nil has no bound.
func enter(ctx context.Context, late <-chan time.Time, rooms ...chan struct{}) bool {
	for i, room := range rooms {
		if room == nil {
			continue
		}
		select {
		case room <- struct{}{}:
			continue
		case <-late:
		case <-ctx.Done():
		}
		leave(rooms[:i]...)
		return false
	}
	return true
}

// enterNow takes room in all of them if there is any.
func enterNow(rooms ...chan struct{}) bool {
	for i, room := range rooms {
		if room == nil {
			continue
		}
		select {
		case room <- struct{}{}:
		default:
			leave(rooms[:i]...)
			return false
		}
	}
	return true
}

func leave(rooms ...chan struct{}) {
	for _, room := range rooms {
		if room != nil {
			<-room
		}
	}
}

// full says that whoever comes now would be refused, so that nothing need be read of what they ask.
func (t *turns) full() bool {
	return (isFull(t.running) || isFull(t.beginning)) && t.line.isFull()
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
