package storetest

import (
	"slices"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testCandidates looks for entities by a text.
func testCandidates(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:jinan", "Jinan", func(e *kg.Entity) {
		e.Names = append(e.Names, kg.Name{Value: "济南", Lang: "zh", Kind: kg.Primary}, kg.Name{Value: "Tsinan", Lang: "de", Kind: kg.Former})
		e.Others = []kg.Identifier{{Scheme: "WIKIDATA", Value: "Q170247"}}
	})
	g.entity("city:munich", "Munich", func(e *kg.Entity) {
		e.Names = append(e.Names, kg.Name{Value: "MÜNCHEN", Lang: "de", Kind: kg.Primary})
		e.Description = "On the Isar, north of the Alps; twinned with nobody named in this graph."
	})
	g.entity("company:jinan-steel", "Jinan  Steel")
	g.entity("institution:weird", "100% _ 'quoted' \"AND\" x* (OR) ~1 \\")
	g.add("sector:steel")
	g.batch.Aliases = []kg.AliasRecord{{Alias: "city:monaco-di-baviera", Of: "city:munich"}}
	g.apply()

	for _, c := range []struct {
		name, text string
		kinds      kg.KindSet
		want       []kg.ID
	}{
		{"a name", "Munich", 0, ids("city:munich")},
		{"in any case and accent, the whole name first", "jÍNAN", 0, ids("city:jinan", "company:jinan-steel")},
		{"of some kinds", "jinan", kg.SetOf(kg.City, kg.Zone), ids("city:jinan")},
		{"of a kind that there is none of", "jinan", kg.SetOf(kg.Country), nil},
		{"part of a word", "nchen", 0, ids("city:munich")},
		{"two characters of Chinese", "济南", 0, ids("city:jinan")},
		{"one of them", "南", 0, ids("city:jinan")},
		{"one letter", "j", 0, ids("city:jinan", "company:jinan-steel")},
		{"a former name", "tsinan", 0, ids("city:jinan")},
		{"words, and the space between them", "JINAN\tsteel", 0, ids("company:jinan-steel")},
		{"words in another order", "steel jinan", 0, ids("company:jinan-steel")},
		{"a description", "the alps; TWINNED", 0, ids("city:munich")},
		{"a letter left out, one too many, a wrong one, two swapped", "jnan", 0, ids("city:jinan", "company:jinan-steel")},
		{"one too many", "jinaan", 0, ids("city:jinan", "company:jinan-steel")},
		{"a wrong one", "jimam", 0, nil},
		{"two swapped", "muncih", 0, ids("city:munich")},
		{"an identifier", "q170247", 0, ids("city:jinan")},
		{"what nothing holds", "xyz", 0, nil},
		{"nothing", "", 0, nil},
		{"what folds to nothing", " \u0301\u00ad ", 0, nil},
		{"the id of an alias", "baviera", 0, nil},
		{"signs of other languages", `100% _ quoted "and" x* (or) ~1 \`, 0, ids("institution:weird")},
		{"which stand for nothing else", `%`, 0, nil},
		{"and for no letter", `jin_n`, 0, nil},
		{"nor for several", `z*`, 0, nil},
		{"nor for words of another language", `jinan OR munich`, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) { g.on(t).wantCandidates(c.text, c.kinds, 10, c.want) })
	}
	t.Run("the first", func(t *testing.T) {
		g := g.on(t)
		g.wantCandidates("jinan", 0, 2, ids("city:jinan", "company:jinan-steel"))
		g.wantCandidates("jinan", 0, 1, ids("city:jinan"))
		g.wantCandidates("jinan", 0, 0, nil)
	})
	t.Run("what came later", func(t *testing.T) {
		g := g.on(t)
		g.entity("sector:steel", "Iron and steel")
		g.apply()
		g.wantCandidates("iron", 0, 10, ids("sector:steel"))
	})
	t.Run("by degree, then by id", func(t *testing.T) {
		g := g.on(t)
		g.add("city:a", "city:b", "city:c")
		for _, id := range ids("zone:a", "zone:b", "zone:c", "zone:d") {
			g.entity(id, "Harbour")
		}
		g.fact("b in a", kg.LocatedIn, "zone:b", "city:a")
		g.fact("b in b", kg.LocatedIn, "zone:b", "city:b", state(kg.Proposed))
		g.fact("d in c", kg.LocatedIn, "zone:d", "city:c")
		g.apply()
		want := []kg.Candidate{{ID: "zone:b", Degree: 2}, {ID: "zone:d", Degree: 1}, {ID: "zone:a"}, {ID: "zone:c"}}
		got, err := g.store.Candidates(t.Context(), &kg.Search{Sought: kg.Seek("harbour", 0), Limit: 10})
		if err != nil || !slices.Equal(got.Entities, want) {
			t.Errorf("gave   %v, %v\nwanted %v", got, err, want)
		}
	})
	t.Run("a new name, in place of the old", func(t *testing.T) {
		g := g.on(t)
		g.entity("city:munich", "Monaco")
		g.apply()
		g.wantCandidates("monaco", 0, 10, ids("city:munich"))
	})
}

func (g *fixture) wantCandidates(text string, kinds kg.KindSet, limit int, want []kg.ID) {
	g.t.Helper()
	found, err := g.store.Candidates(g.t.Context(), &kg.Search{Sought: kg.Seek(text, 0), Kinds: kinds, Limit: limit})
	if err != nil {
		g.t.Fatalf("Candidates(%q) = %v, want nil", text, err)
	}
	var got []kg.ID
	for _, c := range found.Entities {
		got = append(got, c.ID)
	}
	if !slices.Equal(got, want) || len(found.Facts) > 0 {
		g.t.Errorf("Candidates(%q, %s, %d)\ngave   %q, facts %v\nwanted %q", text, kinds, limit, got, found.Facts, want)
	}
}
