package sqlitestore

import (
	"context"
	"sync"
)

// gramNumbers gives grams their numbers. It is shared by all states of the graph and only grows: what a reader finds in it that
// its state does not know yet has no entities there.
type gramNumbers struct {
	sync.RWMutex
	known map[string]uint32
}

func newGramNumbers() *gramNumbers { return &gramNumbers{known: map[string]uint32{}} }

func (g *gramNumbers) find(gram string) (uint32, bool) {
	g.RLock()
	defer g.RUnlock()
	n, ok := g.known[gram]
	return n, ok
}

func (g *gramNumbers) add(grams []string) []uint32 {
	g.Lock()
	defer g.Unlock()
	numbers := make([]uint32, len(grams))
	for i, gram := range grams {
		n, ok := g.known[gram]
		if !ok {
			n = uint32(len(g.known))
			g.known[gram] = n
		}
		numbers[i] = n
	}
	return numbers
}

// laterTree is a tree that may still be being made.
type laterTree struct {
	made chan struct{} // closed when it is
	tree tree
}

func ready(t tree) *laterTree { return &laterTree{done, t} }

// done is the end of what has been made already.
var done = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// get waits for the tree.
func (l *laterTree) get() tree {
	<-l.made
	return l.tree
}

// await waits for the tree for as long as ctx lets it.
func (l *laterTree) await(ctx context.Context) error {
	select {
	case <-l.made:
		return nil
	case <-ctx.Done():
		return gaveUp(ctx)
	}
}

// gramItems are the items of an entity in the index of its grams: the number of a gram, and its own.
func (g *graph) gramItems(grams []string, n uint32) []uint64 {
	numbers := g.gramNumbers.add(grams)
	items := make([]uint64, len(numbers))
	for i, gram := range numbers {
		items[i] = item(gram, n)
	}
	return items
}

// holding gives the entities that have a gram.
func (g *graph) holding(gram string, each func(n uint32)) {
	t := g.grams.get() // first, as what makes it gives the numbers
	number, ok := g.gramNumbers.find(gram)
	if !ok {
		return
	}
	for it := range t.between(item(number, 0), item(number, 1<<32-1)) {
		each(uint32(it))
	}
}
