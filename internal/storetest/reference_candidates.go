package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// candidates weighs the grams of every entity there is.
func (g *graph) candidates(ctx context.Context, s *kg.Sought, kinds kg.KindSet, limit int) ([]kg.Candidate, error) {
	if len(s.Words) == 0 {
		return nil, nil
	}
	type weighed struct {
		kg.Candidate
		held int
	}
	var found []weighed
	for id, e := range g.entities {
		if err := gaveUp(ctx); err != nil {
			return nil, err
		}
		if kinds != 0 && !kinds.Has(e.Kind) {
			continue
		}
		if held, ok := holds(g.gramsOf(e), s); ok {
			found = append(found, weighed{kg.Candidate{ID: id, Degree: g.degree(id)}, held})
		}
	}
	slices.SortFunc(found, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.held, a.held), cmp.Compare(b.Degree, a.Degree), cmp.Compare(a.ID, b.ID))
	})
	var out []kg.Candidate
	for _, f := range found[:min(limit, len(found))] {
		out = append(out, f.Candidate)
	}
	return out, nil
}

// holds says how much an entity with some grams holds of what is sought, and whether it is enough of every word.
func holds(grams map[string]bool, s *kg.Sought) (held int, enough bool) {
	for _, w := range s.Words {
		n := weigh(grams, w.Grams)
		if n < w.Least {
			return 0, false
		}
		held += n
	}
	return held + weigh(grams, s.Also), true
}

func weigh(grams map[string]bool, sought []kg.Gram) (n int) {
	for _, g := range sought {
		if grams[g.Text] {
			n += g.Weight
		}
	}
	return n
}

// gramsOf gives the grams of an entity, which never changes. They are made when it is first searched for.
func (g *graph) gramsOf(e *kg.Entity) map[string]bool {
	if set, ok := g.grams.Load(e); ok {
		return set.(map[string]bool)
	}
	set := map[string]bool{}
	for _, gram := range kg.Grams(e) {
		set[gram] = true
	}
	g.grams.Store(e, set)
	return set
}
