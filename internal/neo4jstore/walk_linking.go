package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// linking counts what links places in pairs: for each sort of link apart as rows of which sort, the two places, smaller id first,
// and how many; then all of a pair together.
func (c *compiler) linking(q *kg.Query, w kg.Linking) code[*kg.Page] {
	var sorts, sums []string
	for i, by := range w.By {
		sums = append(sums, fmt.Sprintf("sum(CASE sort WHEN %d THEN n ELSE 0 END)", i))
		pairs := c.joinedPairs(by, &w)
		if by.Way == kg.Both {
			pairs = c.factPairs(by.Fact, &w)
		}
		if pairs != "" {
			sorts = append(sorts, fmt.Sprintf("%s RETURN %d AS sort, a, b, n", pairs, i))
		}
	}
	if len(sorts) == 0 {
		return code[*kg.Page]{"RETURN null AS answer", func(any) *kg.Page { return &kg.Page{} }}
	}
	with, bound := "", "()"
	if w.With != nil {
		with, bound = c.asked("with", w.With)+" ", "(with)"
	}
	ends := c.entityList("ends", q.Select)
	text := fmt.Sprintf("%sCALL %s { %s } WITH a, b, [%s] AS counts, sum(n) AS total ORDER BY total DESC, a.id, b.id LIMIT %s"+
		" WITH collect([a.id, b.id]) AS pairs, collect(a) + collect(b) AS places, collect(counts) AS counts"+
		" CALL (places) { UNWIND places AS place WITH DISTINCT place RETURN collect(place) AS ends }"+ // a place stands in many pairs
		" WITH pairs, ends, counts, %s AS rows RETURN rows, pairs, counts",
		with, bound, strings.Join(sorts, " UNION ALL "), joined(sums), c.param(int64(w.First)), ends.expr)
	return code[*kg.Page]{text, func(v any) *kg.Page {
		values := v.([]any)
		rows, p := map[kg.ID]kg.Row{}, &kg.Page{}
		for _, row := range ends.read(values[0]) {
			rows[row.ID()] = row
		}
		for i, x := range values[1].([]any) {
			var pair kg.Page
			for _, id := range x.([]any) {
				pair.Rows = append(pair.Rows, rows[kg.ID(id.(string))])
			}
			for _, n := range values[2].([]any)[i].([]any) {
				pair.Counts = append(pair.Counts, int(n.(int64)))
			}
			p.Groups = append(p.Groups, pair)
		}
		return p
	}}
}

// factPairs counts facts between the places that their ends lie in; "" where these never lie in any, or where no fact counts, as
// Neo4j can't plan all that would follow a WHERE false. With some places, it begins
// at what lies in them, and leaves a pair of two of them to be found from the smaller id alone.
func (c *compiler) factPairs(fact kg.Kind, w *kg.Linking) string {
	f, x, y := c.fact(kg.SetOf(fact)), c.entity(chainEnds(fact, kg.Down)), c.entity(chainEnds(fact, kg.Up))
	arrow, once := "->", ""
	begin := ""
	if w.With != nil {
		x.kinds |= y.kinds
		y.kinds = x.kinds
		begin = c.lyingIn(x, w)
		arrow, once = "-", " AND (NOT b IN with OR a.id < b.id)"
	}
	from, to := c.placeOf(x, "a", w.Places), c.placeOf(y, "b", w.Places)
	if from == "" || to == "" {
		return ""
	}
	cond := where(append(c.shown(f, w.States), c.predicate(f, w.Fact))...)
	if cond == whereNever {
		return ""
	}
	return fmt.Sprintf("%sMATCH (%s)-[%s:%s]%s(%s)%s %s %s WITH a, b WHERE a <> b%s WITH a, b, count(*) AS n WITH CASE WHEN a.id < b.id THEN a ELSE b END AS x, CASE WHEN a.id < b.id THEN b ELSE a END AS y, n"+
		" WITH x AS a, y AS b, n", begin, x.name, f.name, c.types(f.kinds, w.States), arrow, y.name, cond, from, to, once)
}

// joinedPairs counts the entities that facts lead to, or from, between the places that the other ends lie in; "" as
// in factPairs. With some places, it begins at what lies in them.
func (c *compiler) joinedPairs(by kg.Relation, w *kg.Linking) string {
	ends := chainEnds(by.Fact, kg.Down)
	if by.Way == kg.Out {
		ends = chainEnds(by.Fact, kg.Up)
	}
	x := c.entity(ends)
	place := c.placeOf(x, "m", w.Places)
	if place == "" {
		return ""
	}
	left, right := arrows(by.Way)
	f := c.fact(kg.SetOf(by.Fact))
	cond := where(append(c.shown(f, w.States), c.predicate(f, w.Fact))...)
	if cond == whereNever {
		return ""
	}
	facts := func(end string) string { // its variable is bound anew after each WITH that leaves it out
		return fmt.Sprintf("MATCH (joint)%s[%s:%s]%s(%s)%s", left, f.name, c.types(f.kinds, w.States), right, end, cond)
	}
	begin, only := "", ""
	if w.With != nil {
		inside := c.entity(ends)
		begin = fmt.Sprintf("%s%s WITH DISTINCT joint ", c.lyingIn(inside, w), facts(inside.name))
		only = " WHERE a IN with OR b IN with"
	}
	return fmt.Sprintf("%s%s %s WITH joint, collect(DISTINCT m) AS ms WHERE size(ms) > 1 UNWIND ms AS a UNWIND ms AS b WITH a, b WHERE a.id < b.id WITH a, b, count(*) AS n%s",
		begin, facts(x.name), place, only)
}

// placeOf binds the place that an entity lies in; "" where none of its kinds ever lies in one.
func (c *compiler) placeOf(n node, as string, kind kg.Kind) string {
	s := c.stream(n, relation{Relation: kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, kinds: kg.SetOf(kind), states: kg.OnlyAccepted, nearest: true})
	if s == nil {
		return ""
	}
	return fmt.Sprintf("CALL (%s) { %s RETURN %s AS %s }", n.name, s.clauses, s.node.name, as)
}

// lyingIn binds what lies in the places that pairs are asked with.
func (c *compiler) lyingIn(n node, w *kg.Linking) string {
	up := kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}
	return c.begin(n, kg.Has{Relation: up, Kinds: kg.SetOf(w.Places), Node: kg.IDIn(w.With), AtLeast: 1}).clauses + " "
}
