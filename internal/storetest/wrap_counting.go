package storetest

import (
	"context"
	"sync/atomic"

	"github.com/ententegraph/entente/internal/kg"
)

// Counter is a store that counts how often it is read, so that a test can hold a question to one call.
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

// Reads gives how often the store was read since the last time that it was asked, or since the beginning.
func (c *Counter) Reads() int { return int(c.reads.Swap(0)) }
