package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// climbing is a pattern of chains of facts.
type climbing struct {
	match string // the pattern, without conditions
	where string
	facts string // the list of facts of a chain
	order string // what prefers one chain to another
}

// climb leads upwards from a node along chains of facts that are all shown and fit. Of the chains to one node, the one that
// comes first in its order is the one that a walk finds which takes, at each step, the fact that a singular relation prefers,
// and the next best one only where that leads nowhere: compare the first facts, then the second, and so on. least is 0 where
// the node itself is at the end of one.
func (c *compiler) climb(n, to node, rel kg.Relation, fact kg.Filter, states kg.StateSet, least int) climbing {
	p, rs, f, x, y := c.variable("p"), c.variable("rs"), c.fact(kg.SetOf(rel.Fact)), c.variable("x"), c.variable("y")
	conditions := append(c.shown(f, states), c.predicate(f, fact))
	where := fmt.Sprintf("all(%[1]s IN nodes(%[2]s) WHERE single(%[3]s IN nodes(%[2]s) WHERE %[3]s = %[1]s))", x, p, y)
	if cond := all(conditions...); cond != "true" {
		where = fmt.Sprintf("all(%s IN %s WHERE %s) AND %s", f.name, rs, cond, where)
	}
	return climbing{
		match: fmt.Sprintf("MATCH %s = (%s)-[%s:%s*%d..]->(%s)", p, n.name, rs, c.types(f.kinds, states), least, to.name),
		where: where,
		facts: rs,
		order: fmt.Sprintf("[%s IN %s | [%s]]", f.name, rs, strings.Join(c.preferred(f), ", ")),
	}
}

// up leads along chains of facts upwards.
func (c *compiler) up(n node, r relation) *stream {
	if s := c.shortcut(n, r); s != nil {
		return s
	}
	m := c.entity(r.kinds)
	m.kinds &= chainEnds(r.Fact, kg.Up) | n.kinds
	if m.kinds == 0 {
		return nil
	}
	kinds := c.isEntity(m.name, m.kinds)
	if r.kinds == 0 {
		kinds = "true"
	}
	s := &stream{node: m, distinct: true}
	if r.nearest && m.kinds&n.kinds == n.kinds && r.kinds&n.kinds == n.kinds || r.nearest && r.kinds == 0 {
		// A node of the kinds is its own nearest.
		s.clauses = fmt.Sprintf("WITH %s AS %s%s", n.name, m.name, where(c.predicate(m, r.where)))
		return s
	}
	if r.single || r.nearest || r.chain {
		up := c.climb(n, m, r.Relation, r.fact, r.states, 0)
		first, later := kinds, c.predicate(m, r.where)
		if !r.nearest {
			first, later = all(kinds, later), "true"
		}
		vars := m.name
		if r.chain {
			s.chain = up.facts
			vars += ", " + up.facts
		}
		s.clauses = fmt.Sprintf("%s%s WITH %s ORDER BY %s", up.match, where(up.where, first), m.name+", "+up.facts, up.order)
		switch {
		case r.single || r.nearest:
			s.clauses += " LIMIT 1 WITH " + vars + where(later)
			s.alone = true
		default:
			s.clauses += fmt.Sprintf(" WITH %s, head(collect(%s)) AS %[2]s", m.name, up.facts)
		}
		return s
	}
	s.clauses = c.reach(n, m, r, "*0..", all(kinds, c.predicate(m, r.where)))
	return s
}

// reach leads to all that chains lead to, each once. Neo4j walks it breadth first and enters nothing twice.
func (c *compiler) reach(n, m node, r relation, length, condition string) string {
	left, right := arrows(r.Way)
	f, rs := c.fact(kg.SetOf(r.Fact)), c.variable("rs")
	cond := all(append(c.shown(f, r.states), c.predicate(f, r.fact))...)
	if cond != "true" {
		cond = fmt.Sprintf("all(%s IN %s WHERE %s)", f.name, rs, cond)
	}
	return fmt.Sprintf("MATCH (%s)%s[%s:%s%s]%s(%s)%s WITH DISTINCT %[7]s%[9]s",
		n.name, left, rs, c.types(f.kinds, r.states), length, right, m.name, where(cond), where(condition))
}

// reachDown leads to all that lies below a node. Most of that are ends, such as companies, of which nothing lies below: so it walks
// from place to place, and takes one step from each to them.
func (c *compiler) reachDown(n, m node, r relation) string {
	through := chainEnds(r.Fact, kg.Up)
	vars, condition := m.name, c.predicate(m, r.where)
	if n.kinds&m.kinds != 0 { // else it can't come upon itself
		vars, condition = n.name+", "+m.name, all(m.name+" <> "+n.name, condition)
	}
	if through&m.kinds == m.kinds {
		condition = all(c.isEntity(m.name, m.kinds), condition)
		if c.now(r) {
			return fmt.Sprintf("MATCH (%s)<-[:%s*1..]-(%s) WITH DISTINCT %s%s", n.name, placeInPlace, m.name, vars, where(condition))
		}
		return c.reach(n, m, r, "*1..", condition)
	}
	f, place := c.fact(kg.SetOf(r.Fact)), c.variable("n")
	walk := c.throughPlaces(n.name, place, r, func(string) string { return "true" })
	label, kinds := c.label(m)
	last := whereAny(append(c.shown(f, r.states), c.predicate(f, r.fact), kinds))
	return fmt.Sprintf("%s WITH DISTINCT %s, %s MATCH (%[3]s)<-[%[4]s:%[5]s]-(%[6]s%[7]s)%[8]s WITH DISTINCT %[9]s%[10]s",
		walk, n.name, place, f.name, c.types(f.kinds, r.states), m.name, label, last, vars, where(condition))
}

