package kg

import (
	"context"
	"time"
)

// Store keeps a graph and answers questions about it. Engines implement it; `internal/storetest` defines it by tests.
//
// A Store is safe for use by several goroutines. Every method ends soon after its context does, with the context's error
// in the chain. After Close, every method but Close fails with [Unavailable].
type Store interface {
	// Read answers a question from one consistent state of the graph: what one Apply brought is seen whole or not at all. The
	// query has been checked by the [Catalog]; it is not changed. What an order leaves open is decided by id, then by the id
	// of the fact that led, both ascending, so that equal graphs give equal pages on every engine. Ids that name nothing give
	// empty rows in Query.IDs, and fit nothing in filters.
	Read(ctx context.Context, q *Query) (*Page, error)

	// Candidates proposes what may be meant by a text that somebody searches, from one consistent state of the graph: entities
	// of some kinds that fit a filter, and facts with such an entity at either end.
	//
	// An entity has the grams that [Grams] lists, which an engine keeps an index of. Those are proposed that have, of every one of
	// the words sought, grams whose weights come to its Least; none where no words are sought. First come those whose weights are
	// the most in all, over the words and what is sought also; then those with the larger degree, then by id.
	//
	// A fact has the grams that [QuoteGrams] lists of its evidence as Read shows it now. Those that are accepted and have all
	// that is sought in quotes, as [Sought.Hold] says, are proposed; none where nothing is sought there. The surest come first,
	// then by id.
	//
	// Of entities the first Search.Limit are proposed and of facts the first Search.Quotes, of those of the kinds that fit. Which
	// fits best is for the [Catalog] to say, alike for every engine.
	Candidates(ctx context.Context, s *Search) (*Candidates, error)

	// Expand gives the facts around some entities, one step of a search for paths, or refuses before it has gathered them
	// where they are more than the budget. It answers from one consistent state of the graph, as Read does.
	Expand(ctx context.Context, x *Expansion) (*Expanded, error)

	// Apply adds a batch, all of it or, with an error, nothing. When it returns, the batch is as durable as the engine makes
	// anything, and every later Read sees it. The batch has been checked by the Catalog. The store keeps nothing of it that
	// the caller could still change.
	Apply(ctx context.Context, b *Batch) error

	// Records gives all that the store holds, as records from which an equal graph can be made again: sources, entities and
	// aliases, each by id, an entity as [Entity.Record] has it with its changes; then what was asserted of each fact, by id and in
	// the order of [History]; then retractions alike. All are dated, and none has to be kept in memory. The first error of each ends
	// it. While batches are applied meanwhile, it is for the engine to say whether it gives one state of the graph.
	Records(ctx context.Context, each func(Record) error) error

	// Ping says whether the store can answer now.
	Ping(ctx context.Context) error

	// Close lets go of everything that the store holds. A second Close does nothing.
	Close() error
}

// Batch is what one Apply adds. Its parts are applied in the order of the fields. Everything that it names exists in it or
// in the store already; a store refuses with [NotFound] a batch with a fact between entities or on sources that do not, an
// alias of what is none or a retraction of nothing, lest it lose what it can't place.
type Batch struct {
	Sources  []*Source       // a source of the same id is replaced
	Entities []*Entity       // merged into one of the same id, see Entity.Merge
	Changes  map[ID][]Change // what their records tell of their changes, see EntityChanges
	Aliases  []AliasRecord
	Facts    []FactRecord
	Retract  []RetractRecord
	// At is the moment of the change of an entity whose record has no evidence to say; see EntityChanges.
	At time.Time
}

// AliasRecord keeps an old id answering: Alias, which names nothing itself, stands for Of, an entity of the kind that its
// prefix names.
type AliasRecord struct{ Alias, Of ID }

// FactRecord is one assertion with the fact that it is of.
type FactRecord struct {
	ID       ID // as FactID derives it
	Kind     Kind
	From, To ID // in order, where the kind is symmetric
	Key      string
	Identity string // the identity field's value
	Assertion
}

// NewHistory begins the history that a record belongs to; the record's assertion is not yet in it.
func (r *FactRecord) NewHistory() *History {
	return &History{ID: r.ID, Kind: r.Kind, From: r.From, To: r.To, Key: r.Key, Identity: r.Identity}
}

// RetractRecord ends the assertion of a fact.
type RetractRecord struct {
	Fact   ID
	At     time.Time
	Reason string
	Dated  bool // At came with the record, see Retraction.Dated
}
