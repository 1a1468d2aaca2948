package storetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// facets counts the rows of a whole list.
func (r *reading) facets(rows []kg.Row, facets []kg.Facet) [][]kg.Bucket {
	if facets == nil {
		return nil
	}
	out := make([][]kg.Bucket, len(facets))
	for i := range facets {
		out[i] = r.facet(rows, &facets[i])
	}
	return out
}

func (r *reading) facet(rows []kg.Row, f *kg.Facet) []kg.Bucket {
	counts := map[string]*kg.Bucket{}
	for i := range rows {
		if r.stopped() {
			return nil
		}
		for key, label := range r.values(&rows[i], f) {
			count(counts, key, label)
		}
	}
	buckets := fullest(counts)
	if f.First >= 0 && f.First < len(buckets) {
		buckets = buckets[:f.First]
	}
	return buckets
}

// count adds one to a bucket.
func count(buckets map[string]*kg.Bucket, key, label string) {
	if buckets[key] == nil {
		buckets[key] = &kg.Bucket{Key: key, Label: label}
	}
	buckets[key].Count++
}

// fullest lists buckets, the fullest first, then by key.
func fullest(counts map[string]*kg.Bucket) []kg.Bucket {
	buckets := make([]kg.Bucket, 0, len(counts))
	for _, b := range counts {
		buckets = append(buckets, *b)
	}
	slices.SortFunc(buckets, func(a, b kg.Bucket) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Key, b.Key))
	})
	return buckets
}

// values gives what a row is counted under, each once, with its label.
func (r *reading) values(row *kg.Row, f *kg.Facet) map[string]string {
	nodes := []kg.Row{*row}
	for i, rel := range f.Through {
		var kinds kg.KindSet
		if i == len(f.Through)-1 {
			kinds = f.Kinds
		}
		var next []kg.Row
		for _, node := range nodes {
			next = append(next, r.implied(&node, rel, kinds, nil, kg.OnlyAccepted)...)
		}
		nodes = next
	}
	values := map[string]string{}
	for _, node := range nodes {
		if key, label := value(&node, f); key != "" {
			values[key] = label
		}
	}
	if len(values) == 0 {
		values[""] = ""
	}
	return values
}

// value gives what a node holds in a field as a facet counts and labels it; "" where that is unknown.
func value(row *kg.Row, f *kg.Facet) (key, label string) {
	switch v := row.Value(f.Field).(type) {
	case string:
		key, label = v, v
		switch {
		case f.Field == kg.FieldID && row.Entity != nil:
			label = row.Entity.Name()
		case f.Field == kg.FieldID && row.Source != nil:
			label = row.Source.Title
		}
	case kg.Date:
		key = f.DateKey(v)
		label = key
	}
	return key, label
}
