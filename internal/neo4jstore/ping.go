package neo4jstore

import (
	"context"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// Ping says whether the store can answer now: that a statement comes back from a database that is prepared.
func (s *Store) Ping(ctx context.Context) error {
	values, err := s.query(ctx, "RETURN EXISTS { (:Entente {key: 'graph'}) }", nil)
	if err != nil {
		return err
	}
	if prepared, _ := values[0].(bool); !prepared {
		return kg.Errorf(kg.Unavailable, "the database holds no graph of Entente any more: restart Entente to prepare it")
	}
	there, err := s.indexNames(ctx)
	if err != nil {
		return err
	}
	for _, x := range indexes() {
		if !slices.Contains(there, x.name) {
			return kg.Errorf(kg.Unavailable, "the database has lost the index %s: restart Entente to make it", x.name)
		}
	}
	return nil
}
