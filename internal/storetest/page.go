package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testPage proves that pages, put together, are the list: nothing twice, nothing left out, whatever the order.
func testPage(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:hub", "country:k")
	for i := range 11 {
		// Few names and numbers, so that most rows stand at a tie, and some that are unknown.
		id := g.entity(kg.ID(fmt.Sprintf("city:%02d", 10-i)), []string{"a", "Á", "b"}[i%3], func(e *kg.Entity) {
			if i%4 != 0 {
				holding("population", i%2)(e)
			}
		})
		g.fact(fmt.Sprint(i), kg.PartnersWith, "city:hub", id, func(r *kg.FactRecord) {
			if i%3 != 0 {
				since(fmt.Sprint(2000 + i%2))(r)
			}
		})
		if i%2 == 0 {
			g.fact(fmt.Sprint("again ", i), kg.PartnersWith, "city:hub", id, with("type", "OTHER"), since("2001"))
		}
	}
	g.apply()

	population := own(kg.City, "population")
	for name, order := range map[string][]kg.Order{
		"id":                      nil,
		"name":                    {asc(kg.FieldName)},
		"name, backwards":         {desc(kg.FieldName)},
		"number":                  {asc(population)},
		"number, backwards":       {desc(population)},
		"number, name":            {desc(population), asc(kg.FieldName)},
		"name, number, backwards": {desc(kg.FieldName), desc(population)},
	} {
		t.Run(name, func(t *testing.T) { g.on(t).pages(all(kg.City, by(order...))) })
	}
	for name, order := range map[string][]kg.Order{
		"facts by id":              nil,
		"facts by since":           {asc(kg.FieldSince)},
		"facts, newest first":      {desc(kg.FieldSince)},
		"facts by kind, backwards": {desc(own(kg.PartnersWith, "detail")), desc(kg.FieldConfidence)},
	} {
		t.Run(name, func(t *testing.T) { g.on(t).pages(all(kg.PartnersWith, by(order...))) })
	}
	for name, options := range map[string][]option{
		"relation by id":               nil,
		"relation by name":             {by(asc(kg.FieldName))},
		"relation by the fact's since": {by(ofFact(desc(kg.FieldSince)), asc(kg.FieldName))},
		"relation, each node once":     {by(asc(kg.FieldName)), distinct},
		"relation, what fits":          {by(desc(population)), where(kg.Words{Field: kg.FieldName, Is: []string{"a"}})},
	} {
		t.Run(name, func(t *testing.T) {
			g.on(t).pagesOf("city:hub", along(kg.Both, kg.PartnersWith, kg.Entities, options...))
		})
	}
	t.Run("past the end", func(t *testing.T) {
		g := g.on(t)
		whole := g.read(all(kg.City))
		end := cursorAt(&whole.Rows[len(whole.Rows)-1], nil)
		g.want(all(kg.City, after(end), first(5), total), "of 12")
	})
	t.Run("while the list changes", func(t *testing.T) { testPageInsert(t, open) })
	t.Run("while another fact comes to lead", func(t *testing.T) { testPageLead(t, open) })
}

// pages reads a list page by page, with pages of every size, and compares with the list.
func (g *fixture) pages(q kg.Query) {
	g.t.Helper()
	q.Total = true
	g.pagesWith(&q.List, func(l kg.List) *kg.Page {
		q := q
		q.List = l
		return g.read(q)
	})
}

// pagesOf does so with a relation of one node.
func (g *fixture) pagesOf(owner kg.ID, f kg.Follow) {
	g.t.Helper()
	f.Total = true
	g.pagesWith(&f.List, func(l kg.List) *kg.Page {
		f := f
		f.List = l
		return &g.row(the(owner, follow(f))).Pages[0]
	})
}

