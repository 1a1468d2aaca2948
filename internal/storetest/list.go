package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testList asks for all nodes of some kinds.
func testList(t *testing.T, open opener) {
	t.Run("empty", func(t *testing.T) {
		g := &fixture{t: t, store: open(t)}
		defer g.store.Close()
		g.answers(
			asked{"entities", allOf(kg.Entities, total), "of 0"},
			asked{"facts", allOf(kg.Facts, total), "of 0"},
			asked{"sources", all(kg.SourceKind, total), "of 0"},
			asked{"ids", the("city:a"), "-"},
		)
	})

	g := newFixture(t, open)
	g.source("source:another", 0.5)
	g.add("city:b", "city:a", "city:c", "zone:z", "country:k")
	g.fact("2", kg.LocatedIn, "city:b", "country:k")
	g.fact("1", kg.LocatedIn, "city:a", "country:k", since("2001"))
	g.fact("refused", kg.LocatedIn, "city:c", "country:k", state(kg.Rejected))
	g.fact("3", kg.PartnersWith, "city:a", "city:b", since("2002"))
	g.apply()

	bySince := by(asc(kg.FieldSince), asc(own(kg.LocatedIn, "kind")))
	g.answers(
		asked{"of one kind", all(kg.City), "city:a city:b city:c"},
		asked{"of several kinds", allOf(kg.SetOf(kg.City, kg.Zone)), "city:a city:b city:c zone:z"},
		asked{"of a kind that there is none of", all(kg.Sector, total), "of 0"},
		asked{"sources", all(kg.SourceKind), "source:another source:paper"},
		asked{"facts of all kinds", allOf(kg.Facts, bySince), "1 3 2"},
		asked{"facts of one kind", all(kg.LocatedIn, bySince), "1 2"},
		asked{"facts in another state", all(kg.LocatedIn, states(1<<kg.Rejected)), "refused"},
		asked{"facts in any state", all(kg.LocatedIn, states(kg.AnyState), total, first(0)), "… of 3"},
		asked{"the first", all(kg.City, first(2)), "city:a city:b …"},
		asked{"as many as there are", all(kg.City, first(3)), "city:a city:b city:c"},
		asked{"fewer than asked", all(kg.City, first(10)), "city:a city:b city:c"},
		asked{"counted only", all(kg.City, first(0), total), "… of 3"},
		asked{"counted only, and there is none", all(kg.Sector, first(0), total), "of 0"},
		asked{"the total is of the whole list", all(kg.City, first(1), total), "city:a … of 3"},
		asked{"the total is of what fits", all(kg.City, where(kg.Not{Filter: kg.IDIn{"city:b"}}), first(1), total), "city:a … of 2"},
	)
}
