package kg

import (
	"maps"
	"slices"
)

// web is the part of the graph that a search for paths knows: entities, and which of them are one hop apart.
type web struct {
	asked *Connecting
	day   Day // on which the facts of a hop are compared
	shut  KindSet
	avoid []ID
	from  *stop
	to    *stop

	numbers Numbers // nil before anything is known
	stops   map[uint32]*stop
	avoided map[uint32]bool
	// Room for stops and hops, of which a search may need thousands.
	moreStops []stop
	moreHops  []hop

	turn int // counts the times that a way was looked for, see wayOn
}

// stop is an entity that a path may come by, or one of the ends.
type stop struct {
	id    ID // see web.id
	n     uint32
	hops  []*hop // those that are known; all there are, once it has been expanded
	first [1]*hop
	isEnd bool // no path passes it
	// What Expand said of it.
	expanded bool
	degree   int

	seen [2]bool // by the side that begins at From, and by the one that begins at To
	last *hop    // the one that was added last
	mark
}

// hop is what links two entities: the surest of its facts.
type hop struct {
	ends  [2]*stop
	steps *Steps // that have the fact
	n     uint32
	sure  uint16
}

func (h *hop) fact() *Fact { return h.steps.Fact(h.n) }

func (h *hop) chance() chance { return chance{low: uint64(h.sure)} }

// other gives the end of a hop that is not s.
func (h *hop) other(s *stop) *stop {
	if h.ends[0] == s {
		return h.ends[1]
	}
	return h.ends[0]
}

func newWeb(asked *Connecting, avoid []ID, day Day) *web {
	return &web{
		asked: asked, day: day, avoid: avoid, shut: joints&^asked.Through | asked.AvoidKinds,
		from: &stop{id: asked.From, isEnd: true}, to: &stop{id: asked.To, isEnd: true},
		stops: map[uint32]*stop{}, avoided: map[uint32]bool{},
	}
}

// joints are the kinds that would join everything with everything: nothing passes through them unless asked to.
const joints KindSet = 1<<Country | 1<<Sector

// know takes in the numbers of steps, which stand for ids from then on.
func (w *web) know(steps *Steps) {
	n := len(w.stops)
	for _, of := range steps.Of {
		n += len(of)
	}
	if n > 4*len(w.stops) { // which takes less time than to grow step by step
		larger := make(map[uint32]*stop, n)
		maps.Copy(larger, w.stops)
		w.stops = larger
	}
	numbers := steps.Numbers
	if w.numbers == nil {
		for _, end := range []*stop{w.from, w.to} {
			if n, ok := numbers.Number(end.id); ok {
				end.n, w.stops[n] = n, end
			}
		}
		for _, id := range w.avoid {
			if n, ok := numbers.Number(id); ok {
				w.avoided[n] = true
			}
		}
	}
	w.numbers = numbers
}

// id gives the id of a stop, which few are asked for.
func (w *web) id(s *stop) ID {
	if s.id == "" {
		s.id = w.numbers.ID(s.n)
	}
	return s.id
}

// stop gives the stop that a step leads to; nil where no path may pass, nor ends.
func (w *web) stop(to *Step) *stop {
	s := w.stops[to.End]
	if s == nil && !w.isShut(to) && !w.avoided[to.End] {
		s = room(&w.moreStops)
		s.n, s.hops = to.End, s.first[:0]
		w.stops[to.End] = s
	}
	return s
}

// isShut says whether what a step leads to is of a kind that no path may pass. Most facts say so themselves.
func (w *web) isShut(to *Step) bool {
	switch to.EndKinds & w.shut {
	case 0:
		return false
	case to.EndKinds:
		return true
	}
	return w.shut.Has(w.numbers.Kind(to.End))
}

// room gives room for one more, which is made for more at a time the more there are.
func room[T any](list *[]T) *T {
	if len(*list) == cap(*list) {
		*list = make([]T, 0, min(max(2*cap(*list), 16), 1024))
	}
	*list = (*list)[:len(*list)+1]
	return &(*list)[len(*list)-1]
}

// passable says whether a path may pass a stop. Where degrees are bounded, that is certain of stops that have been expanded.
func (w *web) passable(s *stop) bool {
	return !s.isEnd && (w.asked.MaxDegree == nil || s.degree <= *w.asked.MaxDegree)
}

// add takes in what Expand said of a stop, the steps from which stand at a place of all.
func (w *web) add(s *stop, degree int, steps *Steps, at int) {
	s.expanded, s.degree = true, degree
	s.hops = slices.Grow(s.hops, len(steps.Of[at]))
	for i := range steps.Of[at] {
		step := &steps.Of[at][i]
		other := w.stop(step)
		if other == nil || other.expanded {
			continue // the hop is known already, or leads to where no path may go on
		}
		h := other.last
		switch {
		case h == nil || h.ends[0] != s: // as hops added now begin at s, and no others do
			h = room(&w.moreHops)
			*h = hop{ends: [2]*stop{s, other}, steps: steps, n: step.Fact, sure: step.Sure}
			other.last = h
			s.hops = append(s.hops, h)
			other.hops = append(other.hops, h)
		case w.surer(step, h):
			h.n, h.sure = step.Fact, step.Sure
		}
	}
}

// surer says whether a hop shows the fact of a step rather than the one it has, which came with it.
func (w *web) surer(a *Step, b *hop) bool {
	if a.Sure != b.sure {
		return a.Sure > b.sure
	}
	return CompareSingular(b.steps.Fact(a.Fact), b.fact(), w.day) < 0
}

// side is one of the two ends of a search, from which it goes on level by level.
type side struct {
	index    int     // of stop.seen
	frontier []*stop // those that were come upon last and may be passed
	levels   int     // how many frontiers have been expanded
	barred   bool    // whether the budget is too small for its frontier
}

func newSide(index int, end *stop) *side {
	end.seen[index] = true
	return &side{index: index, frontier: []*stop{end}}
}

// unexpanded gives the stops of the frontier that the other side has not expanded on its own way.
func (s *side) unexpanded() []*stop {
	return slices.DeleteFunc(slices.Clone(s.frontier), func(at *stop) bool { return at.expanded })
}

// advance goes one level on, once all of the frontier has been expanded.
func (s *side) advance(w *web) {
	s.levels++
	var next []*stop
	for _, at := range s.frontier {
		if s.levels > 1 && !w.passable(at) { // the first level is the end itself
			continue
		}
		for _, h := range at.hops {
			if other := h.other(at); !other.seen[s.index] {
				other.seen[s.index] = true
				if !other.isEnd {
					next = append(next, other)
				}
			}
		}
	}
	s.frontier = next
}
