package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// lineage leads from an agreement to the facts that link it with others, through all steps either way. Each is placed by the
// day of the newer of its two agreements, as [kg.LineageDay] has it.
func (c *compiler) lineage(n node, r relation) *stream {
	if n.kinds &= kg.SetOf(kg.Agreement); n.kinds == 0 {
		return nil
	}
	m, f, rs, g := c.entity(n.kinds), c.fact(kg.SetOf(kg.RelatesTo)), c.variable("rs"), c.fact(kg.SetOf(kg.RelatesTo))
	step := func(f node) []string { return append(c.shown(f, r.states), c.predicate(f, r.fact)) }
	walked := ""
	if cond := all(step(g)...); cond != "true" {
		walked = fmt.Sprintf(" WHERE all(%s IN %s WHERE %s)", g.name, rs, cond)
	}
	types := c.types(f.kinds, r.states)
	x := f.name + "_"
	day := func(of string) string {
		a := node{name: of, class: anEntity, kinds: n.kinds}
		from, to, _ := c.days(a, kg.FieldDay)
		text, _ := c.text(a, kg.FieldDay)
		return fmt.Sprintf("[%s, %s, %s]", from, to, text)
	}
	wanted := all(c.kindsOnly(f, r.kinds), c.predicate(f, r.where))
	clauses := fmt.Sprintf("MATCH (%s)-[%s:%s*0..]-(%s)%s WITH DISTINCT %[4]s MATCH (%[4]s)-[%[6]s:%[3]s]-()%[7]s WITH DISTINCT %[6]s%[8]s",
		n.name, rs, types, m.name, walked, f.name, where(step(f)...), where(wanted))
	clauses += fmt.Sprintf(" WITH %[1]s, startNode(%[1]s) AS %[2]sa, endNode(%[1]s) AS %[2]sb WITH %[1]s, %[3]s AS %[2]sa, %[4]s AS %[2]sb"+
		" WITH %[1]s, CASE WHEN %[2]sa[0] IS NULL OR %[2]sb[0] IS NOT NULL AND (%[2]sa[0] < %[2]sb[0] OR %[2]sa[0] = %[2]sb[0] AND (%[2]sa[1] < %[2]sb[1] OR %[2]sa[1] = %[2]sb[1] AND %[2]sa[2] < %[2]sb[2])) THEN %[2]sb ELSE %[2]sa END AS %[2]sday",
		f.name, x, day(x+"a"), day(x+"b"))
	return &stream{clauses: clauses, node: f, made: &made{
		vars:  []string{f.name, x + "day"},
		items: [][]sortItem{{{x + "day[0]", false, true}, {x + "day[1]", false, true}}},
		ties:  []string{f.prop("id")},
		row: func(sel *kg.Select) ([]string, code[kg.Row]) {
			lets, row := c.row(f, sel)
			return lets, code[kg.Row]{fmt.Sprintf("[%s, %sday[2]]", row.expr, x), func(v any) kg.Row {
				pair := v.([]any)
				r := row.read(pair[0])
				r.Moment = &kg.Moment{On: readDate(pair[1])}
				return r
			}}
		},
	}}
}
