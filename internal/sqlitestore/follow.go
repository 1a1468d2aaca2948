package sqlitestore

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// follow answers one relation of one node.
func (r *reading) follow(owner *hit, f *kg.Follow) kg.Page {
	chain := f.Way == kg.Up || f.Way == kg.Down
	switch {
	case owner.class == factHit && onlyEnd(f):
		return r.oneEnd(owner, f)
	case f.Single:
		return r.single(owner, f)
	case owner.class == entityHit && byNeighbour(f):
		return r.neighbours(owner.n, f)
	case owner.class == entityHit && pagedBelow(f):
		return r.below(owner.n, f)
	case f.Distinct && !chain && f.Way.ByFact():
		return r.distinct(owner, f)
	case owner.class == entityHit && r.countsAll(f):
		n := r.entities.at(owner.n).links.len()
		return kg.Page{Total: n, More: n > 0}
	}
	p := r.pager(&f.List)
	w := way{Relation: f.Relation, fact: r.predicate(&f.Fact), states: f.States, of: f.Kinds, chains: f.Lead != nil, light: lightStatus(f)}
	r.lead(owner, &w, func(h hit) bool {
		if r.wanted(&h, &f.List) {
			p.add(h)
		}
		return !r.stopped()
	})
	return p.page(f)
}

// countsAll says whether nothing is asked but how many facts an entity has, of any kind and state.
func (r *reading) countsAll(f *kg.Follow) bool {
	return f.Way == kg.FactsOf && f.Kinds == kg.Facts && f.States == kg.AnyState && f.Where == nil && f.Fact == nil &&
		f.First == 0 && f.After == nil && f.Total && f.Facets == nil && r.present()
}

// lightStatus says whether nobody asks what decided a status.
func lightStatus(f *kg.Follow) bool {
	return f.Select != nil && f.Select.Without&kg.PartEvidence != 0 && len(f.Select.Follow) == 0
}

// way is a relation with what is asked of the facts that lead along it.
type way struct {
	kg.Relation
	fact   predicate // nil: any
	states kg.StateSet
	of     kg.KindSet // which kinds of fact FactsOf leads to; 0 for any
	chains bool       // whether the facts of a chain are read
	nearer bool       // whether what is nearest comes first
	light  bool       // whether what decided a status is not
}

// anyOrder says whether it does not matter in which order a chain leads to what is equally near.
func (w *way) anyOrder() bool { return !w.chains && !w.nearer }

// onlyEnd says whether nothing is asked of a fact but what is at one of its ends.
func onlyEnd(f *kg.Follow) bool {
	return (f.Way == kg.FromEnd || f.Way == kg.ToEnd) && (f.Single || f.First != 0) && f.After == nil && f.Facets == nil && !f.Total
}

// oneEnd answers with what is at one of a fact's ends.
func (r *reading) oneEnd(owner *hit, f *kg.Follow) kg.Page {
	v, ok := r.at(owner.n)
	if !ok {
		return kg.Page{}
	}
	h := hit{class: entityHit, n: v.from}
	if f.Way == kg.ToEnd {
		h.n = v.to
	}
	if !r.wanted(&h, &f.List) {
		return kg.Page{}
	}
	row := r.row(&h, without(f.Select))
	r.expand(&row, &h, f.Select)
	return kg.Page{Rows: []kg.Row{row}}
}

// single answers with the one node that a singular field shows.
func (r *reading) single(owner *hit, f *kg.Follow) kg.Page {
	w := way{Relation: f.Relation, fact: r.predicate(&f.Fact), states: f.States, chains: f.Lead != nil, nearer: true, light: lightStatus(f)}
	var best hit
	var ok bool
	if place, kept := r.nearestOf(&w, f.Kinds); kept && f.Where == nil && owner.class == entityHit && r.nearest.at(owner.n)[place] != varies {
		at := r.nearest.at(owner.n)[place]
		best, ok = hit{class: entityHit, n: at - 1}, at != nowhere
	} else {
		best, ok = r.first(owner, &w, func(h *hit) bool { return r.wanted(h, &f.List) })
	}
	l := f.List
	p := r.pager(&l)
	if ok {
		p.add(best)
	}
	return p.page(f)
}

