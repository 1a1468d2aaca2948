package sqlitestore

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// How the trees are ordered. Each item begins with as much of what it is sorted by as fits in half of it.

// unknownDay is the first half of what has no day, which comes last.
const unknownDay = 1<<32 - 1

// firstOf gives the first four bytes of a text, so that numbers order as the texts do.
func firstOf(s string) uint32 {
	var x uint32
	for i := range 4 {
		x <<= 8
		if i < len(s) {
			x |= uint32(s[i])
		}
	}
	return x
}

// keyOf is what an id says after its kind, which things of one kind share.
func keyOf(id kg.ID) string { return string(id[strings.IndexByte(string(id), ':')+1:]) }

func dayItem(d kg.Date, n uint32) uint64 {
	if !d.Known() {
		return item(unknownDay, n)
	}
	return item(uint32(d.First)^1<<31, n)
}

func (g *graph) idItem(id kg.ID, n uint32) uint64 { return item(firstOf(keyOf(id)), n) }

// anyID gives the id of a thing of some kind.
func (g *graph) anyID(k kg.Kind, n uint32) kg.ID {
	switch {
	case k.IsEntity():
		return g.entityID(n)
	case k.IsFact():
		return g.factID(n)
	}
	return g.sourceID(n)
}

// orderByID orders the things of a kind by id.
func (g *graph) orderByID(k kg.Kind) order {
	return func(a, b uint64) int {
		return compareText(g.anyID(k, uint32(a)), g.anyID(k, uint32(b)))
	}
}

// orderByName orders entities by name, then by id.
func (g *graph) orderByName() order {
	return func(a, b uint64) int {
		x, y := g.entities.at(uint32(a)), g.entities.at(uint32(b))
		return cmp.Or(strings.Compare(x.Key, y.Key), compareText(x.ID, y.ID))
	}
}

// orderByDay orders the things of a kind by their day, what has none last, then by id.
func (g *graph) orderByDay(k kg.Kind) order {
	return func(a, b uint64) int {
		if a>>32 != unknownDay {
			if c := cmp.Compare(g.day(k, uint32(a)).Last, g.day(k, uint32(b)).Last); c != 0 {
				return c
			}
		}
		return compareText(g.anyID(k, uint32(a)), g.anyID(k, uint32(b)))
	}
}

// day is what the things of a kind are ordered by day by.
func (g *graph) day(k kg.Kind, n uint32) kg.Date {
	var v kg.Value
	switch {
	case k.IsEntity():
		v = g.entities.at(n).Value(kg.FieldDay)
	case k.IsFact():
		v = *g.values.at(g.facts.at(n).since)
	default:
		return g.sources.at(n).PublishedOn
	}
	d, _ := v.(kg.Date)
	return d
}

// sorted sorts items by an order.
func sorted(items []uint64, by order) []uint64 {
	slices.Sort(items)
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to]>>32 == items[from]>>32 {
			to++
		}
		if to-from > 1 {
			slices.SortFunc(items[from:to], by)
		}
		from = to
	}
	return items
}

// sortedByDay makes the items by day of the things of a kind from those by id, which are sorted: so that of equal days nothing
// has to be compared.
func (g *graph) sortedByDay(k kg.Kind, byID []uint64) []uint64 {
	items := make([]uint64, len(byID))
	for i, it := range byID {
		items[i] = dayItem(g.day(k, uint32(it)), uint32(i))
	}
	slices.Sort(items)
	for i, it := range items {
		items[i] = it>>32<<32 | byID[uint32(it)]&(1<<32-1)
	}
	for from := 0; from < len(items); {
		to := from + 1
		mixed := false
		for ; to < len(items) && items[to]>>32 == items[from]>>32; to++ {
			mixed = mixed || g.day(k, uint32(items[to])).Last != g.day(k, uint32(items[from])).Last
		}
		if mixed {
			slices.SortStableFunc(items[from:to], func(a, b uint64) int {
				return cmp.Compare(g.day(k, uint32(a)).Last, g.day(k, uint32(b)).Last)
			})
		}
		from = to
	}
	return items
}

// identifierItem stands for one of an entity's identifiers. Two may share it, so that who finds one looks.
func (g *graph) identifierItem(id kg.Identifier, n uint32) uint64 {
	return item(g.identifierHash(id), n)
}

func (g *graph) identifierHash(id kg.Identifier) uint32 {
	return uint32(maphash.Comparable(g.entityIDs.seed, id))
}
