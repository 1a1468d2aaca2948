package neo4jstore

import (
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// The endings of the relationship types of facts. A type without one holds what the graph asserts now, so that nobody who
// comes with Cypher has to look at states, and counts are degrees.
const (
	suffixUnasserted = "_UNASSERTED" // proposed, rejected, retracted
	suffixPast       = "_PAST"       // versions that the graph held before
)

// shortcuts are the kinds of place whose nearest is kept with everything that lies in one, as a relationship of this type.
var shortcuts = map[kg.Kind]string{kg.Country: "IN_COUNTRY", kg.City: "IN_CITY"}

// The full-text indexes.
const (
	indexFactsBySource = "facts_by_source"
	indexIdentified    = "entities_by_identifier"
	indexGrams         = "entities_by_gram"
)

// endOfTime is after everything that can have been recorded.
var endOfTime = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
