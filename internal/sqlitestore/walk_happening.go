package sqlitestore

import "github.com/ententegraph/entente/internal/kg"

// happening answers a [kg.Happening].
func (r *reading) happening(w *kg.Happening) kg.Page {
	entities, facts := map[uint32]bool{}, map[uint32]bool{}
	p := r.pager(&r.query.List)
	entity := func(n uint32) {
		if !entities[n] {
			entities[n] = true
			r.moments(p, hit{class: entityHit, n: n}, w)
		}
	}
	for _, n := range r.asked(w.IDs) {
		entity(n)
		r.around(n, nil, kg.OnlyAccepted, func(fact uint32, v view) {
			if !facts[fact] {
				facts[fact] = true
				r.moments(p, hit{class: factHit, n: fact}, w)
			}
			if end := other(v, n); kg.Happenings.Has(r.entities.at(end).Kind) {
				entity(end)
			}
		})
	}
	for i := range p.rows {
		r.title(&p.rows[i].hit)
	}
	return p.page(nil)
}

// moments offers each date of a node that lies in a span of time.
func (r *reading) moments(p *pager, h hit, w *kg.Happening) {
	for _, f := range kg.MomentFields(r.kind(&h)) {
		date, known := r.value(&h, f).(kg.Date)
		if !known || !fitsDuring(date, known, &kg.During{Field: f, From: w.From, To: w.To}) {
			continue
		}
		row := h
		row.moment = &kg.Moment{On: date, Field: f}
		p.add(row)
	}
}

// title sets the sentence of a moment that is shown.
func (r *reading) title(h *hit) {
	row := r.row(h, kg.AllParts)
	h.moment.Title = kg.MomentTitle(&row, h.moment.Field, func(id kg.ID) string {
		n, _ := r.entity(id)
		return r.entities.at(n).Name()
	})
}
