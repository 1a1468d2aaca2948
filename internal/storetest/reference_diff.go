package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// differences answers a [kg.Differing].
func (r *reading) differences(w kg.Differing) kg.Page {
	to := now
	if !w.To.IsZero() {
		to = w.To
	}
	var rows []kg.Row
	for id := range r.among(w.IDs) {
		if r.stopped() {
			break
		}
		d, after := r.histories[id].Difference(w.From, to, r.source)
		if d == nil || w.Kinds != nil && !slices.Contains(w.Kinds, d.Kind) {
			continue
		}
		row := kg.Row{Fact: after, Difference: d}
		if r.fits(&row, w.Fact) {
			rows = append(rows, row)
		}
	}
	p := r.page(rows, &r.query.List)
	q := *r.query
	q.KnownAt = w.From
	before := r.graph.reading(r.ctx, &q)
	for i := range p.Rows {
		if b := p.Rows[i].Difference.Before; b != nil {
			rows := []kg.Row{*b}
			before.expand(rows, q.Select)
			*b = rows[0]
		}
	}
	if r.err == nil {
		r.err = before.err
	}
	return p
}

// among gives the facts at either end of which one of some entities stands; all facts, if no entities are named.
func (r *reading) among(ids []kg.ID) map[kg.ID]bool {
	facts := map[kg.ID]bool{}
	if ids == nil {
		for id := range r.histories {
			facts[id] = true
		}
	}
	for _, e := range r.asked(ids) {
		for _, id := range slices.Concat(r.from[e.ID], r.to[e.ID]) {
			facts[id] = true
		}
	}
	return facts
}
