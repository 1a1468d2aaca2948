package sqlitestore

import (
	"cmp"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// linking counts what links places in pairs. It holds a number for every two of them, as there are few.
type linking struct {
	*reading
	*kg.Linking
	fits predicate // of facts
	lies []uint32  // where entities lie, by number: see placeOf
	// Where what is nearest is kept, which of it is a place of the kind, and how high a climb has come.
	kept         bool
	slotOfPlaces int
	height       int
	slots        []uint32 // of entities that are places, by number: theirs among places, and one more
	places       []uint32
	counts       [][]uint32 // of each place with each before it: how many of each of By
}

// linking answers a [kg.Linking].
func (r *reading) linking(w *kg.Linking) kg.Page {
	l := &linking{reading: r, Linking: w, fits: r.compile(w.Fact), lies: make([]uint32, r.entities.n), slots: make([]uint32, r.entities.n)}
	l.slotOfPlaces, l.kept = r.nearestOf(&upwards, kg.SetOf(w.Places))
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
			if a != lost && b != lost && a != b {
				l.count(i, a, b)
			}
		}
	}
}

// counting says whether a fact is one of those that count.
func (l *linking) counting(n uint32, v view) bool {
	return l.shown(v, l.States) && (l.fits == nil || l.fits(hit{class: factHit, n: n}))
}

// countJoined counts the entities that facts of a kind lead to, or from, between the places that the other ends lie in.
func (l *linking) countJoined(i int, by kg.Relation) {
	joints, tos := by.Fact.Decl().Ends()
	if by.Way == kg.In {
		joints = tos
	}
	from, to := linksOf(by.Fact, by.Way)
	var places []uint32
	for _, kind := range joints.Kinds() {
		for it := range l.byID[kind].from(0) {
			places = places[:0]
			n := uint32(it)
			for link := range l.entities.at(n).links.between(from, to) {
				if v, ok := l.at(uint32(link)); ok && l.counting(uint32(link), v) {
					if place := l.placeOf(other(v, n)); place != lost {
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

// lost is the place of what lies in none.
const lost = 1<<32 - 1

// placeOf gives the place that an entity lies in. What was found is remembered: two higher, as 0 is what was not asked for yet.
func (l *linking) placeOf(n uint32) uint32 {
	if l.lies[n] == 0 {
		l.lies[n] = l.climb(n) + 2
	}
	return l.lies[n] - 2
}

// climb finds the place that an entity lies in: the one that is kept, or, in the past, that of what it lies in. Only where facts
// are to be chosen from, or might go round in a circle, is the whole way walked.
func (l *linking) climb(n uint32) uint32 {
	if l.kept {
		switch at := l.reading.nearest.at(n)[l.slotOfPlaces]; at {
		case nowhere:
			return lost
		case varies:
		default:
			return at - 1
		}
	}
	if l.entities.at(n).Kind == l.Places {
		return n
	}
	above, several := uint32(lost), false
	l.stepsFrom(n, &upwards, func(_ uint32, v view) bool {
		several = above != lost
		above = v.to
		return !several
	})
	switch {
	case above == lost:
		return lost
	case !several && l.height < highest:
		l.height++
		defer func() { l.height-- }()
		return l.placeOf(above)
	}
	place := uint32(lost)
	l.implied(&hit{class: entityHit, n: n}, &upwards, kg.SetOf(l.Places), func(h hit) bool {
		place = h.n
		return false
	})
	return place
}

// highest is how many entities that lie in one another are climbed one by one.
const highest = 8

// slot gives the number of a place among those that something links.
func (l *linking) slot(place uint32) int {
	if l.slots[place] == 0 {
		l.places = append(l.places, place)
		l.slots[place] = uint32(len(l.places))
		l.counts = append(l.counts, make([]uint32, (len(l.places)-1)*len(l.By)))
	}
	return int(l.slots[place]) - 1
}

func (l *linking) count(i int, a, b uint32) {
	x, y := l.slot(a), l.slot(b)
	l.counts[max(x, y)][min(x, y)*len(l.By)+i]++
}

// ranking is a pair of places with what decides its place in the answer.
type ranking struct {
	ids    [2]kg.ID
	nodes  [2]uint32
	counts []uint32
	total  uint32
}

// page lists the pairs that are asked for.
func (l *linking) page() kg.Page {
	with := l.asked(l.With)
	var pairs []ranking
	for i, a := range l.places {
		for j, b := range l.places[:i] {
			total := uint32(0)
			counts := l.counts[i][j*len(l.By) : (j+1)*len(l.By)]
			for _, n := range counts {
				total += n
			}
			if total == 0 || l.With != nil && !slices.Contains(with, a) && !slices.Contains(with, b) {
				continue
			}
			x := ranking{ids: [2]kg.ID{l.entityID(a), l.entityID(b)}, nodes: [2]uint32{a, b}, counts: counts, total: total}
			if x.ids[0] > x.ids[1] {
				x.ids[0], x.ids[1], x.nodes[0], x.nodes[1] = x.ids[1], x.ids[0], b, a
			}
			pairs = append(pairs, x)
		}
	}
	slices.SortFunc(pairs, func(x, y ranking) int {
		return cmp.Or(cmp.Compare(y.total, x.total), compareText(x.ids[0], y.ids[0]), compareText(x.ids[1], y.ids[1]))
	})
	var p kg.Page
	for _, x := range pairs[:min(l.First, len(pairs))] {
		group := kg.Page{Rows: l.rowsOf([]hit{{class: entityHit, n: x.nodes[0]}, {class: entityHit, n: x.nodes[1]}})}
		for _, n := range x.counts {
			group.Counts = append(group.Counts, int(n))
		}
		p.Groups = append(p.Groups, group)
	}
	return p
}
