package sqlitestore

import (
	"github.com/ententegraph/entente/internal/kg"
)

// named answers for the ids of a query, one row for each.
func (r *reading) named(ids []kg.ID) kg.Page {
	l := &r.query.List
	p := kg.Page{Rows: make([]kg.Row, len(ids))}
	var found []hit
	total := 0
	for i, id := range ids {
		if r.stopped() {
			return kg.Page{}
		}
		h := r.named1(id)
		if h.class != noHit && !r.wanted(&h, l) {
			h = hit{}
		}
		if h.class != noHit {
			total++
			if l.Facets != nil {
				found = append(found, h)
			}
			p.Rows[i] = r.row(&h, without(l.Select))
		}
		r.expand(&p.Rows[i], &h, l.Select)
	}
	p.Facets = r.facets(found, l.Facets)
	if l.Total {
		p.Total = total
	}
	return p
}

// list answers a question for all nodes of some kinds.
func (r *reading) list() kg.Page {
	l := &r.query.List
	p := r.pager(l)
	r.all(l, func(h hit) bool {
		if r.wanted(&h, l) {
			p.add(h)
		}
		return !r.stopped()
	})
	return p.page(nil)
}

// all gives every node of the kinds of a list.
func (r *reading) all(l *kg.List, yield func(hit) bool) {
	for k := range kg.Kind(maxKinds) {
		if l.Kinds != 0 && !l.Kinds.Has(k) {
			continue
		}
		for it := range r.byID[k].from(0) {
			if !yield(hit{class: classOf(k), n: uint32(it)}) {
				return
			}
		}
	}
}

func classOf(k kg.Kind) hitClass {
	switch {
	case k.IsEntity():
		return entityHit
	case k.IsFact():
		return factHit
	}
	return sourceHit
}
