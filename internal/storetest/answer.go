package storetest

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// Answers are compared as text, which is short to write in a case and short to read in a failure:
//
//	city:a city:b … of 7          two rows, more after them, seven in all (if asked)
//	city:a(f) -                   led to by the fact f (as the fixture calls it); an id that names nothing
//	city:a{zone:x | } city:b{ | } what was followed from each, a page for each relation
//	2020 RECORDED f               a change of the year 2020, of a fact; see changeText

// asked is one case: a query and the answer that is wanted.
type asked struct {
	name  string
	query kg.Query
	want  string
}

// answers runs cases, each as a test of its own.
func (g *fixture) answers(cases ...asked) {
	g.t.Helper()
	for _, c := range cases {
		g.t.Run(c.name, func(t *testing.T) {
			t.Helper()
			g.on(t).want(c.query, c.want)
		})
	}
}

// on is the fixture inside a test of its own.
func (g *fixture) on(t *testing.T) *fixture {
	inner := *g
	inner.t = t
	return &inner
}

// want asks one query.
func (g *fixture) want(q kg.Query, want string) {
	g.t.Helper()
	if got := g.text(g.read(q), &q.List); got != want {
		g.t.Errorf("Read(%s)\ngave   %s\nwanted %s", describe(&q), got, want)
	}
}

// read asks a query that must be answered.
func (g *fixture) read(q kg.Query) *kg.Page {
	g.t.Helper()
	p, err := g.store.Read(g.t.Context(), &q)
	if err != nil {
		g.t.Fatalf("Read(%s) = %v, want no error", describe(&q), err)
	}
	return p
}

// row asks for one node, which must be there.
func (g *fixture) row(q kg.Query) *kg.Row {
	g.t.Helper()
	p := g.read(q)
	if len(p.Rows) != 1 || p.Rows[0].Kind() == kg.NoKind {
		g.t.Fatalf("Read(%s)\ngave   %s\nwanted one row", describe(&q), g.text(p, &q.List))
	}
	return &p.Rows[0]
}

// text writes a page.
func (g *fixture) text(p *kg.Page, l *kg.List) string {
	var parts []string
	for i := range p.Rows {
		parts = append(parts, g.rowText(&p.Rows[i], l.Select))
	}
	if p.More {
		parts = append(parts, "…")
	}
	if l.Total {
		parts = append(parts, fmt.Sprintf("of %d", p.Total))
	}
	return strings.Join(parts, " ")
}

func (g *fixture) rowText(r *kg.Row, s *kg.Select) string {
	text := g.nodeText(r)
	if len(r.Lead) > 0 {
		facts := make([]string, len(r.Lead))
		for i := range r.Lead {
			facts[i] = g.nodeText(&r.Lead[i])
		}
		text += "(" + strings.Join(facts, " ") + ")"
	}
	if s == nil || r.Kind() == kg.NoKind {
		return text
	}
	if len(r.Pages) != len(s.Follow) {
		return fmt.Sprintf("%s{%d pages for %d relations}", text, len(r.Pages), len(s.Follow))
	}
	pages := make([]string, len(r.Pages))
	for i := range r.Pages {
		pages[i] = g.text(&r.Pages[i], &s.Follow[i].List)
	}
	return text + "{" + strings.Join(pages, " | ") + "}"
}

func (g *fixture) nodeText(r *kg.Row) string {
	switch {
	case r.Fact != nil:
		if label, ok := g.labels[r.Fact.ID]; ok {
			return label
		}
	case r.Evidence != nil:
		if r.Evidence.Quote != "" {
			return fmt.Sprintf("%q", r.Evidence.Quote)
		}
		return r.Evidence.Locator
	case r.Status != nil:
		return r.Status.Value + " on " + r.Status.On.String()
	case r.Change != nil:
		return g.changeText(r.Change)
	case r.Kind() == kg.NoKind:
		return "-"
	}
	return string(r.ID())
}

// changeText writes a change: 2020 CREATED, 2020 RECORDED f, 2021 UPDATED population 5 to 6.
func (g *fixture) changeText(c *kg.Change) string {
	text := fmt.Sprintf("%d %s", c.At.Year(), c.Type)
	switch {
	case c.By != kg.ByImport:
		return text + " by " + c.By
	case c.Fact != "":
		return text + " " + g.labels[c.Fact]
	case c.Field != "":
		return fmt.Sprintf("%s %s %s to %s", text, c.Field, cmp.Or(c.Before, "nothing"), cmp.Or(c.After, "nothing"))
	}
	return text
}

// buckets writes a facet: CN 3, FR 1, "" 2.
func buckets(bs []kg.Bucket) string {
	parts := make([]string, len(bs))
	for i, b := range bs {
		label := ""
		if b.Label != b.Key {
			label = fmt.Sprintf(" (%s)", b.Label)
		}
		if b.Key == "" {
			b.Key = `""`
		}
		parts[i] = fmt.Sprintf("%s%s %d", b.Key, label, b.Count)
	}
	return strings.Join(parts, ", ")
}

// describe writes a query for a failure: what it begins at, then what is asked of it.
func describe(q *kg.Query) string {
	var b strings.Builder
	if q.IDs != nil {
		fmt.Fprintf(&b, "%q ", q.IDs)
	}
	if q.Walk != nil {
		fmt.Fprintf(&b, "%T%+v ", q.Walk, q.Walk)
	}
	b.WriteString(describeList(&q.List))
	if q.AsOf != nil {
		fmt.Fprintf(&b, ", as of %s", *q.AsOf)
	}
	if !q.KnownAt.IsZero() {
		fmt.Fprintf(&b, ", known at %s", q.KnownAt.Format("2006-01-02"))
	}
	return b.String()
}

func describeList(l *kg.List) string {
	var parts []string
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if l.Kinds != 0 {
		say("%s", l.Kinds)
	}
	if l.Where != nil {
		say("where %s", l.Where)
	}
	for _, o := range l.Order {
		say("by %s (desc %t, of fact %t)", o.Field.Name, o.Desc, o.OfFact)
	}
	if l.Distinct {
		say("distinct")
	}
	if l.First >= 0 {
		say("first %d", l.First)
	}
	if l.After != nil {
		say("after %v", l.After.Key)
	}
	if l.Select != nil {
		for i := range l.Select.Follow {
			f := &l.Select.Follow[i]
			single := ""
			if f.Single {
				single = "the one "
			}
			say("{%s%s: %s}", single, f.Relation, describeList(&f.List))
		}
	}
	return strings.Join(parts, ", ")
}

func describeBatch(b *kg.Batch) string {
	return fmt.Sprintf("%d sources, %d entities, %d aliases, %d facts, %d retractions",
		len(b.Sources), len(b.Entities), len(b.Aliases), len(b.Facts), len(b.Retract))
}
