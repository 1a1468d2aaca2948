package sqlitestore

import (
	"context"
	"hash/maphash"

	"github.com/ententegraph/entente/internal/kg"
)

// laterPostings are postings that may still be being made.
type laterPostings struct {
	made     chan struct{} // closed when they are
	postings postings
}

func ready(p postings) *laterPostings { return &laterPostings{done, p} }

// done is the end of what has been made already.
var done = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// get waits for the postings.
func (l *laterPostings) get() postings {
	<-l.made
	return l.postings
}

// await waits for the postings for as long as ctx lets it.
func (l *laterPostings) await(ctx context.Context) error {
	select {
	case <-l.made:
		return nil
	case <-ctx.Done():
		return gaveUp(ctx)
	}
}

// gramItems appends the items of an entity in the index of its grams: the hash of a gram, and its own number.
//
// No gram is kept, as a dictionary of all would take more than the index. Of a million grams one in five thousand shares its hash
// with another, so that what has either counts as having both: a candidate may weigh more than it should, none less, and the
// Catalog weighs candidates itself.
func (g *graph) gramItems(items []uint64, n uint32) []uint64 {
	for _, gram := range kg.Grams(g.entities.at(n).Entity) {
		items = append(items, item(g.gramHash(gram), n))
	}
	return items
}

func (g *graph) gramHash(gram string) uint32 { return uint32(maphash.String(g.entityIDs.seed, gram)) }

// holding gives the entities that have a gram.
func (g *graph) holding(gram string, each func(n uint32)) {
	if g.entities.n == 0 {
		return // and there is no seed
	}
	hash := g.gramHash(gram)
	g.grams.get().between(item(hash, 0), item(hash, 1<<32-1), func(it uint64) { each(uint32(it)) })
}
