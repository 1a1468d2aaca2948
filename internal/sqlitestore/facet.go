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
	r.remember()
	ways := make([]way, len(f.Through))
	for i, rel := range f.Through {
		ways[i] = way{Relation: rel, states: kg.OnlyAccepted, light: true}
	}
	if n := len(ways); n > 0 {
		ways[n-1].of = f.Kinds
	}
	t := tally{}
	nodes := map[nodeKey]int{} // what is counted by its id, which is looked up once
	var values []kg.Bucket
	var met []nodeKey
	for i := range hits {
		if r.stopped() {
			return nil
		}
		values, met = values[:0], met[:0]
		r.through(hits[i], ways, f.Kinds, func(h hit) {
			if key := (nodeKey{h.class, h.n}); f.Field == kg.FieldID {
				if h.class != specialHit && !slices.Contains(met, key) {
					met = append(met, key)
				}
			} else if b := r.bucket(&h, f); b.Key != "" && !slices.Contains(values, b) {
				values = append(values, b)
			}
		})
		for _, key := range met {
			nodes[key]++
		}
		for _, b := range values {
			t.add(b.Key, b.Label, 1)
		}
		if len(met)+len(values) == 0 {
			t.add("", "", 1)
		}
	}
	for key, n := range nodes {
		b := r.bucket(&hit{class: key.class, n: key.n}, f)
		t.add(b.Key, b.Label, n)
	}
	buckets := t.fullest()
	if f.First >= 0 && f.First < len(buckets) {
		buckets = buckets[:f.First]
	}
	return buckets
}

// nodeKey is a node that has a number.
type nodeKey struct {
	class hitClass
	n     uint32
}

// through calls yield with the nodes that ways lead to, one after the other; the kinds are those at their end.
func (r *reading) through(h hit, ways []way, kinds kg.KindSet, yield func(hit)) {
	if len(ways) == 0 {
		yield(h)
		return
	}
	var of kg.KindSet
	if len(ways) == 1 {
		of = kinds
	}
	if kind, ok := ways[0].lies(of); ok && h.class == entityHit {
		if place := r.nearest(h.n, kind); place != nowhere {
			r.through(hit{class: entityHit, n: place}, ways[1:], kinds, yield)
		}
		return
	}
	owner := h // which is kept apart, as most nodes are asked for nothing
	r.implied(&owner, &ways[0], of, func(next hit) bool {
		r.through(next, ways[1:], kinds, yield)
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
