package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testIdentified finds entities by what registers call them.
func testIdentified(t *testing.T, open opener) {
	g := newFixture(t, open)
	others := func(ids ...kg.Identifier) func(*kg.Entity) {
		return func(e *kg.Entity) { e.Others = append(e.Others, ids...) }
	}
	g.entity("country:fr", "France", holding("iso2", "FR"), holding("iso3", "FRA"), holding("m49", "250"), others(kg.Identifier{Scheme: "WIKIDATA", Value: "Q142"}))
	g.entity("country:cn", "China", holding("iso2", "CN"))
	g.entity("city:paris", "Paris", others(kg.Identifier{Scheme: "WIKIDATA", Value: "Q90"}, kg.Identifier{Scheme: "OTHER", Value: "250"}))
	g.entity("region:paris", "Paris", others(kg.Identifier{Scheme: "WIKIDATA", Value: "Q90"}))
	g.entity("city:lyon", "Lyon", others(kg.Identifier{Scheme: "WIKIDATA", Value: "Q456"}))
	g.fact("paris", kg.LocatedIn, "city:paris", "country:fr")
	g.fact("lyon", kg.LocatedIn, "city:lyon", "country:fr")
	g.apply()
	g.entity("city:lyon", "Lyon", others(kg.Identifier{Scheme: "GEONAMES", Value: "2996944"}))
	g.entity("country:cn", "China", holding("iso2", "CX"))
	g.apply()

	by := func(scheme, value string) kg.Query {
		return allOf(kg.Entities, where(kg.Identified{Scheme: scheme, Value: value}))
	}
	inFrance := some(way(kg.Up, kg.LocatedIn), kg.SetOf(kg.Country), kg.Identified{Scheme: "ISO_3166_1", Value: "FR"})
	g.answers(
		asked{"by a field of its own", by("ISO_3166_1", "FR"), "country:fr"},
		asked{"by another of the same register", by("ISO_3166_1", "FRA"), "country:fr"},
		asked{"by a field of another register", by("UN_M49", "250"), "country:fr"},
		asked{"by any other", by("WIKIDATA", "Q142"), "country:fr"},
		asked{"several that share one", by("WIKIDATA", "Q90"), "city:paris region:paris"},
		asked{"of a kind", all(kg.City, where(kg.Identified{Scheme: "WIKIDATA", Value: "Q90"})), "city:paris"},
		asked{"that only another register has", by("OTHER", "FR"), ""},
		asked{"in another case", by("WIKIDATA", "q142"), ""},
		asked{"the beginning of one", by("WIKIDATA", "Q4"), ""},
		asked{"that was given later", by("GEONAMES", "2996944"), "city:lyon"},
		asked{"that was given before", by("WIKIDATA", "Q456"), "city:lyon"},
		asked{"that has been replaced", by("ISO_3166_1", "CN"), ""},
		asked{"among ids", these(ids("city:lyon", "city:paris"), where(kg.Identified{Scheme: "WIKIDATA", Value: "Q90"})), "- city:paris"},
		asked{"facts and sources have none", allOf(kg.Facts|kg.SetOf(kg.SourceKind), where(kg.Identified{Scheme: "OTHER", Value: "250"})), ""},
		asked{"at the other end", all(kg.City, where(inFrance)), "city:lyon city:paris"},
	)
}
