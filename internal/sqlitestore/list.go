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
		h := r.find(id)
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

// list answers a question for all nodes of some kinds. There are three ways to come by them: where the filter leaves few, these
// few are looked at; where the order is one that is kept, it is gone through until the page is full; else everything is.
func (r *reading) list() kg.Page {
	l := &r.query.List
	p := r.pager(l)
	in, rest := (*lying)(nil), l.Where
	entities := l.Kinds != 0 && l.Kinds&^kg.Entities == 0
	if entities {
		in, rest = r.apart(l.Where)
	}
	total, known := r.total(l)
	if in != nil && rest == nil {
		total, known = in.size(l.Kinds), true
	}
	whole := l.Facets != nil || l.First < 0 || l.Total && !known // every node that fits has to be met
	o, kept := r.kept(l)
	whole = whole || !kept
	n := r.size(l.Kinds)
	begin := "" // the part of the filter that a way by name goes by, as it goes by where things lie
	if o == byName && !whole {
		if in != nil {
			n = in.size(l.Kinds)
		}
		if begin, rest = beginning(rest); begin != "" {
			n = min(n, r.begun(l.Kinds, begin))
		}
	} else {
		in, rest = nil, l.Where
	}
	switch hits, exact, ok := r.narrow(rest, l.Kinds, r.most(l, n, whole)); {
	case ok:
		exact = exact && entities && in == nil && begin == ""
		for i := range hits {
			if r.stopped() {
				break
			}
			if exact || r.wanted(&hits[i], l) {
				p.add(hits[i])
			}
		}
	case !whole:
		r.scan(l, o, in, p)
	default:
		r.all(l.Kinds, func(h hit) bool {
			if r.wanted(&h, l) {
				p.add(h)
			}
			return !r.stopped()
		})
	}
	if known {
		p.total = total
	}
	return p.page(nil)
}

// all gives every node of some kinds.
func (r *reading) all(kinds kg.KindSet, yield func(hit) bool) {
	for k := range kg.Kind(maxKinds) {
		if kinds != 0 && !kinds.Has(k) {
			continue
		}
		for it := range r.byID[k].from(0) {
			if !yield(hit{class: classOf(k), n: uint32(it)}) {
				return
			}
		}
	}
}

// size counts the nodes of some kinds.
func (r *reading) size(kinds kg.KindSet) (n int) {
	for k := range kg.Kind(maxKinds) {
		if kinds == 0 || kinds.Has(k) {
			n += r.byID[k].len()
		}
	}
	return n
}

// total gives how many nodes a list has, where that is counted already.
func (r *reading) total(l *kg.List) (n int, ok bool) {
	switch begin, rest := beginning(l.Where); {
	case rest != nil:
		return 0, false
	case begin != "": // only entities have names
		return r.begun(l.Kinds, begin), true
	}
	for k := range kg.Kind(maxKinds) {
		switch {
		case l.Kinds != 0 && !l.Kinds.Has(k) || r.byID[k].len() == 0:
		case !k.IsFact() || l.States&kg.AnyState == kg.AnyState && r.present():
			n += r.byID[k].len()
		case l.States == kg.OnlyAccepted && r.present():
			n += int(r.graph.accepted[k])
		default:
			return 0, false
		}
	}
	return n, true
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
