package storetest

import "github.com/ententegraph/entente/internal/kg"

// timeline answers a [kg.Happening].
func (r *reading) timeline(w kg.Happening) kg.Page {
	var nodes []kg.Row
	met := map[kg.ID]bool{}
	add := func(row kg.Row) {
		if !met[row.ID()] {
			met[row.ID()] = true
			nodes = append(nodes, row)
		}
	}
	for _, e := range r.asked(w.IDs) {
		if r.stopped() {
			break
		}
		add(kg.Row{Entity: e})
		for _, f := range r.around(e.ID, nil, kg.OnlyAccepted) {
			add(kg.Row{Fact: f})
			if other := r.entities[f.Other(e.ID)]; kg.Happenings.Has(other.Kind) {
				add(kg.Row{Entity: other})
			}
		}
	}
	var rows []kg.Row
	for _, row := range nodes {
		rows = append(rows, r.moments(row, w.From, w.To)...)
	}
	return r.page(rows, &r.query.List)
}

// moments gives a row for each date of a node that lies in a span of time.
func (r *reading) moments(node kg.Row, from, to kg.Day) []kg.Row {
	name := func(id kg.ID) string { return r.entities[id].Name() }
	var rows []kg.Row
	for _, f := range kg.MomentFields(node.Kind()) {
		if !fitsDuring(&node, kg.During{Field: f, From: from, To: to, Known: pointer(true)}) {
			continue
		}
		row := node
		row.Moment = &kg.Moment{On: node.Value(f).(kg.Date), Field: f, Title: kg.MomentTitle(&node, f, name)}
		rows = append(rows, row)
	}
	return rows
}
