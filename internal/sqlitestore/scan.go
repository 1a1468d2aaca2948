package sqlitestore

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// keptOrder is an order in which all things of a kind are kept.
type keptOrder uint8

const (
	byID keptOrder = iota
	byName
	byDay
)

// kept says whether a list is in an order that is kept for all of its kinds.
func (r *reading) kept(l *kg.List) (keptOrder, bool) {
	if len(l.Order) == 0 {
		return byID, true
	}
	o := l.Order[0]
	if len(l.Order) > 1 || o.OfFact || l.Distinct {
		return 0, false
	}
	by := byDay
	for k := range kg.Kind(maxKinds) {
		if l.Kinds != 0 && !l.Kinds.Has(k) || r.byID[k].len() == 0 {
			continue
		}
		switch {
		case o.Field == kg.FieldID && !o.Desc:
			by = byID
		case o.Field == kg.FieldName && k.IsEntity():
			by = byName
		case k.IsEntity() && k.Decl().Day != nil && (o.Field == kg.FieldDay || o.Field == k.Decl().Day):
		case k.IsFact() && o.Field == kg.FieldSince && r.knownAt == never:
		case k == kg.SourceKind && o.Field == kg.FieldPublished:
		default:
			return 0, false
		}
	}
	return by, true
}

// scan goes through an order until a page is full: of all things, or of those that lie somewhere.
func (r *reading) scan(l *kg.List, o keptOrder, in *lying, p *pager) {
	var lanes []*lane
	for k := range kg.Kind(maxKinds) {
		switch {
		case l.Kinds != 0 && !l.Kinds.Has(k):
		case in != nil:
			lanes = append(lanes, in.lanes(k, l, p)...)
		default:
			t := [...]tree{byID: r.byID[k], byName: r.byName[k], byDay: r.byDay[k]}[o]
			if ln := (&lane{r: r, kind: k, by: o, orders: l.Order, tree: t, to: t.len()}); ln.begin(l, p) {
				lanes = append(lanes, ln)
			}
		}
	}
	for len(lanes) > 0 && len(p.rows) < p.keep && !r.stopped() {
		next := 0
		for i := 1; i < len(lanes); i++ {
			if p.compare(&lanes[i].head, &lanes[next].head) < 0 {
				next = i
			}
		}
		ln := lanes[next]
		if r.wanted(&ln.head.hit, l) {
			p.add(ln.head.hit)
		}
		if !ln.advance() {
			lanes = append(lanes[:next], lanes[next+1:]...)
		}
	}
}

// lane goes through the things of one kind in the order of a list. Downwards it goes run by run, each of things that are equal but
// for their ids, as those go up all the same; what does not have what the list is ordered by is the last run, either way.
type lane struct {
	r          *reading
	kind       kg.Kind
	by         keptOrder
	orders     []kg.Order
	tree       tree
	from, to   int  // the part of the tree that is gone through
	held       bool // it is of what lies in a place
	down       bool
	low        int  // where the first run begins
	unknown    int  // where the last run begins
	last       bool // whether it has been reached
	start, end int  // the run
	i          int  // the place in it
	head       ranked
}

// rank is the tree's, within the part that is gone through.
func (ln *lane) rank(before func(uint64) bool) int {
	if !ln.held {
		return ln.tree.rank(before)
	}
	return ln.tree.rank(func(it uint64) bool {
		k := heldKind(it)
		return k < ln.kind || k == ln.kind && before(it)
	})
}

// begin begins where a page does; false where there is nothing behind that.
func (ln *lane) begin(l *kg.List, p *pager) bool {
	ln.down = ln.by != byID && l.Order[0].Desc
	ln.low, ln.unknown = ln.from, ln.to
	switch ln.by {
	case byDay:
		ln.unknown = ln.rank(func(it uint64) bool { return it>>32 != unknownDay })
	case byName: // what else the list asks of names bounds it
		if begin, _ := beginning(l.Where); begin != "" {
			ln.low, ln.unknown = ln.r.namedSo(ln.rank, begin)
		}
	}
	switch {
	case ln.down:
		ln.beginDown(p.after)
	default:
		ln.last, ln.i, ln.end = true, ln.low, ln.to
		if ln.by == byName {
			ln.end = ln.unknown
		}
		if p.after != nil {
			ln.i = max(ln.low, ln.rank(func(it uint64) bool { return !ln.isAfter(it, p.after) }))
		}
	}
	return ln.look()
}

