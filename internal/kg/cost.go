package kg

// MaxNodes is how many nodes the answer to one operation may hold, by its [Cost], unless whoever serves it says otherwise.
const MaxNodes = 10_000

// mostCounted is where counting stops: products of page sizes stay far from overflow.
const mostCounted = 1_000_000

// Cost is what an operation's answer may hold and does, in nodes: entities, facts, evidence and sources, wherever they stand.
type Cost struct {
	Requested int `json:"requested"` // at most, by the sizes of its pages
	Actual    int `json:"actual"`    // as it was answered; 0 where it was refused
	Limit     int `json:"limit"`     // of Requested
}

// Cost is how many nodes the answer to a query can hold at most, from the sizes of its pages alone: known before anything is
// asked of a store. Above a million it counts no further.
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
	case Finding:
		return bounded(n * (1 + q.Select.cost(Entities) + w.leadCost()))
	case Counts:
		n = 0
	}
	return bounded(n * (1 + q.Select.cost(Entities|Facts|q.Kinds)))
}

// leadCost is how many nodes may follow from the fact that led to one entity.
func (w Finding) leadCost() int {
	if w.Lead == nil {
		return 0
	}
	return 1 + w.Lead.cost(Facts)
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

func bounded(n int) int { return min(n, mostCounted) }

// Nodes is how many nodes a page holds, with all that was followed from them: what [Query.Cost] bounds.
func (p *Page) Nodes() int {
	n := 0
	for i := range p.Rows {
		n += p.Rows[i].nodes()
	}
	for i := range p.Facts {
		n += p.Facts[i].nodes()
	}
	for i := range p.Groups {
		n += p.Groups[i].Nodes()
	}
	return n
}

// nodes counts a row and what was followed from it. The facts that led to it are no nodes of their own, but what was followed from
// them is.
func (r *Row) nodes() int {
	if r.Kind() == NoKind {
		return 0
	}
	n := 1
	for i := range r.Lead {
		n += r.Lead[i].nodes() - 1
	}
	for i := range r.Pages {
		n += r.Pages[i].Nodes()
	}
	if d := r.Difference; d != nil && d.Before != nil {
		n += d.Before.nodes()
	}
	return n
}
