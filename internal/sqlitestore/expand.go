package sqlitestore

import (
	"context"

	"github.com/ententegraph/entente/internal/kg"
)

// Expand gives the facts around some entities, unless they are more than the budget.
func (s *Store) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	r, err := s.reading(ctx, &kg.Query{AsOf: x.AsOf, KnownAt: x.KnownAt})
	if err != nil {
		return nil, err
	}
	defer r.end()
	out := &kg.Expanded{Degrees: make([]int, len(x.IDs)), Facts: make([][]*kg.Fact, len(x.IDs))}
	sum := 0
	for i, id := range x.IDs {
		if n, ok := r.entity(id); ok {
			out.Degrees[i] = r.entities.at(n).links.len()
			sum += out.Degrees[i]
		}
	}
	if sum > x.Budget {
		return &kg.Expanded{Exceeded: true}, nil
	}
	var around []uint32
	for i, id := range x.IDs {
		n, ok := r.entity(id)
		if !ok {
			continue
		}
		around = around[:0]
		r.around(n, r.predicate(&x.Fact), x.States, func(fact uint32, _ view) { around = append(around, fact) })
		out.Facts[i] = r.wholeFacts(around, x.Without)
	}
	if err := r.failed(); err != nil {
		return nil, err
	}
	return out, nil
}
