package storetest

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/ententegraph/entente/internal/kg"
)

// Reference gives an empty store that keeps everything in memory and nothing on disk. It is written to be right before it
// is fast: it walks what it has for every question, and copies its maps for every batch. That suits some tens of thousands
// of facts.
func Reference() kg.Store {
	r := &reference{}
	r.graph.Store(newGraph())
	return r
}

// reference never changes a graph that a reader may see: Apply makes a new one and puts it in place of the old. So a reader
// sees all of a batch or nothing of it, and what fails half-way is merely dropped.
type reference struct {
	applying sync.Mutex
	graph    atomic.Pointer[graph] // nil once closed
}

func (r *reference) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	g, err := r.current(ctx)
	if err != nil {
		return nil, err
	}
	return g.read(ctx, q)
}

func (r *reference) Candidates(ctx context.Context, s *kg.Search) (*kg.Candidates, error) {
	g, err := r.current(ctx)
	if err != nil {
		return nil, err
	}
	return g.candidates(ctx, s)
}

func (r *reference) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	g, err := r.current(ctx)
	if err != nil {
		return nil, err
	}
	return g.expansion(ctx, x)
}

func (r *reference) Apply(ctx context.Context, b *kg.Batch) error {
	r.applying.Lock()
	defer r.applying.Unlock()
	g, err := r.current(ctx)
	if err != nil {
		return err
	}
	next := g.clone()
	if err := next.apply(ctx, b); err != nil {
		return err
	}
	r.graph.Store(next)
	return nil
}

func (r *reference) Records(ctx context.Context, each func(kg.Record) error) error {
	g, err := r.current(ctx)
	if err != nil {
		return err
	}
	return g.records(ctx, each)
}

func (r *reference) Ping(ctx context.Context) error {
	_, err := r.current(ctx)
	return err
}

func (r *reference) Close() error {
	r.applying.Lock()
	defer r.applying.Unlock()
	r.graph.Store(nil)
	return nil
}

// current gives the graph as it is now, unless the store is closed or the caller has given up.
func (r *reference) current(ctx context.Context) (*graph, error) {
	g := r.graph.Load()
	if g == nil {
		return nil, kg.Errorf(kg.Unavailable, "the store is closed")
	}
	return g, gaveUp(ctx)
}

// gaveUp gives the error of a context that has ended, else nil.
func gaveUp(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.CodeOf(err), "the store stopped: %w", err)
	}
	return nil
}
