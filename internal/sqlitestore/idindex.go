package sqlitestore

import (
	"hash/maphash"

	"github.com/ententegraph/entente/internal/kg"
)

// idIndex finds the number of a thing by its id: a hash table, kept in a vec so that a change copies little. It holds numbers
// alone; who asks knows how to tell the id of a number.
type idIndex struct {
	seed  maphash.Seed
	n     uint32
	mask  uint32
	slots vec[uint32] // a number and one; 0 where there is none
}

// find gives the number of an id.
func (x *idIndex) find(id kg.ID, idOf func(uint32) kg.ID) (uint32, bool) {
	if x.n == 0 {
		return 0, false
	}
	for at := x.hash(id) & x.mask; ; at = (at + 1) & x.mask {
		slot := *x.slots.at(at)
		if slot == 0 {
			return 0, false
		}
		if idOf(slot-1) == id {
			return slot - 1, true
		}
	}
}

// add notes the number of an id that is not there yet.
func (x *idIndex) add(gen uint64, id kg.ID, number uint32, idOf func(uint32) kg.ID) {
	if x.slots.n == 0 || 3*x.n >= 2*x.slots.n {
		x.grow(gen, max(64, 2*x.slots.n), idOf)
	}
	x.put(gen, id, number)
	x.n++
}

func (x *idIndex) put(gen uint64, id kg.ID, number uint32) {
	at := x.hash(id) & x.mask
	for *x.slots.at(at) != 0 {
		at = (at + 1) & x.mask
	}
	*x.slots.edit(gen, at) = number + 1
}

// grow makes the table of a size, which is a power of two.
func (x *idIndex) grow(gen uint64, size uint32, idOf func(uint32) kg.ID) {
	old := x.slots
	if old.n == 0 {
		x.seed = maphash.MakeSeed()
	}
	x.slots, x.mask = vec[uint32]{}, size-1
	for range size {
		x.slots.add(gen)
	}
	for i := range old.n {
		if slot := *old.at(i); slot != 0 {
			x.put(gen, idOf(slot-1), slot-1)
		}
	}
}

func (x *idIndex) hash(id kg.ID) uint32 { return uint32(maphash.String(x.seed, string(id))) }
