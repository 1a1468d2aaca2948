package sqlitestore

// marks are a set of entities, of a question that asks for several one after another.
type marks struct {
	r    *reading
	bits []uint64
	all  []uint32
}

// take gives an empty set, which may have been used before.
func (r *reading) take() *marks {
	if n := len(r.marks); n > 0 {
		m := r.marks[n-1]
		r.marks = r.marks[:n-1]
		return m
	}
	return &marks{r: r, bits: make([]uint64, r.entities.n/64+1)}
}

// giveBack ends the use of a set.
func (m *marks) giveBack() {
	m.clear()
	m.r.marks = append(m.r.marks, m)
}

// mark adds an entity, and says whether it was not there before.
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
