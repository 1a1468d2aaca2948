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
	facts := func() (f node, match string) {
		f = c.fact(0)
		return f, fmt.Sprintf("MATCH (x)-[%s:%s]-(y)%s", f.name, c.types(f.kinds, w.States), where(append(c.shown(f, w.States), c.predicate(f, w.Fact))...))
	}
	var b strings.Builder
	b.WriteString(c.asked("asked", w.IDs))
	fmt.Fprintf(&b, " WITH asked[..%[1]s] AS shown, size(asked) > %[1]s AS cut WITH shown, shown AS frontier, cut, [size(shown)] AS levels", limit)
	for range w.Depth {
		f, match := facts()
		key := fmt.Sprintf("[-%s, -coalesce(%s, %d), -coalesce(%s, %[3]d)]", f.prop("confidence"), f.prop("since_from"), int64(kg.MinDay)-1, f.prop("since_to"))
		fmt.Fprintf(&b, " CALL (shown, frontier) { UNWIND range(0, size(frontier) - 1) AS i WITH i, frontier[i] AS x"+
			// How many facts the other ends have is asked of those alone that it may decide about: it takes a look at each.
			" CALL (x) { %[1]s WITH %[2]s, y, %[3]s AS k ORDER BY k WITH collect(%[2]s) AS rs, collect(y) AS ends, collect(k) AS ks"+
			" UNWIND range(0, size(ks) - 1) AS at WITH rs[at] AS %[2]s, ends[at] AS y, ks[at] AS k, ks[%[4]s - 1] AS edge WHERE edge IS NULL OR k <= edge"+
			" WITH %[2]s, y, k, %[6]s AS degree ORDER BY k, degree, %[2]s.id LIMIT %[4]s RETURN collect(y) AS ys }"+
			" UNWIND range(0, size(ys) - 1) AS j WITH i, j, ys[j] AS y WHERE NOT y IN shown WITH i, j, y ORDER BY i, j"+
			" WITH collect(DISTINCT y) AS ys RETURN ys[..%[5]s - size(shown)] AS next }"+
			" WITH shown + next AS shown, next AS frontier, cut, levels + size(next) AS levels",
			match, f.name, key, per, limit, degree("y"))
	}
	f, match := facts()
	fmt.Fprintf(&b, " CALL (shown) { UNWIND range(0, size(shown) - 1) AS i WITH i, shown[i] AS x"+
		" CALL (x, shown) { %s WITH %s, y, y IN shown AS there RETURN count(DISTINCT CASE WHEN NOT there THEN y END) AS hidden, collect(CASE WHEN there AND startNode(%[2]s) = x THEN %[2]s END) AS among }"+
		" WITH i, hidden, among ORDER BY i RETURN collect(hidden) AS hidden, collect(among) AS amongs }"+
		" WITH shown, cut, levels, hidden, reduce(all = [], a IN amongs | all + a) AS among", match, f.name)
	rows, drawn := c.entityList("shown", q.Select), c.rowList("among", c.fact(0), q.Select.With(kg.PartEnds))
	fmt.Fprintf(&b, " WITH shown, cut, levels, hidden, among, %s AS rows, %s AS facts RETURN cut, levels, hidden, rows, facts", rows.expr, drawn.expr)
	return code[*kg.Page]{b.String(), func(v any) *kg.Page {
		values := v.([]any)
		p := &kg.Page{Truncated: values[0].(bool), Rows: rows.read(values[3]), Facts: drawn.read(values[4])}
		steps := map[kg.ID]int{}
		row := 0
		for level, n := range values[1].([]any) {
			for range n.(int64) {
				steps[p.Rows[row].ID()] = level
				row++
			}
		}
		for i, n := range values[2].([]any) {
			id, count := p.Rows[i].ID(), int(n.(int64))
			if count > 0 {
				p.Omitted = append(p.Omitted, kg.Omitted{ID: id, Count: count})
				p.Truncated = p.Truncated || steps[id] < w.Depth
			}
		}
		for i := range p.Facts {
			// An entity that is shown further away than a fact reaches was reached another way only.
			from, to := steps[p.Facts[i].Fact.From], steps[p.Facts[i].Fact.To]
			p.Truncated = p.Truncated || min(from, to)+1 <= w.Depth && max(from, to) > min(from, to)+1
		}
		slices.SortFunc(p.Facts, func(a, b kg.Row) int { return strings.Compare(string(a.ID()), string(b.ID())) })
		return p
	}}
}
