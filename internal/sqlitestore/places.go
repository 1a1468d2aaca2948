package sqlitestore

import (
	"iter"
	"math"

	"github.com/ententegraph/entente/internal/kg"
)

// Entities with a location of their own are kept by the cell of a grid in which it lies: rows of latitude, from the south, and in
// each columns of longitude, from the west. A row is about 5 km high, a column at most 40 m wide, so that what lies in a
// rectangle stands in few ranges, with little besides.

const (
	rowBits, columnBits = 12, 20
	rows, columns       = 1 << rowBits, 1 << columnBits
)

// placeItem is the item of an entity in the tree of places.
func placeItem(p kg.Point, n uint32) uint64 {
	return item(rowOf(p.Lat)<<columnBits|columnOf(p.Lon), n)
}

// rowOf and columnOf are cells of a latitude and a longitude, in the order of these.
func rowOf(lat float64) uint32    { return uint32(min(max((lat+90)/180*rows, 0), rows-1)) }
func columnOf(lon float64) uint32 { return uint32(min(max((lon+180)/360*columns, 0), columns-1)) }

// placesIn gives the entities with a location of their own in a rectangle.
func (g *graph) placesIn(r kg.Rectangle) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		span := func(from, to uint32) bool {
			for it := range g.places.between(item(from, 0), item(to, math.MaxUint32)) {
				if n := uint32(it); r.Holds(*g.entities.at(n).Location) && !yield(n) {
					return false
				}
			}
			return true
		}
		first, last := rowOf(r.South)<<columnBits, rowOf(r.North)<<columnBits
		west, east := columnOf(r.West), columnOf(r.East)
		if west == 0 && east == columns-1 { // whole rows stand side by side
			span(first, last|east)
			return
		}
		for row := first; row <= last && span(row|west, row|east); row += columns {
			if row == last {
				return // the row after the last may be none that a number holds
			}
		}
	}
}

// collectPlaces adds all that may be in one of some rectangles: what has its own location there, and what has none and lies below
// such a place without another that has one between them.
func (r *reading) collectPlaces(in []kg.Rectangle, c *collected) {
	keep := func(x *entity) bool { return x.Location == nil }
	met := map[uint32]bool{}
	for _, rectangle := range in {
		for n := range r.placesIn(rectangle) {
			if !met[n] && !r.collectBelow(n, kg.LocatedIn, c, met, keep) {
				return
			}
		}
	}
}