// throughPlaces writes a walk from a node down to all that others lie in, itself among them. What is on the way has to fit.
func (c *compiler) throughPlaces(from, to string, r relation, fits func(x string) string) string {
	x, types := c.variable("x"), placeInPlace
	var rs string
	var facts, nodes []string
	if !c.now(r) {
		f := c.fact(kg.SetOf(r.Fact))
		rs, types = c.variable("rs"), c.types(f.kinds, r.states)
		if cond := all(append(c.shown(f, r.states), c.predicate(f, r.fact))...); cond != "true" {
			facts = []string{fmt.Sprintf("all(%s IN %s WHERE %s)", f.name, rs, cond)}
		}
		nodes = []string{bracketed(c.isEntity(x, chainEnds(r.Fact, kg.Up)))}
	}
	path := ""
	if cond := all(append(nodes, fits(x))...); cond != "true" {
		p := c.variable("p")
		path = p + " = "
		facts = append(facts, fmt.Sprintf("all(%s IN nodes(%s) WHERE %[1]s = %[3]s OR %[4]s)", x, p, from, cond))
	}
	return fmt.Sprintf("MATCH %s(%s)<-[%s:%s*0..]-(%s)%s", path, from, rs, types, to, where(facts...))
}

// now says whether a relation leads along the places of the present, whose derived relationships are kept: no day of the past, no
// moment of knowledge, no condition on the facts of a chain.
func (c *compiler) now(r relation) bool {
	return r.Fact == kg.LocatedIn && r.fact == nil && r.states == kg.OnlyAccepted && c.asOf == nil && c.knownAt.IsZero()
}

// down leads along chains of facts downwards, to each node once and never to the node itself.
func (c *compiler) down(n node, r relation) *stream {
	r.kinds, r.where = ofKinds(r.kinds, r.where)
	m := c.entity(r.kinds)
	if m.kinds &= chainEnds(r.Fact, kg.Down); m.kinds == 0 {
		return nil
	}
	s := &stream{node: m, distinct: true}
	if !r.chain {
		s.clauses = c.reachDown(n, m, r)
		return s
	}
	condition := all(fmt.Sprintf("%s <> %s", m.name, n.name), c.isEntity(m.name, m.kinds), c.predicate(m, r.where))
	// Of the shortest chains, the one whose facts are preferred from the first step on.
	p, rs, f := c.variable("p"), c.variable("rs"), c.fact(kg.SetOf(r.Fact))
	g := c.fact(f.kinds)
	s.chain = rs
	s.clauses = fmt.Sprintf("MATCH %s = ALL SHORTEST (%s)(()<-[%s:%s%s]-())+(%s) WHERE %s WITH %[6]s, relationships(%[1]s) AS %[8]s ORDER BY [%[9]s IN %[8]s | [%[10]s]] WITH %[6]s, head(collect(%[8]s)) AS %[8]s",
		p, n.name, f.name, c.types(f.kinds, r.states), where(append(c.shown(f, r.states), c.predicate(f, r.fact))...),
		m.name, condition, rs, g.name, strings.Join(c.preferred(g), ", "))
	return s
}

// chainEnds gives the kinds that chains of a kind of fact may end at.
func chainEnds(fact kg.Kind, w kg.Way) kg.KindSet {
	from, to := fact.Decl().Ends()
	if w == kg.Up {
		return to
	}
	return from
}

// shortcut leads to the nearest country or city by the relationship that is kept for it; nil where none answers the question.
func (c *compiler) shortcut(n node, r relation) *stream {
	kinds := r.kinds.Kinds()
	if len(kinds) != 1 || !c.now(r) || r.chain || !shortcuts.Has(kinds[0]) || !(r.nearest || r.single && r.where == nil) {
		return nil
	}
	m := c.entity(r.kinds)
	s := &stream{node: m, distinct: true}
	label, condition := c.label(m)
	conditions := []string{condition, c.predicate(m, r.where)}
	if n.kinds&r.kinds == n.kinds {
		s.clauses = fmt.Sprintf("WITH %s AS %s%s", n.name, m.name, whereAny(conditions))
		return s
	}
	name := shortcutTypes(n.kinds, r.kinds)
	if name == "" {
		return nil
	}
	x := c.variable("x")
	span := c.spans(x)
	if n.kinds&r.kinds == 0 {
		s.one = true
		s.clauses = fmt.Sprintf("MATCH (%s)-[%s:%s]->(%s%s)%s", n.name, x, name, m.name, label, whereAny(append(conditions, span)))
		return s
	}
	s.clauses = fmt.Sprintf("MATCH (%s)-[%s:%s*0..1]->(%s%s)%s", n.name, x+"s", name, m.name, label,
		whereAny(append(conditions, fmt.Sprintf("all(%s IN %ss WHERE %s)", x, x, span))))
	return s
}

// spans writes the condition that the relationship of a shortcut leads to the nearest on the day.
func (c *compiler) spans(x string) string {
	day := c.named("day", int64(c.day))
	return fmt.Sprintf("coalesce(%[1]s.from_day, %[2]d) <= %[3]s AND coalesce(%[1]s.to_day, %[4]d) >= %[3]s", x, kg.MinDay, day, kg.MaxDay)
}
