package kg

import "slices"

// web is the part of the graph that a search for paths knows: entities, and which of them are one hop apart.
type web struct {
	asked *Connecting
	day   Day // on which the facts of a hop are compared
	avoid map[ID]bool
	stops map[ID]*stop
	from  *stop
	to    *stop

	turn int // counts the times that a way was looked for, see wayOn
}

// stop is an entity that a path may come by.
type stop struct {
	id     ID
	hops   []*hop // those that are known; all there are, once it has been expanded
	barred bool   // whether no path may pass it, whatever its degree
	// What Expand said of it.
	expanded bool
	degree   int

	seen [2]bool // by the side that begins at From, and by the one that begins at To
	last *hop    // the one that was added last
	mark
}

// hop is what links two entities: the surest of its facts.
type hop struct {
	ends [2]*stop
	fact *Fact
	sure chance
}

// other gives the end of a hop that is not s.
func (h *hop) other(s *stop) *stop {
	if h.ends[0] == s {
		return h.ends[1]
	}
	return h.ends[0]
}

func newWeb(asked *Connecting, avoid []ID, day Day) *web {
	w := &web{asked: asked, day: day, avoid: map[ID]bool{}, stops: map[ID]*stop{}}
	for _, id := range avoid {
		w.avoid[id] = true
	}
	w.from, w.to = w.stop(asked.From), w.stop(asked.To)
	w.from.barred, w.to.barred = true, true // they are ends, which nothing passes through
	return w
}

// joints are the kinds that would join everything with everything: nothing passes through them unless asked to.
const joints KindSet = 1<<Country | 1<<Sector

// stop gives the stop of an entity.
func (w *web) stop(id ID) *stop {
	s := w.stops[id]
	if s == nil {
		s = &stop{id: id, barred: w.avoid[id] || (joints&^w.asked.Through | w.asked.AvoidKinds).Has(KindOf(id))}
		w.stops[id] = s
	}
	return s
}

// passable says whether a path may pass a stop. Where degrees are bounded, that is certain of stops that have been expanded.
func (w *web) passable(s *stop) bool {
	return !s.barred && (w.asked.MaxDegree == 0 || s.degree <= w.asked.MaxDegree)
}

// add takes in what Expand said of a stop.
func (w *web) add(s *stop, degree int, facts []*Fact) {
	s.expanded, s.degree = true, degree
	for _, f := range facts {
		other := w.stop(f.Other(s.id))
		if other.expanded || other.barred && other != w.from && other != w.to {
			continue // the hop is known already, or leads to where no path may go on
		}
		h := other.last
		switch {
		case h == nil || h.ends[0] != s: // as hops added now begin at s, and no others do
			h = &hop{ends: [2]*stop{s, other}, fact: f}
			other.last = h
			s.hops = append(s.hops, h)
			other.hops = append(other.hops, h)
		case w.surer(f, h.fact):
			h.fact = f
		}
		h.sure = chanceOf(h.fact.Confidence)
	}
}

// surer says whether a hop shows a fact rather than another one.
func (w *web) surer(a, b *Fact) bool {
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	return CompareSingular(a, b, w.day) < 0
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
				if !other.barred {
					next = append(next, other)
				}
			}
		}
	}
	s.frontier = next
}
