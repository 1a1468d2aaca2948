package sqlitestore

import (
	"cmp"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// linking counts what links places in pairs.
type linking struct {
	*reading
	*kg.Linking
	up     way
	places []uint32 // of entities, by number: where they lie; see placeOf
	counts map[pair][]int
}

// pair is two places, the smaller number first.
type pair struct{ a, b uint32 }

// linking answers a [kg.Linking].
func (r *reading) linking(w *kg.Linking) kg.Page {
	l := &linking{reading: r, Linking: w, up: way{Relation: upwards.Relation, states: kg.OnlyAccepted}, places: make([]uint32, r.entities.n), counts: map[pair][]int{}}
	for i, by := range w.By {
		if by.Way == kg.Both {
			l.countFacts(i, by.Fact)
		} else {
			l.countJoined(i, by)
		}
	}
	return l.page()
}

// countFacts counts the facts of a kind between the places that their ends lie in.
func (l *linking) countFacts(i int, fact kg.Kind) {
	for it := range l.byID[fact].from(0) {
		if l.stopped() {
			return
		}
		if v, ok := l.at(uint32(it)); ok && l.counting(uint32(it), v) {
			a, b := l.placeOf(v.from), l.placeOf(v.to)
			if a != nowhere && b != nowhere && a != b {
				l.count(i, a, b)
			}
		}
	}
}

// counting says whether a fact is one of those that count.
func (l *linking) counting(n uint32, v view) bool {
	return l.shown(v, l.States) && (l.Fact == nil || l.fits(&hit{class: factHit, n: n}, l.Fact))
}

// countJoined counts the entities that facts of a kind lead to, or from, between the places that the other ends lie in.
func (l *linking) countJoined(i int, by kg.Relation) {
	var joints kg.KindSet
	for _, j := range by.Fact.Decl().Joins {
		if by.Way == kg.In {
			joints |= j.To
		} else {
			joints |= j.From
		}
	}
	from, to := linksOf(by.Fact, by.Way)
	var places []uint32
	for _, kind := range joints.Kinds() {
		for it := range l.byID[kind].from(0) {
			places = places[:0]
			n := uint32(it)
			for link := range l.entities.at(n).links.between(from, to) {
				if v, ok := l.at(uint32(link)); ok && l.counting(uint32(link), v) {
					if place := l.placeOf(other(v, n)); place != nowhere {
						places = append(places, place)
					}
				}
			}
			if l.stopped() {
				return
			}
			slices.Sort(places)
			places = slices.Compact(places)
			for j, a := range places {
				for _, b := range places[j+1:] {
					l.count(i, a, b)
				}
			}
		}
	}
}

// nowhere is the place of what lies in none.
const nowhere = 1<<32 - 1

// placeOf gives the place that an entity lies in. What was found is kept, two higher, so that 0 is what nobody asked for yet.
func (l *linking) placeOf(n uint32) uint32 {
	if l.places[n] == 0 {
		place := uint32(nowhere)
		l.implied(&hit{class: entityHit, n: n}, &l.up, kg.SetOf(l.Places), func(h hit) bool {
			place = h.n
			return false
		})
		l.places[n] = place + 2 // of nowhere, 1
	}
	return l.places[n] - 2
}

func (l *linking) count(i int, a, b uint32) {
	p := pair{min(a, b), max(a, b)}
	counts := l.counts[p]
	if counts == nil {
		counts = make([]int, len(l.By))
		l.counts[p] = counts
	}
	counts[i]++
}

// ranking is a pair of places with what decides its place in the answer.
type ranking struct {
	ids    [2]kg.ID
	nodes  [2]uint32
	counts []int
	total  int
}

// page lists the pairs that are asked for.
func (l *linking) page() kg.Page {
	with := l.asked(l.With)
	var pairs []ranking
	for p, counts := range l.counts {
		if l.With != nil && !slices.Contains(with, p.a) && !slices.Contains(with, p.b) {
			continue
		}
		if l.entityID(p.a) > l.entityID(p.b) {
			p.a, p.b = p.b, p.a
		}
		x := ranking{ids: [2]kg.ID{l.entityID(p.a), l.entityID(p.b)}, nodes: [2]uint32{p.a, p.b}, counts: counts}
		for _, n := range x.counts {
			x.total += n
		}
		pairs = append(pairs, x)
	}
	slices.SortFunc(pairs, func(x, y ranking) int {
		return cmp.Or(cmp.Compare(y.total, x.total), compareText(x.ids[0], y.ids[0]), compareText(x.ids[1], y.ids[1]))
	})
	var p kg.Page
	for _, x := range pairs[:min(l.First, len(pairs))] {
		p.Groups = append(p.Groups, kg.Page{Rows: l.rowsOf([]hit{{class: entityHit, n: x.nodes[0]}, {class: entityHit, n: x.nodes[1]}}), Counts: x.counts})
	}
	return p
}
