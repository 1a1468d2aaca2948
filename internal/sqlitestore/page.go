package sqlitestore

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// ranked is a node with what decides its place in a list.
type ranked struct {
	hit
	keys []sortKey
	came int // so that what nothing tells apart stays as it came
}

// pager chooses the page of a list from all of its nodes, in whatever order they come. It keeps no more of them than the page
// has, and one that says that there are more.
type pager struct {
	r     *reading
	l     *kg.List
	after *place
	keep  int // how many; -1 for all
	rows  []ranked
	heap  bool // whether the largest of the rows comes first
	total int
	all   []hit // for facets
	keys  []sortKey
	store []sortKey // for the keys of rows

	// Of neighbours that come in order: the one that may still be led to by a better fact, and how many came by the same links.
	pending hit
	since   int
	runs    bool // the rows are two runs in order, of which the second begins at run
	run     int
	room    int      // for how many rows there is, as each run may have a page of them
	spare   []ranked // to merge them in
}

// pager gives one, which may have been used for another list of the question; page is the end of it.
func (r *reading) pager(l *kg.List) *pager {
	var p *pager
	if n := len(r.pagers); n > 0 {
		p, r.pagers = r.pagers[n-1], r.pagers[:n-1]
		*p = pager{rows: p.rows[:0], spare: p.spare[:0], keys: p.keys[:0], store: p.store[:0]}
	} else {
		p = &pager{}
	}
	p.r, p.l, p.after, p.keep = r, l, placeOf(l.After, l.Order), -1
	if l.First >= 0 {
		p.keep = l.First + 1
	}
	return p
}

// add offers a node.
func (p *pager) add(h hit) {
	p.total++
	if p.l.Facets != nil {
		p.all = append(p.all, h)
	}
	if p.l.First == 0 && p.after == nil { // which of them there are does not matter
		if len(p.rows) == 0 {
			p.rows = append(p.rows, ranked{hit: h})
		}
		return
	}
	p.keys = p.keys[:0]
	for i := range p.l.Order {
		p.keys = append(p.keys, p.r.sortKey(&h, &p.l.Order[i]))
	}
	x := ranked{hit: h, keys: p.keys, came: p.total}
	if p.after != nil && !p.isAfter(&x) {
		return
	}
	if p.keep < 0 || len(p.rows) < max(p.keep, p.room) {
		x.keys = p.stored()
		if cap(p.rows) == 0 {
			p.rows = make([]ranked, 0, p.expected())
		}
		p.rows = append(p.rows, x)
		return
	}
	if !p.heap {
		p.heap = true
		for i := len(p.rows)/2 - 1; i >= 0; i-- {
			p.sink(i)
		}
	}
	if p.compare(&x, &p.rows[0]) < 0 {
		x.keys = append(p.rows[0].keys[:0], p.keys...)
		p.rows[0] = x
		p.sink(0)
	}
}

// expected is how many rows there is room for at first.
func (p *pager) expected() int {
	if p.keep < 0 {
		return 8
	}
	return min(p.keep, 16)
}

// stored keeps the keys that were made last.
func (p *pager) stored() []sortKey {
	n := len(p.keys)
	if n == 0 {
		return nil
	}
	if cap(p.store)-len(p.store) < n {
		p.store = make([]sortKey, 0, n*max(p.expected(), len(p.rows)))
	}
	p.store = append(p.store, p.keys...)
	return p.store[len(p.store)-n : len(p.store) : len(p.store)]
}

// sink puts the largest of the rows that are kept first, as a heap does.
func (p *pager) sink(i int) {
	for {
		child := 2*i + 1
		if child >= len(p.rows) {
			return
		}
		if child+1 < len(p.rows) && p.compare(&p.rows[child+1], &p.rows[child]) > 0 {
			child++
		}
		if p.compare(&p.rows[child], &p.rows[i]) <= 0 {
			return
		}
		p.rows[i], p.rows[child] = p.rows[child], p.rows[i]
		i = child
	}
}

// chosen gives the nodes of the page, and whether there are more.
func (p *pager) chosen() (rows []ranked, more bool) {
	if p.runs && !p.heap {
		p.merge()
	} else {
		slices.SortFunc(p.rows, func(a, b ranked) int { return p.compare(&a, &b) })
	}
	if p.l.First >= 0 && len(p.rows) > p.l.First {
		return p.rows[:p.l.First], true
	}
	return p.rows, false
}

// merge makes one run of two.
func (p *pager) merge() {
	a, b := p.rows[:p.run], p.rows[p.run:]
	if len(a) == 0 || len(b) == 0 {
		return
	}
	for len(a) > 0 && len(b) > 0 {
		if p.compare(&a[0], &b[0]) < 0 {
			p.spare, a = append(p.spare, a[0]), a[1:]
		} else {
			p.spare, b = append(p.spare, b[0]), b[1:]
		}
	}
	p.spare = append(append(p.spare, a...), b...)
	p.rows, p.spare = p.spare, p.rows
}

