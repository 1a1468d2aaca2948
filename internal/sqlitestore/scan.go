package sqlitestore

import (
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

// scan goes through an order until a page is full.
func (r *reading) scan(l *kg.List, o keptOrder, p *pager) {
	var lanes []*lane
	for k := range kg.Kind(maxKinds) {
		if l.Kinds == 0 || l.Kinds.Has(k) {
			if ln := r.lane(k, o, l, p); ln != nil {
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
	down       bool
	low        int  // where the first run begins
	unknown    int  // where the last run begins
	last       bool // whether it has been reached
	start, end int  // the run
	i          int  // the place in it
	head       ranked
}

// lane begins where a page does; nil where there is nothing behind that.
func (r *reading) lane(k kg.Kind, by keptOrder, l *kg.List, p *pager) *lane {
	ln := &lane{
		r: r, kind: k, by: by, orders: l.Order, tree: [...]tree{byID: r.byID[k], byName: r.byName[k], byDay: r.byDay[k]}[by],
		down: by != byID && l.Order[0].Desc,
	}
	ln.unknown = ln.tree.len()
	switch by {
	case byDay:
		ln.unknown = ln.tree.rank(func(it uint64) bool { return it>>32 != unknownDay })
	case byName: // what else the list asks of names bounds it
		if begin := beginning(l.Where); begin != "" {
			ln.low = ln.tree.rank(func(it uint64) bool { return ln.key(it).text < begin })
			ln.unknown = ln.tree.rank(func(it uint64) bool {
				key := ln.key(it).text
				return key < begin || strings.HasPrefix(key, begin)
			})
		}
	}
	switch {
	case ln.down:
		ln.beginDown(p.after)
	default:
		ln.last, ln.i, ln.end = true, ln.low, ln.tree.len()
		if by == byName {
			ln.end = ln.unknown
		}
		if p.after != nil {
			ln.i = max(ln.low, ln.tree.rank(func(it uint64) bool { return !ln.isAfter(it, p.after) }))
		}
	}
	if !ln.look() {
		return nil
	}
	return ln
}

// beginDown finds the run to begin with.
func (ln *lane) beginDown(after *place) {
	switch {
	case after == nil:
		ln.start = ln.unknown
		ln.below()
	case !after.keys[0].known:
		ln.last, ln.start, ln.end = true, ln.unknown, ln.tree.len()
		ln.i = ln.tree.rank(func(it uint64) bool { return it>>32 != unknownDay || ln.id(it) <= after.node })
	default:
		compare := func(it uint64) int { return compareKeys(ln.key(it), after.keys[0], false) }
		if ln.low < ln.unknown && compare(ln.tree.at(ln.unknown-1)) < 0 { // the page begins above what is wanted
			ln.start = ln.unknown
			ln.below()
			return
		}
		ln.start = ln.tree.rank(func(it uint64) bool { return compare(it) < 0 })
		ln.end = ln.tree.rank(func(it uint64) bool { return compare(it) <= 0 })
		ln.i = ln.tree.rank(func(it uint64) bool { c := compare(it); return c < 0 || c == 0 && ln.id(it) <= after.node })
		if ln.i >= ln.end {
			ln.below()
		}
	}
}

// beginning is what the names of all that fit a filter begin with.
func beginning(f kg.Filter) string {
	switch f := f.(type) {
	case kg.Words:
		if f.Field == kg.FieldName {
			return f.StartsWith
		}
	case kg.And:
		for _, part := range f {
			if begin := beginning(part); begin != "" {
				return begin
			}
		}
	}
	return ""
}

// below goes to the run before, which has the next smaller key, and from the smallest to the last.
func (ln *lane) below() {
	if ln.start <= ln.low {
		ln.last, ln.start, ln.end = true, ln.unknown, ln.tree.len()
		if ln.by == byName { // which all have
			ln.end = ln.unknown
		}
	} else {
		key := ln.key(ln.tree.at(ln.start - 1))
		ln.end = ln.start
		ln.start = ln.tree.rank(func(it uint64) bool { return compareKeys(ln.key(it), key, false) < 0 })
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
