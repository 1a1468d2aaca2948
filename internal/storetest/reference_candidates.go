package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// candidates weighs the grams of every entity there is, and looks through the quotes of every fact.
func (g *graph) candidates(ctx context.Context, s *kg.Search) (*kg.Candidates, error) {
	r := g.reading(ctx, &kg.Query{Today: s.Today})
	found := &kg.Candidates{Entities: r.candidateEntities(s), Facts: r.candidateFacts(s)}
	if r.stopped() {
		return nil, r.err
	}
	return found, nil
}

func (r *reading) candidateEntities(s *kg.Search) []kg.Candidate {
	if len(s.Words) == 0 {
		return nil
	}
	type weighed struct {
		kg.Candidate
		held int
	}
	var found []weighed
	for id, e := range r.entities {
		if r.stopped() {
			return nil
		}
		if held, ok := holds(r.gramsOf(e), s.Sought); ok && r.searched(e, s) {
			found = append(found, weighed{kg.Candidate{ID: id, Degree: r.degree(id)}, held})
		}
	}
	slices.SortFunc(found, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.held, a.held), cmp.Compare(b.Degree, a.Degree), cmp.Compare(a.ID, b.ID))
	})
	var out []kg.Candidate
	for _, f := range found[:min(s.Limit, len(found))] {
		out = append(out, f.Candidate)
	}
	return out
}

// searched says whether an entity is one of those among which a text is searched for.
func (r *reading) searched(e *kg.Entity, s *kg.Search) bool {
	return (s.Kinds == 0 || s.Kinds.Has(e.Kind)) && r.fits(&kg.Row{Entity: e}, s.Where)
}

func (r *reading) candidateFacts(s *kg.Search) []kg.CandidateFact {
	var found []*kg.Fact
	ends := map[kg.ID][]kg.Candidate{}
	for id, f := range r.facts {
		if r.stopped() {
			return nil
		}
		if f.State != kg.Accepted || !s.Hold(kg.QuoteGrams(f.Evidence)) {
			continue
		}
		for _, end := range []kg.ID{f.From, f.To} {
			if r.searched(r.entities[end], s) {
				ends[id] = append(ends[id], kg.Candidate{ID: end, Degree: r.degree(end)})
			}
		}
		if len(ends[id]) > 0 {
			found = append(found, f)
		}
	}
	slices.SortFunc(found, func(a, b *kg.Fact) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.ID, b.ID))
	})
	var out []kg.CandidateFact
	for _, f := range found[:min(s.Quotes, len(found))] {
		out = append(out, kg.CandidateFact{ID: f.ID, Ends: ends[f.ID]})
	}
	return out
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
