package storetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// pair is two places, the smaller id first.
type pair [2]kg.ID

// link answers a [kg.Linking].
func (r *reading) link(w kg.Linking) kg.Page {
	counts := map[pair][]int{}
	for i, by := range w.By {
		r.linkBy(by, w, func(p pair) {
			if counts[p] == nil {
				counts[p] = make([]int, len(w.By))
			}
			counts[p][i]++
		})
	}
	var with []kg.ID
	for _, e := range r.asked(w.With) {
		with = append(with, e.ID)
	}
	var p kg.Page
	for ends, n := range counts {
		if w.With == nil || slices.Contains(with, ends[0]) || slices.Contains(with, ends[1]) {
			p.Groups = append(p.Groups, kg.Page{Rows: r.nodes(ends[:]...), Counts: n})
		}
	}
	total := func(p *kg.Page) (n int) {
		for _, count := range p.Counts {
			n += count
		}
		return n
	}
	slices.SortFunc(p.Groups, func(a, b kg.Page) int {
		return cmp.Or(
			cmp.Compare(total(&b), total(&a)),
			strings.Compare(string(a.Rows[0].ID()), string(b.Rows[0].ID())),
			strings.Compare(string(a.Rows[1].ID()), string(b.Rows[1].ID())),
		)
	})
	p.Groups = p.Groups[:min(w.First, len(p.Groups))]
	for i := range p.Groups {
		r.expand(p.Groups[i].Rows, r.query.Select)
	}
	return p
}

// linkBy gives each pair of places that something links, as often as something does.
func (r *reading) linkBy(by kg.Relation, w kg.Linking, linked func(pair)) {
	joined := map[kg.ID][]kg.ID{} // the places that an entity joins, or a fact
	for id := range r.histories {
		if r.stopped() {
			return
		}
		f := r.fact(id)
		if f == nil || f.Kind != by.Fact || !r.shown(f, w.States) || !r.fits(&kg.Row{Fact: f}, w.Fact) {
			continue
		}
		switch by.Way {
		case kg.Both:
			joined[f.ID] = append(r.placeOf(f.From, w.Places), r.placeOf(f.To, w.Places)...)
		case kg.In:
			joined[f.To] = append(joined[f.To], r.placeOf(f.From, w.Places)...)
		case kg.Out:
			joined[f.From] = append(joined[f.From], r.placeOf(f.To, w.Places)...)
		}
	}
	for _, places := range joined {
		slices.Sort(places)
		places = slices.Compact(places)
		for i, a := range places {
			for _, b := range places[i+1:] {
				linked(pair{a, b})
			}
		}
	}
}

// placeOf gives the place of a kind that an entity lies in; none where it lies in none.
func (r *reading) placeOf(id kg.ID, kind kg.Kind) []kg.ID {
	up := kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}
	for _, row := range r.implied(&kg.Row{Entity: r.entities[id]}, up, kg.SetOf(kind), nil, kg.OnlyAccepted) {
		return []kg.ID{row.ID()}
	}
	return nil
}

// degrees counts the accepted facts of an entity by kind and direction.
func (r *reading) degrees(id kg.ID) []kg.Degree {
	degrees := []kg.Degree{}
	for _, kind := range kg.Facts.Kinds() {
		ways := []kg.Way{kg.Out, kg.In}
		if kind.Decl().Symmetric {
			ways = []kg.Way{kg.Both}
		}
		for _, way := range ways {
			if n := len(r.steps(id, kg.Relation{Way: way, Fact: kind}, nil, kg.OnlyAccepted)); n > 0 {
				degrees = append(degrees, kg.Degree{Fact: kind, Way: way, Count: n})
			}
		}
	}
	return degrees
}
