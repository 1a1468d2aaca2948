package sqlitestore

import (
	"iter"

	"github.com/ententegraph/entente/internal/kg"
)

// byNeighbour says whether a relation is asked for in the order of an entity's links, and only for as much as a page.
func byNeighbour(f *kg.Follow) bool {
	w := f.Way
	return (w == kg.Out || w == kg.In || w == kg.Both && f.Relation.Fact.Decl().Symmetric) && // where no neighbour is at both ends
		len(f.Order) == 1 && f.Order[0] == kg.Order{Field: kg.FieldName} && f.First >= 0 && !f.Total && f.Facets == nil
}

// neighbours answers such a relation, and looks no further than the page.
func (r *reading) neighbours(n uint32, f *kg.Follow) kg.Page {
	p := r.pager(&f.List)
	p.runs = true
	w := way{Relation: f.Relation, fact: r.predicate(&f.Fact), states: f.States}
	if f.Way != kg.In {
		r.someNeighbours(n, &w, link(w.Fact, false, "", 0), link(w.Fact, true, "", 0), f, p)
	}
	p.run = len(p.rows)
	if f.Way != kg.Out {
		r.someNeighbours(n, &w, link(w.Fact, true, "", 0), link(w.Fact+1, false, "", 0), f, p)
	}
	return p.page(f)
}

// someNeighbours offers those that links lead to, from one to another, until a page is full.
func (r *reading) someNeighbours(n uint32, w *way, from, to uint64, f *kg.Follow, p *pager) {
	p.room = len(p.rows) + p.keep
	for it := range r.linksOnward(n, from, to, p) {
		if !r.offer(it, w, f, p) {
			break
		}
	}
	p.settle()
	p.since = 0
}

// linksOnward gives an entity's links from one to another, which stand by name, from where the page begins.
func (r *reading) linksOnward(n uint32, from, to uint64, p *pager) iter.Seq[uint64] {
	links := r.entities.at(n).links
	if p.after == nil {
		return links.between(from, to)
	}
	start := links.rank(func(it uint64) bool { return it < from || it < to && !p.isAfter(r.neighbour(it, p)) })
	return func(yield func(uint64) bool) {
		for it := range links.from(start) {
			if it >= to || !yield(it) {
				return
			}
		}
	}
}

// neighbour gives what a link leads to, with its place in the list.
func (r *reading) neighbour(it uint64, p *pager) *ranked {
	fact := r.facts.at(uint32(it))
	end := fact.to
	if leadsIn(it) {
		end = fact.from
	}
	p.keys = append(p.keys[:0], sortKey{text: r.entities.at(end).Key, known: true})
	return &ranked{hit: hit{class: entityHit, n: end, led: true, lead: uint32(it)}, keys: p.keys}
}

// offer adds what a link leads to, if it is wanted; false where the page is full. Of a list that has each node once, a node is
// added when its last link has gone by.
func (r *reading) offer(it uint64, w *way, f *kg.Follow, p *pager) bool {
	v, ok := r.leadsBy(uint32(it), w)
	if !ok {
		return !r.stopped()
	}
	h := hit{class: entityHit, n: v.to, led: true, lead: uint32(it)}
	if leadsIn(it) {
		h.n = v.from
	}
	if p.pending.class != noHit && p.pending.n == h.n {
		if r.prefers(&h, &p.pending) {
			p.pending = h // which was wanted, and so is
		}
		return true
	}
	if !p.settle() || r.stopped() {
		return false
	}
	if !r.wanted(&h, &f.List) {
		return true
	}
	if f.Distinct {
		p.pending = h
		return true
	}
	p.add(h)
	p.since++
	return p.since < p.keep
}

// settle adds the node that waits for its last link; false where the page is full.
func (p *pager) settle() bool {
	if p.pending.class == noHit {
		return true
	}
	p.add(p.pending)
	p.pending = hit{}
	p.since++
	return p.since < p.keep
}
