// Package recent keeps what was made lately and may be wanted again, within bounds.
package recent

import "sync"

// Cache keeps values by key, as many as fit into a bound of their sizes, and drops those that were not asked for of late. The
// zero Cache keeps nothing; see [New]. It is safe for use by several goroutines.
//
// It keeps two generations: a full young one becomes the old one, and what is asked for again moves back. That drops nearly the
// same as a list by last use would, and an answer from it changes nothing but one map.
type Cache[K comparable, V any] struct {
	most       int // size of a generation
	mu         sync.Mutex
	young, old map[K]sized[V]
	size       int // of young

	hits, misses uint64
}

// Stats says how a cache has done since it was made.
type Stats struct {
	Hits, Misses uint64 // how often Get found what was asked for, and how often not
	Size         int    // as Size gives it
}

type sized[V any] struct {
	value V
	size  int
}

// New makes a cache whose values come to most in all, in the unit in which Add is told their sizes.
func New[K comparable, V any](most int) *Cache[K, V] { return &Cache[K, V]{most: most / 2} }

// Get gives the value of a key, if it is kept.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.young[key]; ok {
		c.hits++
		return v.value, true
	}
	v, ok := c.old[key]
	if ok {
		c.hits++
		c.keep(key, v)
	} else {
		c.misses++
	}
	return v.value, ok
}

// Add keeps a value, unless it alone would take a generation's room. A value that is kept under the key already stays, so that
// all who ask for it get the same.
func (c *Cache[K, V]) Add(key K, value V, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.young[key]; !ok && size <= c.most {
		c.keep(key, sized[V]{value, size})
	}
}

// keep puts what is not in the young generation there.
func (c *Cache[K, V]) keep(key K, v sized[V]) {
	if c.young == nil || c.size+v.size > c.most {
		c.young, c.old, c.size = map[K]sized[V]{}, c.young, 0
	}
	c.young[key] = v
	c.size += v.size
}

// Size is what all that is kept comes to.
func (c *Cache[K, V]) Size() int { return c.Stats().Size }

// Stats says how the cache has done.
func (c *Cache[K, V]) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	size := c.size
	for key, v := range c.old {
		if _, moved := c.young[key]; !moved {
			size += v.size
		}
	}
	return Stats{c.hits, c.misses, size}
}
