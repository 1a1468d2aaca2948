package sqlitestore

import (
	"context"
	"errors"

	"github.com/ententegraph/entente/internal/kg"
)

// reading is one question on its way through one state of the graph.
type reading struct {
	*graph
	store *Store
	ctx   context.Context
	query *kg.Query
	day   kg.Day // on which singular relations are judged

	// What was known at an earlier moment, as far as the question came to it. Where nothing else was known than now, there is
	// nothing here.
	knownAt int64 // never: now
	past    map[uint32]*pastFact
	then    *graph // holds the values of past facts
	told    interner
	tuples  tupler

	pagers   []*pager // that are not in use
	marks    []*marks // and neither are these
	compiled []compiled

	file  *file // to read from the disk by; nil until it is needed
	steps int
	err   error // why the reading was given up
}

// Read answers a question from the newest state of the graph.
func (s *Store) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	r, err := s.reading(ctx, q)
	if err != nil {
		return nil, err
	}
	defer r.end()
	var p kg.Page
	switch {
	case q.Walk != nil:
		p = r.walk(q.Walk)
	case q.IDs != nil:
		p = r.named(q.IDs)
	default:
		p = r.list()
	}
	if err := r.failed(); err != nil {
		return nil, err
	}
	return &p, nil
}

// reading begins a question, which has to be ended.
func (s *Store) reading(ctx context.Context, q *kg.Query) (*reading, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	r := &reading{graph: s.snapshot(), store: s, ctx: ctx, query: q, day: q.Today, knownAt: moment(q.KnownAt)}
	if q.AsOf != nil {
		r.day = *q.AsOf
	}
	return r, nil
}

// snapshot takes the newest state, whose pieces then stay on disk until it is let go.
func (s *Store) snapshot() *graph {
	for {
		g := s.graph.Load()
		g.readers.Add(1)
		if s.graph.Load() == g {
			return g
		}
		g.readers.Add(-1) // the writer may have looked before
	}
}

// end lets go of the state and of the connection.
func (r *reading) end() {
	r.graph.readers.Add(-1)
	if r.file != nil {
		r.store.files <- r.file
	}
	r.store.leave()
}

// stopped says whether the reading is over, as the caller has given up or something failed. Every loop that may be long asks,
// and goes no further.
func (r *reading) stopped() bool {
	if r.err != nil {
		return true
	}
	if r.steps++; r.steps%256 == 0 {
		r.err = gaveUp(r.ctx)
	}
	return r.err != nil
}

// failed gives the reason why there is no answer.
func (r *reading) failed() error {
	if r.err == nil {
		r.err = gaveUp(r.ctx)
	}
	return r.store.translate(r.err, "reading "+r.store.path)
}

// connect makes sure that there is a connection to read from the disk by.
func (r *reading) connect() bool {
	if r.err != nil || r.file != nil {
		return r.err == nil
	}
	select {
	case r.file = <-r.store.files:
	case <-r.ctx.Done():
		r.err = gaveUp(r.ctx)
		return false
	}
	if r.file == nil {
		f, err := openFile(r.store.path, forReading)
		if err != nil {
			r.store.files <- nil
			r.err = err
			return false
		}
		r.file = f
	}
	return true
}

// piece reads something from the disk.
func (r *reading) piece(id int64) []byte {
	if !r.connect() {
		return nil
	}
	b, err := r.file.piece(id)
	r.err = errors.Join(r.err, err)
	return b
}
