package storetest

import (
	"context"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// candidates looks through every name and description there is.
func (g *graph) candidates(ctx context.Context, text string, kinds kg.KindSet, limit int) ([]kg.ID, error) {
	text = kg.Fold(text)
	if text == "" {
		return nil, nil
	}
	var found []kg.ID
	for id, e := range g.entities {
		if err := gaveUp(ctx); err != nil {
			return nil, err
		}
		if (kinds == 0 || kinds.Has(e.Kind)) && speaksOf(e, text) {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found[:min(limit, len(found))], nil
}

// speaksOf says whether one of an entity's names or its description holds a folded text.
func speaksOf(e *kg.Entity, folded string) bool {
	return strings.Contains(kg.Fold(e.Description), folded) ||
		slices.ContainsFunc(e.Names, func(n kg.Name) bool { return strings.Contains(kg.Fold(n.Value), folded) })
}
