package neo4jstore

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// comparing finds what some entities are linked with. All their facts are gathered by the entity at the other end, then cut
// into groups: what several share, and what is one's alone.
func (c *compiler) comparing(q *kg.Query, w kg.Comparing) code[*kg.Page] {
	f, y, g := c.fact(0), c.entity(0), c.fact(0)
	linkLets, link := c.row(y, q.Select)
	factLets, fact := c.row(g, q.Select.With(0, bySingular...))
	facts := c.variable("x")
	group := func(which string, most int) string {
		limit := ""
		if most >= 0 {
			limit = " LIMIT " + c.param(int64(most)+1)
		}
		led := fmt.Sprintf("COLLECT { UNWIND range(0, size(rk) - 1) AS j WITH k[j] AS of, rk[j] AS %s%s RETURN [of, %s] } AS %s",
			g.name, letting([]string{"of", g.name}, factLets), fact.expr, facts)
		return fmt.Sprintf("COLLECT { UNWIND %s AS i WITH ys[i] AS %s, kss[i] AS k, rss[i] AS rk, size(sharing[i]) AS by ORDER BY by DESC, %[2]s.order_key%[3]s%[4]s RETURN [%[5]s, %[6]s] }",
			which, y.name, limit, letting([]string{y.name, "k", "rk"}, append(linkLets[:len(linkLets):len(linkLets)], led)), link.expr, facts)
	}
	rows := c.entityList("es", nil)
	text := c.asked("es", w.IDs) +
		fmt.Sprintf(" CALL (es) { UNWIND range(0, size(es) - 1) AS k WITH k, es[k] AS x MATCH (x)-[%[1]s:%[2]s]-(%[3]s) WHERE %[4]s"+
			" WITH %[3]s, collect(k) AS ks, collect(%[1]s) AS rs, collect(DISTINCT k) AS by RETURN collect(%[3]s) AS ys, collect(ks) AS kss, collect(rs) AS rss, collect(by) AS sharing }",
			f.name, c.types(f.kinds, kg.OnlyAccepted), y.name, all(append(c.shown(f, kg.OnlyAccepted), "NOT "+y.name+" IN es")...)) +
		" WITH es, es_at, ys, kss, rss, sharing, [i IN range(0, size(ys) - 1) WHERE size(sharing[i]) > 1 | i] AS common" +
		fmt.Sprintf(" WITH es, es_at, ys, kss, rss, sharing, common, %s AS shared", group("common", w.Shared)) +
		" WITH es, es_at, ys, kss, rss, sharing, common, shared, COLLECT { UNWIND range(0, size(es) - 1) AS own WITH own, [i IN range(0, size(ys) - 1) WHERE sharing[i] = [own] | i] AS mine" +
		fmt.Sprintf(" WITH own, mine, %s AS alone RETURN [size(mine), alone] } AS only", group("mine", w.Only)) +
		fmt.Sprintf(" WITH *, %s AS entities RETURN entities, size(common) AS common, shared, only, es_at", rows.expr)
	return code[*kg.Page]{text, func(v any) *kg.Page {
		values := v.([]any)
		compared := rows.read(values[0])
		p := &kg.Page{Rows: make([]kg.Row, len(w.IDs)), Groups: make([]kg.Page, 1+len(w.IDs))}
		at := make([]int, len(compared))
		for k, first := range values[4].([]any) {
			at[k] = int(first.(int64))
			p.Rows[at[k]] = compared[k]
		}
		read := func(v any, total, most int) kg.Page {
			var g kg.Page
			if q.Total {
				g.Total = total
			}
			list := v.([]any)
			if most >= 0 && len(list) > most {
				list, g.More = list[:most], true
			}
			for _, x := range list {
				pair := x.([]any)
				row := link.read(pair[0])
				row.Lead = c.ledBy(pair[1].([]any), fact)
				g.Rows = append(g.Rows, row)
			}
			return g
		}
		p.Groups[0] = read(values[2], int(values[1].(int64)), w.Shared)
		for k, x := range values[3].([]any) {
			pair := x.([]any)
			p.Groups[1+at[k]] = read(pair[1], int(pair[0].(int64)), w.Only)
		}
		return p
	}}
}

// bySingular are the fields that CompareSingular looks at.
var bySingular = func() []*kg.Field {
	fields := []*kg.Field{kg.FieldSince, kg.FieldUntil, kg.FieldConfidence}
	for _, k := range kg.Facts.Kinds() {
		if prefer := k.Decl().Prefer; prefer != nil {
			fields = append(fields, prefer)
		}
	}
	return fields
}()

// ledBy reads the facts that lead to what is compared: in the order of the compared, then as a singular relation prefers them.
func (c *compiler) ledBy(list []any, fact code[kg.Row]) []kg.Row {
	type led struct {
		of  int64
		row kg.Row
	}
	facts := make([]led, len(list))
	for i, x := range list {
		pair := x.([]any)
		facts[i] = led{pair[0].(int64), fact.read(pair[1])}
	}
	slices.SortFunc(facts, func(a, b led) int {
		return cmp.Or(cmp.Compare(a.of, b.of), kg.CompareSingular(a.row.Fact, b.row.Fact, c.day))
	})
	rows := make([]kg.Row, len(facts))
	for i := range facts {
		rows[i] = facts[i].row
	}
	return rows
}
