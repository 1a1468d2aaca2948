package storetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// link is an entity that some of the compared are linked with.
type link struct {
	row   kg.Row // led by the facts that link it
	first int    // which of the compared was found to be linked with it first
	by    int    // how many of them are
}

// compare answers a [kg.Comparing].
func (r *reading) compare(w kg.Comparing) kg.Page {
	p := kg.Page{Rows: make([]kg.Row, len(w.IDs)), Groups: make([]kg.Page, 1+len(w.IDs))}
	compared := map[kg.ID]bool{}
	for i, id := range w.IDs {
		if e := r.entities[r.canonical(id)]; e != nil && !compared[e.ID] {
			compared[e.ID] = true
			p.Rows[i] = kg.Row{Entity: e}
		}
	}
	var shared []*link
	only := make([][]*link, len(w.IDs))
	for _, l := range r.links(p.Rows, compared) {
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

// links finds all that the compared are linked with, apart from themselves.
func (r *reading) links(rows []kg.Row, compared map[kg.ID]bool) map[kg.ID]*link {
	links := map[kg.ID]*link{}
	for i := range rows {
		if rows[i].Entity == nil || r.stopped() {
			continue
		}
		id := rows[i].Entity.ID
		facts := r.around(id, nil, kg.OnlyAccepted)
		slices.SortFunc(facts, func(a, b *kg.Fact) int { return kg.CompareSingular(a, b, r.day) })
		linked := map[kg.ID]bool{}
		for _, f := range facts {
			other := f.Other(id)
			if compared[other] {
				continue
			}
			l := links[other]
			if l == nil {
				l = &link{row: kg.Row{Entity: r.entities[other]}, first: i}
				links[other] = l
			}
			if !linked[other] {
				linked[other] = true
				l.by++
			}
			l.row.Lead = append(l.row.Lead, kg.Row{Fact: f})
		}
	}
	return links
}

// group makes a page of the largest size of some links.
func (r *reading) group(links []*link, most int) kg.Page {
	slices.SortFunc(links, func(a, b *link) int {
		x, y := a.row.Entity, b.row.Entity
		return cmp.Or(cmp.Compare(b.by, a.by), strings.Compare(x.Key, y.Key), strings.Compare(string(x.ID), string(y.ID)))
	})
	var p kg.Page
	if r.query.Total {
		p.Total = len(links)
	}
	if most >= 0 && most < len(links) {
		links, p.More = links[:most], true
	}
	for _, l := range links {
		r.expand(l.row.Lead, r.query.Select)
		p.Rows = append(p.Rows, l.row)
	}
	r.expand(p.Rows, r.query.Select)
	return p
}
