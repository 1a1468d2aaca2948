package kg

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Key is what a row is ordered by: a value for each [Order], then its id, then the id of the fact that led to it. Values are
// nil (unknown), string or float64, so that keys of one order compare alike in every engine and in every language.
type Key struct {
	Values []Value
	Node   ID
	Fact   ID
}

// KeyOf gives a row's key in the list. A fact's own id stands in Node. Where a list has each node once, the fact is no part of
// its place: another may lead to it tomorrow.
func (l *List) KeyOf(r *Row) Key {
	k := Key{Node: r.ID(), Values: make([]Value, len(l.Order))}
	if len(r.Lead) == 1 && !l.Distinct {
		k.Fact = r.Lead[0].ID()
	}
	for i, o := range l.Order {
		from := r
		if o.OfFact {
			from = &r.Lead[0]
		}
		k.Values[i] = sortValue(from, o.Field)
	}
	return k
}

// sortValue turns a field's value into one that orders as its type does.
func sortValue(r *Row, f *Field) Value {
	switch v := r.Value(f).(type) {
	case string:
		if f == FieldName || f == FieldID || f.Type != Text { // names are sort keys already, ids are compared byte by byte
			return v
		}
		return SortKey(v)
	case int64:
		return float64(v)
	case float64:
		return v
	case Date:
		// Fixed width, so that text orders as days do: the first day, then the last.
		return fmt.Sprintf("%08x%08x", uint32(v.First)^1<<31, uint32(v.Last)^1<<31)
	case time.Time:
		return v.UTC().Format("2006-01-02T15:04:05.000000000Z")
	}
	return nil
}

// Compare says which of two keys of an order comes first: negative, if k does.
func (k Key) Compare(o Key, order []Order) int {
	for i := range order {
		if c := compareSortValues(k.Values[i], o.Values[i], order[i].Desc); c != 0 {
			return c
		}
	}
	return cmp.Or(strings.Compare(string(k.Node), string(o.Node)), strings.Compare(string(k.Fact), string(o.Fact)))
}

func compareSortValues(a, b Value, desc bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	var c int
	switch a := a.(type) {
	case string:
		c = strings.Compare(a, b.(string))
	case float64:
		c = cmp.Compare(a, b.(float64))
	}
	if desc {
		return -c
	}
	return c
}

// CompareSingular says which of two facts a singular relation shows: negative, if a. It is the one that may hold on the day,
// then the one with the largest Decl.Prefer, then the surest, then the one that began last, then the smallest id. Facts of
// different kinds compare too: what does not have such a field comes after what has.
func CompareSingular(a, b *Fact, day Day) int {
	if x, y := a.HoldsOn(day), b.HoldsOn(day); x != y {
		if x {
			return -1
		}
		return 1
	}
	ra, rb := &Row{Fact: a}, &Row{Fact: b}
	return cmp.Or(
		compareSortValues(sortValue(ra, a.Kind.Decl().Prefer), sortValue(rb, b.Kind.Decl().Prefer), true),
		cmp.Compare(b.Confidence, a.Confidence),
		compareSortValues(sortValue(ra, FieldSince), sortValue(rb, FieldSince), true),
		strings.Compare(string(a.ID), string(b.ID)),
	)
}

// CompareTelling says which of two facts at one entity is followed first where not all are: negative, if a. It is the surest,
// then the one that began last, then the one whose other end has the fewest facts (see Expanded.Degrees), as a hub tells
// little, then the one with the smallest id.
func CompareTelling(a, b *Fact, degreeA, degreeB int) int {
	return cmp.Or(
		cmp.Compare(b.Confidence, a.Confidence),
		compareSortValues(sortValue(&Row{Fact: a}, FieldSince), sortValue(&Row{Fact: b}, FieldSince), true),
		cmp.Compare(degreeA, degreeB),
		strings.Compare(string(a.ID), string(b.ID)),
	)
}
