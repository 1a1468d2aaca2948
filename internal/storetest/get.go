package storetest

import (
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testGet asks for nodes by id.
func testGet(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "country:c")
	lies := g.fact("lies", kg.LocatedIn, "city:a", "country:c")
	waits := g.fact("waits", kg.LocatedIn, "city:b", "country:c", state(kg.Proposed))
	g.apply()

	g.answers(
		asked{"in the order asked", these(ids("country:c", "city:b", "city:a")), "country:c city:b city:a"},
		asked{"as often as asked", these(ids("city:a", "city:b", "city:a")), "city:a city:b city:a"},
		asked{"what is not there", these(ids("city:none", "city:a", "nonsense", "")), "- city:a - -"},
		asked{"nodes of all classes", these(ids(paper, lies, "city:a")), "source:paper lies city:a"},
		asked{"nothing", these(ids()), ""},
		asked{"order and page do not hold", these(ids("city:b", "city:a"), by(asc(kg.FieldName)), first(1)), "city:b city:a"},
		asked{"kinds hold", these(ids("city:a", "country:c"), only(kg.SetOf(kg.City))), "city:a -"},
		asked{"a filter holds", these(ids("city:a", "city:b"), where(kg.IDIn{"city:b"})), "- city:b"},
		asked{"states hold", these(ids(lies, waits)), "lies -"},
		asked{"any state", these(ids(lies, waits), states(kg.AnyState)), "lies waits"},
		asked{"the total is of what is there", these(ids("city:a", "city:none"), total), "city:a - of 1"},
	)
	t.Run("whole entity", func(t *testing.T) { testWholeEntity(t, open) })
	t.Run("whole source", func(t *testing.T) { testWholeSource(t, open) })
	t.Run("whole fact", func(t *testing.T) { testWholeFact(t, open) })
}
