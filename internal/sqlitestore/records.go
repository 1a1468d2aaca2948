package sqlitestore

import (
	"context"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// Records gives one state of the graph whole, whatever is applied meanwhile.
func (s *Store) Records(ctx context.Context, each func(kg.Record) error) error {
	r, err := s.reading(ctx, &kg.Query{})
	if err != nil {
		return err
	}
	defer r.end()
	give := func(records ...kg.Record) error {
		for _, rec := range records {
			if err := r.failed(); err != nil {
				return err
			}
			if err := each(rec); err != nil {
				return err
			}
		}
		return nil
	}
	for n := range r.inOrder(r.sources.n, r.sourceID) {
		if err := give(kg.Record{Source: r.row(&hit{class: sourceHit, n: n}, 0).Source}); err != nil {
			return err
		}
	}
	for n := range r.inOrder(r.entities.n, r.entityID) {
		e, s := *r.entities.at(n).Entity, r.story(n)
		e.Evidence = s.evidence
		if err := give(e.Record(s.changes)); err != nil {
			return err
		}
	}
	for n := range r.inOrder(r.aliases.n, r.aliasID) {
		a := r.aliases.at(n)
		if err := give(kg.Record{Alias: &kg.AliasRecord{Alias: a.id, Of: r.entityID(a.of)}}); err != nil {
			return err
		}
	}
	var retracted []uint32
	for n := range r.inOrder(r.facts.n, r.factID) {
		h := r.history(r.facts.at(n))
		if h == nil {
			return r.failed()
		}
		if len(h.Retractions) > 0 {
			retracted = append(retracted, n)
		}
		if err := give(h.Records()...); err != nil {
			return err
		}
	}
	for _, n := range retracted {
		h := r.history(r.facts.at(n))
		if h == nil {
			return r.failed()
		}
		if err := give(h.RetractionRecords()...); err != nil {
			return err
		}
	}
	return r.failed()
}

// inOrder gives the numbers of all things of a class, by id.
func (r *reading) inOrder(n uint32, idOf func(uint32) kg.ID) func(yield func(uint32) bool) {
	numbers := make([]uint32, n)
	for i := range numbers {
		numbers[i] = uint32(i)
	}
	slices.SortFunc(numbers, func(a, b uint32) int { return compareText(idOf(a), idOf(b)) })
	return slices.Values(numbers)
}
