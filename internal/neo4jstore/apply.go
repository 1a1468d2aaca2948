package neo4jstore

import (
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"strconv"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
)

// Apply adds a batch in one transaction: it reads what is there, decides in memory by the rules of kg what becomes of it, and
// writes what has changed and nothing else. So a batch that is applied again, by a retry or by an import that begins anew,
// writes nothing.
func (s *Store) Apply(ctx context.Context, b *kg.Batch) error {
	for try := 0; ; try++ {
		err := s.write(ctx, func(tx neo4j.ManagedTransaction) (err error) {
			defer caught(&err)
			a := &applying{ctx: ctx, tx: tx, batch: b}
			return a.run()
		})
		// Two batches may bring the same thing at once. The one that comes second finds it there when it tries again.
		var said *neo4j.Neo4jError
		if !errors.As(err, &said) || !overtaken(said.Code) || try == 10 || !pause(ctx, try) {
			return err
		}
	}
}

// overtaken says whether an error means that another transaction did meanwhile what this one was about to do.
func overtaken(code string) bool {
	return code == "Neo.ClientError.Schema.ConstraintValidationFailed" || code == "Neo.ClientError.Statement.EntityNotFound"
}

// applying is one try at a batch.
type applying struct {
	ctx   context.Context
	tx    neo4j.ManagedTransaction
	batch *kg.Batch

	sources  map[kg.ID]*kg.Source // those that the batch names, as they will be
	facts    map[kg.ID]*stored    // those whose versions have to be made anew
	entities map[kg.ID]*kg.Entity // agreements that the batch changes, as they will be
}

func (a *applying) run() error {
	a.sources, a.facts, a.entities = map[kg.ID]*kg.Source{}, map[kg.ID]*stored{}, map[kg.ID]*kg.Entity{}
	if err := a.lock(a.stripes()); err != nil {
		return err
	}
	for _, step := range []func() error{a.applySources, a.applyEntities, a.applyAliases, a.applyFacts, a.derivePlaces, a.deriveStatus} {
		if err := a.ctx.Err(); err != nil {
			return kg.Errorf(kg.CodeOf(err), "the store stopped: %w", err)
		}
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// stripes says which lock nodes a batch has to hold. Most batches hold one, so that batches of an import can go side by side.
// What moves places, with all that lies below them, holds all; so does what changes a source, on which facts of others rest
// (see [applying.applySources]).
func (a *applying) stripes() []int {
	for i := range a.batch.Facts {
		if f := &a.batch.Facts[i]; f.Kind == kg.LocatedIn && kg.Places.Has(kg.KindOf(f.From)) {
			return allStripes()
		}
	}
	for _, r := range a.batch.Retract {
		if kg.KindOf(r.Fact) == kg.LocatedIn {
			return allStripes()
		}
	}
	h := fnv.New32a()
	for _, id := range firstIDs(a.batch) {
		h.Write([]byte(id))
	}
	return []int{int(h.Sum32() % lockStripes)}
}

func allStripes() []int {
	all := make([]int, lockStripes)
	for i := range all {
		all[i] = i
	}
	return all
}

func firstIDs(b *kg.Batch) []kg.ID {
	var ids []kg.ID
	if len(b.Facts) > 0 {
		ids = append(ids, b.Facts[0].ID)
	}
	if len(b.Entities) > 0 {
		ids = append(ids, b.Entities[0].ID)
	}
	return ids
}

// lock takes lock nodes, in order, until the transaction ends.
func (a *applying) lock(stripes []int) error {
	keys := make([]string, len(stripes))
	for i, n := range stripes {
		keys[i] = "lock-" + strconv.Itoa(n)
	}
	_, err := run(a.ctx, a.tx, "UNWIND $keys AS key MATCH (l:Entente {key: key}) SET l.held = true RETURN count(*)", map[string]any{"keys": keys})
	return err
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
