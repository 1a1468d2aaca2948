package sqlitestore

import (
	"hash/maphash"

	"github.com/ententegraph/entente/internal/kg"
)

// idIndex finds the number of a thing by its id: a hash table, kept in a vec so that a change copies little. It holds hashes and
// numbers; who asks knows how to tell the id of a number, and is asked for hardly another than the one that is sought, as each that
// is looked at is somewhere else in memory.
type idIndex struct {
	seed  maphash.Seed
	n     uint32
	mask  uint32
	slots vec[uint64] // the hash of an id in the upper half, its number and one in the lower; 0 where there is none
}

// find gives the number of an id.
func (x *idIndex) find(id kg.ID, idOf func(uint32) kg.ID) (uint32, bool) {
	if x.n == 0 {
		return 0, false
	}
	hash := x.hash(id)
	for at := hash & x.mask; ; at = (at + 1) & x.mask {
		slot := *x.slots.at(at)
		if slot == 0 {
			return 0, false
		}
		if number := uint32(slot) - 1; uint32(slot>>32) == hash && idOf(number) == id {
			return number, true
		}
	}
}

// add notes the number of an id that is not there yet.
func (x *idIndex) add(gen uint64, id kg.ID, number uint32) {
	if x.slots.n == 0 || 3*x.n >= 2*x.slots.n {
		x.grow(gen, max(64, 2*x.slots.n))
	}
	x.put(gen, item(x.hash(id), number+1))
	x.n++
}

func (x *idIndex) put(gen uint64, slot uint64) {
	at := uint32(slot>>32) & x.mask
	for *x.slots.at(at) != 0 {
		at = (at + 1) & x.mask
	}
	*x.slots.edit(gen, at) = slot
}

// grow makes the table of a size, which is a power of two.
func (x *idIndex) grow(gen uint64, size uint32) {
	old := x.slots
	if old.n == 0 {
		x.seed = maphash.MakeSeed()
	}
	x.slots, x.mask = vec[uint64]{}, size-1
	for range size {
		x.slots.add(gen)
	}
	for i := range old.n {
		if slot := *old.at(i); slot != 0 {
			x.put(gen, slot)
		}
	}
}

func (x *idIndex) hash(id kg.ID) uint32 { return uint32(maphash.String(x.seed, string(id))) }
