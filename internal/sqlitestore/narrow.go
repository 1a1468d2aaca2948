package sqlitestore

import (
	"cmp"
	"math"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// most says how many nodes it is worth to list before a filter is asked of each of n. Where every node has to be met, that is
// all. Else an order could be gone through until a page is full, which takes First * all / hits steps if what fits is spread
// evenly: to look at each of the hits is better as long as they are less.
func (r *reading) most(l *kg.List, n int, whole bool) int {
	if whole {
		return max(n, few)
	}
	return max(int(math.Sqrt(float64(l.First+1)*float64(n))), few)
}

// few nodes are looked at without further thought.
const few = 64

// narrow lists nodes among which is every one that fits a filter, each once; ok is false where they are more than so many, or
// where no index leads to them. Where exact is true, all of them fit.
func (r *reading) narrow(f kg.Filter, kinds kg.KindSet, most int) (hits []hit, exact, ok bool) {
	switch f := f.(type) {
	case kg.And:
		for _, part := range f {
			if next, all, can := r.narrow(part, kinds, most); can {
				hits, exact, ok = next, all && len(f) == 1, true
				most = len(hits)
			}
		}
		return hits, exact, ok
	case kg.Or:
		exact = true
		for _, part := range f {
			next, all, can := r.narrow(part, kinds, most-len(hits))
			if !can {
				return nil, false, false
			}
			hits, exact = append(hits, next...), exact && all
		}
		return r.once(hits), exact, true
	}
	c := collected{r: r, kinds: kinds, most: most, met: take(r.entities.n)}
	defer c.met.giveBack()
	if !r.collect(f, kinds, &c) || c.tooMany {
		return nil, false, false
	}
	if c.others {
		c.hits = r.once(c.hits)
	}
	return c.hits, c.exact, true
}

// collected are nodes of some kinds, as long as they are not too many.
type collected struct {
	r       *reading
	kinds   kg.KindSet
	hits    []hit
	met     *marks // entities among the hits, each of which is there once
	others  bool   // there are other things among them, which may be there several times
	most    int
	looked  int // at what lies below something
	tooMany bool
	exact   bool // all of them fit
}

// mayLook says whether to go on looking at what lies below: what is wanted may be few of very many there.
func (c *collected) mayLook() bool {
	c.looked++
	c.tooMany = c.tooMany || c.looked > 16*max(c.most, few)
	return !c.tooMany
}

func (c *collected) add(h hit) bool {
	if h.class == noHit || c.kinds != 0 && !c.kinds.Has(c.r.kind(&h)) {
		return true
	}
	if h.class == entityHit {
		return c.addEntity(h.n)
	}
	c.others = true
	return c.keep(h)
}

// addEntity adds an entity that is known to be of one of the kinds.
func (c *collected) addEntity(n uint32) bool {
	return !c.met.mark(n) || c.keep(hit{class: entityHit, n: n})
}

func (c *collected) keep(h hit) bool {
	if len(c.hits) >= c.most {
		c.tooMany = true
		return false
	}
	c.hits = append(c.hits, h)
	return true
}

// once drops what is listed before.
func (r *reading) once(hits []hit) []hit {
	if len(hits) < 2 {
		return hits
	}
	class, largest := hits[0].class, uint32(0)
	for i := range hits {
		if hits[i].class != class {
			class = noHit
		}
		largest = max(largest, hits[i].n)
	}
	if class != noHit && int(largest) < 64*len(hits) { // marks are cheaper than to sort
		met := take(largest)
		defer met.giveBack()
		return slices.DeleteFunc(hits, func(h hit) bool { return !met.mark(h.n) })
	}
	slices.SortFunc(hits, func(a, b hit) int {
		if a.class != b.class {
			return int(a.class) - int(b.class)
		}
		return cmp.Compare(a.n, b.n)
	})
	return slices.CompactFunc(hits, func(a, b hit) bool { return a.class == b.class && a.n == b.n })
}

// collect adds every node that fits a filter, and others with them; false where no index leads to them.
func (r *reading) collect(f kg.Filter, kinds kg.KindSet, c *collected) bool {
	switch f := f.(type) {
	case kg.IDIn:
		for _, id := range f {
			c.add(r.find(id))
		}
	case kg.Identified:
		r.collectIdentified(kg.Identifier(f), c)
	case kg.OneOf:
		if f.Field.Scheme == "" {
			return false
		}
		for _, v := range f.Values {
			r.collectIdentified(kg.Identifier{Scheme: f.Field.Scheme, Value: v}, c)
		}
	case kg.Words:
		return r.collectNames(&f, kinds, c)
	case kg.Within:
		r.collectPlaces(f.Rectangles(), c)
	case kg.WithinBox:
		r.collectPlaces(f.Rectangles(), c)
	case kg.Touches:
		for _, id := range f {
			if n, ok := r.canonical(id); ok {
				r.collectLinks(n, nil, c)
			}
		}
	case kg.RestsOn:
		for _, id := range f {
			if n, ok := r.graph.source(id); ok {
				for it := range r.sources.at(n).facts.from(0) {
					if !c.add(hit{class: factHit, n: uint32(it)}) {
						break
					}
				}
			}
		}
	case kg.Has:
		return r.collectOwners(&f, c)
	default:
		return false
	}
	return true
}

func (r *reading) collectIdentified(id kg.Identifier, c *collected) {
	if r.entities.n == 0 {
		return
	}
	first := uint64(r.identifierHash(id)) << 32
	for it := range r.identifiers.between(first, first+1<<32) {
		if !c.add(hit{class: entityHit, n: uint32(it)}) {
			return
		}
	}
}

// collectNames adds the entities with some names, or with names that begin alike. Nothing else has a name.
func (r *reading) collectNames(f *kg.Words, kinds kg.KindSet, c *collected) bool {
	if f.Field != kg.FieldName || len(f.Is) == 0 && f.StartsWith == "" {
		return false
	}
	for k := range kg.Kind(maxKinds) {
		if kinds != 0 && !kinds.Has(k) {
			continue
		}
		t := r.byName[k]
		name := func(it uint64) string { return r.entities.at(uint32(it)).Key }
		if len(f.Is) == 0 {
			r.collectNamed(t, f.StartsWith, func(it uint64) bool {
				return len(name(it)) >= len(f.StartsWith) && name(it)[:len(f.StartsWith)] == f.StartsWith
			}, c)
		}
		for _, is := range f.Is {
			r.collectNamed(t, is, func(it uint64) bool { return name(it) == is }, c)
		}
	}
	return true
}

// collectNamed adds the entities of a tree from a name on, as long as they fit.
func (r *reading) collectNamed(t tree, from string, fits func(uint64) bool, c *collected) {
	start := t.rank(func(it uint64) bool { return r.entities.at(uint32(it)).Key < from })
	for it := range t.from(start) {
		if !fits(it) || !c.add(hit{class: entityHit, n: uint32(it)}) {
			return
		}
	}
}

// collectLinks adds the facts of an entity that keep wants, all of them without it.
func (r *reading) collectLinks(n uint32, keep func(link uint64) bool, c *collected) {
	for it := range r.entities.at(n).links.from(0) {
		if (keep == nil || keep(it)) && !c.add(hit{class: factHit, n: uint32(it)}) {
			return
		}
	}
}

// collectOwners goes a relation backwards, from what must be at its other end.
func (r *reading) collectOwners(f *kg.Has, c *collected) bool {
	if f.None || f.Node == nil {
		return false
	}
	back := [...]kg.Way{kg.Out: kg.In, kg.In: kg.Out, kg.Both: kg.Both, kg.Up: kg.In, kg.FromEnd: kg.FromEnd, kg.ToEnd: kg.ToEnd}
	if int(f.Relation.Way) >= len(back) || back[f.Relation.Way] == 0 {
		return false
	}
	if l, ok := r.lying(f); ok && c.kinds&^kg.Entities == 0 {
		l.collect(c)
		c.exact = true
		return true
	}
	// Each end costs a look at its links, which is less than to ask an owner, and mostly there are fewer owners than ends.
	ends, exact, ok := r.narrow(f.Node, f.Kinds, 4*max(c.most, few))
	if !ok {
		return false
	}
	fits := r.compile(f.Node)
	w := &way{Relation: kg.Relation{Way: back[f.Relation.Way], Fact: f.Relation.Fact}, fact: r.compile(f.Fact), states: kg.StatesOf(f.Fact)}
	c.exact = f.AtLeast <= 1
	var steps *column // of what the relation leads back to
	if len(ends) >= columnHits {
		steps = r.columnOfSteps(w, c.kinds)
	}
	for _, end := range ends {
		if end.class != entityHit || !exact && !fits(end) {
			continue
		}
		switch {
		case steps != nil:
			for _, n := range r.numbersOf(steps, end.n) {
				if !c.addEntity(n) {
					break
				}
			}
		case w.Way == kg.FromEnd:
			c.exact = false
			r.collectLinks(end.n, func(link uint64) bool { return !leadsIn(link) }, c)
		case w.Way == kg.ToEnd:
			c.exact = false
			r.collectLinks(end.n, leadsIn, c)
		case f.Relation.Way == kg.Up:
			c.exact = false
			r.collectBelow(end.n, f.Relation.Fact, c, map[uint32]bool{}, nil)
		default:
			r.stepsFrom(end.n, w, func(_ uint32, v view) bool { return c.add(hit{class: entityHit, n: other(v, end.n)}) })
		}
		if c.tooMany || r.stopped() {
			break
		}
	}
	return true
}

// eachBelow gives what facts of a kind lead from to an entity in one step, whatever their state and whenever they were known.
func (r *reading) eachBelow(n uint32, fact kg.Kind, yield func(uint32) bool) {
	from, to := linksOf(fact, kg.In)
	for it := range r.entities.at(n).links.between(from, to) {
		if !yield(r.facts.at(uint32(it)).from) {
			return
		}
	}
}

// collectBelow adds an entity and all from which chains of facts lead up to it, through and to such as keep wants: nil for all.
// Most of what lies below a place are ends, such as companies, of which nothing lies below. What it goes through is put among what
// was met, and not entered again. It is false where there are too many.
func (r *reading) collectBelow(n uint32, fact kg.Kind, c *collected, met map[uint32]bool, keep func(*entity) bool) bool {
	under, through := fact.Decl().Ends() // what can lie below something, and what something can lie below
	met[n] = true
	going := c.add(hit{class: entityHit, n: n})
	if c.kinds != 0 && c.kinds&under == 0 {
		return going
	}
	below := []uint32{n}
	for i := 0; i < len(below) && going && !r.stopped(); i++ {
		r.eachBelow(below[i], fact, func(next uint32) bool {
			if going = c.mayLook(); !going {
				return false
			}
			x := r.entities.at(next)
			if keep != nil && !keep(x) {
				return true
			}
			if through.Has(x.Kind) {
				if met[next] {
					return true
				}
				met[next] = true
				below = append(below, next)
			}
			going = c.add(hit{class: entityHit, n: next})
			return going
		})
	}
	return going
}
