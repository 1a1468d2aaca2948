package kg

// MaxNodes bounds how many nodes the answer to one operation may hold, by its Cost.
const MaxNodes = 10_000

// Cost is how many nodes the answer to a query can hold at most, from the sizes of its pages alone: known before anything is
// asked of a store. It is at most a little over [MaxNodes], where it stops counting.
func (q *Query) Cost() int {
	n := q.List.First
	switch w := q.Walk.(type) {
	case Around: // its facts are not counted by PerNode, as few of them lie among what is shown
		n = 2 * w.Limit
	case Comparing:
		n = len(w.IDs) * (1 + w.Only)
		n += 2 * w.Shared
	case Differing: // each fact as it is, and as it was
		n *= 2
	case Connecting:
		n = w.First * (2*w.MaxHops + 1)
	case Counts:
		n = 0
	}
	return bounded(n * (1 + q.Select.cost(Entities|Facts|q.Kinds)))
}

// cost is how many nodes follow from one node, of the kind from which most follow.
func (s *Select) cost(kinds KindSet) int {
	if s == nil {
		return 0
	}
	most := 0
	for _, k := range kinds.Kinds() {
		n := 0
		for i := range s.Follow {
			f := &s.Follow[i]
			if !f.Owners.Has(k) {
				continue
			}
			first := f.First
			if first < 0 {
				first = 2 // what the model bounds is short: the parties that assert a partnership
			}
			n = bounded(n + first*(1+f.Lead.cost(Facts)+f.Select.cost(f.Kinds)))
		}
		most = max(most, n)
	}
	return most
}

// bounded keeps products of page sizes far from overflow.
func bounded(n int) int { return min(n, 2*MaxNodes) }
