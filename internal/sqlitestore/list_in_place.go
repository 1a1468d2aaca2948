package sqlitestore

import "github.com/ententegraph/entente/internal/kg"

// pagedBelow says whether what lies below a place is asked for by name, and only for as much as a page.
func pagedBelow(f *kg.Follow) bool {
	return f.Way == kg.Down && f.Relation.Fact == kg.LocatedIn && f.Lead == nil &&
		len(f.Order) == 1 && f.Order[0] == kg.Order{Field: kg.FieldName} && f.First > 0 && !f.Total && f.Facets == nil
}

// below answers such a relation. What lies in a place itself stands there by name, so that no more of it is looked at than a page,
// and the places within it are known without looking at all that is no place.
func (r *reading) below(n uint32, f *kg.Follow) kg.Page {
	p := r.pager(&f.List)
	w := way{Relation: f.Relation, fact: r.predicate(&f.Fact), states: f.States}
	met := take(r.entities.n)
	defer met.giveBack()
	met.mark(n)
	from, to := linksOf(w.Fact, w.Way)
	for _, place := range r.placesBelow(n, &w) {
		left := p.keep + 1 // as the first may be where the page before ended
		for it := range r.linksOnward(place, from, to, p) {
			if left == 0 || r.stopped() {
				break
			}
			v, ok := r.leadsBy(uint32(it), &w)
			if !ok || !met.mark(v.from) {
				continue
			}
			if h := (hit{class: entityHit, n: v.from}); r.wanted(&h, &f.List) {
				p.add(h)
				left--
			}
		}
	}
	return p.page(f)
}

// placesBelow gives a place, and all places that lie in it by facts that are shown and fit.
func (r *reading) placesBelow(n uint32, w *way) []uint32 {
	met := take(r.entities.n)
	defer met.giveBack()
	met.mark(n)
	up := *w
	up.Way = kg.Out
	places := []uint32{n}
	for i := 0; i < len(places) && !r.stopped(); i++ {
		for it := range r.inside.between(item(places[i], 0), item(places[i]+1, 0)) {
			lies := false
			r.stepsFrom(uint32(it), &up, func(_ uint32, v view) bool {
				lies = v.to == places[i]
				return !lies
			})
			if lies && met.mark(uint32(it)) {
				places = append(places, uint32(it))
			}
		}
	}
	return places
}

// insideItem gives the item of a fact in the tree of places by what they lie in; false where it is about something else.
func (g *graph) insideItem(f *fact) (it uint64, ok bool) {
	return item(f.to, f.from), f.kind == kg.LocatedIn && kg.Places.Has(g.entities.at(f.from).Kind)
}
