package kg

import (
	"context"
	"math"
)

// pathSearch looks for paths from both ends at once, level by level, with one call of [Store.Expand] for each. A level is
// what lies one hop further from an end; with a levels from the one end and b from the other, every hop of every path of up
// to a+b hops is known. So the paths found then are the best there are, whatever lies further away.
type pathSearch struct {
	asked  *Connecting
	expand func(context.Context, *Expansion) (*Expanded, error)
	step   Expansion // what all calls have in common; Budget is what is left of it
	web    *web
	sides  [2]*side
	own    ownNumbers
	calls  int
	// What has been expanded so far: how many stops, and how many facts they have.
	stops, facts int
}

// run gives the best routes, and whether none was missed because a bound stopped the search.
func (s *pathSearch) run(ctx context.Context) (best []*route, exhausted bool, err error) {
	for known := 0; ; {
		if whole := s.whole(); whole > known {
			known = whole
			if best, err = s.web.best(ctx, known, s.asked.First); err != nil {
				return nil, false, err
			}
		}
		if len(best) == s.asked.First || known == s.asked.MaxHops {
			return best, true, nil
		}
		if more, err := s.goOn(ctx); err != nil || !more {
			return best, false, err
		}
	}
}

// whole gives up to which length all paths are known.
func (s *pathSearch) whole() int {
	a, b := s.sides[0], s.sides[1]
	if len(a.frontier) == 0 || len(b.frontier) == 0 {
		return s.asked.MaxHops // there is nothing left to come upon
	}
	n := a.levels + b.levels
	if s.asked.MaxDegree != nil && a.levels > 0 && b.levels > 0 {
		n-- // how many facts the stops have at which the sides meet is known only a level later
	}
	return min(n, s.asked.MaxHops)
}

// goOn expands one level more, and says whether it could.
func (s *pathSearch) goOn(ctx context.Context) (bool, error) {
	for s.calls < s.asked.MaxHops {
		sides := s.next()
		if sides == nil {
			return false, nil
		}
		stops := s.toExpand(sides)
		if done, err := s.expandAll(ctx, stops); err != nil {
			return false, err
		} else if done {
			for _, side := range sides {
				side.advance(s.web)
			}
			return true, nil
		}
		if len(sides) == 1 {
			sides[0].barred = true
		}
	}
	return false, nil
}

// next says from which side to go on: the one whose frontier has fewer facts, of those that the budget suffices for. How
// many an end has is known from the beginning; others are taken to have as many as those before them had on average.
//
// Where degrees are bounded the search needs a level more than the longest path has hops. It begins with both ends in one
// call, so that it needs no call more.
func (s *pathSearch) next() []*side {
	if s.calls == 0 && s.asked.MaxDegree != nil && s.asked.MaxHops > 1 {
		return s.sides[:]
	}
	var cheapest []*side
	least := math.Inf(1)
	for i, side := range s.sides {
		if cost := s.cost(side); !side.barred && cost < least {
			cheapest, least = s.sides[i:i+1], cost
		}
	}
	return cheapest
}

func (s *pathSearch) cost(side *side) float64 {
	if side.levels == 0 {
		return float64(side.frontier[0].degree)
	}
	return float64(len(side.unexpanded())) * float64(s.facts) / float64(s.stops)
}

// toExpand lists the stops that have to be expanded for some sides to go on.
func (s *pathSearch) toExpand(sides []*side) []*stop {
	var stops []*stop
	last := s.sides[0].levels+s.sides[1].levels == s.asked.MaxHops // only degrees are wanted, of where the sides meet
	for _, side := range sides {
		for _, at := range side.unexpanded() {
			if !last || at.seen[1-side.index] {
				stops = append(stops, at)
			}
		}
	}
	return stops
}

// expandAll expands stops in one call, if there are any, and says whether the budget sufficed.
func (s *pathSearch) expandAll(ctx context.Context, stops []*stop) (bool, error) {
	if len(stops) == 0 {
		return true, nil
	}
	x := s.step
	x.IDs = make([]ID, len(stops))
	for i, at := range stops {
		x.IDs[i] = s.web.id(at)
	}
	s.calls++
	got, err := s.expand(ctx, &x)
	if err != nil || got.Exceeded {
		return false, err
	}
	steps := got.Steps
	if steps == nil {
		steps = s.own.steps(x.IDs, got.Facts)
	}
	s.web.know(steps)
	for i, at := range stops {
		s.web.add(at, got.Degrees[i], steps, i)
		s.step.Budget -= got.Degrees[i]
		s.facts += got.Degrees[i]
		s.stops++
	}
	return true, nil
}
