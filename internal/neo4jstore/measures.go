package neo4jstore

import "github.com/ententegraph/entente/internal/kg"

// Measures implements kg.Measured. What the graph holds is not among it: to count that is a question.
func (s *Store) Measures() []kg.Measure {
	return []kg.Measure{
		{Name: "neo4j_connections_in_use", Help: "Calls of Neo4j that are on their way, each on a connection of its own.", Value: float64(len(s.calls))},
		{Name: "neo4j_connections_limit", Help: "How many calls of Neo4j may be on their way at once; others wait.", Value: float64(cap(s.calls))},
		{Name: "neo4j_retries_total", Help: "Calls of Neo4j that were made once more, as they failed for a reason that may pass.", Value: float64(s.retries.Load())},
	}
}
