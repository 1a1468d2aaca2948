package neo4jstore

import (
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// The endings of the relationship types of facts. A type without one holds what the graph asserts now, so that nobody who
// comes with Cypher has to look at states, and counts are degrees.
const (
	suffixUnasserted = "_UNASSERTED" // proposed, rejected, retracted
	suffixPast       = "_PAST"       // versions that the graph held before
)

// shortcuts are the kinds of place whose nearest is kept with everything that lies in one.
var shortcuts = kg.SetOf(kg.Country) | kg.SetOf(kg.City)

// shortcutTypes writes the types of the relationships that lead from entities of some kinds to the nearest place of a kind, such
// as COMPANY_IN_COUNTRY. Each kind has its own, as lists are mostly of one: who asks for the cities of a large country does not
// go past its companies.
func shortcutTypes(kinds kg.KindSet, places kg.KindSet) string {
	var types []string
	for _, place := range places.Kinds() {
		for _, k := range (kinds & chainEnds(kg.LocatedIn, kg.Down)).Kinds() {
			if k != place { // which is its own nearest
				types = append(types, strings.ToUpper(k.Decl().Type+"_in_"+place.Decl().Type))
			}
		}
	}
	return strings.Join(types, "|")
}

// placeInPlace is the type of the relationships that stand beside the LOCATED_IN facts of places that the graph asserts. So a walk
// from place to place does not look at the thousands of companies that lie in one.
const placeInPlace = "PLACE_IN_PLACE"

// The full-text indexes.
const (
	indexFactsBySource = "facts_by_source"
	indexIdentified    = "entities_by_identifier"
	indexGrams         = "entities_by_gram"
	indexFactsByQuote  = "facts_by_quote"
)

// endOfTime is after everything that can have been recorded.
var endOfTime = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
