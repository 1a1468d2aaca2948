package neo4jstore

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// page writes the page of a list whose rows a stream gives. lead is what is wanted of the facts that led. The value is a list
// that read understands, null where the stream is not asked.
//
// A list that is counted, or has facets, is gone through once: its rows are collected, then counted and paged. Only where
// counting costs nothing, or the page comes from an index in order, are there two passes.
func (c *compiler) page(s *stream, l *kg.List, lead *kg.Select, leads bool) code[kg.Page] {
	s.distinct = s.distinct || l.Distinct
	if l.Distinct && s.lead != nil {
		r := s.lead.name
		s.clauses += fmt.Sprintf(" WITH %[1]s, %[2]s ORDER BY %[3]s WITH %[1]s, head(collect(%[2]s)) AS %[2]s", s.node.name, r, strings.Join(c.preferred(*s.lead), ", "))
		s.plain = false
	}
	items := c.sortItems(s, l.Order)
	after := c.after(s, l, items)
	sel := l.Select
	if !l.Unpaged {
		sel, lead = l.Keyed(lead)
	}
	rows := c.rows(s, l, items, sel, lead, leads)
	if len(l.Facets) == 0 && (!l.Total || s.plain || s.scan || l.First == 0 && l.After == nil) {
		return c.pageInTwo(s, l, after, rows)
	}
	return c.pageInOne(s, l, after, rows)
}

// rows writes what gives a page's rows of those that stand before it in a statement: ordered, cut, each with what is selected.
func (c *compiler) rows(s *stream, l *kg.List, items [][]sortItem, sel, lead *kg.Select, leads bool) code[func(*kg.Page)] {
	lets, row := c.led(s, sel, lead, leads)
	vars := s.vars()
	order := c.orderBy(s, items)
	var b strings.Builder
	switch {
	case l.First == 0:
		// Only whether there are any.
		return code[func(*kg.Page)]{" RETURN 1 LIMIT 1", nil}
	case s.one && l.After == nil:
		c.project(&b, vars, lets, row.expr)
	case l.First < 0:
		fmt.Fprintf(&b, " WITH %s%s", strings.Join(vars, ", "), order)
		c.project(&b, vars, lets, row.expr)
	case l.Unpaged:
		fmt.Fprintf(&b, " WITH %s%s LIMIT %s", strings.Join(vars, ", "), order, c.param(int64(l.First)))
		c.project(&b, vars, lets, row.expr)
	case len(lets) == 0:
		fmt.Fprintf(&b, " WITH %s%s LIMIT %s RETURN %s", strings.Join(vars, ", "), order, c.param(int64(l.First)+1), row.expr)
	default:
		// One row more than wanted says whether there are more. It is cut off before anything is fetched for it.
		first := c.param(int64(l.First))
		got := c.variable("t")
		collected, again := c.collected(s, "the_", first)
		fmt.Fprintf(&b, " WITH %s%s LIMIT %s + 1 WITH %s %s", strings.Join(vars, ", "), order, first, collected.expr, again(fmt.Sprintf("size(%s) AS %s", collected.name, got)))
		c.project(&b, append([]string{got}, vars...), lets, "["+got+", "+row.expr+"]")
		return code[func(*kg.Page)]{b.String(), func(v any) func(*kg.Page) {
			return func(p *kg.Page) {
				for _, x := range v.([]any) {
					pair := x.([]any)
					p.More = pair[0].(int64) > int64(l.First)
					p.Rows = append(p.Rows, row.read(pair[1]))
				}
			}
		}}
	}
	return code[func(*kg.Page)]{b.String(), func(v any) func(*kg.Page) {
		return func(p *kg.Page) {
			list := v.([]any)
			if l.First >= 0 && len(list) > l.First {
				list, p.More = list[:l.First], true
			}
			p.Rows = make([]kg.Row, len(list))
			for i := range list {
				p.Rows[i] = row.read(list[i])
			}
		}
	}}
}

// project ends a subquery: what must stand alone in a WITH, then what is returned.
func (c *compiler) project(b *strings.Builder, vars, lets []string, expr string) {
	b.WriteString(letting(vars, lets) + " RETURN " + expr)
}

// pageInTwo counts and pages apart.
func (c *compiler) pageInTwo(s *stream, l *kg.List, after string, rows code[func(*kg.Page)]) code[kg.Page] {
	total := ""
	if l.Total {
		counted := cmp.Or(s.counted, s.clauses)
		total = fmt.Sprintf("COUNT { %s RETURN %s }", counted, strings.Join(s.vars(), ", "))
		if s.plain {
			total = fmt.Sprintf("COUNT { %s }", counted)
		}
		if l.First == 0 && l.After == nil {
			return code[kg.Page]{total, func(v any) kg.Page {
				n, _ := v.(int64)
				return kg.Page{Total: int(n), More: n > 0}
			}}
		}
	}
	list := fmt.Sprintf("COLLECT { %s%s%s }", s.clauses, c.onlyAfter(s, after), rows.expr)
	if !l.Total {
		return code[kg.Page]{list, func(v any) (p kg.Page) {
			if v != nil {
				readRows(&p, l, rows, v)
			}
			return p
		}}
	}
	return code[kg.Page]{"[" + total + ", " + list + "]", func(v any) (p kg.Page) {
		if v != nil {
			parts := v.([]any)
			p.Total = int(parts[0].(int64))
			readRows(&p, l, rows, parts[1])
		}
		return p
	}}
}

// onlyAfter keeps the rows behind a cursor.
func (c *compiler) onlyAfter(s *stream, after string) string {
	if after == "true" {
		return ""
	}
	return " WITH " + strings.Join(s.vars(), ", ") + " WHERE " + after
}

