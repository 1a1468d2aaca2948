package server

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

// turns lets so many operations run at a time, and so many more wait for their turn, for so long.
//
// An operation on the embedded engine waits for nothing, so that it keeps its core from beginning to end. Where more requests come than
// are served, they would all queue for a core, probes among them, before anything here had seen how many there are. So whoever
// gets a turn first lets those go ahead that have come meanwhile: most of them are refused, or wait, in a small part of the
// time that an operation takes.
type turns struct {
	running chan struct{}
	waiting atomic.Int64
	most    int64 // that wait
	wait    time.Duration
}

func newTurns(l Limits, t Timeouts) *turns {
	return &turns{running: make(chan struct{}, l.Operations), most: int64(l.Waiting), wait: t.Wait}
}

// take waits for a turn. Whoever gets one gives it back.
func (t *turns) take(ctx context.Context) bool {
	select {
	case t.running <- struct{}{}:
		runtime.Gosched()
		return true
	default:
	}
	if t.waiting.Add(1) > t.most {
		t.waiting.Add(-1)
		return false
	}
	defer t.waiting.Add(-1)
	late := time.NewTimer(t.wait)
	defer late.Stop()
	select {
	case t.running <- struct{}{}:
		return true
	case <-late.C:
	case <-ctx.Done():
	}
	return false
}

// full says that whoever comes now would be refused, so that nothing need be read of what they ask.
func (t *turns) full() bool {
	return len(t.running) == cap(t.running) && t.waiting.Load() >= t.most
}

func (t *turns) giveBack() { <-t.running }

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
