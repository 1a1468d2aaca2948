package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// differing answers a [kg.Differing]. It looks at the facts of which anything was recorded after the earlier moment, and reads the
// histories of those that were told of more than once.
func (r *reading) differing(w *kg.Differing) kg.Page {
	p := r.pager(&r.query.List)
	fits := r.predicate(&w.Fact)
	consider := func(n uint32) {
		if d := r.difference(n, w); d != nil && (w.Kinds == nil || slices.Contains(w.Kinds, d.Kind)) {
			if h := (hit{class: factHit, n: n, diff: d}); fits == nil || fits(h) {
				p.add(h)
			}
		}
	}
	if w.IDs != nil {
		r.touching(w.IDs, consider)
	} else {
		r.sinceThen(w, p, consider)
	}
	page := p.page(nil)
	r.asBefore(&page, w)
	return page
}

// touching gives the facts of some entities, each once.
func (r *reading) touching(ids []kg.ID, yield func(fact uint32)) {
	met := map[uint32]bool{}
	for _, n := range r.asked(ids) {
		for it := range r.entities.at(n).links.from(0) {
			if r.stopped() {
				return
			}
			if fact := uint32(it); !met[fact] {
				met[fact] = true
				yield(fact)
			}
		}
	}
}

// sinceThen gives the facts of which anything was recorded after the earlier moment: all of them where they are to be counted,
// else the newest first, until what is still to come can't be on the page.
func (r *reading) sinceThen(w *kg.Differing, p *pager, yield func(fact uint32)) {
	first := secondOf(moment(w.From))
	low := r.byLast.rank(func(it uint64) bool { return uint32(it>>32) < first })
	if l := p.l; l.Total || l.Facets != nil || l.First < 0 {
		for it := range r.byLast.from(low) {
			if r.stopped() {
				return
			}
			yield(uint32(it))
		}
		return
	}
	for rank := r.byLast.len() - 1; rank >= low && !r.stopped(); rank-- {
		it := r.byLast.at(rank)
		if p.heap && secondOf(moment(p.rows[0].diff.At)) > uint32(it>>32) {
			return // the page is full of what is newer
		}
		yield(uint32(it))
	}
}

// difference says what became of a fact; nil where nothing did.
func (r *reading) difference(n uint32, w *kg.Differing) *kg.Difference {
	f := r.facts.at(n)
	known := r.knownAt == never || f.recorded <= r.knownAt
	switch {
	case f.last <= moment(w.From) || !known:
		return nil
	case f.flags&toldOnce != 0:
		if f.state != kg.Accepted {
			return nil
		}
		return &kg.Difference{Kind: kg.DiffAdded, At: timeOf(f.recorded)}
	}
	h := r.history(f)
	if h == nil {
		return nil
	}
	to := now
	if r.knownAt != never {
		to = r.query.KnownAt
	}
	d, after := h.Difference(w.From, to, r.sourceNamed)
	if d != nil && r.knownAt != never && r.knownAt < f.last {
		r.remember(n, f, h, after)
	}
	return d
}

// asBefore puts the facts of a page as they were at the earlier moment, with what was followed from them then.
func (r *reading) asBefore(page *kg.Page, w *kg.Differing) {
	q := *r.query
	q.KnownAt = w.From
	before := &reading{graph: r.graph, store: r.store, ctx: r.ctx, query: &q, day: r.day, knownAt: moment(w.From), file: r.file, err: r.err}
	r.file = nil // one question reads by one file, lest two wait for each other's
	for i := range page.Rows {
		d := page.Rows[i].Difference
		if d.Before == nil {
			continue
		}
		n, _ := r.graph.fact(page.Rows[i].ID())
		h := hit{class: factHit, n: n}
		row := before.row(&h, without(q.Select))
		before.expand(&row, &h, q.Select)
		d.Before = &row
	}
	r.file, r.err = before.file, before.err
}

// lastItem makes the item by which a fact stands in the order of when anything was last recorded of it: by the second, which is
// enough to find those after a moment.
func lastItem(f *fact, n uint32) uint64 { return item(secondOf(f.last), n) }

// secondOf gives the second of a moment, from 1970 to 2106; what lies before or after comes first or last.
func secondOf(moment int64) uint32 {
	return uint32(min(max(moment/1e6, 0), 1<<32-1))
}