func readRows(p *kg.Page, l *kg.List, rows code[func(*kg.Page)], v any) {
	switch {
	case l.First != 0:
		rows.read(v)(p)
	default:
		p.More = len(v.([]any)) > 0
	}
}

// pageInOne goes through a list once, and counts, sorts into facets and pages what it has found.
func (c *compiler) pageInOne(s *stream, l *kg.List, after string, rows code[func(*kg.Page)]) code[kg.Page] {
	collected, unwind := c.collected(s, "all_", "")
	again := unwind("")
	total, list := c.variable("x"), c.variable("x")
	lets := []string{fmt.Sprintf("size(%s) AS %s", collected.name, total)}
	cursor := ""
	if after != "true" {
		cursor = " WHERE " + after
	}
	lets = append(lets, fmt.Sprintf("COLLECT { %s%s%s } AS %s", again, cursor, rows.expr, list))
	returned := []string{total, list}
	facets := make([]func(any) []kg.Bucket, len(l.Facets))
	for j := range l.Facets {
		x := c.variable("x")
		facet := c.facet(s, &l.Facets[j], collected.lists, again)
		facets[j] = facet.read
		lets = append(lets, facet.expr+" AS "+x)
		returned = append(returned, x)
	}
	expr := fmt.Sprintf("COLLECT { %s WITH %s WITH %s, %s RETURN [%s] }", cmp.Or(s.counted, s.clauses), collected.expr,
		strings.Join(collected.lists, ", "), strings.Join(lets, ", "), strings.Join(returned, ", "))
	return code[kg.Page]{expr, func(v any) kg.Page {
		if v == nil {
			return kg.Page{}
		}
		var p kg.Page
		if l.Facets != nil {
			p.Facets = make([][]kg.Bucket, len(facets))
		}
		answer := v.([]any)
		if len(answer) == 0 {
			return p // Neo4j groups by what lies around a subquery, and nothing makes no group
		}
		parts := answer[0].([]any)
		if l.Total {
			p.Total = int(parts[0].(int64))
		}
		readRows(&p, l, rows, parts[1])
		for j, read := range facets {
			p.Facets[j] = read(parts[2+j])
		}
		return p
	}}
}

// letting projects what a row is made of, see [compiler.row], beside the variables that it is made from.
func letting(vars, lets []string) string {
	if len(lets) == 0 {
		return ""
	}
	return " WITH " + joined(append(vars[:len(vars):len(vars)], lets...))
}

// collection is the rows of a stream in lists, of which name is one.
type collection struct {
	expr  string // the aggregation
	lists []string
	name  string
}

// collected gathers the rows of a stream, and gives the clauses that bind them again, one by one: the first of them, if first
// names how many. What else is to be bound with them, may be added.
func (c *compiler) collected(s *stream, prefix, first string) (collection, func(more string) string) {
	vars := s.vars()
	i := c.variable("i")
	singles := make([]string, len(vars))
	var of collection
	if s.made != nil { // whose variables may be null, which collect() leaves out
		of.name = c.variable(prefix)
		of.lists = []string{of.name}
		of.expr = fmt.Sprintf("collect([%s]) AS %s", strings.Join(vars, ", "), of.name)
		for j, v := range vars {
			singles[j] = fmt.Sprintf("%s[%s][%d] AS %s", of.name, i, j, v)
		}
	} else {
		collects := make([]string, len(vars))
		for j, v := range vars {
			list := prefix + v
			of.lists = append(of.lists, list)
			collects[j] = fmt.Sprintf("collect(%s) AS %s", v, list)
			singles[j] = fmt.Sprintf("%s[%s] AS %s", list, i, v)
		}
		of.name, of.expr = of.lists[0], strings.Join(collects, ", ")
	}
	return of, func(more string) string {
		size := "size(" + of.name + ")"
		if first != "" {
			size = fmt.Sprintf("CASE WHEN %[1]s > %[2]s THEN %[2]s ELSE %[1]s END", size, first)
		} else if len(vars) == 1 && s.made == nil {
			return fmt.Sprintf("UNWIND %s AS %s WITH %s", of.name, vars[0], vars[0])
		}
		bound := singles
		if more != "" {
			bound = append([]string{more}, singles...)
		}
		return fmt.Sprintf("UNWIND range(0, %s - 1) AS %s WITH %s", size, i, strings.Join(bound, ", "))
	}
}

// led writes a row with the facts that led to it.
func (c *compiler) led(s *stream, sel, lead *kg.Select, leads bool) ([]string, code[kg.Row]) {
	if s.made != nil {
		return s.made.row(sel)
	}
	lets, row := c.row(s.node, sel)
	switch {
	case s.lead != nil && leads:
		more, fact := c.row(*s.lead, lead)
		return append(lets, more...), code[kg.Row]{"[" + row.expr + ", " + fact.expr + "]", func(v any) kg.Row {
			pair := v.([]any)
			r := row.read(pair[0])
			r.Lead = []kg.Row{fact.read(pair[1])}
			return r
		}}
	case s.chain != "" && leads:
		f := c.fact(kg.Facts)
		more, fact := c.row(f, lead)
		x := c.variable("x")
		lets = append(lets, fmt.Sprintf("COLLECT { UNWIND %s AS %s WITH %[2]s%[3]s RETURN %[4]s } AS %[5]s", s.chain, f.name, letting([]string{f.name}, more), fact.expr, x))
		return lets, code[kg.Row]{"[" + row.expr + ", " + x + "]", func(v any) kg.Row {
			pair := v.([]any)
			r := row.read(pair[0])
			for _, f := range pair[1].([]any) {
				r.Lead = append(r.Lead, fact.read(f))
			}
			return r
		}}
	}
	return lets, row
}