// first finds the node of those that fit which a singular relation shows: the one that the best fact leads to, or the nearest.
func (r *reading) first(owner *hit, w *way, fits func(*hit) bool) (best hit, ok bool) {
	compared := w.Way == kg.Out || w.Way == kg.In || w.Way == kg.Both
	r.lead(owner, w, func(h hit) bool {
		if !fits(&h) {
			return !r.stopped()
		}
		if !ok || r.prefers(&h, &best) {
			best, ok = h, true
		}
		return compared && !r.stopped()
	})
	return best, ok
}

// prefers says whether a singular relation shows the one node rather than the other.
func (r *reading) prefers(a, b *hit) bool {
	x, _ := r.at(a.lead)
	y, _ := r.at(b.lead)
	return r.compareSingular(x, y) < 0
}

// distinct answers with each node once, led by the fact that a singular relation would show.
func (r *reading) distinct(owner *hit, f *kg.Follow) kg.Page {
	w := way{Relation: f.Relation, fact: r.predicate(&f.Fact), states: f.States}
	var hits []hit
	r.lead(owner, &w, func(h hit) bool {
		if r.wanted(&h, &f.List) {
			hits = append(hits, h)
		}
		return !r.stopped()
	})
	slices.SortFunc(hits, func(a, b hit) int {
		if a.n != b.n {
			return int(a.n) - int(b.n)
		}
		x, _ := r.at(a.lead)
		y, _ := r.at(b.lead)
		return r.compareSingular(x, y)
	})
	p := r.pager(&f.List)
	for i, h := range hits {
		if i == 0 || h.n != hits[i-1].n {
			p.add(h)
		}
	}
	return p.page(f)
}

// lead calls yield with everything that a relation leads to from a node, of whatever kind, until it gives false. Nodes of
// [kg.Up] and [kg.Down] come nearest first.
func (r *reading) lead(owner *hit, w *way, yield func(hit) bool) {
	switch owner.class {
	case entityHit:
		r.leadFromEntity(owner, w, yield)
	case factHit:
		r.leadFromFact(owner, w, yield)
	case sourceHit:
		if w.Way == kg.FactsOf {
			r.restingOn(owner.n, w.states, yield)
		}
	case specialHit:
		r.leadFromSpecial(owner.special, w, yield)
	}
}

func (r *reading) leadFromEntity(owner *hit, w *way, yield func(hit) bool) {
	switch w.Way {
	case kg.Up:
		r.up(owner.n, w, yield)
	case kg.Down:
		r.down(owner.n, w, yield)
	case kg.Out, kg.In, kg.Both:
		r.stepsFrom(owner.n, w, func(n uint32, v view) bool {
			return yield(hit{class: entityHit, n: other(v, owner.n), led: true, lead: n})
		})
	case kg.FactsOf:
		for it := range r.entities.at(owner.n).links.from(0) {
			if w.of != 0 && !w.of.Has(kindOfLink(it)) {
				continue
			}
			if v, ok := r.at(uint32(it)); ok && r.shown(v, w.states) && !yield(hit{class: factHit, n: uint32(it)}) {
				return
			}
		}
	case kg.EvidenceOf:
		e := r.wholeEntity(owner.n, 0)
		field := ""
		if w.Field != nil {
			field = w.Field.Name
		}
		r.recorded(e.EvidenceFor(field), yield)
	case kg.StatusOf:
		if s := r.status(owner.n, w.On, w.light); s != nil {
			yield(hit{class: specialHit, special: &kg.Row{Status: s}})
		}
	case kg.LineageOf:
		r.lineage(owner.n, w, yield)
	case kg.ChangesOf:
		r.changes(owner.n, yield)
	}
}

