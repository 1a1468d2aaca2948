package sqlitestore

import (
	"cmp"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// among finds the facts between what is shown, and, where it is asked, how much each of it is linked with that is not.
//
// What is shown is often linked with hubs, which have more facts than all else, few of them to what is shown. So what links a
// hub with something smaller is found from there, what links two hubs is looked for by the name of the other, and with how much
// a hub is linked in all is kept.
type among struct {
	*reading
	d     *drawing
	fact  predicate
	way   *kg.Around
	facts []hit

	hubs []uint32       // of what is shown, the smallest first; none where what is kept does not answer
	rank map[uint32]int // of hubs: their place there
	met  []int          // by rank: with how much of what is shown it is linked
	seen *marks         // from one entity; none in between
}

func (r *reading) among(d *drawing, w *kg.Around) ([]hit, []kg.Omitted) {
	a := &among{reading: r, d: d, way: w, fact: r.predicate(&w.Fact), seen: take(r.entities.n)}
	defer a.seen.giveBack()
	a.findHubs()
	hidden := make([]int, len(d.shown))
	for i, n := range d.shown {
		if _, hub := a.rank[n]; !hub {
			hidden[i] = a.from(n)
		}
	}
	for i, n := range a.hubs {
		a.fromHub(i, n)
	}
	if !w.Hidden {
		return a.facts, nil
	}
	var omitted []kg.Omitted
	for i, n := range d.shown {
		if rank, hub := a.rank[n]; hub {
			hidden[i] = r.neighboursOf(n) - a.met[rank]
		}
		if hidden[i] > 0 {
			omitted = append(omitted, kg.Omitted{ID: r.entityID(n), Count: hidden[i]})
		}
	}
	return a.facts, omitted
}

func (a *among) findHubs() {
	if !a.keeps(a.way) {
		return
	}
	size := func(n uint32) int { return a.entities.at(n).links.len() }
	for _, n := range a.d.shown {
		if size(n) >= hubFacts {
			a.hubs = append(a.hubs, n)
		}
	}
	slices.SortFunc(a.hubs, func(m, n uint32) int { return cmp.Or(cmp.Compare(size(m), size(n)), cmp.Compare(m, n)) })
	a.rank, a.met = make(map[uint32]int, len(a.hubs)), make([]int, len(a.hubs))
	for i, n := range a.hubs {
		a.rank[n] = i
	}
}

// from looks at all facts of what is no hub, and counts what they link it with that is not shown.
func (a *among) from(n uint32) (hidden int) {
	a.around(n, a.fact, a.way.States, func(fact uint32, v view) {
		end := other(v, n)
		first := a.seen.mark(end)
		if _, shown := a.d.from(end); !shown {
			if first {
				hidden++
			}
			return
		}
		rank, hub := a.rank[end]
		if hub && first {
			a.met[rank]++
		}
		if hub || v.from == n { // so that it comes once
			a.facts = append(a.facts, hit{class: factHit, n: fact})
		}
	})
	a.seen.clear()
	return hidden
}

// fromHub finds what links a hub with larger ones.
func (a *among) fromHub(i int, n uint32) {
	x := a.entities.at(n)
	for j, m := range a.hubs[i+1:] {
		if a.stopped() {
			return
		}
		if a.between(x, m) {
			a.met[i]++
			a.met[i+1+j]++
		}
	}
}

// between finds the facts of one entity that link it with another, and says whether there are any.
func (a *among) between(x *entity, m uint32) (linked bool) {
	y := a.entities.at(m)
	for _, l := range joining[x.Kind][y.Kind] {
		first := link(l.fact, l.to, y.Key, 0)
		for it := range x.links.between(first, first+1<<32) {
			if v, ok := a.at(uint32(it)); ok && a.shown(v, a.way.States) && (v.to == m || v.from == m) {
				a.facts, linked = append(a.facts, hit{class: factHit, n: uint32(it)}), true
			}
		}
	}
	return linked
}

// joining says which facts may link two kinds of entity, as links of the first.
var joining = func() (by [maxKinds][maxKinds][]joint) {
	for k := range kg.Kind(maxKinds) {
		if !k.IsFact() {
			continue
		}
		for from := range kg.Kind(maxKinds) {
			for to := range kg.Kind(maxKinds) {
				if k.Decl().MayJoin(from, to) {
					by[from][to] = append(by[from][to], joint{k, false})
					by[to][from] = append(by[to][from], joint{k, true})
				}
			}
		}
	}
	return by
}()

// joint is one of a fact's two ends.
type joint struct {
	fact kg.Kind
	to   bool
}