func (g *fixture) pagesWith(l *kg.List, read func(kg.List) *kg.Page) {
	g.t.Helper()
	whole := read(*l)
	if len(whole.Rows) != whole.Total {
		g.t.Fatalf("%s\ngave %d rows and a total of %d", describeList(l), len(whole.Rows), whole.Total)
	}
	for size := 1; size <= len(whole.Rows)+1; size++ {
		l := *l
		l.First = size
		var got []kg.Row
		for pages := 0; ; pages++ {
			p := read(l)
			got = append(got, p.Rows...)
			wantMore := len(got) < whole.Total
			if p.More != wantMore || p.Total != whole.Total || len(p.Rows) > size || len(p.Rows) == 0 || pages > whole.Total {
				g.t.Fatalf("%s\ngave   %s\nas page %d of a list of %d", describeList(&l), g.text(p, &l), pages+1, whole.Total)
			}
			if !p.More {
				break
			}
			l.After = cursorAt(&p.Rows[len(p.Rows)-1], l.Order)
		}
		want := g.text(&kg.Page{Rows: whole.Rows}, &kg.List{})
		if got := g.text(&kg.Page{Rows: got}, &kg.List{}); got != want {
			g.t.Fatalf("%s\nin pages of %d gave\n%s\nwanted, as in one page,\n%s", describeList(&l), size, got, want)
		}
	}
}

// cursorAt is the cursor of a row, having been through a client's hands.
func cursorAt(r *kg.Row, order []kg.Order) *kg.Cursor {
	c, err := kg.ParseCursor(kg.Cursor{Key: (&kg.List{Order: order}).KeyOf(r)}.String(), 0, order)
	if err != nil {
		panic(err)
	}
	return c
}

// testPageInsert changes a list between two of its pages: what stood on neither side of the change is neither lost nor repeated.
func testPageInsert(t *testing.T, open opener) {
	g := newFixture(t, open)
	for _, key := range strings.Fields("b d f h") {
		g.add(kg.ID("city:" + key))
	}
	g.add("country:k")
	removed := g.fact("d", kg.LocatedIn, "city:d", "country:k")
	for _, key := range strings.Fields("b f h") {
		g.fact(key, kg.LocatedIn, kg.ID("city:"+key), "country:k")
	}
	g.apply()

	byName := by(asc(kg.FieldName))
	p := g.read(all(kg.City, byName, first(2)))
	cursor := cursorAt(&p.Rows[1], []kg.Order{asc(kg.FieldName)})
	below := along(kg.Down, kg.LocatedIn, kg.SetOf(kg.City), byName, first(2))
	p = &g.row(the("country:k", follow(below))).Pages[0]
	below.After = cursorAt(&p.Rows[1], below.Order)

	g.add("city:a", "city:e")
	g.retract(removed, late)
	g.apply()
	g.want(all(kg.City, byName, after(cursor)), "city:e city:f city:h")
	g.want(the("country:k", follow(below)), "country:k{city:f(f) city:h(h)}")
}

// testPageLead lets a surer fact lead to the node at which a page has ended. The list has each node once, so the node stays
// where it was, whichever of the two facts has the larger id.
func testPageLead(t *testing.T, open opener) {
	for _, added := range []string{"1", "2", "3", "4"} {
		g := newFixture(t, open)
		g.add("city:a", "city:b", "city:c", "country:k")
		for _, city := range ids("city:a", "city:b", "city:c") {
			g.fact("in "+string(city), kg.LocatedIn, city, "country:k", sure(0.5))
		}
		g.apply()
		lists := []kg.Follow{
			along(kg.Down, kg.LocatedIn, kg.SetOf(kg.City), first(2)),
			along(kg.In, kg.LocatedIn, kg.SetOf(kg.City), first(2), distinct),
		}
		for i := range lists {
			p := &g.row(the("country:k", follow(lists[i]))).Pages[0]
			lists[i].After = cursorAt(&p.Rows[1], nil)
		}
		g.fact("added", kg.LocatedIn, "city:b", "country:k", key(added))
		g.apply()
		for _, l := range lists {
			g.want(the("country:k", follow(l)), "country:k{city:c(in city:c)}")
		}
	}
}
