package sqlitestore

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// facets counts the nodes of a whole list.
func (r *reading) facets(hits []hit, facets []kg.Facet) [][]kg.Bucket {
	if facets == nil {
		return nil
	}
	out := make([][]kg.Bucket, len(facets))
	for i := range facets {
		out[i] = r.facet(hits, &facets[i])
	}
	return out
}

func (r *reading) facet(hits []hit, f *kg.Facet) []kg.Bucket {
	t := tally{}
	for c, n := range r.countUnder(hits, f) {
		key, label := r.labels(c)
		t.add(key, label, n)
	}
	buckets := t.fullest()
	if f.First >= 0 && f.First < len(buckets) {
		buckets = buckets[:f.First]
	}
	return buckets
}

// countUnder counts nodes under what a facet counts by: by a column where they are many, or else one by one.
func (r *reading) countUnder(hits []hit, f *kg.Facet) map[counted]int {
	if of, ok := r.columnKeyOf(f); ok && len(hits) >= columnHits {
		if c := r.column(of); c != nil {
			if counts, ok := r.countByColumn(hits, c); ok {
				return counts
			}
		}
	}
	counts := map[counted]int{}
	ways := waysOf(f)
	var under []counted // of one node
	add := func(h hit) bool {
		if c, ok := r.countedUnder(&h, f); ok && !slices.Contains(under, c) {
			under = append(under, c)
		}
		return !r.stopped()
	}
	for i := range hits {
		if r.stopped() {
			return nil
		}
		under = under[:0]
		r.through(&hits[i], ways, f.Kinds, add)
		if len(under) == 0 {
			under = append(under, counted{})
		}
		for _, c := range under {
			counts[c]++
		}
	}
	return counts
}

// waysOf gives the ways by which a facet leads to what it counts under.
func waysOf(f *kg.Facet) []way {
	ways := make([]way, len(f.Through))
	for i, rel := range f.Through {
		ways[i] = way{Relation: rel, states: kg.OnlyAccepted, light: true}
	}
	if n := len(ways); n > 0 {
		ways[n-1].of = f.Kinds
	}
	return ways
}

// through calls yield with the nodes that ways lead to, one after the other; the kinds are those at their end.
func (r *reading) through(h *hit, ways []way, kinds kg.KindSet, yield func(hit) bool) {
	switch len(ways) {
	case 0:
		yield(*h)
	case 1:
		r.implied(h, &ways[0], kinds, yield)
	default:
		r.implied(h, &ways[0], 0, func(next hit) bool {
			r.through(&next, ways[1:], kinds, yield)
			return !r.stopped()
		})
	}
}

// counted is what a node is counted under, without the texts that only who reads the answer needs: a text itself, the number of a
// thing of a class, or a year. Nothing of it stands for what is unknown.
type counted struct {
	text  string
	class hitClass // or isYear
	n     int32
}

const isYear hitClass = specialHit + 1

// countedUnder gives what a node is counted under; false where it has nothing of the sort.
func (r *reading) countedUnder(h *hit, f *kg.Facet) (counted, bool) {
	if f.Field == kg.FieldID && (h.class == entityHit || h.class == sourceHit) {
		return counted{class: h.class, n: int32(h.n)}, true
	}
	switch v := r.value(h, f.Field).(type) {
	case string:
		return counted{text: v}, v != ""
	case kg.Date:
		if f.Months {
			month, ok := v.Month()
			return counted{text: month}, ok
		}
		if year, ok := v.Year(); ok {
			return counted{class: isYear, n: int32(year)}, true
		}
	}
	return counted{}, false
}

// labels gives the key and the label of what nodes are counted under.
func (r *reading) labels(c counted) (key, label string) {
	switch c.class {
	case entityHit:
		return string(r.entityID(uint32(c.n))), r.entities.at(uint32(c.n)).Name()
	case sourceHit:
		return string(r.sourceID(uint32(c.n))), r.sources.at(uint32(c.n)).Title
	case isYear:
		year := strconv.Itoa(int(c.n))
		return year, year
	}
	return c.text, c.text
}

// tally counts under keys.
type tally map[string]*kg.Bucket

func (t tally) add(key, label string, n int) {
	b := t[key]
	if b == nil {
		b = &kg.Bucket{Key: key, Label: label}
		t[key] = b
	}
	b.Count += n
}

// fullest lists the buckets, the fullest first, then by key.
func (t tally) fullest() []kg.Bucket {
	buckets := make([]kg.Bucket, 0, len(t))
	for _, b := range t {
		buckets = append(buckets, *b)
	}
	slices.SortFunc(buckets, func(a, b kg.Bucket) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Key, b.Key))
	})
	return buckets
}