// beginDown finds the run to begin with.
func (ln *lane) beginDown(after *place) {
	switch {
	case after == nil:
		ln.start = ln.unknown
		ln.below()
	case !after.keys[0].known:
		ln.last, ln.start, ln.end = true, ln.unknown, ln.to
		ln.i = ln.rank(func(it uint64) bool { return it>>32 != unknownDay || ln.id(it) <= after.node })
	default:
		compare := func(it uint64) int { return compareKeys(ln.key(it), after.keys[0], false) }
		if ln.low < ln.unknown && compare(ln.tree.at(ln.unknown-1)) < 0 { // the page begins above what is wanted
			ln.start = ln.unknown
			ln.below()
			return
		}
		ln.start = ln.rank(func(it uint64) bool { return compare(it) < 0 })
		ln.end = ln.rank(func(it uint64) bool { return compare(it) <= 0 })
		ln.i = ln.rank(func(it uint64) bool { c := compare(it); return c < 0 || c == 0 && ln.id(it) <= after.node })
		if ln.i >= ln.end {
			ln.below()
		}
	}
}

// beginning is what the names of all that fit a filter begin with, and what else it asks.
func beginning(f kg.Filter) (begin string, rest kg.Filter) {
	switch f := f.(type) {
	case kg.Words:
		if f.Field == kg.FieldName && f.StartsWith != "" {
			begin, f.StartsWith = f.StartsWith, ""
			if len(f.Is) == 0 && f.Contains == "" {
				return begin, nil
			}
			return begin, f
		}
	case kg.And:
		for i, part := range f {
			if begin, rest := beginning(part); begin != "" {
				others := slices.Delete(slices.Clone(f), i, i+1)
				if rest != nil {
					others = append(others, rest)
				}
				if len(others) == 0 {
					return begin, nil
				}
				return begin, others
			}
		}
	}
	return "", f
}

// begun counts the entities of some kinds whose names begin so.
func (r *reading) begun(kinds kg.KindSet, begin string) (n int) {
	for k := range kg.Kind(maxKinds) {
		if kinds == 0 || kinds.Has(k) {
			from, to := r.namedSo(r.byName[k].rank, begin)
			n += to - from
		}
	}
	return n
}

// namedSo gives between which ranks of a tree by name the entities stand whose names begin so.
func (r *reading) namedSo(rank func(before func(item uint64) bool) int, begin string) (from, to int) {
	key := func(it uint64) string { return r.entities.at(uint32(it)).Key }
	from = rank(func(it uint64) bool { return key(it) < begin })
	to = rank(func(it uint64) bool { return key(it) < begin || strings.HasPrefix(key(it), begin) })
	return from, to
}

// below goes to the run before, which has the next smaller key, and from the smallest to the last.
func (ln *lane) below() {
	if ln.start <= ln.low {
		ln.last, ln.start, ln.end = true, ln.unknown, ln.to
		if ln.by == byName { // which all have
			ln.end = ln.unknown
		}
	} else {
		key := ln.key(ln.tree.at(ln.start - 1))
		ln.end = ln.start
		ln.start = ln.rank(func(it uint64) bool { return compareKeys(ln.key(it), key, false) < 0 })
	}
	ln.i = ln.start
}

// advance goes on; false at the end.
func (ln *lane) advance() bool {
	ln.i++
	if ln.i >= ln.end && !ln.last {
		ln.below()
	}
	return ln.look()
}

// look makes the head of what stands at the place; false where nothing does.
func (ln *lane) look() bool {
	if ln.i >= ln.end {
		return false
	}
	ln.head.hit = hit{class: classOf(ln.kind), n: uint32(ln.tree.at(ln.i))}
	ln.head.keys = ln.head.keys[:0]
	for i := range ln.orders {
		ln.head.keys = append(ln.head.keys, ln.r.sortKey(&ln.head.hit, &ln.orders[i]))
	}
	return true
}

// key is what the tree is ordered by, before ids.
func (ln *lane) key(it uint64) sortKey {
	if ln.by == byName {
		return sortKey{text: ln.r.entities.at(uint32(it)).Key, known: true}
	}
	return dateKey(ln.r.graph.day(ln.kind, uint32(it)))
}

func (ln *lane) id(it uint64) kg.ID { return ln.r.anyID(ln.kind, uint32(it)) }

// isAfter says whether an item stands behind the place where a page begins, in an order that goes up.
func (ln *lane) isAfter(it uint64, after *place) bool {
	if ln.by != byID {
		if c := compareKeys(ln.key(it), after.keys[0], false); c != 0 {
			return c > 0
		}
	}
	return ln.id(it) > after.node
}
