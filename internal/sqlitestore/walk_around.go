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
	var hidden []uint32
	for _, n := range d.shown {
		within := d.steps[n] + 1
		hidden = hidden[:0]
		r.around(n, r.predicate(&w.Fact), w.States, func(fact uint32, v view) {
			end := other(v, n)
			steps, shown := d.steps[end]
			if within <= w.Depth && (!shown || steps > within) {
				p.Truncated = true
			}
			switch {
			case !shown:
				hidden = append(hidden, end)
			case v.from == n: // so that it comes once
				facts = append(facts, hit{class: factHit, n: fact})
			}
		})
		if len(hidden) > 0 {
			slices.Sort(hidden)
			p.Omitted = append(p.Omitted, kg.Omitted{ID: r.entityID(n), Count: len(slices.Compact(hidden))})
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
		if _, shown := d.steps[t.end]; !shown && len(d.shown) < w.Limit {
			d.show(t.end, d.steps[from]+1)
		}
	}
}
