package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// drawing is what is shown of the surroundings of some entities.
type drawing struct {
	shown []uint32
	steps []uint8 // by entity: how many from what was asked for, and one; 0 for what is not shown
}

func (d *drawing) show(n uint32, steps int) {
	d.shown = append(d.shown, n)
	d.steps[n] = uint8(steps + 1)
}

// from says how many steps an entity is from what was asked for; false where it is not shown.
func (d *drawing) from(n uint32) (int, bool) { return int(d.steps[n]) - 1, d.steps[n] > 0 }

// draw answers a [kg.Around].
func (r *reading) draw(w *kg.Around) kg.Page {
	d := &drawing{steps: make([]uint8, r.entities.n)}
	var p kg.Page
	asked := r.asked(w.IDs)
	if len(asked) > w.Limit {
		asked, p.Truncated = asked[:w.Limit], w.Hidden
	}
	for _, n := range asked {
		d.show(n, 0)
	}
	for i := 0; i < len(d.shown) && !r.stopped(); i++ {
		if steps, _ := d.from(d.shown[i]); steps < w.Depth {
			r.drawFrom(d, d.shown[i], w)
		}
	}

	var facts []hit
	var hidden []uint32
	marks := make([]uint64, r.entities.n/64+1) // of what is hidden from one entity
	for _, n := range d.shown {
		within := int(d.steps[n])
		hidden = hidden[:0]
		r.around(n, r.predicate(&w.Fact), w.States, func(fact uint32, v view) {
			end := other(v, n)
			steps, shown := d.from(end)
			if !shown && !w.Hidden {
				return
			}
			if w.Hidden && within <= w.Depth && (!shown || steps > within) {
				p.Truncated = true
			}
			switch {
			case !shown:
				if bit := uint64(1) << (end % 64); marks[end/64]&bit == 0 {
					marks[end/64] |= bit
					hidden = append(hidden, end)
				}
			case v.from == n: // so that it comes once
				facts = append(facts, hit{class: factHit, n: fact})
			}
		})
		if len(hidden) > 0 {
			p.Omitted = append(p.Omitted, kg.Omitted{ID: r.entityID(n), Count: len(hidden)})
		}
		for _, end := range hidden {
			marks[end/64] = 0
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

// telling is a fact that may be followed, and what is at its other end.
type telling struct {
	v      view
	end    uint32
	degree int
}

func (t *telling) compare(o *telling) int { return compareTelling(t.v, o.v, t.degree, o.degree) }

// drawFrom goes one step from an entity that is shown, along its most telling facts. Of a hub's thousands no more are kept than
// are followed.
func (r *reading) drawFrom(d *drawing, from uint32, w *kg.Around) {
	var best []telling // sorted
	r.around(from, r.predicate(&w.Fact), w.States, func(_ uint32, v view) {
		t := telling{v: v, end: other(v, from)}
		if len(best) == w.PerNode && (w.PerNode == 0 || v.confidence < best[len(best)-1].v.confidence) {
			return
		}
		t.degree = r.entities.at(t.end).links.len()
		if len(best) == w.PerNode {
			if t.compare(&best[len(best)-1]) > 0 {
				return
			}
			best = best[:len(best)-1]
		}
		at, _ := slices.BinarySearchFunc(best, t, func(a, b telling) int { return a.compare(&b) })
		best = slices.Insert(best, at, t)
	})
	for _, t := range best {
		if _, shown := d.from(t.end); !shown && len(d.shown) < w.Limit {
			d.show(t.end, int(d.steps[from]))
		}
	}
}
