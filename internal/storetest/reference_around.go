package storetest

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// drawing is what is shown of the surroundings of some entities.
type drawing struct {
	rows  []kg.Row
	steps map[kg.ID]int // of what is shown: how many from what was asked for
}

func (d *drawing) shows(id kg.ID) bool {
	_, ok := d.steps[id]
	return ok
}

func (d *drawing) show(e *kg.Entity, steps int) {
	d.rows = append(d.rows, kg.Row{Entity: e})
	d.steps[e.ID] = steps
}

// draw answers a [kg.Around].
func (r *reading) draw(w kg.Around) kg.Page {
	d := &drawing{steps: map[kg.ID]int{}}
	var p kg.Page
	asked := r.asked(w.IDs)
	if len(asked) > w.Limit {
		asked, p.Truncated = asked[:w.Limit], true
	}
	for _, e := range asked {
		d.show(e, 0)
	}
	for i := 0; i < len(d.rows) && !r.stopped(); i++ {
		if from := d.rows[i].Entity.ID; d.steps[from] < w.Depth {
			r.drawFrom(d, from, w)
		}
	}

	p.Rows = d.rows
	for _, row := range d.rows {
		if r.stopped() {
			break
		}
		id, within := row.Entity.ID, d.steps[row.Entity.ID]+1
		hidden := map[kg.ID]bool{}
		for _, f := range r.around(id, w.Fact, w.States) {
			other := f.Other(id)
			steps, shown := d.steps[other]
			if within <= w.Depth && (!shown || steps > within) {
				p.Truncated = true
			}
			switch {
			case !shown:
				hidden[other] = true
			case f.From == id: // so that it comes once
				p.Facts = append(p.Facts, kg.Row{Fact: f})
			}
		}
		if len(hidden) > 0 {
			p.Omitted = append(p.Omitted, kg.Omitted{ID: id, Count: len(hidden)})
		}
	}
	if !w.Hidden {
		p.Truncated, p.Omitted = false, nil
	}
	slices.SortFunc(p.Facts, func(a, b kg.Row) int { return strings.Compare(string(a.ID()), string(b.ID())) })
	r.expand(p.Rows, r.query.Select)
	r.expand(p.Facts, r.query.Select)
	return p
}

// drawFrom goes one step from an entity that is shown.
func (r *reading) drawFrom(d *drawing, from kg.ID, w kg.Around) {
	facts := r.around(from, w.Fact, w.States)
	slices.SortFunc(facts, func(a, b *kg.Fact) int {
		return kg.CompareTelling(a, b, r.degree(a.Other(from)), r.degree(b.Other(from)))
	})
	for _, f := range facts[:min(w.PerNode, len(facts))] {
		if other := f.Other(from); !d.shows(other) && len(d.rows) < w.Limit {
			d.show(r.entities[other], d.steps[from]+1)
		}
	}
}
