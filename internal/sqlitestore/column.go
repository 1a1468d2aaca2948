package sqlitestore

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ententegraph/entente/internal/kg"
)

// A column holds, as numbers side by side, what entities count under: a value of theirs, or what one of their relations leads to.
// Whoever looks at thousands of entities finds it there by one step each, and not by half a dozen through the entity, its links and
// its facts, each of which is somewhere else in memory.
//
// It is kept for what follows from an entity and its own facts as they are now. These change only together with the page that the
// entity stands in, so that what was made from a page holds for as long as that page is the same. It is made when a question needs
// it, a page at a time.
type column struct {
	of     columnKey
	gen    uint64                       // of the state that it is of
	pages  []atomic.Pointer[columnPage] // of the same entities as those of graph.entities; nil what nobody has asked for
	values *columnValues                // nil where the numbers are those of entities
}

// columnKey says what a column holds: what a facet counts by.
type columnKey struct {
	field  *kg.Field
	months bool
	way    kg.Way // none: the field is one of the entity's own
	fact   kg.Kind
	kinds  kg.KindSet // of what the way leads to
}

// columnPage holds the numbers of some entities, one after the other.
type columnPage struct {
	ends    [pageItems]uint32 // where those of each end
	numbers []uint32
}

// columnValues are what numbers stand for that are not those of entities. The list only grows, and the columns of later states share it.
type columnValues struct {
	mu    sync.Mutex
	known map[counted]uint32
	list  []counted
}

// keptColumns are the columns of the newest states that somebody has asked for them.
type keptColumns struct {
	mu   sync.Mutex
	kept map[columnKey]*column
}

// maxColumns bounds what they take: 4 bytes for each number, and 5 for each entity of the pages that were asked for.
const maxColumns = 16

// columnHits is how many entities a question has to look at for a column to be worth while, as a page of it is made of 32 entities of
// which the question may want one; smaller in tests.
var columnHits = few

// columnKeyOf gives what a facet counts by; false where that follows from more than an entity and its facts.
func (r *reading) columnKeyOf(f *kg.Facet) (columnKey, bool) {
	of := columnKey{field: f.Field, months: f.Months, kinds: f.Kinds}
	switch {
	case !r.present() || len(f.Through) > 1:
		return of, false
	case len(f.Through) == 0:
		return of, f.Field != nil && f.Field != kg.FieldID
	}
	of.way, of.fact = f.Through[0].Way, f.Through[0].Fact
	switch of.way {
	case kg.Out, kg.In, kg.Both:
		return of, f.Field == kg.FieldID
	case kg.FactsOf:
		return of, f.Kinds != 0 && f.Kinds&^kg.Facts == 0 && f.Field != kg.FieldID
	}
	return of, false
}

// columnOfSteps gives the column of what accepted facts lead to in one step, those of some kinds; nil where it is not kept.
func (r *reading) columnOfSteps(w *way, kinds kg.KindSet) *column {
	key, ok := r.columnKeyOf(&kg.Facet{Field: kg.FieldID, Through: []kg.Relation{w.Relation}, Kinds: kinds})
	if !ok || w.fact != nil || w.states != kg.OnlyAccepted {
		return nil
	}
	return r.column(key)
}

// column gives a column of the state that is read; nil where a newer one is kept.
func (r *reading) column(of columnKey) *column {
	r.columns.mu.Lock()
	defer r.columns.mu.Unlock()
	c := r.columns.kept[of]
	switch {
	case c != nil && c.gen == r.gen:
		return c
	case c != nil && c.gen > r.gen:
		return nil
	}
	next := &column{of: of, gen: r.gen, pages: make([]atomic.Pointer[columnPage], (r.entities.n+pageItems-1)/pageItems)}
	switch {
	case c != nil:
		next.values = c.values
		for i := range c.pages {
			if !r.entities.changedSince(c.gen, uint32(i)*pageItems) {
				next.pages[i].Store(c.pages[i].Load())
			}
		}
	case of.field != kg.FieldID:
		next.values = &columnValues{known: map[counted]uint32{}}
	}
	if c == nil && len(r.columns.kept) >= maxColumns {
		for other := range r.columns.kept { // any of them, as more than these are hardly ever asked for in turn
			delete(r.columns.kept, other)
			break
		}
	}
	r.columns.kept[of] = next
	return next
}

