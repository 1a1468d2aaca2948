package neo4jstore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// happening lists what happened around some entities: the dates of the entities, of their facts, and of what these link them
// with, each as [place among the kind's MomentFields, first day, last day, text].
func (c *compiler) happening(q *kg.Query, w kg.Happening) code[*kg.Page] {
	n, other, f := c.entity(0), c.entity(kg.Happenings), c.fact(0)
	m := c.variable("m")
	facts := fmt.Sprintf("-[%s:%s]-", f.name, c.types(f.kinds, kg.OnlyAccepted))
	shown := c.shown(f, kg.OnlyAccepted)
	clauses := c.asked("es", w.IDs) + fmt.Sprintf(" CALL (es) { UNWIND es AS %[1]s UNWIND %[2]s AS %[3]s RETURN %[1]s, null AS %[4]s, %[3]s", n.name, c.dates(n), m, f.name) +
		fmt.Sprintf(" UNION ALL UNWIND es AS x MATCH (x)%s(%s)%s WITH DISTINCT %[2]s UNWIND %[4]s AS %[5]s RETURN %[2]s AS %[6]s, null AS %[7]s, %[5]s",
			facts, other.name, where(append(shown, "NOT "+other.name+" IN es", c.isEntity(other.name, kg.Happenings))...), c.dates(other), m, n.name, f.name) +
		fmt.Sprintf(" UNION ALL UNWIND es AS x MATCH (x)%s()%s WITH DISTINCT %s UNWIND %s AS %s RETURN null AS %s, %[3]s, %[5]s }", facts, where(shown...), f.name, c.dates(f), m, n.name) +
		fmt.Sprintf(" WITH %s, %s, %[3]s WHERE %[3]s[1] <= %[4]s AND %[3]s[2] >= %[5]s", n.name, f.name, m, c.param(int64(w.To)), c.param(int64(w.From)))
	id := fmt.Sprintf("coalesce(%s.id, %s.id)", n.name, f.name)
	s := &stream{clauses: clauses, made: &made{
		vars:  []string{n.name, f.name, m},
		items: [][]sortItem{{{m + "[1]", false, false}, {m + "[2]", false, false}}, {{id, false, false}}, {{m + "[0]", false, false}}},
		ties:  []string{id},
		row:   func(sel *kg.Select) ([]string, code[kg.Row]) { return c.momentRow(n, f, m, sel) },
	}}
	if !slices.Equal(q.Order, kg.MomentOrder) {
		c.fail("a timeline is ordered by kg.MomentOrder alone")
	}
	page := c.page(s, &q.List, nil, false)
	x := c.variable("x")
	return code[*kg.Page]{fmt.Sprintf("WITH %s AS %s RETURN %[2]s", page.expr, x), func(v any) *kg.Page {
		p := page.read(v.([]any)[0])
		return &p
	}}
}

// dates lists the dates of a node that are known, each as a moment.
func (c *compiler) dates(n node) string {
	by := map[string]kg.KindSet{}
	var lists []string
	for _, k := range n.kinds.Kinds() {
		var moments []string
		for i, f := range kg.MomentFields(k) {
			moments = append(moments, fmt.Sprintf("[%d, %s, %s, %s]", i, n.prop(f.Name+suffixFrom), n.prop(f.Name+suffixTo), n.prop(f.Name)))
		}
		if len(moments) == 0 {
			continue
		}
		list := "[" + joined(moments) + "]"
		if by[list] == 0 {
			lists = append(lists, list)
		}
		by[list] |= kg.SetOf(k)
	}
	var b strings.Builder
	for _, list := range lists {
		fmt.Fprintf(&b, " WHEN %s THEN %s", c.is(n, by[list]), list)
	}
	return fmt.Sprintf("[m IN CASE%s ELSE [] END WHERE m[1] IS NOT NULL]", b.String())
}

// details are the fields that the sentence about a fact quotes.
var details = func() (fields []*kg.Field) {
	for _, k := range kg.Facts.Kinds() {
		if detail := k.Decl().Detail; detail != nil {
			fields = append(fields, detail)
		}
	}
	return fields
}()

// momentRow writes the row of a moment: an entity or a fact, with the date that puts it there.
func (c *compiler) momentRow(n, f node, m string, sel *kg.Select) ([]string, code[kg.Row]) {
	var lets []string
	row := func(n node, sel *kg.Select) code[kg.Row] {
		more, row := c.row(n, sel)
		for _, let := range more {
			at := strings.LastIndex(let, " AS ")
			lets = append(lets, fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %s END%s", n.name, let[:at], let[at:]))
		}
		return row
	}
	entity, fact := row(n, sel.With(kg.PartName)), row(f, sel.With(kg.PartEnds, details...))
	expr := fmt.Sprintf("[%[1]s, CASE WHEN %[2]s IS NOT NULL THEN %[3]s END, CASE WHEN %[4]s IS NOT NULL THEN %[5]s END, CASE WHEN %[4]s IS NOT NULL THEN [startNode(%[4]s).name, endNode(%[4]s).name] END]",
		m, n.name, entity.expr, f.name, fact.expr)
	return lets, code[kg.Row]{expr, func(v any) kg.Row {
		parts := v.([]any)
		moment := parts[0].([]any)
		var r kg.Row
		name := func(kg.ID) string { return r.Entity.Name() }
		if parts[1] != nil {
			r = entity.read(parts[1])
		} else {
			r = fact.read(parts[2])
			ends := parts[3].([]any)
			name = func(id kg.ID) string {
				if id == r.Fact.From {
					return ends[0].(string)
				}
				return ends[1].(string)
			}
		}
		field := kg.MomentFields(r.Kind())[moment[0].(int64)]
		r.Moment = &kg.Moment{On: readDate(moment[3]), Field: field, Title: kg.MomentTitle(&r, field, name)}
		return r
	}}
}