// compare says which of two nodes of the list comes first.
func (p *pager) compare(a, b *ranked) int {
	for i := range p.l.Order {
		if c := compareKeys(a.keys[i], b.keys[i], p.l.Order[i].Desc); c != 0 {
			return c
		}
	}
	if a.class != b.class || a.n != b.n {
		if c := strings.Compare(string(p.r.id(&a.hit)), string(p.r.id(&b.hit))); c != 0 {
			return c
		}
	}
	if a.led && b.led && a.lead != b.lead && !p.l.Distinct {
		return strings.Compare(string(p.r.factID(a.lead)), string(p.r.factID(b.lead)))
	}
	return cmp.Compare(a.came, b.came)
}

// isAfter says whether a node stands behind the place where the page begins.
func (p *pager) isAfter(x *ranked) bool {
	for i := range p.l.Order {
		if c := compareKeys(x.keys[i], p.after.keys[i], p.l.Order[i].Desc); c != 0 {
			return c > 0
		}
	}
	if c := strings.Compare(string(p.r.id(&x.hit)), string(p.after.node)); c != 0 {
		return c > 0
	}
	fact := kg.ID("")
	if x.led && !p.l.Distinct {
		fact = p.r.factID(x.lead)
	}
	return fact > p.after.fact
}

// sortKey is what an order says of a node.
func (r *reading) sortKey(h *hit, o *kg.Order) sortKey {
	switch {
	case o.OfFact:
		return r.sortKey(&hit{class: factHit, n: h.lead}, &kg.Order{Field: o.Field})
	case h.class == entityHit && o.Field == kg.FieldName:
		return sortKey{text: r.entities.at(h.n).Key, known: true}
	case h.class == factHit && o.Field == kg.FieldSince:
		v, _ := r.at(h.n)
		return dateKey(v.date(v.since))
	}
	return sortKeyOf(r.value(h, o.Field), o.Field)
}

// page makes the page of the nodes that were offered.
func (p *pager) page(follow *kg.Follow) kg.Page {
	var out kg.Page
	if p.l.Facets != nil {
		out.Facets = p.r.facets(p.all, p.l.Facets)
	}
	if p.l.Total {
		out.Total = p.total
	}
	rows, more := p.chosen()
	out.More = more
	out.Rows = p.r.rows(rows, p.l.Select, follow)
	p.r.pagers = append(p.r.pagers, p)
	return out
}

// without says which parts of what is selected nobody reads.
func without(s *kg.Select) kg.Parts {
	if s == nil {
		return 0
	}
	return s.Without
}

// rows makes the rows of nodes, with the facts that led and with what is followed from them.
func (r *reading) rows(from []ranked, s *kg.Select, follow *kg.Follow) []kg.Row {
	if len(from) == 0 {
		return nil
	}
	rows := make([]kg.Row, len(from))
	parts := without(s)
	for i := range from {
		if r.stopped() {
			return nil
		}
		rows[i] = r.row(&from[i].hit, parts)
	}
	r.leads(rows, from, follow)
	for i := range from {
		r.expand(&rows[i], &from[i].hit, s)
	}
	return rows
}

// leads sets the facts that led to rows.
func (r *reading) leads(rows []kg.Row, from []ranked, follow *kg.Follow) {
	if follow == nil {
		return
	}
	var s *kg.Select
	parts := kg.AllParts
	if s = follow.Lead; s != nil {
		parts = s.Without
	}
	switch {
	case follow.Way == kg.Up || follow.Way == kg.Down:
		if s == nil {
			return
		}
		for i := range rows {
			rows[i].Lead = r.chain(from[i].chain, s)
		}
	case follow.Way.ByFact():
		if s == nil && (follow.Single || follow.Distinct && !ofFact(follow.Order)) {
			return
		}
		all, facts := make([]kg.Row, len(rows)), make([]uint32, len(rows))
		for i := range from {
			facts[i] = from[i].lead
		}
		for i, fact := range r.wholeFacts(facts, parts) {
			all[i].Fact = fact
			r.expand(&all[i], &hit{class: factHit, n: facts[i]}, s)
			rows[i].Lead = all[i : i+1 : i+1]
		}
	}
}

func ofFact(orders []kg.Order) bool {
	return slices.ContainsFunc(orders, func(o kg.Order) bool { return o.OfFact })
}

// chain makes the rows of a chain of facts, the first step first.
func (r *reading) chain(c *chainLink, s *kg.Select) []kg.Row {
	var rows []kg.Row
	for ; c != nil; c = c.before {
		h := hit{class: factHit, n: c.fact}
		row := r.row(&h, without(s))
		r.expand(&row, &h, s)
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows
}

// expand follows what is selected from a row.
func (r *reading) expand(row *kg.Row, h *hit, s *kg.Select) {
	if s == nil || r.stopped() {
		return
	}
	if s.Degrees && h.class == entityHit {
		row.Degrees = r.degrees(h.n)
	}
	row.Pages = make([]kg.Page, len(s.Follow))
	for j := range s.Follow {
		if f := &s.Follow[j]; f.Owners.Has(r.kind(h)) {
			row.Pages[j] = r.follow(h, f)
		}
	}
}
