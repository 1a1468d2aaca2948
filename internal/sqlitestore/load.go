package sqlitestore

import (
	"context"
	"slices"
	"sync"

	"github.com/ententegraph/entente/internal/kg"
)

// newGraph gives an empty graph.
func newGraph() *graph {
	g := &graph{grams: ready(postings{}), neighbourhoods: new(sync.Map), columns: &keptColumns{kept: map[columnKey]*column{}}}
	g.values.add(nil) // 0 is unknown
	g.tuples.add(0)   // and so is what begins there
	return g
}

// load reads and checks all blocks, and gives what they hold, of which the facts are not linked yet. One goroutine reads while this
// one decodes, and what is no fact is linked meanwhile.
func (w *writer) load(ctx context.Context) (*graph, error) {
	f, err := openFile(w.store.path, forReading)
	if err != nil {
		return nil, err
	}
	defer f.close()
	rows := make(chan row, 256)
	read := make(chan error, 1)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(rows)
		read <- f.each(sqlBlocks, func(r row) error {
			select {
			case rows <- r:
				return nil
			case <-ctx.Done():
				return gaveUp(ctx)
			}
		})
	}()
	g := newGraph()
	w.gen++
	g.gen = w.gen
	var early sync.WaitGroup
	defer early.Wait()
	// Facts are most of it, and come last.
	factsBegin := sync.OnceFunc(func() { early.Go(g.linkThings) })
	var state []byte
	for r := range rows {
		if class(r.id>>40) == classFacts {
			factsBegin()
		}
		if r.id == 0 {
			state = r.data
		} else if err == nil {
			if err = w.loadBlock(g, r); err != nil {
				cancel()
			}
		}
	}
	if readErr := <-read; err == nil {
		err = readErr
	}
	if err == nil {
		err = g.agree(state)
	}
	if err != nil {
		return nil, err
	}
	factsBegin()
	w.share.loaded()
	return g, nil
}

// loadBlock adds the things of a block, which come in the order of their numbers.
func (w *writer) loadBlock(g *graph, r row) error {
	d := unsealed(r.data)
	c, first := class(r.id>>40), uint32(r.id)*blockItems
	n := d.count()
	if have := map[class]uint32{classSources: g.sources.n, classEntities: g.entities.n, classAliases: g.aliases.n, classFacts: g.facts.n}[c]; have != first || n > blockItems {
		return errDamaged
	}
	for range n {
		switch c {
		case classSources:
			_, s := g.sources.add(g.gen)
			*s = d.source(&w.share)
		case classEntities:
			_, x := g.entities.add(g.gen)
			*x = d.entity(g, &w.interner, &w.share)
		case classAliases:
			_, a := g.aliases.add(g.gen)
			*a = alias{kg.ID(d.text()), uint32(d.uint())}
			if a.of >= g.entities.n {
				d.fail()
			}
		case classFacts:
			_, f := g.facts.add(g.gen)
			*f = d.fact(g, &w.interner, &w.tupler)
		default:
			d.fail()
		}
		if d.err != nil {
			return d.err
		}
	}
	return nil
}

// agree proves that the blocks are all that there were.
func (g *graph) agree(state []byte) error {
	d := unsealed(state)
	g.seq, g.body = d.int(), d.int()
	for _, n := range g.sizes() {
		if d.uint() != uint64(n) {
			return errDamaged
		}
	}
	return d.err
}

// linkThings makes the indexes and orders of all but facts.
func (g *graph) linkThings() {
	g.entityIDs.fill(g.gen, g.entities.n, g.entityID)
	g.sourceIDs.fill(g.gen, g.sources.n, g.sourceID)
	g.aliasIDs.fill(g.gen, g.aliases.n, g.aliasID)
	g.linkEntities()
	var of [maxKinds][]uint64
	for n := range g.entities.n {
		e := g.entities.at(n)
		of[e.Kind] = append(of[e.Kind], g.idItem(e.ID, n))
	}
	for n := range g.sources.n {
		of[kg.SourceKind] = append(of[kg.SourceKind], g.idItem(g.sourceID(n), n))
	}
	for k := range kg.Kind(maxKinds) {
		g.sortKind(k, of[k])
	}
}

// link makes what leads from facts to other things and back: their indexes and orders, the facts of each entity and source, and
// what follows from these.
func (g *graph) link() {
	var work sync.WaitGroup
	work.Go(g.linkFacts)
	work.Go(g.linkLast)
	work.Go(g.linkInside)
	work.Go(func() { g.factIDs.fill(g.gen, g.facts.n, g.factID) })
	work.Go(func() {
		var of [maxKinds][]uint64 // numbers, as the items of their order by id, which are not sorted yet
		for n := range g.facts.n {
			f := g.facts.at(n)
			of[f.kind] = append(of[f.kind], g.idItem(g.idOf(f), n))
		}
		for k := range kg.Kind(maxKinds) {
			work.Go(func() { g.sortKind(k, of[k]) })
		}
	})
	work.Wait()
	g.place()
	g.linkGrams()
}

