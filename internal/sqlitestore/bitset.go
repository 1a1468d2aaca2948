package sqlitestore

import "sync"

// marks are a set of things of one class, by number.
type marks struct {
	bits []uint64
	all  []uint32
}

// unused are empty sets that have been used before: most are as large as there are entities, and most questions need one.
var unused sync.Pool

// take gives an empty set, which has room for numbers up to one.
func take(upTo uint32) *marks {
	m, _ := unused.Get().(*marks)
	if m == nil {
		m = &marks{}
	}
	if n := int(upTo/64) + 1; len(m.bits) < n {
		m.bits = make([]uint64, n+n/4)
	}
	return m
}

// giveBack ends the use of a set.
func (m *marks) giveBack() {
	m.clear()
	unused.Put(m)
}

// mark adds a thing, and says whether it was not there before.
func (m *marks) mark(n uint32) bool {
	bit := uint64(1) << (n % 64)
	if m.bits[n/64]&bit != 0 {
		return false
	}
	m.bits[n/64] |= bit
	m.all = append(m.all, n)
	return true
}

// clear takes all of them away.
func (m *marks) clear() {
	for _, n := range m.all {
		m.bits[n/64] = 0
	}
	m.all = m.all[:0]
}
