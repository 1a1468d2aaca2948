package neo4jstore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// around draws what lies around some entities: level by level, at most so many facts from each entity, the most telling
// first, and then the facts among all that is shown.
func (c *compiler) around(q *kg.Query, w kg.Around) code[*kg.Page] {
	limit, per := c.named("limit", int64(w.Limit)), c.named("per", int64(w.PerNode))
	facts := func() (f node, match, condition string) {
		f = c.fact(0)
		return f, fmt.Sprintf("MATCH (x)-[%s:%s]-", f.name, c.types(f.kinds, w.States)), all(append(c.shown(f, w.States), c.predicate(f, w.Fact))...)
	}
	var b strings.Builder
	b.WriteString(c.asked("asked", w.IDs))
	fmt.Fprintf(&b, " WITH asked[..%[1]s] AS shown, size(asked) > %[1]s AS cut WITH shown, shown AS frontier, cut, [size(shown)] AS levels", limit)
	for range w.Depth {
		f, match, condition := facts()
		fmt.Fprintf(&b, " CALL (shown, frontier) { UNWIND range(0, size(frontier) - 1) AS i WITH i, frontier[i] AS x CALL (x) { %s }"+
			" UNWIND range(0, size(ys) - 1) AS j WITH i, j, ys[j] AS y WHERE NOT y IN shown WITH i, j, y ORDER BY i, j"+
			" WITH collect(DISTINCT y) AS ys RETURN ys[..%s - size(shown)] AS next }"+
			" WITH shown + next AS shown, next AS frontier, cut, levels + size(next) AS levels",
			telling(f, match+"()"+where(condition), per), limit)
	}
	// Each fact is met at the end where it begins: hubs are mostly where facts end.
	f, match, condition := facts()
	fmt.Fprintf(&b, " CALL (shown) { UNWIND shown AS x %s>(y)%s RETURN collect(%s) AS among }", match, where("y IN shown", condition), f.name)
	known := "levels, rows, facts"
	if w.Hidden {
		_, match, condition = facts()
		fmt.Fprintf(&b, " CALL (shown) { UNWIND range(0, size(shown) - 1) AS i WITH i, shown[i] AS x"+
			" WITH i, COUNT { %s(y)%s RETURN DISTINCT y } AS ends ORDER BY i RETURN collect(ends) AS ends }", match, where(condition))
		known += ", cut, ends"
	}
	rows, drawn := c.entityList("shown", q.Select), c.rowList("among", c.fact(0), q.Select.With(kg.PartEnds))
	fmt.Fprintf(&b, " WITH *, %s AS rows, %s AS facts RETURN %s", rows.expr, drawn.expr, known)
	return code[*kg.Page]{b.String(), func(v any) *kg.Page {
		values := v.([]any)
		p := &kg.Page{Rows: rows.read(values[1]), Facts: drawn.read(values[2])}
		if w.Hidden {
			p.Truncated = values[3].(bool)
			tellHidden(p, w.Depth, values[0].([]any), values[4].([]any))
		}
		slices.SortFunc(p.Facts, func(a, b kg.Row) int { return strings.Compare(string(a.ID()), string(b.ID())) })
		return p
	}}
}

// tellHidden says what is not shown of what lies around some entities. levels are how many are shown by how many steps away
// they are, and ends how many each of them is linked with.
func tellHidden(p *kg.Page, depth int, levels, ends []any) {
	steps := map[kg.ID]int{}
	for level, n := range levels {
		for range n.(int64) {
			steps[p.Rows[len(steps)].ID()] = level
		}
	}
	met := map[kg.ID]map[kg.ID]bool{}
	meet := func(at, other kg.ID) {
		if met[at] == nil {
			met[at] = map[kg.ID]bool{}
		}
		met[at][other] = true
	}
	for i := range p.Facts {
		f := p.Facts[i].Fact
		meet(f.From, f.To)
		meet(f.To, f.From)
		// An entity that is shown further away than a fact reaches was reached another way only.
		from, to := steps[f.From], steps[f.To]
		p.Truncated = p.Truncated || min(from, to)+1 <= depth && max(from, to) > min(from, to)+1
	}
	for i, n := range ends {
		id := p.Rows[i].ID()
		if hidden := int(n.(int64)) - len(met[id]); hidden > 0 {
			p.Omitted = append(p.Omitted, kg.Omitted{ID: id, Count: hidden})
			p.Truncated = p.Truncated || steps[id] < depth
		}
	}
}

// telling writes the clauses that give as ys the other ends of the most telling facts of a node x, in the order of
// [kg.CompareTelling]. Of a hub's many facts no more is looked at than what decides about them: first how sure each is, then
// the dates of those that are sure enough, and how many facts the other ends have only where all else is equal.
func telling(f node, match, per string) string {
	const unknown = int64(kg.MinDay) - 1
	return fmt.Sprintf("%[1]s WITH collect(%[2]s) AS rs, collect(%[3]s) AS cs"+
		" WITH rs, cs, COLLECT { UNWIND cs AS c WITH c ORDER BY c DESC LIMIT %[4]s RETURN c }[%[4]s - 1] AS least"+
		" UNWIND range(0, size(rs) - 1) AS at WITH rs[at] AS %[2]s, cs[at] AS c, least WHERE least IS NULL OR c >= least"+
		" WITH %[2]s, [-c, -coalesce(%[5]s, %[7]d), -coalesce(%[6]s, %[7]d)] AS k ORDER BY k WITH collect(%[2]s) AS rs, collect(k) AS ks"+
		" UNWIND range(0, size(ks) - 1) AS at WITH rs[at] AS %[2]s, ks[at] AS k, ks[%[4]s - 1] AS edge, ks[at - 1] AS before, ks[at + 1] AS after WHERE edge IS NULL OR k <= edge"+
		" WITH %[2]s, k, k = before OR k = after AS tied, CASE WHEN startNode(%[2]s) = x THEN endNode(%[2]s) ELSE startNode(%[2]s) END AS y"+
		" WITH y, k, CASE WHEN tied THEN %[8]s END AS degree, %[9]s AS id ORDER BY k, degree, id LIMIT %[4]s RETURN collect(y) AS ys",
		match, f.name, f.prop("confidence"), per, f.prop("since_from"), f.prop("since_to"), unknown, degree("y"), f.prop("id"))
}
