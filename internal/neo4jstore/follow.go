package neo4jstore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// followed is how one relation of a node is asked for and read. expr is "" where what the node itself holds is enough.
type followed struct {
	expr string
	read func(r *kg.Row, v any) kg.Page
}

// follow writes one relation of a node. of is what is selected of the node.
func (c *compiler) follow(n node, f *kg.Follow, of *kg.Select) followed {
	switch f.Way {
	case kg.EvidenceOf:
		return c.evidence(n, f, of)
	case kg.StatusOf:
		return c.status(n, f)
	case kg.ChangesOf:
		return c.changes(n, f)
	}
	l, chains := f.List, f.Way == kg.Up || f.Way == kg.Down
	r := relation{
		Relation: f.Relation, kinds: f.Kinds, fact: f.Fact, states: f.States, where: f.Where,
		single: f.Single, chain: chains && f.Lead != nil,
	}
	if f.Way == kg.FromEnd || f.Way == kg.ToEnd || f.Way == kg.ByField {
		r.states = 0
	}
	s := c.stream(n, r)
	if s == nil {
		return followed{"", func(*kg.Row, any) kg.Page { return c.nothing(&l) }}
	}
	byFact := slices.ContainsFunc(f.Order, func(o kg.Order) bool { return o.OfFact })
	leads := f.Lead != nil || !f.Single && !chains && !f.Unpaged && (!f.Distinct || byFact)
	if f.Distinct && !leads && !byFact && s.lead != nil {
		s.clauses += " WITH DISTINCT " + s.node.name // by which fact, nobody reads
		s.lead, s.plain, s.distinct = nil, false, true
	}
	if f.Single && !chains {
		c.one(s)
	}
	page := c.page(s, &l, f.Lead, leads)
	return followed{page.expr, func(_ *kg.Row, v any) kg.Page {
		if v == nil {
			return kg.Page{}
		}
		return page.read(v)
	}}
}

// one keeps of several facts the one that a singular relation shows.
func (c *compiler) one(s *stream) {
	if s.lead == nil {
		return // an end of a fact is one
	}
	s.clauses += " WITH " + s.node.name + ", " + s.lead.name + " ORDER BY " + joined(c.preferred(*s.lead)) + " LIMIT 1"
	s.plain = false
}

// nothing is the page of a list that is empty whatever the graph holds.
func (c *compiler) nothing(l *kg.List) kg.Page {
	var p kg.Page
	if l.Facets != nil {
		p.Facets = make([][]kg.Bucket, len(l.Facets))
	}
	return p
}