// numbersOf gives what a column holds of an entity, in no order.
func (r *reading) numbersOf(c *column, n uint32) []uint32 {
	p := c.pages[n/pageItems].Load()
	if p == nil {
		p = r.columnPage(c, n/pageItems)
		if r.stopped() {
			return nil // it may not be whole
		}
		c.pages[n/pageItems].Store(p)
	}
	begin := uint32(0)
	if i := n % pageItems; i > 0 {
		begin = p.ends[i-1]
	}
	return p.numbers[begin:p.ends[n%pageItems]]
}

// columnPage makes a page. Two readers may make the same at once: it does not matter whose is kept.
func (r *reading) columnPage(c *column, page uint32) *columnPage {
	p := &columnPage{}
	f := kg.Facet{Field: c.of.field, Months: c.of.months, Kinds: c.of.kinds}
	if c.of.way != 0 {
		f.Through = []kg.Relation{{Way: c.of.way, Fact: c.of.fact}}
	}
	ways := waysOf(&f)
	met := take(r.entities.n)
	defer met.giveBack()
	own := 0 // where the numbers of the entity begin
	add := func(h hit) bool {
		if c.values == nil {
			if met.mark(h.n) {
				p.numbers = append(p.numbers, h.n)
			}
		} else if x, ok := r.countedUnder(&h, &f); ok {
			if n := c.values.number(x); !slices.Contains(p.numbers[own:], n) {
				p.numbers = append(p.numbers, n)
			}
		}
		return !r.stopped()
	}
	for i := range uint32(pageItems) {
		if n := page*pageItems + i; n < r.entities.n {
			own = len(p.numbers)
			r.through(&hit{class: entityHit, n: n}, ways, f.Kinds, add)
			met.clear()
		}
		p.ends[i] = uint32(len(p.numbers))
	}
	p.numbers = slices.Clip(p.numbers)
	return p
}

// number gives the number of a value, a new one to a new value.
func (v *columnValues) number(x counted) uint32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	n, ok := v.known[x]
	if !ok {
		n = uint32(len(v.list))
		v.known[x] = n
		v.list = append(v.list, x)
	}
	return n
}

// meaning gives what numbers stand for.
func (c *column) meaning() func(n uint32) counted {
	if c.values == nil {
		return func(n uint32) counted { return counted{class: entityHit, n: int32(n)} }
	}
	c.values.mu.Lock()
	defer c.values.mu.Unlock()
	list := c.values.list
	return func(n uint32) counted { return list[n] }
}

// countByColumn counts entities by a column; false where something else is among them.
func (r *reading) countByColumn(hits []hit, c *column) (map[counted]int, bool) {
	w := weightsPool.Get().(*weights)
	defer weightsPool.Put(w)
	var met []uint32
	counts := map[counted]int{}
	unknown, whole := 0, true
	w.reach(int(r.entities.n))
	for i := range hits {
		if whole = hits[i].class == entityHit; !whole || r.stopped() {
			break
		}
		numbers := r.numbersOf(c, hits[i].n)
		if len(numbers) == 0 {
			unknown++
		}
		for _, n := range numbers {
			w.reach(int(n))
			if w.word[n] == 0 {
				met = append(met, n)
			}
			w.word[n]++
		}
	}
	if unknown > 0 {
		counts[counted{}] = unknown
	}
	meaning := c.meaning()
	for _, n := range met {
		counts[meaning(n)] = int(w.word[n])
		w.word[n] = 0
	}
	return counts, whole
}
