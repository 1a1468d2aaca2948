package sqlitestore

import (
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// Candidates looks through the names and descriptions of all entities, by id.
func (s *Store) Candidates(ctx context.Context, text string, kinds kg.KindSet, limit int) ([]kg.ID, error) {
	r, err := s.reading(ctx, &kg.Query{})
	if err != nil {
		return nil, err
	}
	defer r.end()
	var found []kg.ID
	if text = kg.Fold(text); text != "" {
		for n := range r.entities.n {
			e := r.entities.at(n).Entity
			if (kinds == 0 || kinds.Has(e.Kind)) && speaksOf(e, text) {
				found = append(found, e.ID)
			}
			if r.stopped() {
				break
			}
		}
	}
	if err := r.failed(); err != nil {
		return nil, err
	}
	slices.Sort(found)
	return found[:min(limit, len(found))], nil
}

// speaksOf says whether one of an entity's names or its description holds a folded text.
func speaksOf(e *kg.Entity, folded string) bool {
	return strings.Contains(kg.Fold(e.Description), folded) ||
		slices.ContainsFunc(e.Names, func(n kg.Name) bool { return strings.Contains(kg.Fold(n.Value), folded) })
}
