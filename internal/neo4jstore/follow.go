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
	case kg.FromEnd, kg.ToEnd:
		if n.class == aFact && onlyID(f) {
			return followed{"", func(r *kg.Row, _ any) kg.Page { return c.endOf(r, f) }}
		}
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

// onlyID says whether nothing is read of an end of a fact but its id, which the fact itself says.
func onlyID(f *kg.Follow) bool {
	if f.Way != kg.FromEnd && f.Way != kg.ToEnd || f.First == 0 || f.Where != nil || f.After != nil || f.Facets != nil || f.Select == nil {
		return false
	}
	sel := f.Select
	if !f.Unpaged {
		sel, _ = f.Keyed(nil)
	}
	return sel.Without == kg.AllParts && sel.Fields != nil && len(sel.Fields) == 0 && len(sel.Follow) == 0
}

// endOf is the page of a fact's end of which only the id is read.
func (c *compiler) endOf(r *kg.Row, f *kg.Follow) kg.Page {
	id := r.Fact.From
	if f.Way == kg.ToEnd {
		id = r.Fact.To
	}
	kind := kg.KindOf(id)
	if f.Kinds != 0 && !f.Kinds.Has(kind) {
		return kg.Page{}
	}
	p := kg.Page{Rows: []kg.Row{{Entity: &kg.Entity{ID: id, Kind: kind, Values: make([]kg.Value, len(kind.Decl().Fields))}, Pages: []kg.Page{}}}}
	if f.Total {
		p.Total = 1
	}
	return p
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
