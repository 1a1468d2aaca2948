package sqlitestore

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// linked is an entity that some of the compared are linked with.
type linked struct {
	n     uint32
	facts []uint32 // that link it
	first int      // which of the compared was found to be linked with it first
	last  int      // and which last
	by    int      // how many of them are
}

// comparing answers a [kg.Comparing].
func (r *reading) comparing(w *kg.Comparing) kg.Page {
	p := kg.Page{Rows: make([]kg.Row, len(w.IDs)), Groups: make([]kg.Page, 1+len(w.IDs))}
	compared := make([]hit, len(w.IDs))
	for i, id := range w.IDs {
		n, ok := r.canonical(id)
		if ok && !slices.ContainsFunc(compared, func(h hit) bool { return h.class == entityHit && h.n == n }) {
			compared[i] = hit{class: entityHit, n: n}
			p.Rows[i] = r.row(&compared[i], without(r.query.Select))
		}
	}
	var shared []*linked
	only := make([][]*linked, len(w.IDs))
	for _, l := range r.linked(compared) {
		if l.by > 1 {
			shared = append(shared, l)
		} else {
			only[l.first] = append(only[l.first], l)
		}
	}
	p.Groups[0] = r.group(shared, w.Shared)
	for i := range only {
		p.Groups[i+1] = r.group(only[i], w.Only)
	}
	return p
}

// linked finds all that the compared are linked with, apart from themselves.
func (r *reading) linked(compared []hit) map[uint32]*linked {
	links := map[uint32]*linked{}
	for i, h := range compared {
		if h.class == noHit || r.stopped() {
			continue
		}
		var steps []step
		r.around(h.n, nil, kg.OnlyAccepted, func(fact uint32, v view) {
			steps = append(steps, step{fact, other(v, h.n), v})
		})
		slices.SortFunc(steps, func(a, b step) int { return r.compareSingular(a.v, b.v) })
		for _, s := range steps {
			if slices.ContainsFunc(compared, func(o hit) bool { return o.class == entityHit && o.n == s.to }) {
				continue
			}
			l := links[s.to]
			if l == nil {
				l = &linked{n: s.to, first: i, last: -1}
				links[s.to] = l
			}
			if l.last != i {
				l.last = i
				l.by++
			}
			l.facts = append(l.facts, s.fact)
		}
	}
	return links
}

// group makes a page of the largest size of some links.
func (r *reading) group(links []*linked, most int) kg.Page {
	slices.SortFunc(links, func(a, b *linked) int {
		x, y := r.entities.at(a.n), r.entities.at(b.n)
		return cmp.Or(cmp.Compare(b.by, a.by), strings.Compare(x.Key, y.Key), compareText(x.ID, y.ID))
	})
	var p kg.Page
	if r.query.Total {
		p.Total = len(links)
	}
	if most >= 0 && most < len(links) {
		links, p.More = links[:most], true
	}
	for _, l := range links {
		if r.stopped() {
			return kg.Page{}
		}
		h := hit{class: entityHit, n: l.n}
		row := r.row(&h, without(r.query.Select))
		facts := make([]hit, len(l.facts))
		for i, n := range l.facts {
			facts[i] = hit{class: factHit, n: n}
		}
		row.Lead = r.rowsOf(facts)
		r.expand(&row, &h, r.query.Select)
		p.Rows = append(p.Rows, row)
	}
	return p
}

func compareText(a, b kg.ID) int { return strings.Compare(string(a), string(b)) }
