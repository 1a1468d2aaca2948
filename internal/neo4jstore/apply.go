package neo4jstore

import (
	"context"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
)

// Apply adds a batch in one transaction: it reads what is there, decides in memory by the rules of kg what becomes of it, and
// writes what has changed and nothing else. So a batch that is applied again, by a retry or by an import that begins anew,
// writes nothing.
func (s *Store) Apply(ctx context.Context, b *kg.Batch) error {
	alone := needsAlone(b)
	for try := 0; ; try++ {
		a := &applying{}
		err := s.write(ctx, func(ctx context.Context, tx neo4j.ManagedTransaction) (err error) {
			defer caught(&err)
			a = &applying{ctx: ctx, tx: tx, batch: b, alone: alone}
			return a.run()
		})
		switch {
		case a.overtaken == nil && !overtaken(err):
			return err
		case a.overtaken == errNotAlone:
			alone = true
		case try == 10 || !pause(ctx, try):
			return err
		}
	}
}

// applying is one try at a batch.
type applying struct {
	ctx   context.Context
	tx    neo4j.ManagedTransaction
	batch *kg.Batch

	alone     bool  // whether no other batch is applied meanwhile, see [needsAlone]
	overtaken error // why it has to be tried again, if it has

	sources  map[kg.ID]*kg.Source // those that the batch names, as they will be
	facts    map[kg.ID]*stored    // those whose versions have to be made anew
	entities map[kg.ID]*kg.Entity // agreements that the batch changes, as they will be
}

func (a *applying) run() error {
	a.sources, a.facts, a.entities = map[kg.ID]*kg.Source{}, map[kg.ID]*stored{}, map[kg.ID]*kg.Entity{}
	for _, step := range []func() error{a.lock, a.applySources, a.applyEntities, a.applyAliases, a.applyFacts, a.derivePlaces, a.deriveStatus} {
		if err := a.ctx.Err(); err != nil {
			return kg.Errorf(kg.CodeOf(err), "the store stopped: %w", err)
		}
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// run runs a statement of a transaction and gives the values of its one record.
func run(ctx context.Context, tx neo4j.ManagedTransaction, cypher string, params map[string]any) ([]any, error) {
	result, err := tx.Run(ctx, language+cypher, params)
	if err != nil {
		return nil, err
	}
	records, err := result.Collect(ctx)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	return records[0].Values, nil
}

func (a *applying) ask(cypher string, params map[string]any) ([]any, error) {
	return run(a.ctx, a.tx, cypher, params)
}

func missing(id kg.ID) error {
	return kg.Errorf(kg.NotFound, "nothing has the id %q", id)
}

// sorted lists the keys of a map in order, so that transactions take their locks in one order.
func sorted[T any](m map[kg.ID]T) []kg.ID {
	ids := make([]kg.ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
