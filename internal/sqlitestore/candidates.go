package sqlitestore

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/ententegraph/entente/internal/kg"
)

// weights are room to count what entities hold, by their numbers; all zero between two searches.
type weights struct{ word, all []int32 }

// reach makes room for a number.
func (w *weights) reach(n int) {
	if n >= len(w.all) {
		w.word, w.all = append(w.word, make([]int32, n+1-len(w.word))...), append(w.all, make([]int32, n+1-len(w.all))...)
	}
}

var weightsPool = sync.Pool{New: func() any { return &weights{} }}

// Candidates proposes entities by their grams, and facts by those of their quotes.
func (s *Store) Candidates(ctx context.Context, asked *kg.Search) (*kg.Candidates, error) {
	r, err := s.reading(ctx, &kg.Query{Today: asked.Today})
	if err != nil {
		return nil, err
	}
	defer r.end()
	if err := r.grams.await(ctx); err != nil {
		return nil, err
	}
	fits := r.fitting(asked)
	found := &kg.Candidates{Entities: r.candidateEntities(asked, fits), Facts: r.candidateFacts(asked, fits)}
	if err := r.failed(); err != nil {
		return nil, err
	}
	return found, nil
}

// candidateEntities adds up, word by word, what entities hold of its grams, and keeps the best of those that hold enough of each.
func (r *reading) candidateEntities(sought *kg.Search, fits func(n uint32) bool) []kg.Candidate {
	if len(sought.Words) == 0 || sought.Limit <= 0 {
		return nil
	}
	w := weightsPool.Get().(*weights)
	defer weightsPool.Put(w)
	w.reach(int(r.entities.n))
	var left []uint32 // that hold enough of every word so far
	for i, word := range sought.Words {
		var met []uint32
		for _, g := range word.Grams {
			if r.stopped() {
				break
			}
			r.holding(g.Text, func(n uint32) {
				if w.word[n] == 0 {
					met = append(met, n)
				}
				w.word[n] += int32(g.Weight)
			})
		}
		kept := left[:0]
		if i == 0 {
			for _, n := range met {
				if int(w.word[n]) >= word.Least {
					w.all[n] = w.word[n]
					kept = append(kept, n)
				}
			}
		} else {
			for _, n := range left {
				if int(w.word[n]) >= word.Least {
					w.all[n] += w.word[n]
					kept = append(kept, n)
				} else {
					w.all[n] = 0
				}
			}
		}
		for _, n := range met {
			w.word[n] = 0
		}
		left = kept
	}
	for _, g := range sought.Also {
		r.holding(g.Text, func(n uint32) {
			if w.all[n] > 0 {
				w.all[n] += int32(g.Weight)
			}
		})
	}
	best := r.best(left, w.all, sought.Limit, fits)
	for _, n := range left {
		w.all[n] = 0
	}
	out := make([]kg.Candidate, len(best))
	for i, n := range best {
		e := r.entities.at(n)
		out[i] = kg.Candidate{ID: e.ID, Degree: e.links.len()}
	}
	return out
}

// best gives the entities that fit and hold most, then have the larger degree, then come first by id.
func (r *reading) best(of []uint32, held []int32, limit int, fits func(uint32) bool) []uint32 {
	order := func(a, b uint32) int {
		if c := cmp.Compare(held[b], held[a]); c != 0 {
			return c
		}
		x, y := r.entities.at(a), r.entities.at(b)
		return cmp.Or(cmp.Compare(y.links.len(), x.links.len()), cmp.Compare(x.ID, y.ID))
	}
	// Gathered in a list of twice the size, which is cut when it is full: most are worse than the worst that was kept.
	best := make([]uint32, 0, min(2*limit, len(of)))
	cut := false
	for _, n := range of {
		if cut && order(n, best[limit-1]) > 0 || !fits(n) {
			continue
		}
		if best = append(best, n); len(best) == 2*limit {
			slices.SortFunc(best, order)
			best, cut = best[:limit], true
		}
	}
	slices.SortFunc(best, order)
	return best[:min(limit, len(best))]
}
