package neo4jstore

import (
	"context"
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
func (s *Store) within(ctx context.Context, most time.Duration, cypher string, params map[string]any) ([]any, error) {
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for try := 0; ; try++ {
		values, err := s.queryOnce(limited, cypher, params)
		if err == nil {
			return values, nil
		}
		if ctx.Err() != nil {
			return nil, s.open(ctx) // the caller gave up
		}
		if !neo4j.IsRetryable(err) || !pause(limited, try) {
			return nil, translate(err, "asking Neo4j")
		}
	}
}

func (s *Store) queryOnce(ctx context.Context, cypher string, params map[string]any) ([]any, error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(context.WithoutCancel(ctx))
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

// write runs a transaction that writes, again where it fails for a reason that may pass. What work has read in it is its
// own: it must not keep anything from one try to the next.
func (s *Store) write(ctx context.Context, work func(tx neo4j.ManagedTransaction) error) error {
	if err := s.open(ctx); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, s.config.writeTimeout())
	defer cancel()
	session := s.session(limited, neo4j.AccessModeWrite)
	defer session.Close(context.WithoutCancel(ctx))
	_, err := session.ExecuteWrite(limited, func(tx neo4j.ManagedTransaction) (any, error) { return nil, work(tx) }, neo4j.WithTxTimeout(timeLeft(limited)))
	if err == nil {
		s.wrote.Store(true)
		return nil
	}
	if ctx.Err() != nil {
		return s.open(ctx)
	}
	return translate(err, "writing to Neo4j")
}

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode: mode, DatabaseName: s.config.Database, BookmarkManager: s.bookmarks, FetchSize: neo4j.FetchAll,
	})
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

// Ping says whether the store can answer now: that a statement comes back from a database that is prepared.
func (s *Store) Ping(ctx context.Context) error {
	values, err := s.query(ctx, "RETURN EXISTS { (:Entente {key: 'graph'}) }", nil)
	if err != nil {
		return err
	}
	if prepared, _ := values[0].(bool); !prepared {
		return kg.Errorf(kg.Unavailable, "the database holds no graph of Entente any more: restart Entente to prepare it")
	}
	return nil
}
