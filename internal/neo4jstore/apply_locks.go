package neo4jstore

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
)

// Several batches may be applied at once, from this process and from others. What they must not do is to decide from what
// another is about to change. So
//
//   - what exists is locked before it is read, if the batch may change it or what is derived of it;
//   - what is new has a unique id: who comes second is refused by the database, and tries again;
//   - what touches more than can be locked one by one goes alone, see [needsAlone].
//
// Locks are taken in the order of ids, so that two batches seldom wait for each other in a circle; where they do, the database
// ends one of them, which is tried again.

// lockProperty is a property that nothing has. To remove it takes the lock of a node or relationship and writes nothing; but
// only if the database has ever heard of its name, which [Store.index] sees to: else it does nothing at all.
const lockProperty = "lock"

// lockStripes is how many lock nodes there are. A batch holds any one of them, and a batch that goes alone holds all.
const lockStripes = 64

var (
	errNotAlone  = errors.New("the batch has to be applied alone")
	errOvertaken = errors.New("another batch has brought the same fact")
)

// needsAlone says whether a batch has to go alone for what can be seen of it at once: a place takes with it all that lies in
// it, and the status of an agreement is that of others too. There are reasons that are found later: facts of other batches
// rest on a source that changes, and the status of agreements on one that replaces them.
func needsAlone(b *kg.Batch) bool {
	return slices.ContainsFunc(b.Facts, func(f kg.FactRecord) bool {
		return f.Kind == kg.RelatesTo || f.Kind == kg.LocatedIn && kg.Places.Has(kg.KindOf(f.From))
	}) || slices.ContainsFunc(b.Retract, func(r kg.RetractRecord) bool {
		k := kg.KindOf(r.Fact)
		return k == kg.RelatesTo || k == kg.LocatedIn
	})
}

// lock takes lock nodes until the transaction ends: all of them, in order, to be alone.
func (a *applying) lock() error {
	var keys []string
	for i := range lockStripes {
		keys = append(keys, "lock-"+strconv.Itoa(i))
	}
	if !a.alone {
		i := rand.N(lockStripes)
		keys = keys[i : i+1]
	}
	_, err := a.ask("UNWIND $keys AS key MATCH (l:Entente {key: key}) REMOVE l."+lockProperty+" RETURN count(*)", map[string]any{"keys": keys})
	return err
}

// beAlone ends a try that has found out that it should have been alone.
func (a *applying) beAlone() error {
	if a.alone {
		return nil
	}
	return a.again(errNotAlone)
}

// again ends a try, to be begun again.
func (a *applying) again(why error) error {
	a.overtaken = why
	return why
}

// overtaken says whether an error means that another transaction did meanwhile what this one was about to do.
func overtaken(err error) bool {
	var said *neo4j.Neo4jError
	return errors.As(err, &said) &&
		(said.Code == "Neo.ClientError.Schema.ConstraintValidationFailed" || said.Code == "Neo.ClientError.Statement.EntityNotFound")
}
