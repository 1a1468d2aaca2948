package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// statistics counts the graph as it is now.
func (g *graph) statistics(coverage bool) *kg.Statistics {
	s := &kg.Statistics{Entities: len(g.entities), Sources: len(g.sources)}
	kinds, facts, classes := map[string]*kg.Bucket{}, map[string]*kg.Bucket{}, map[string]*kg.Bucket{}
	for _, e := range g.entities {
		count(kinds, e.Kind.String(), e.Kind.String())
	}
	for _, f := range g.facts {
		if f.State != kg.Accepted {
			continue
		}
		s.Facts++
		count(facts, f.Kind.String(), f.Kind.String())
		if !coverage {
			continue
		}
		rests := map[string]bool{}
		for _, ev := range f.Evidence {
			rests[g.sources[ev.Source].Class] = true
		}
		for class := range rests {
			count(classes, class, class)
		}
		supports := slices.DeleteFunc(slices.Clone(f.Evidence), func(ev kg.Evidence) bool { return ev.Disputes })
		if slices.ContainsFunc(supports, func(ev kg.Evidence) bool { return ev.Quote != "" }) {
			s.Quoted++
		}
		if kg.Corroborated(f.Evidence, g.source) {
			s.Corroborated++
		}
	}
	s.ByKind, s.ByFact = fullest(kinds), fullest(facts)
	if coverage {
		s.BySourceClass = fullest(classes)
	}
	return s
}
