package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// evidence is what a fact, or an entity's fields, rest on. A node keeps its evidence in one property, so that the list is made
// here; only the sources that are read from there are fetched with it.
func (c *compiler) evidence(n node, f *kg.Follow, of *kg.Select) followed {
	if n.class == aSource {
		return followed{"", func(*kg.Row, any) kg.Page { return c.nothing(&f.List) }}
	}
	evidence := "null"
	if of.Without&kg.PartEvidence != 0 {
		evidence = n.prop("evidence")
	}
	below := c.belowEvidence(f.Select, func(s node) string {
		return fmt.Sprintf("UNWIND coalesce(%s, []) AS %s_id WITH DISTINCT %[2]s_id MATCH (%[2]s:Source {id: %[2]s_id})", c.sourcesOf(n, f), s.name)
	})
	field := ""
	if f.Field != nil {
		field = f.Field.Name
	}
	expr := ""
	if evidence != "null" || below.expr != "" {
		expr = fmt.Sprintf("[%s, %s]", evidence, orNull(below.expr))
	}
	return followed{expr, func(r *kg.Row, v any) kg.Page {
		parts, _ := v.([]any)
		var list []kg.Evidence
		switch {
		case evidence != "null" && parts != nil:
			list = readEvidence(parts[0])
		case r.Entity != nil:
			list = r.Entity.Evidence
		case r.Fact != nil:
			list = r.Fact.Evidence
		}
		if r.Entity != nil {
			whole := *r.Entity
			whole.Evidence = list
			list = whole.EvidenceFor(field)
		}
		var found any
		if parts != nil {
			found = parts[1]
		}
		return c.evidencePage(list, &f.List, below.read(found))
	}}
}

// sourcesOf gives the sources that a node's evidence names: of the first pieces alone, where only these can be shown.
func (c *compiler) sourcesOf(n node, f *kg.Follow) string {
	sources := n.prop("ev_source")
	if n.class == aFact && f.First > 0 && f.After == nil && len(f.Order) == 0 && c.knownAt.IsZero() {
		sources += "[.." + c.param(int64(f.First)) + "]"
	}
	return sources
}

// evidencePage pages evidence, as far as it had been recorded by the moment of the question.
func (c *compiler) evidencePage(list []kg.Evidence, l *kg.List, expand func(*kg.Row)) kg.Page {
	var rows []kg.Row
	for i := range list {
		if c.knownAt.IsZero() || !list[i].RecordedAt.After(c.knownAt) {
			rows = append(rows, kg.Row{Evidence: &list[i]})
		}
	}
	return pageOf(rows, l, expand)
}

// belowEvidence fetches what is selected of evidence: its source. match binds the sources that may be needed.
func (c *compiler) belowEvidence(s *kg.Select, match func(node) string) code[func(*kg.Row)] {
	if s == nil {
		return code[func(*kg.Row)]{"", func(any) func(*kg.Row) { return func(*kg.Row) {} }}
	}
	var expr string
	reads := make([]func(any) map[kg.ID]kg.Row, len(s.Follow))
	var exprs []string
	for i := range s.Follow {
		f := &s.Follow[i]
		if f.Way != kg.SourceOf || !f.Owners.Has(kg.EvidenceKind) {
			continue
		}
		n := c.source()
		lets, row := c.row(n, f.Select)
		at := len(exprs)
		cond := all(c.kindsOnly(n, f.Kinds), c.predicate(n, f.Where))
		exprs = append(exprs, fmt.Sprintf("COLLECT { %s%s%s RETURN %s }", match(n), where(cond), letting([]string{n.name}, lets), row.expr))
		reads[i] = func(v any) map[kg.ID]kg.Row {
			sources := map[kg.ID]kg.Row{}
			lists, _ := v.([]any)
			if lists == nil {
				return sources
			}
			for _, x := range lists[at].([]any) {
				r := row.read(x)
				sources[r.ID()] = r
			}
			return sources
		}
	}
	if len(exprs) > 0 {
		expr = "[" + joined(exprs) + "]"
	}
	return code[func(*kg.Row)]{expr, func(v any) func(*kg.Row) {
		found := make([]map[kg.ID]kg.Row, len(reads))
		for i, read := range reads {
			if read != nil {
				found[i] = read(v)
			}
		}
		return func(r *kg.Row) {
			r.Pages = make([]kg.Page, len(s.Follow))
			for i := range s.Follow {
				if found[i] == nil {
					continue
				}
				var rows []kg.Row
				if source, ok := found[i][r.Evidence.Source]; ok {
					rows = append(rows, source)
				}
				r.Pages[i] = pageOf(rows, &s.Follow[i].List, func(*kg.Row) {})
			}
		}
	}}
}

// kindsOnly is false where a source is not among the kinds wanted.
func (c *compiler) kindsOnly(n node, kinds kg.KindSet) string {
	return truth(kinds == 0 || kinds&n.kinds != 0)
}

func orNull(expr string) string {
	if expr == "" {
		return "null"
	}
	return expr
}
