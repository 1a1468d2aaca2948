package storetest

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// dump writes an answer whole, a line for each thing in it, so that answers are equal if and only if their dumps are. What a
// store may choose is left out: the totals of what was not asked to be counted, and whether an empty list is nil.
type dump struct {
	strings.Builder
	depth int
}

func (d *dump) line(format string, args ...any) {
	d.WriteString(strings.Repeat("  ", d.depth))
	fmt.Fprintf(d, format+"\n", args...)
}

// page writes a page of a list. led says that the facts that led are read, and not only a row's key made of them.
func (d *dump) page(p *kg.Page, total, led bool, s *kg.Select) {
	if total {
		d.line("total %d", p.Total)
	}
	for _, f := range p.Facets {
		d.line("facet %v", f)
	}
	d.rows(p.Rows, led, s)
	if p.More {
		d.line("more")
	}
}

func (d *dump) rows(rows []kg.Row, led bool, s *kg.Select) {
	for i := range rows {
		d.row(&rows[i], led, s)
	}
}

// walk writes what walks find besides rows.
func (d *dump) walk(p *kg.Page, q *kg.Query) {
	d.line("truncated %t, omitted %v, statistics %s", p.Truncated, p.Omitted, asText(p.Statistics))
	d.rows(p.Facts, true, q.Select)
	for i := range p.Groups {
		d.line("group %d", i)
		d.page(&p.Groups[i], q.Total, true, q.Select)
	}
}

func (d *dump) row(r *kg.Row, led bool, s *kg.Select) {
	d.line("%s %s", r.Kind(), node(r))
	d.depth++
	defer func() { d.depth-- }()
	if m := r.Moment; m != nil {
		field := "no field"
		if m.Field != nil {
			field = m.Field.Name
		}
		d.line("on %s, %s: %q", m.On, field, m.Title)
	}
	if diff := r.Difference; diff != nil {
		d.line("%s at %s", diff.Kind, diff.At)
		if diff.Before != nil {
			d.line("before")
			d.row(diff.Before, true, s)
		}
	}
	for i := range r.Lead {
		if !led {
			continue // a store may give as much of it as a row's place needs
		}
		d.line("led by")
		d.row(&r.Lead[i], true, nil) // with the pages that it has
	}
	for i := range r.Pages {
		d.line("page %d", i)
		p := &r.Pages[i]
		total := s != nil && i < len(s.Follow) && s.Follow[i].Total && s.Follow[i].Owners.Has(r.Kind())
		var next *kg.Select
		led := false
		if s != nil && i < len(s.Follow) {
			next, led = s.Follow[i].Select, s.Follow[i].Lead != nil
		}
		d.page(p, total, led, next)
	}
}

// node writes all that a node holds.
func node(r *kg.Row) string {
	switch {
	case r.Entity != nil:
		return asText(tidyEntity(r.Entity))
	case r.Fact != nil:
		return asText(tidyFact(r.Fact))
	case r.Source != nil:
		return asText(r.Source)
	case r.Evidence != nil:
		return asText(r.Evidence)
	case r.Change != nil:
		return asText(r.Change)
	case r.Status != nil:
		s := *r.Status
		s.DecidedBy = tidy(s.DecidedBy)
		return asText(s)
	}
	return ""
}

func asText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // nothing in an answer can't be written
	}
	return string(b)
}
