package sqlitestore

import (
	"context"
	"math/bits"

	"github.com/ententegraph/entente/internal/kg"
)

// Where things lie is asked more than anything else: in which country, in which city. So the nearest place of each kind, which
// [kg.Up] leads to, is kept for all entities, and of each place what lies in it. That is as the graph is known now and no AsOf
// hides anything of it; else, and where it depends on the day, the facts are followed.

// nearest holds of each kind of place the nearest one, its number and one.
type nearest [4]uint32

const (
	nowhere = 0
	varies  = 1<<32 - 1 // on another day it is another
)

// slotOf gives where nearest has places of a kind.
func slotOf(k kg.Kind) (int, bool) {
	i := bits.OnesCount32(uint32(kg.Places) & (1<<k - 1))
	return i, kg.Places.Has(k) && i < len(nearest{})
}

// nearestOf says whether a relation leads to what is kept, and to which.
func (r *reading) nearestOf(w *way, kinds kg.KindSet) (int, bool) {
	if w.Way != kg.Up || w.Relation.Fact != kg.LocatedIn || w.fact != nil || w.chains || w.states != kg.OnlyAccepted ||
		!r.present() || bits.OnesCount32(uint32(kinds)) != 1 {
		return 0, false
	}
	return slotOf(kg.Kind(bits.TrailingZeros32(uint32(kinds))))
}

// present says whether the question is about the graph as it is known now, and sees all of it.
func (r *reading) present() bool { return r.query.AsOf == nil && r.knownAt == never }

// heldItem stands for an entity in the tree of what lies in a place: by kind, then by name.
func heldItem(k kg.Kind, name string, n uint32) uint64 {
	return item(uint32(k)<<heldName|firstOf(name)>>(32-heldName), n)
}

// heldName is how many bits of a name stand there.
const heldName = 27

func heldKind(it uint64) kg.Kind { return kg.Kind(it >> (32 + heldName)) }

// climber finds what is nearest, of many entities of one state of the graph.
type climber struct {
	*graph
	r     *reading // which prefers facts where it does not matter on which day
	known map[uint32]nearest
	on    map[uint32]bool // the way up, by which a circle is found
}

func (g *graph) climber() *climber {
	return &climber{
		graph: g, r: &reading{graph: g, ctx: context.Background(), query: &kg.Query{}, knownAt: never},
		known: map[uint32]nearest{}, on: map[uint32]bool{},
	}
}

// climb gives what is nearest to an entity: itself if it is a place, then what is nearest to what it lies in, in the order in
// which a singular relation prefers these. So much is true where there are no circles; in these, and above a choice between facts
// that have dates, everything varies.
func (c *climber) climb(n uint32) nearest {
	kind := c.entities.at(n).Kind
	if kg.Places.Has(kind) {
		if at, ok := c.known[n]; ok {
			return at
		}
		if c.on[n] {
			return allVary
		}
		c.on[n] = true
		defer delete(c.on, n)
	}
	var at nearest
	if i, ok := slotOf(kind); ok {
		at[i] = n + 1
	}
	var room [4]step
	steps := c.r.preferred(room[:0], n, &upwards)
	for _, s := range steps {
		if len(steps) > 1 && (s.v.since != 0 || s.v.until != 0) {
			at = allVary
			break
		}
		above := c.climb(s.to)
		if above == allVary {
			at = above
			break
		}
		for i := range at {
			if at[i] == nowhere {
				at[i] = above[i]
			}
		}
	}
	if kg.Places.Has(kind) {
		c.known[n] = at
	}
	return at
}

var allVary = nearest{varies, varies, varies, varies}

// place finds what is nearest to all entities, as when the graph is opened.
func (g *graph) place() {
	c := g.climber()
	held := newBuckets(g.entities.n)
	var varying []uint64
	for n := range g.entities.n {
		_, at := g.nearest.add(g.gen)
		if *at = c.climb(n); *at == allVary {
			varying = append(varying, uint64(n))
			continue
		}
		for _, p := range *at {
			if p != nowhere {
				held.expect(p - 1)
			}
		}
	}
	g.varying = treeOf(g.gen, varying)
	held.begin()
	for k := range kg.Kind(maxKinds) {
		if !k.IsEntity() {
			continue
		}
		for it := range g.byName[k].from(0) {
			n := uint32(it)
			for _, p := range *g.nearest.at(n) {
				if p != nowhere && p != varies {
					held.put(p-1, heldItem(k, g.entities.at(n).Key, n))
				}
			}
		}
	}
	for n := range g.entities.n {
		if kg.Places.Has(g.entities.at(n).Kind) {
			g.entities.at(n).held = treeOf(g.gen, held.of(n))
		}
	}
}

// placeAgain finds again what is nearest to entities of which a fact says something else now, and to what lies in them.
func (e *edit) placeAgain() {
	if len(e.moved) == 0 {
		return
	}
	c := e.climber()
	list := make([]uint32, 0, len(e.moved))
	for n := range e.moved {
		list = append(list, n)
	}
	for i := 0; i < len(list); i++ {
		n := list[i]
		at := c.climb(n)
		if at == *e.nearest.at(n) {
			continue
		}
		e.unhold(n)
		*e.nearest.edit(e.gen, n) = at
		e.hold(n)
		if !kg.Places.Has(e.entities.at(n).Kind) {
			continue
		}
		from, to := linksOf(kg.LocatedIn, kg.In)
		for it := range e.entities.at(n).links.between(from, to) {
			if below := e.facts.at(uint32(it)).from; !e.moved[below] {
				e.moved[below] = true
				list = append(list, below)
			}
		}
	}
}

// hold puts an entity among what lies in the places nearest to it, and unhold takes it away; both while its name is as it is
// there.
func (e *edit) hold(n uint32) {
	e.eachHolder(n, func(t *tree, it uint64, by order) { t.insert(e.gen, it, by) })
}

func (e *edit) unhold(n uint32) {
	e.eachHolder(n, func(t *tree, it uint64, by order) { t.remove(e.gen, it, by) })
}

func (e *edit) eachHolder(n uint32, change func(t *tree, it uint64, by order)) {
	at := *e.nearest.at(n)
	if at == allVary {
		change(&e.varying, uint64(n), nil)
		return
	}
	x := e.entities.at(n)
	it := heldItem(x.Kind, x.Key, n)
	for _, p := range at {
		if p != nowhere {
			change(&e.entities.edit(e.gen, p-1).held, it, e.orderByName())
		}
	}
}
