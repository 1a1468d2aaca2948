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
	since time.Time // the write has begun, or Neo4j has been silent by then
	begun atomic.Bool
	by    *time.Timer
	stop  context.CancelCauseFunc
	done  chan struct{}
}

// watch gives a context for a write that ends when Neo4j falls silent. since is when it did already, if it did.
func (s *Store) watch(ctx context.Context, since time.Time) (context.Context, *watch) {
	if since.IsZero() {
		since = time.Now()
	}
	ctx, stop := context.WithCancelCause(ctx)
	w := &watch{store: s, since: since, stop: stop, done: make(chan struct{})}
	w.by = time.AfterFunc(time.Until(since.Add(s.config.readTimeout())), func() { w.cut(since, context.DeadlineExceeded) })
	go w.listen(ctx)
	return ctx, w
}

// heard is called when the transaction has begun, which takes Neo4j no time.
func (w *watch) heard() {
	w.begun.Store(true)
	w.by.Stop()
}

func (w *watch) end() {
	w.by.Stop()
	w.stop(nil)
	<-w.done
}

func (w *watch) cut(since time.Time, err error) { w.stop(&silence{since, true, err}) }

// listen asks something small every now and then, and ends the write when nothing comes back.
func (w *watch) listen(ctx context.Context) {
	defer close(w.done)
	most := w.store.config.readTimeout()
	for {
		heard := time.Now()
		select {
		case <-ctx.Done():
			return
		case <-time.After(most / 4):
		}
		limited, cancel := context.WithTimeout(ctx, most/2)
		_, err := w.store.queryOnce(limited, "RETURN 1", nil)
		cancel()
		if err != nil && ctx.Err() == nil && outOfReach(err) {
			w.cut(heard, err)
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
	if err = ofLastTry(err); !outOfReach(err) {
		return err
	}
	if w.begun.Load() {
		return &silence{since: time.Now(), err: err}
	}
	return &silence{since: w.since, err: err}
}

// ofLastTry takes out of the driver's account of its tries how the last one ended. There is but one: trying again is ours.
func ofLastTry(err error) error {
	if limit, ok := err.(*neo4j.TransactionExecutionLimit); ok && len(limit.Errors) > 0 {
		return limit.Errors[len(limit.Errors)-1]
	}
	return err
}
