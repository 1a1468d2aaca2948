package neo4jstore

import (
	"fmt"
	"slices"
	"strings"

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
	if clauses := c.byEnds(f, l.States, l.Where); clauses != "" {
		return &stream{clauses: clauses, node: f}
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

// byEnds writes the clauses that bind the facts which fit a filter, each once, beginning at the entities that must stand at one of
// their ends; "" where the filter does not pin these down.
func (c *compiler) byEnds(f node, states kg.StateSet, filter kg.Filter) string {
	switch part := endAnchor(f, filter).(type) {
	case kg.Has:
		n := c.entity(within(part.Kinds, kg.Entities) & endKinds(f.kinds, part.Relation.Way))
		left, right := arrows(part.Relation.Way)
		return fmt.Sprintf("%s MATCH (%s)%s[%s:%s]%s()%s WITH DISTINCT %[4]s", c.begin(n, part.Node).clauses, n.name, left, f.name, c.types(f.kinds, states), right,
			whereAny(append(c.shown(f, states), c.predicate(f, without(filter, part)))))
	case kg.Or:
		arms := make([]string, len(part))
		for i, arm := range part {
			arms[i] = c.byEnds(f, states, arm) + " RETURN " + f.name
		}
		return fmt.Sprintf("CALL () { %s } WITH %s%s", strings.Join(arms, " UNION "), f.name, whereAny([]string{c.predicate(f, without(filter, part))}))
	}
	return ""
}

// endAnchor finds the part of a filter of facts that pins down what stands at an end; nil where there is none.
func endAnchor(f node, filter kg.Filter) kg.Filter {
	switch part := filter.(type) {
	case kg.Has:
		way := part.Relation.Way
		if way != kg.FromEnd && way != kg.ToEnd && way != kg.EitherEnd || part.None || part.AtLeast > 1 {
			return nil
		}
		kinds := within(part.Kinds, kg.Entities) & endKinds(f.kinds, way)
		if found, rank := anchor(node{class: anEntity, kinds: kinds}, part.Node, 0); kinds != 0 && found != nil && rank <= farthest {
			return part
		}
	case kg.And:
		for _, p := range part {
			if found := endAnchor(f, p); found != nil {
				return found
			}
		}
	case kg.Or:
		if len(part) > 0 && !slices.ContainsFunc(part, func(p kg.Filter) bool { return endAnchor(f, p) == nil }) {
			return part
		}
	}
	return nil
}
