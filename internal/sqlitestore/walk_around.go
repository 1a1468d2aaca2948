package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// drawing is what is shown of the surroundings of some entities.
type drawing struct {
	shown []uint32
	steps map[uint32]int // of what is shown: how many from what was asked for
}

func (d *drawing) show(n uint32, steps int) {
	d.shown = append(d.shown, n)
	d.steps[n] = steps
}

// draw answers a [kg.Around].
func (r *reading) draw(w *kg.Around) kg.Page {
	d := &drawing{steps: map[uint32]int{}}
	var p kg.Page
	asked := r.asked(w.IDs)
	if len(asked) > w.Limit {
		asked, p.Truncated = asked[:w.Limit], true
	}
	for _, n := range asked {
		d.show(n, 0)
	}
	for i := 0; i < len(d.shown) && !r.stopped(); i++ {
		if from := d.shown[i]; d.steps[from] < w.Depth {
			r.drawFrom(d, from, w)
		}
	}

	var facts []hit
	for _, n := range d.shown {
		within := d.steps[n] + 1
		hidden := map[uint32]bool{}
		r.around(n, w.Fact, w.States, func(fact uint32, v view) {
			end := other(v, n)
			steps, shown := d.steps[end]
			if within <= w.Depth && (!shown || steps > within) {
				p.Truncated = true
			}
			switch {
			case !shown:
				hidden[end] = true
			case v.from == n: // so that it comes once
				facts = append(facts, hit{class: factHit, n: fact})
			}
		})
		if len(hidden) > 0 {
			p.Omitted = append(p.Omitted, kg.Omitted{ID: r.entityID(n), Count: len(hidden)})
		}
	}
	slices.SortFunc(facts, func(a, b hit) int { return compareText(r.factID(a.n), r.factID(b.n)) })
	entities := make([]hit, len(d.shown))
	for i, n := range d.shown {
		entities[i] = hit{class: entityHit, n: n}
	}
	p.Rows, p.Facts = r.rowsOf(entities), r.rowsOf(facts)
	return p
}

// rowsOf makes rows of nodes, with what the query selects.
func (r *reading) rowsOf(hits []hit) []kg.Row {
	s := r.query.Select
	var rows []kg.Row
	for i := range hits {
		if r.stopped() {
			return nil
		}
		row := r.row(&hits[i], without(s))
		r.expand(&row, &hits[i], s)
		rows = append(rows, row)
	}
	return rows
}

// drawFrom goes one step from an entity that is shown.
func (r *reading) drawFrom(d *drawing, from uint32, w *kg.Around) {
	type telling struct {
		v      view
		end    uint32
		degree int
	}
	var facts []telling
	r.around(from, w.Fact, w.States, func(_ uint32, v view) {
		end := other(v, from)
		facts = append(facts, telling{v, end, r.entities.at(end).links.len()})
	})
	slices.SortFunc(facts, func(a, b telling) int { return compareTelling(a.v, b.v, a.degree, b.degree) })
	for _, f := range facts[:min(w.PerNode, len(facts))] {
		if _, shown := d.steps[f.end]; !shown && len(d.shown) < w.Limit {
			d.show(f.end, d.steps[from]+1)
		}
	}
}
