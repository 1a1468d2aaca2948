package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// has writes the condition that a relation leads from a node to enough others that fit, or to none.
func (c *compiler) has(n node, f kg.Has) string {
	r := relation{Relation: f.Relation, kinds: f.Kinds, fact: f.Fact, states: kg.StatesOf(f.Fact), where: f.Node, nearest: f.Relation.Way == kg.Up}
	if f.Relation.Way == kg.FactsOf {
		r.states = kg.StatesOf(f.Node) // the facts are what is asked about
	}
	s := c.stream(n, r)
	switch {
	case s == nil:
		return truth(f.None)
	case f.None:
		return fmt.Sprintf("NOT EXISTS { %s }", c.ended(s))
	case f.AtLeast <= 1:
		return fmt.Sprintf("EXISTS { %s }", c.ended(s))
	}
	return fmt.Sprintf("COUNT { %s RETURN DISTINCT %s } >= %s", s.clauses, s.node.name, c.param(int64(f.AtLeast)))
}

// ended gives clauses that may stand alone in EXISTS.
func (c *compiler) ended(s *stream) string { return s.clauses + " RETURN " + s.node.name }
