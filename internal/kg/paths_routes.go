package kg

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
)

// route is a way from one end of a web to the other that comes by no stop twice.
type route struct {
	stops []*stop
	hops  []*hop // hops[i] links stops[i] and stops[i+1]
	sure  chance
	// It is the best of the routes that begin as it does up to stops[parts], and do not go on from there to one of shut.
	parts int
	shut  []*stop
}

// compare says which of two routes is the better one: the shorter, then the surer, then by ids.
func (w *web) compare(a, b *route) int {
	if c := cmp.Or(cmp.Compare(len(a.hops), len(b.hops)), b.sure.compare(a.sure)); c != 0 {
		return c
	}
	return slices.CompareFunc(a.stops, b.stops, w.compareStops)
}

func (w *web) compareStops(a, b *stop) int { return strings.Compare(string(w.id(a)), string(w.id(b))) }

// best gives the best routes of at most so many hops, best first.
//
// Each one found divides the others into those that part from it at its first stop, at its second, and so on. The best of
// each part is a single search for one route (see wayOn), and the next best of all is the best of these (Lawler's way of
// Yen's algorithm). So k routes cost about k times their length in searches of the web, however many routes there are that
// are not among them; to enumerate routes would take time without bound where the graph is dense.
func (w *web) best(ctx context.Context, hops, k int) ([]*route, error) {
	w.measure(hops)
	var found, next []*route
	try := func(r *route, parts int, shut ...*stop) {
		if on := w.wayOn(r, parts, shut, hops); on != nil {
			next = append(next, on)
		}
	}
	try(&route{stops: []*stop{w.from}}, 0)
	for len(next) > 0 && len(found) < k {
		if err := ctx.Err(); err != nil {
			return nil, Errorf(CodeOf(err), "the search for paths stopped: %w", err)
		}
		r := slices.MinFunc(next, w.compare)
		next = slices.DeleteFunc(next, func(o *route) bool { return o == r })
		found = append(found, r)
		for _, s := range r.stops {
			w.id(s) // which readRoutes reads
		}
		for i := r.parts; i < len(r.hops); i++ {
			if i == r.parts {
				try(r, i, append(slices.Clone(r.shut), r.stops[i+1])...)
			} else {
				try(r, i, r.stops[i+1])
			}
		}
	}
	return found, nil
}

// mark is what a search for routes notes at a stop.
type mark struct {
	away int // hops from From, unreached if too many
	// Of the last search for a way on, which turn numbers:
	turn int
	left int    // hops to To
	sure chance // the most that the hops to To can be, if they are that few
}

const unreached = math.MaxInt

// measure notes how far from From each stop is that a route of so many hops may pass.
func (w *web) measure(hops int) {
	for _, s := range w.stops {
		s.away = unreached
	}
	w.from.away = 0
	level := []*stop{w.from}
	for away := 1; away < hops && len(level) > 0; away++ {
		var next []*stop
		for _, s := range level {
			for _, h := range s.hops {
				if other := h.other(s); other.away == unreached {
					other.away = away
					if w.passable(other) {
						next = append(next, other)
					}
				}
			}
		}
		level = next
	}
}

// wayOn gives the best route that begins as r does up to stops[parts], goes on from there to none of shut, and has at most
// so many hops in all; nil if there is none.
func (w *web) wayOn(r *route, parts int, shut []*stop, hops int) *route {
	left := w.lookBack(r.stops[:parts+1], shut, hops)
	if left == 0 {
		return nil
	}
	on := &route{
		stops: slices.Clone(r.stops[:parts+1]),
		hops:  slices.Clone(r.hops[:parts]),
		sure:  chance{low: 1},
		parts: parts,
		shut:  shut,
	}
	for _, h := range on.hops {
		on.sure = on.sure.times(h.chance())
	}
	for at := on.stops[parts]; at != w.to; left-- {
		h := w.bestHop(on, at, left, shut)
		at = h.other(at)
		on.stops = append(on.stops, at)
		on.hops = append(on.hops, h)
		on.sure = on.sure.times(h.chance())
		shut = nil
	}
	return on
}

// lookBack goes level by level from To until it meets the last of some stops, without passing any of them or meeting it from
// one of shut. It notes at each stop how many hops are left to To and how sure they can be, and gives how many are left in
// all; 0 if it did not meet.
func (w *web) lookBack(stops, shut []*stop, hops int) int {
	w.turn++
	for _, s := range stops {
		s.turn, s.left = w.turn, unreached
	}
	end := stops[len(stops)-1]
	w.to.mark = mark{away: w.to.away, turn: w.turn, sure: chance{low: 1}}
	level := []*stop{w.to}
	for left := 1; len(stops)-1+left <= hops && len(level) > 0; left++ {
		met := false
		var next []*stop
		for _, s := range level {
			for _, h := range s.hops {
				other := h.other(s)
				if other == end && !slices.Contains(shut, s) {
					met = true
				}
				if other.turn != w.turn && w.passable(other) && other.away <= hops-left {
					other.mark = mark{away: other.away, turn: w.turn, left: left}
					next = append(next, other)
				}
				if other.turn == w.turn && other.left == left {
					if sure := h.chance().times(s.sure); sure.compare(other.sure) > 0 {
						other.sure = sure
					}
				}
			}
		}
		if met {
			return left
		}
		level = next
	}
	return 0
}

// bestHop gives the hop by which a route goes on best from a stop that has so many hops left: the surest in the end, and of
// equals the one to the smallest id. What comes after it can't make up for that, as ids are compared from the beginning.
func (w *web) bestHop(on *route, at *stop, left int, shut []*stop) *hop {
	var best *hop
	var most chance
	for _, h := range at.hops {
		other := h.other(at)
		if other.turn != w.turn || other.left != left-1 || slices.Contains(shut, other) {
			continue
		}
		sure := on.sure.times(h.chance()).times(other.sure)
		c := -1
		if best != nil {
			if c = most.compare(sure); c == 0 {
				c = w.compareStops(other, best.other(at))
			}
		}
		if c < 0 {
			best, most = h, sure
		}
	}
	return best
}
