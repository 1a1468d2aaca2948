package sqlitestore

import (
	"cmp"
	"slices"
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
	ways := make([]way, len(f.Through))
	for i, rel := range f.Through {
		ways[i] = way{Relation: rel, states: kg.OnlyAccepted, light: true}
	}
	var values []kg.Bucket
	for i := range hits {
		if r.stopped() {
			return nil
		}
		values = values[:0]
		r.through(&hits[i], ways, f.Kinds, func(h *hit) {
			if b := r.bucket(h, f); b.Key != "" && !slices.ContainsFunc(values, func(o kg.Bucket) bool { return o.Key == b.Key }) {
				values = append(values, b)
			}
		})
		if len(values) == 0 {
			values = append(values, kg.Bucket{})
		}
		for _, b := range values {
			t.add(b.Key, b.Label, 1)
		}
	}
	buckets := t.fullest()
	if f.First >= 0 && f.First < len(buckets) {
		buckets = buckets[:f.First]
	}
	return buckets
}

// through calls yield with the nodes that ways lead to, one after the other; the kinds are those at their end.
func (r *reading) through(h *hit, ways []way, kinds kg.KindSet, yield func(*hit)) {
	if len(ways) == 0 {
		yield(h)
		return
	}
	var of kg.KindSet
	if len(ways) == 1 {
		of = kinds
	}
	r.implied(h, &ways[0], of, func(next hit) bool {
		r.through(&next, ways[1:], kinds, yield)
		return !r.stopped()
	})
}

// bucket gives what a node is counted under, with its label; an empty key where it has none.
func (r *reading) bucket(h *hit, f *kg.Facet) kg.Bucket {
	switch v := r.value(h, f.Field).(type) {
	case string:
		b := kg.Bucket{Key: v, Label: v}
		switch {
		case f.Field == kg.FieldID && h.class == entityHit:
			b.Label = r.entities.at(h.n).Name()
		case f.Field == kg.FieldID && h.class == sourceHit:
			b.Label = r.sources.at(h.n).Title
		}
		return b
	case kg.Date:
		key := f.DateKey(v)
		return kg.Bucket{Key: key, Label: key}
	}
	return kg.Bucket{}
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
