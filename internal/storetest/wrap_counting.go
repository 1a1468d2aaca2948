package storetest

import (
	"context"
	"sync/atomic"

	"github.com/ententegraph/entente/internal/kg"
)

// Counter is a store that counts how often it is asked, so that a test can hold a question to as few calls as it needs.
type Counter struct {
	kg.Store
	reads atomic.Int64
}

// Counting wraps a store.
func Counting(s kg.Store) *Counter { return &Counter{Store: s} }

// Read counts the call and passes it on.
func (c *Counter) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	c.reads.Add(1)
	return c.Store.Read(ctx, q)
}

// Candidates counts the call and passes it on.
func (c *Counter) Candidates(ctx context.Context, s *kg.Search) (*kg.Candidates, error) {
	c.reads.Add(1)
	return c.Store.Candidates(ctx, s)
}

// Expand counts the call and passes it on.
func (c *Counter) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	c.reads.Add(1)
	return c.Store.Expand(ctx, x)
}

// Reads gives how often the store was read, by any of these, since the last time that it was asked, or since the beginning.
func (c *Counter) Reads() int { return int(c.reads.Swap(0)) }
