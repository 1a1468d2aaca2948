package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// wholeFacts begins a list of facts: at what its filter pins down, else with all facts of their kinds.
func (c *compiler) wholeFacts(kinds kg.KindSet, l *kg.List) *stream {
	if some := kinds & kindsOfFacts(l.Where); some != 0 {
		kinds = some
	}
	f := c.fact(kinds)
	f.versions = c.versions(l.States)
	r := relation{kinds: f.kinds, states: l.States}
	switch part := factAnchor(l.Where).(type) {
	case kg.IDIn:
		r.where = without(l.Where, part)
		conditions := append(c.shown(f, l.States), c.predicate(f, r.where))
		return &stream{
			clauses: fmt.Sprintf("UNWIND %s AS %[2]s_id MATCH ()-[%[2]s:%[3]s {id: %[2]s_id}]->() WITH DISTINCT %[2]s%[4]s", c.param(texts(part)), f.name, c.types(kinds, l.States), where(conditions...)),
			node:    f,
		}
	case kg.Touches:
		r.where = without(l.Where, part)
		n := c.entity(0)
		s := c.factsOfEntity(n, r)
		if s == nil {
			break
		}
		s.clauses = fmt.Sprintf("%s %s WITH DISTINCT %s", c.startAt(n, kg.IDIn(part)).clauses, s.clauses, s.node.name)
		s.plain = false
		return s
	case kg.RestsOn:
		r.where = l.Where // asked of the fact too: the sources of the moment
		query := c.variable("q")
		s := c.restingOn(query, r)
		s.clauses = fmt.Sprintf("WITH reduce(q = '', x IN %s | q + CASE q WHEN '' THEN '' ELSE ' OR ' END + '\"' + x + '\"') AS %s %s", c.param(texts(part)), query, s.clauses)
		if len(part) == 0 {
			break
		}
		return s
	}
	cond := where(append(c.shown(f, l.States), c.predicate(f, l.Where))...)
	return &stream{
		clauses: fmt.Sprintf("MATCH ()-[%s:%s]->()%s", f.name, c.types(kinds, l.States), cond),
		node:    f, plain: cond == "", scan: true,
	}
}

// factAnchor finds the part of a filter of facts at which a list is best begun; nil where there is none.
func factAnchor(f kg.Filter) kg.Filter {
	switch f := f.(type) {
	case kg.And:
		var best kg.Filter
		for _, part := range f {
			switch p := factAnchor(part).(type) {
			case kg.IDIn:
				return p
			case kg.Touches:
				best = p
			case kg.RestsOn:
				if best == nil {
					best = p
				}
			}
		}
		return best
	case kg.IDIn, kg.Touches, kg.RestsOn:
		return f
	}
	return nil
}
