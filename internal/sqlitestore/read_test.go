package sqlitestore

import (
	"context"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// TestNoStepsForOneWhoHasGone counts the steps that a reading takes after it has found that its caller has gone: no more than it
// takes to come out of the loops that it is in.
func TestNoStepsForOneWhoHasGone(t *testing.T) {
	const cities = 48
	s := openEmpty(t)
	storetest.Crowd(t, s, cities)
	for name, q := range storetest.LongQueries(cities) {
		steps := func(stays int) (inAll, whenLeft, asked int) {
			var r *reading
			caller := storetest.Leaving(t.Context(), stays, func() { whenLeft = r.steps })
			r, err := s.reading(caller, &q)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			defer r.end()
			r.answer()
			return r.steps, whenLeft, caller.Asked()
		}
		whole, _, asked := steps(1 << 40)
		for _, at := range []int{2, asked / 2} {
			inAll, left, _ := steps(at)
			if more := inAll - left; left == 0 || more > 4*cities {
				t.Errorf("%s: %d steps after its caller had gone at step %d of %d, want none but out of the loops", name, more, left, whole)
			}
		}
	}
}

// A search that waits for the index to be made does not wait on when its time is over.
func TestSearchHeedsItsTimeWhileTheIndexIsMade(t *testing.T) {
	s := openEmpty(t)
	g := *s.graph.Load()
	g.grams = &laterPostings{made: make(chan struct{})}
	s.graph.Store(&g)
	t.Cleanup(func() { close(g.grams.made) }) // which closing waits for
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := s.Candidates(ctx, &kg.Search{}); err == nil || kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("it says %v", err)
	}
}
