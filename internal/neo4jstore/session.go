package neo4jstore

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
)

// language fixes what the text of a statement means, whatever a newer server takes it for by default.
const language = "CYPHER 5 "

// query runs a statement that reads, and gives the values of its one record.
//
// It runs by itself, not in a managed transaction, which would cost two round trips more; so it is tried again here where
// that may help: a connection that broke, a leader that moved, a moment's lack of something. Access mode READ lets Neo4j
// refuse whatever would write.
func (s *Store) query(ctx context.Context, cypher string, params map[string]any) ([]any, error) {
	return s.ask(ctx, language+cypher, params)
}

// ask is query for a text that says its language itself, or that every server takes.
func (s *Store) ask(ctx context.Context, cypher string, params map[string]any) ([]any, error) {
	return s.within(ctx, s.config.readTimeout(), cypher, params)
}

// within is ask with a time of its own.
func (s *Store) within(ctx context.Context, most time.Duration, cypher string, params map[string]any) (values []any, err error) {
	err = s.persist(ctx, most, "asking Neo4j", func(ctx context.Context, _ time.Time) error {
		end, err := s.call(ctx)
		if err == nil {
			defer end()
			values, err = s.queryOnce(ctx, cypher, params)
		}
		return err
	})
	return values, err
}

func (s *Store) queryOnce(ctx context.Context, cypher string, params map[string]any) ([]any, error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer closeSession(ctx, session)
	result, err := session.Run(ctx, cypher, params, neo4j.WithTxTimeout(timeLeft(ctx)))
	if err != nil {
		return nil, err
	}
	record, err := result.Single(ctx)
	if err != nil {
		return nil, err
	}
	return record.Values, nil
}

// write runs a transaction that writes, again where it fails for a reason that may pass, such as a deadlock. What work has
// read in it is its own: it must not keep anything from one try to the next. And it must find out what is there already: where
// the answer to a commit got lost, work runs again after it has been done. The context that work is given ends when Neo4j is
// not heard any more.
func (s *Store) write(ctx context.Context, work func(ctx context.Context, tx neo4j.ManagedTransaction) error) error {
	return s.persist(ctx, s.config.writeTimeout(), "writing to Neo4j", func(ctx context.Context, since time.Time) error {
		ctx, watch := s.watch(ctx, since)
		defer watch.end()
		select {
		case s.turn <- struct{}{}:
			defer func() { <-s.turn }()
		case <-ctx.Done():
			return watch.judge(ctx, ctx.Err())
		}
		end, err := s.call(ctx)
		if err != nil {
			return err
		}
		defer end()
		session := s.session(ctx, neo4j.AccessModeWrite)
		defer closeSession(ctx, session)
		_, err = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			watch.heard()
			return nil, work(ctx, tx)
		}, neo4j.WithTxTimeout(timeLeft(ctx)))
		if err == nil {
			s.wrote.Store(true)
		}
		return watch.judge(ctx, err)
	})
}

// persist does something until it succeeds, fails for a reason that stays, or has taken most of the time. Where Neo4j is silent
// that is enough much sooner: after the time of a read. do is told since when it waits for Neo4j to be heard, zero for now.
func (s *Store) persist(ctx context.Context, most time.Duration, doing string, do func(_ context.Context, since time.Time) error) error {
	if err := s.open(ctx); err != nil {
		return err
	}
	from := time.Now() // when do begins to wait
	limited, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	var why error // it failed, other than that time was over
	var since time.Time
	for try := 0; ; try++ {
		err := do(limited, from)
		if err == nil {
			return nil
		}
		if stopped := s.open(ctx); stopped != nil {
			return stopped // the caller gave up, or the store was closed
		}
		silence, silent := errors.AsType[*silence](err)
		if why == nil || limited.Err() == nil && !(silent && silence.ended) {
			why = err
		}
		switch {
		case !silent:
			since = time.Time{}
		case since.IsZero() || silence.since.Before(since):
			since = silence.since
		}
		from = since
		patient, stop := limited, context.CancelFunc(func() {})
		if silent {
			patient, stop = context.WithDeadline(limited, since.Add(s.config.readTimeout()))
		}
		goOn := mayPass(err) && pause(patient, try)
		stop()
		if !goOn {
			return translate(errors.Join(why, limited.Err()), doing)
		}
		s.retries.Add(1)
	}
}

// call waits until there is a connection for a call, and gives what ends it. The driver would wait too, but could not say then
// whether all connections are in use, or whether none can be made.
func (s *Store) call(ctx context.Context) (end func(), err error) {
	select {
	case s.calls <- struct{}{}:
		return func() { <-s.calls }, nil
	case <-ctx.Done():
	case <-time.After(acquireTimeout):
	}
	return nil, kg.Errorf(kg.Unavailable, allInUse)
}

// session gives a session. A bookmark goes along where there is a choice of servers and something has been written: one server
// shows at once what it has written.
func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	c := neo4j.SessionConfig{AccessMode: mode, DatabaseName: s.config.Database, FetchSize: neo4j.FetchAll}
	if s.bookmarks != nil && (mode == neo4j.AccessModeWrite || s.wrote.Load()) {
		c.BookmarkManager = s.bookmarks
	}
	return s.driver.NewSession(ctx, c)
}

// closeSession gives the connection back, or ends it where what was running on it does not end by itself.
func closeSession(ctx context.Context, session neo4j.SessionWithContext) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectTimeout)
	defer cancel()
	session.Close(ctx)
}

// timeLeft is what the server is told: a little more than the context leaves, since the server looks only every now and then,
// and the context ends the connection anyway.
func timeLeft(ctx context.Context) time.Duration {
	deadline, ok := ctx.Deadline()
	if !ok {
		return 0
	}
	return max(time.Until(deadline), time.Millisecond) + 500*time.Millisecond
}

// pause waits before the next try, twice as long each time and never in step with others. It is false where no time is left.
func pause(ctx context.Context, try int) bool {
	wait := 20 * time.Millisecond << min(try, 5)
	wait += rand.N(wait)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
		return false
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(wait):
		return true
	}
}
