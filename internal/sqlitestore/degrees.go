package sqlitestore

import "github.com/ententegraph/entente/internal/kg"

// degrees counts the accepted facts of an entity by kind and direction. Its links stand in runs of these, so that where all
// facts of a kind count, nothing is looked at but the ends of a run.
func (r *reading) degrees(n uint32) []kg.Degree {
	links := r.entities.at(n).links
	degrees := []kg.Degree{}
	for begin := 0; begin < links.len() && !r.stopped(); {
		first := links.at(begin)
		kind, w := kindOfLink(first), kg.Out
		switch {
		case kind.Decl().Symmetric:
			w = kg.Both
		case leadsIn(first):
			w = kg.In
		}
		_, to := linksOf(kind, w)
		end := links.rank(func(it uint64) bool { return it < to })
		count := end - begin
		if !r.present() || int(r.graph.accepted[kind]) < r.byID[kind].len() {
			count = 0
			r.stepsFrom(n, &way{Relation: kg.Relation{Way: w, Fact: kind}, states: kg.OnlyAccepted}, func(uint32, view) bool {
				count++
				return true
			})
		}
		if count > 0 {
			degrees = append(degrees, kg.Degree{Fact: kind, Way: w, Count: count})
		}
		begin = end
	}
	return degrees
}