// sortKind makes the orders of the things of a kind.
func (g *graph) sortKind(k kg.Kind, ids []uint64) {
	if len(ids) == 0 {
		return
	}
	sorted(ids, g.orderByID(k))
	if !k.IsEntity() || k.Decl().Day != nil {
		g.byDay[k] = treeOf(g.gen, g.sortedByDay(k, ids))
	}
	g.byID[k] = treeOf(g.gen, ids)
	if k.IsEntity() {
		names := make([]uint64, len(ids))
		for i, it := range ids {
			names[i] = item(firstOf(g.entities.at(uint32(it)).Key), uint32(it))
		}
		g.byName[k] = treeOf(g.gen, sorted(names, g.orderByName()))
	}
}

// linkEntities makes the indexes of what registers call them and of where they are.
func (g *graph) linkEntities() {
	var identifiers, places []uint64
	for n := range g.entities.n {
		x := g.entities.at(n)
		for _, id := range x.Identifiers() {
			identifiers = append(identifiers, g.identifierItem(id, n))
		}
		if x.Location != nil {
			places = append(places, placeItem(*x.Location, n))
		}
	}
	slices.Sort(places)
	g.places = treeOf(g.gen, places)
	slices.Sort(identifiers)
	g.identifiers = treeOf(g.gen, slices.Compact(identifiers))
}

// linkInside makes the index of places by what they lie in.
func (g *graph) linkInside() {
	var items []uint64
	for n := range g.facts.n {
		if it, ok := g.insideItem(g.facts.at(n)); ok {
			items = append(items, it)
		}
	}
	slices.Sort(items)
	g.inside = treeOf(g.gen, slices.Compact(items))
}

// linkLast makes the order of facts by when anything was last recorded of them.
func (g *graph) linkLast() {
	items := make([]uint64, g.facts.n)
	for n := range items {
		items[n] = lastItem(g.facts.at(uint32(n)), uint32(n))
	}
	slices.Sort(items)
	g.byLast = treeOf(g.gen, items)
}

// linkGrams begins to make the index of what entities are found by. That takes as long as all else together, and only who
// searches needs it, or who writes an entity.
func (g *graph) linkGrams() {
	g.grams = &laterPostings{made: make(chan struct{})}
	go func() {
		defer close(g.grams.made)
		var items []uint64
		for n := range g.entities.n {
			items = g.gramItems(items, n)
		}
		slices.Sort(items)
		g.grams.postings = postingsOf(slices.Compact(items))
	}()
}

// linkFacts makes the facts of each entity and source, and the counts.
func (g *graph) linkFacts() {
	// All links in one list, each entity's behind those of the one before; so too for sources.
	links, bases := newBuckets(g.entities.n), newBuckets(g.sources.n)
	for n := range g.facts.n {
		f := g.facts.at(n)
		links.expect(f.from)
		links.expect(f.to)
		for s := range g.list(f.ever) {
			bases.expect(s)
		}
	}
	links.begin()
	bases.begin()
	for n := range g.facts.n {
		f := g.facts.at(n)
		links.put(f.from, g.linkTo(f, n, false))
		links.put(f.to, g.linkTo(f, n, true))
		for s := range g.list(f.ever) {
			bases.put(s, uint64(n))
		}
		g.count(f, 1)
	}
	var work sync.WaitGroup
	defer work.Wait()
	const some = 1 << 14 // entities that are worth a goroutine
	for first := uint32(0); first < g.entities.n; first += some {
		work.Go(func() {
			for n := first; n < min(first+some, g.entities.n); n++ {
				g.entities.at(n).links = treeOf(g.gen, sorted(links.of(n), g.orderOfLinks))
			}
		})
	}
	for n := range g.sources.n {
		g.sources.at(n).facts = treeOf(g.gen, bases.of(n)) // in order, as they came
	}
}

// buckets gathers items by the number that they belong to: first they are counted, then put in place.
type buckets struct {
	ends  []int // of each, where its items end
	items []uint64
}

func newBuckets(n uint32) *buckets { return &buckets{ends: make([]int, n+1)} }

func (b *buckets) expect(n uint32) { b.ends[n+1]++ }

// begin makes room for what is expected.
func (b *buckets) begin() {
	for i := 1; i < len(b.ends); i++ {
		b.ends[i] += b.ends[i-1]
	}
	b.items = make([]uint64, b.ends[len(b.ends)-1])
	b.ends = append([]int(nil), b.ends...)
}

// put adds an item of a number. Until the last is there, ends[n] is where the next of n comes.
func (b *buckets) put(n uint32, it uint64) {
	b.items[b.ends[n]] = it
	b.ends[n]++
}

// of gives the items of a number, once all are there.
func (b *buckets) of(n uint32) []uint64 {
	from := 0
	if n > 0 {
		from = b.ends[n-1]
	}
	return b.items[from:b.ends[n]:b.ends[n]]
}

// list gives the numbers of a list that begins with how many they are.
func (g *graph) list(at uint32) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for i := range *g.tuples.at(at) {
			if !yield(*g.tuples.at(at + 1 + i)) {
				return
			}
		}
	}
}

// fill makes the index of all things from 0 on.
func (x *idIndex) fill(gen uint64, n uint32, idOf func(uint32) kg.ID) {
	if n == 0 {
		return
	}
	size := uint32(64)
	for 3*n >= 2*size {
		size *= 2
	}
	x.grow(gen, size, idOf)
	for i := range n {
		x.put(gen, idOf(i), i)
	}
	x.n = n
}
