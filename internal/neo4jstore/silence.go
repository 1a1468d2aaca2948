package neo4jstore

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// A batch may take minutes, in which Neo4j says nothing. Whether it is at work or can't be heard any more is asked beside it,
// on another connection. So a Neo4j that is cut off is found out in the time of a read, and no batch is cut for being long.

// silence is the error of a write to a Neo4j that is not heard any more.
type silence struct {
	since time.Time
	ended bool // the write was ended for it, so that its error says nothing more
	err   error
}

func (s *silence) Error() string { return "Neo4j is silent: " + s.err.Error() }
func (s *silence) Unwrap() error { return s.err }

// watch looks after one try at a write.
type watch struct {
	store *Store
	last  atomic.Pointer[time.Time] // when Neo4j was heard last, or, before that, when waiting for it began
	stop  context.CancelCauseFunc
	done  chan struct{}
}

// watch gives a context for a write that ends when Neo4j falls silent. since is when it did already, if it did.
func (s *Store) watch(ctx context.Context, since time.Time) (context.Context, *watch) {
	ctx, stop := context.WithCancelCause(ctx)
	w := &watch{store: s, stop: stop, done: make(chan struct{})}
	w.last.Store(&since)
	if since.IsZero() {
		w.heard()
	}
	go w.listen(ctx)
	return ctx, w
}

func (w *watch) heard() { now := time.Now(); w.last.Store(&now) }

func (w *watch) end() {
	w.stop(nil)
	<-w.done
}

// listen asks something small every now and then, and ends the write when nothing has come back for most of the time that a
// read has. What is left of it is for another try.
func (w *watch) listen(ctx context.Context) {
	defer close(w.done)
	most := w.store.config.readTimeout()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(most/4, time.Until(w.last.Load().Add(most*3/4)))):
		}
		limited, cancel := context.WithTimeout(ctx, min(most/2, time.Until(w.last.Load().Add(most))))
		_, err := w.store.queryOnce(limited, "RETURN 1", nil)
		cancel()
		switch last := *w.last.Load(); {
		case ctx.Err() != nil:
			return
		case err == nil || !outOfReach(err):
			w.heard()
		case time.Since(last) >= most*3/4:
			w.stop(&silence{last, true, err})
			return
		}
	}
}

// judge says of a write's error whether it is one of silence.
func (w *watch) judge(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if s, ok := context.Cause(ctx).(*silence); ok {
		return s
	}
	if err = ofLastTry(err); outOfReach(err) {
		return &silence{since: *w.last.Load(), err: err}
	}
	return err
}

// ofLastTry takes out of the driver's account of its tries how the last one ended. There is but one: trying again is ours.
func ofLastTry(err error) error {
	if limit, ok := err.(*neo4j.TransactionExecutionLimit); ok && len(limit.Errors) > 0 {
		return limit.Errors[len(limit.Errors)-1]
	}
	return err
}
