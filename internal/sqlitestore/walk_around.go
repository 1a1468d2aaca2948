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

	facts, omitted := r.among(d, w)
	if w.Hidden {
		p.Omitted, p.Truncated = omitted, p.Truncated || r.fallsShort(d, w, facts, omitted)
	}
	slices.SortFunc(facts, func(a, b hit) int { return compareText(r.factID(a.n), r.factID(b.n)) })
	entities := make([]hit, len(d.shown))
	for i, n := range d.shown {
		entities[i] = hit{class: entityHit, n: n}
	}
	p.Rows, p.Facts = r.rowsOf(entities), r.rowsOf(facts)
	return p
}

// fallsShort says whether something is not shown, or in more steps than its facts allow, that what was asked for leads to.
func (r *reading) fallsShort(d *drawing, w *kg.Around, facts []hit, omitted []kg.Omitted) bool {
	for _, o := range omitted {
		n, _ := r.entity(o.ID)
		if steps, _ := d.from(n); steps < w.Depth {
			return true
		}
	}
	for _, h := range facts {
		v, _ := r.at(h.n)
		a, _ := d.from(v.from)
		b, _ := d.from(v.to)
		if a < w.Depth && b > a+1 || b < w.Depth && a > b+1 {
			return true
		}
	}
	return false
}

// rowsOf makes rows of nodes, with what the query selects.
func (r *reading) rowsOf(hits []hit) []kg.Row {
	s := r.query.Select
	rows := make([]kg.Row, 0, len(hits))
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

// drawFrom goes one step from an entity that is shown, along its most telling facts.
func (r *reading) drawFrom(d *drawing, from uint32, w *kg.Around) {
	var ends []uint32
	if r.keeps(w) && r.entities.at(from).links.len() >= hubFacts {
		ends = r.toldFirst(from)
		ends = ends[:min(len(ends), w.PerNode)]
	} else {
		ends = r.mostTelling(from, r.predicate(&w.Fact), w.States, w.PerNode)
	}
	for _, end := range ends {
		if _, shown := d.from(end); !shown && len(d.shown) < w.Limit {
			d.show(end, int(d.steps[from]))
		}
	}
}

// mostTelling gives what is at the other ends of an entity's most telling facts. Of a hub's thousands no more are kept than are
// asked for.
func (r *reading) mostTelling(from uint32, fact predicate, states kg.StateSet, most int) []uint32 {
	var best []telling // sorted
	r.around(from, fact, states, func(_ uint32, v view) {
		t := telling{v: v, end: other(v, from)}
		if len(best) == most && (most == 0 || v.confidence < best[len(best)-1].v.confidence) {
			return
		}
		t.degree = r.entities.at(t.end).links.len()
		if len(best) == most {
			if t.compare(&best[len(best)-1]) > 0 {
				return
			}
			best = best[:len(best)-1]
		}
		at, _ := slices.BinarySearchFunc(best, t, func(a, b telling) int { return a.compare(&b) })
		best = slices.Insert(best, at, t)
	})
	ends := make([]uint32, len(best))
	for i := range best {
		ends[i] = best[i].end
	}
	return ends
}
