package neo4jstore

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// changes leads from an entity to its changes and to those of all facts at either end of which it stands. What a fact's
// relationship does not say, follows from it: most were recorded once, and accepted with that.
func (c *compiler) changes(n node, f *kg.Follow) followed {
	if n.class != anEntity {
		return followed{"", func(*kg.Row, any) kg.Page { return c.nothing(&f.List) }}
	}
	if !slices.Equal(f.Order, kg.ChangeOrder) {
		c.fail("changes are listed by kg.ChangeOrder alone")
	}
	r := c.fact(factKinds(n.kinds))
	x := r.name + "_"
	clauses := fmt.Sprintf("CALL (%[1]s) { UNWIND range(0, size(coalesce(%[1]s.changed_at, [])) - 1) AS i"+
		" RETURN %[1]s.changed_at[i] AS %[2]sat, %[1]s.changed_type[i] AS %[2]stype, %[1]s.changed_field[i] AS %[2]sfield, %[1]s.changed_before[i] AS %[2]sbefore, %[1]s.changed_after[i] AS %[2]safter, null AS %[3]s"+
		" UNION ALL MATCH (%[1]s)-[%[3]s:%[4]s]-()"+
		" WITH %[3]s, coalesce(%[3]s.changed_at, [%[3]s.recordedAt, %[3]s.recordedAt]) AS ats,"+
		" coalesce(%[3]s.changed_type, ['RECORDED'] + CASE %[3]s.state WHEN 'PROPOSED' THEN [] ELSE [%[3]s.state] END) AS types"+
		" UNWIND range(0, size(types) - 1) AS i"+
		" RETURN ats[i] AS %[2]sat, types[i] AS %[2]stype, '' AS %[2]sfield, '' AS %[2]sbefore, '' AS %[2]safter, %[3]s }"+
		" WITH %[2]sat, %[2]stype, %[2]sfield, %[2]sbefore, %[2]safter, %[3]s",
		n.name, x, r.name, typeNames(r.kinds, present))
	conditions := []string{c.ofChange(x, f.Where)}
	if !c.knownAt.IsZero() {
		conditions = append(conditions, fmt.Sprintf("%sat <= %s", x, c.named("known", c.knownAt)))
	}
	clauses += where(conditions...)
	steps := make([]string, len(kg.ChangeTypes))
	for i, t := range kg.ChangeTypes {
		steps[i] = fmt.Sprintf("WHEN '%s' THEN %d", t, i)
	}
	s := &stream{clauses: clauses, made: &made{
		vars: []string{x + "at", x + "type", x + "field", x + "before", x + "after", r.name},
		items: [][]sortItem{
			{{x + "at", true, false}},
			{{fmt.Sprintf("CASE %stype %s END", x, strings.Join(steps, " ")), true, false}},
			{{r.prop("id"), false, true}},
			{{fmt.Sprintf("CASE %[1]sfield WHEN '' THEN null ELSE toLower(%[1]sfield) END", x), false, true}},
		},
		row: func(sel *kg.Select) ([]string, code[kg.Row]) { return c.changeRow(r, x, sel) },
	}}
	page := c.page(s, &f.List, nil, false)
	return followed{page.expr, func(_ *kg.Row, v any) kg.Page { return page.read(v) }}
}

// ofChange writes the condition that a change fits a filter.
func (c *compiler) ofChange(x string, f kg.Filter) string {
	var parts []string
	switch f := f.(type) {
	case nil:
		return "true"
	case kg.And:
		for _, p := range f {
			parts = append(parts, bracketed(c.ofChange(x, p)))
		}
		return all(parts...)
	case kg.Or:
		for _, p := range f {
			parts = append(parts, bracketed(c.ofChange(x, p)))
		}
		return either(parts...)
	case kg.Not:
		return not(c.ofChange(x, f.Filter))
	case kg.OneOf:
		if prop, ok := map[string]string{"kind": "type", "field": "field"}[f.Field.Name]; ok {
			return x + prop + " IN " + c.param(f.Values)
		}
	}
	c.fail("changes can't be filtered by %s", f)
	return ""
}

// changeRow writes a change with the fact that it is about.
func (c *compiler) changeRow(r node, x string, sel *kg.Select) (lets []string, row code[kg.Row]) {
	exprs := []string{x + "at", x + "type", x + "field", x + "before", x + "after", r.prop("id")}
	own := len(exprs)
	var pages []func(v any) kg.Page
	if sel != nil {
		pages = make([]func(v any) kg.Page, len(sel.Follow))
		for i := range sel.Follow {
			f := &sel.Follow[i]
			if f.Way != kg.FactOf || !f.Owners.Has(kg.ChangeKind) {
				continue
			}
			page := c.page(c.version(r, f), &f.List, nil, false)
			pages[i] = page.read
			y := c.variable("x")
			lets = append(lets, fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %s END AS %s", r.name, page.expr, y))
			exprs = append(exprs, y)
		}
	}
	return lets, code[kg.Row]{"[" + joined(exprs) + "]", func(v any) kg.Row {
		list := v.([]any)
		row := kg.Row{Change: &kg.Change{
			At: list[0].(time.Time).UTC(), By: kg.ByImport, Type: kg.ChangeType(list[1].(string)),
			Field: list[2].(string), Before: list[3].(string), After: list[4].(string), Fact: kg.ID(str(list[5])),
		}}
		if sel == nil {
			return row
		}
		row.Pages = make([]kg.Page, len(sel.Follow))
		at := own
		for i, read := range pages {
			if read != nil {
				row.Pages[i] = read(list[at])
				at++
			}
		}
		return row
	}}
}

// version leads from the present version of a fact to the one that the graph held at the moment of the question.
func (c *compiler) version(r node, f *kg.Follow) *stream {
	v := c.fact(within(f.Kinds, kg.Facts) & r.kinds)
	conditions := append(c.shown(v, f.States), c.predicate(v, f.Where))
	if c.knownAt.IsZero() {
		all := node{name: v.name, class: aFact, kinds: r.kinds}
		types := strings.Split(strings.ReplaceAll(typeNames(v.kinds, everyVersion), "`", ""), "|")
		if v.kinds != r.kinds {
			conditions = append(conditions, fmt.Sprintf("type(%s) IN %s", all.name, c.param(types)))
		}
		if f.States&^kg.OnlyAccepted == 0 || !f.States.Has(kg.Accepted) {
			conditions = append(conditions, fmt.Sprintf("%s IN %s", v.prop("state"), c.param(stateNames(f.States))))
		}
		return &stream{clauses: fmt.Sprintf("WITH %s AS %s%s", r.name, v.name, where(conditions...)), node: v, distinct: true}
	}
	a, b := c.variable("n"), c.variable("n")
	conditions = append(conditions, v.prop("id")+" = "+r.prop("id"))
	return &stream{
		clauses: fmt.Sprintf("MATCH (%[1]s)-[%[2]s]->(%[3]s) MATCH (%[1]s)-[%[4]s:%[5]s]->(%[3]s)%[6]s", a, r.name, b, v.name, typeNames(v.kinds, everyVersion), where(conditions...)),
		node:    v, distinct: true,
	}
}
