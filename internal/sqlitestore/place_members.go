package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// lying are the entities of which the nearest place of a kind is one of some: those kept with these places, and a few to which
// that may change by the day.
type lying struct {
	r      *reading
	places []uint32
	has    predicate
}

// lying says whether a filter wants exactly the entities that lie in a few places, as the graph is known now.
func (r *reading) lying(f *kg.Has) (*lying, bool) {
	w := &way{Relation: f.Relation, fact: r.compile(f.Fact), states: kg.StatesOf(f.Fact)}
	if _, kept := r.nearestOf(w, f.Kinds); !kept || f.None || f.AtLeast > 1 {
		return nil, false
	}
	places, ok := r.fewEnds(f, r.compile(f.Node))
	if !ok {
		return nil, false
	}
	return &lying{r: r, places: places, has: r.compileHas(f)}, true
}

// apart takes the part of a filter that says where things lie from the rest; nil where there is none.
func (r *reading) apart(f kg.Filter) (*lying, kg.Filter) {
	switch f := f.(type) {
	case kg.Has:
		if l, ok := r.lying(&f); ok {
			return l, nil
		}
	case kg.And:
		for i, part := range f {
			has, isHas := part.(kg.Has)
			if !isHas {
				continue
			}
			if l, ok := r.lying(&has); ok {
				if rest := slices.Delete(slices.Clone(f), i, i+1); len(rest) > 0 {
					return l, rest
				}
				return l, nil
			}
		}
	}
	return nil, f
}

// span gives between which ranks of the tree of a place the entities of a kind stand.
func (l *lying) span(place uint32, k kg.Kind) (from, to int) {
	held := l.r.entities.at(place).held
	return held.rank(func(it uint64) bool { return heldKind(it) < k }), held.rank(func(it uint64) bool { return heldKind(it) <= k })
}

// size counts those of some kinds.
func (l *lying) size(kinds kg.KindSet) (n int) {
	for _, p := range l.places {
		if kinds == 0 {
			n += l.r.entities.at(p).held.len()
			continue
		}
		for _, k := range kinds.Kinds() {
			from, to := l.span(p, k)
			n += to - from
		}
	}
	for range l.varying(kinds) {
		n++
	}
	return n
}

// varying gives those of some kinds that are not kept with a place.
func (l *lying) varying(kinds kg.KindSet) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for it := range l.r.graph.varying.from(0) {
			h := hit{class: entityHit, n: uint32(it)}
			if (kinds == 0 || kinds.Has(l.r.kind(&h))) && l.has(h) && !yield(h.n) {
				return
			}
		}
	}
}

// collect adds all of them.
func (l *lying) collect(c *collected) {
	c.hits = slices.Grow(c.hits, min(l.size(c.kinds), c.most))
	for _, p := range l.places {
		for it := range l.r.entities.at(p).held.from(0) {
			if (c.kinds == 0 || c.kinds.Has(heldKind(it))) && !c.addEntity(uint32(it)) {
				return
			}
		}
	}
	for n := range l.varying(c.kinds) {
		if !c.addEntity(n) {
			return
		}
	}
}

// lanes gives the ways through those of a kind, by name.
func (l *lying) lanes(k kg.Kind, list *kg.List, p *pager) (lanes []*lane) {
	add := func(ln *lane) {
		if ln.begin(list, p) {
			lanes = append(lanes, ln)
		}
	}
	for _, place := range l.places {
		from, to := l.span(place, k)
		add(&lane{r: l.r, kind: k, by: byName, orders: list.Order, tree: l.r.entities.at(place).held, from: from, to: to, held: true})
	}
	var items []uint64
	for n := range l.varying(kg.SetOf(k)) {
		items = append(items, item(firstOf(l.r.entities.at(n).Key), n))
	}
	if t := treeOf(0, sorted(items, l.r.orderByName())); t.len() > 0 {
		add(&lane{r: l.r, kind: k, by: byName, orders: list.Order, tree: t, to: t.len()})
	}
	return lanes
}