func (r *reading) leadFromFact(owner *hit, w *way, yield func(hit) bool) {
	v, ok := r.at(owner.n)
	if !ok {
		return
	}
	switch w.Way {
	case kg.FromEnd:
		yield(hit{class: entityHit, n: v.from})
	case kg.ToEnd:
		yield(hit{class: entityHit, n: v.to})
	case kg.EitherEnd:
		if yield(hit{class: entityHit, n: v.from}) {
			yield(hit{class: entityHit, n: v.to})
		}
	case kg.ByField:
		switch ids := v.value(w.Field).(type) {
		case kg.ID:
			r.yieldNamed(ids, yield)
		case []kg.ID:
			for _, id := range ids {
				if !r.yieldNamed(id, yield) {
					return
				}
			}
		}
	case kg.EvidenceOf:
		if whole := r.wholeFact(owner.n, 0); whole != nil {
			r.recorded(whole.Evidence, yield)
		}
	}
}

func (r *reading) leadFromSpecial(row *kg.Row, w *way, yield func(hit) bool) {
	switch {
	case w.Way == kg.EvidenceOf && row.Status != nil:
		r.recorded(row.Status.DecidedBy, yield)
	case w.Way == kg.SourceOf && row.Evidence != nil:
		r.yieldNamed(row.Evidence.Source, yield)
	case w.Way == kg.FactOf && row.Change != nil:
		r.yieldNamed(row.Change.Fact, yield)
	}
}

// yieldNamed calls yield with what an id names, if it names something.
func (r *reading) yieldNamed(id kg.ID, yield func(hit) bool) bool {
	if h := r.find(id); h.class != noHit {
		return yield(h)
	}
	return true
}

// find finds what an id names.
func (r *reading) find(id kg.ID) hit {
	if n, ok := r.canonical(id); ok {
		return hit{class: entityHit, n: n}
	}
	if n, ok := r.graph.fact(id); ok {
		if _, ok := r.at(n); ok {
			return hit{class: factHit, n: n}
		}
		return hit{}
	}
	if n, ok := r.graph.source(id); ok {
		return hit{class: sourceHit, n: n}
	}
	return hit{}
}

// recorded gives the evidence that the graph had when the query asks.
func (r *reading) recorded(evidence []kg.Evidence, yield func(hit) bool) {
	for i := range evidence {
		if at := r.query.KnownAt; !at.IsZero() && evidence[i].RecordedAt.After(at) {
			continue
		}
		if !yield(hit{class: specialHit, special: &kg.Row{Evidence: &evidence[i]}}) {
			return
		}
	}
}

// restingOn gives the facts with evidence in a source.
func (r *reading) restingOn(source uint32, states kg.StateSet, yield func(hit) bool) {
	for it := range r.sources.at(source).facts.from(0) {
		v, ok := r.at(uint32(it))
		if ok && r.shown(v, states) && v.restsOn(source) && !yield(hit{class: factHit, n: uint32(it)}) {
			return
		}
	}
}

// restsOn says whether some of the fact's evidence is in a source.
func (v view) restsOn(source uint32) bool {
	for s := range v.g.list(v.sources) {
		if s == source {
			return true
		}
	}
	return false
}

// other gives the end of a fact that is not n.
func other(v view, n uint32) uint32 {
	if v.from == n {
		return v.to
	}
	return v.from
}

// linksOf gives where those of an entity's links begin and end that lead along a way.
func linksOf(fact kg.Kind, w kg.Way) (from, to uint64) {
	from, to = link(fact, false, "", 0), link(fact+1, false, "", 0)
	switch w {
	case kg.Out, kg.Up:
		to = link(fact, true, "", 0)
	case kg.In, kg.Down:
		from = link(fact, true, "", 0)
	}
	return from, to
}

// stepsFrom gives the facts that lead one step from an entity.
func (r *reading) stepsFrom(n uint32, w *way, yield func(n uint32, v view) bool) {
	from, to := linksOf(w.Fact, w.Way)
	for it := range r.entities.at(n).links.between(from, to) {
		v, ok := r.leadsBy(uint32(it), w)
		switch {
		case ok && !yield(uint32(it), v):
			return
		case !ok && w.fact != nil && r.stopped():
			return
		}
	}
}

// leadsBy gives a fact, and says whether it is shown and fits, so that it leads along a way.
func (r *reading) leadsBy(n uint32, w *way) (v view, ok bool) {
	if v, ok = r.at(n); !ok || !r.shown(v, w.states) {
		return v, false
	}
	return v, w.fact == nil || w.fact(hit{class: factHit, n: n})
}
