package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testDegrees counts the facts of entities by kind and direction. Answers read: LOCATED_IN OUT 1.
func testDegrees(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "city:c", "country:k", "company:x", "company:y", "company:z", "company:lone", "agreement:p")
	g.fact("ak", kg.LocatedIn, "city:a", "country:k", until("2010"))
	g.fact("bk", kg.LocatedIn, "city:b", "country:k")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b")
	g.fact("ab again", kg.PartnersWith, "city:b", "city:a", with("type", "OTHER"))
	g.fact("bc", kg.PartnersWith, "city:b", "city:c", recorded(late))
	g.fact("xa", kg.LocatedIn, "company:x", "city:a")
	g.fact("xy", kg.PartOf, "company:x", "company:y")
	g.fact("zx", kg.PartOf, "company:z", "company:x")
	gone := g.fact("yx", kg.PartOf, "company:y", "company:x")
	g.fact("xp", kg.PartyTo, "company:x", "agreement:p", state(kg.Proposed))
	g.fact("bp", kg.PartyTo, "city:b", "agreement:p")
	g.apply()
	g.retract(gone, late)
	g.apply()

	counting := func(l *kg.List) { l.Select = &kg.Select{Degrees: true} }
	for _, c := range []struct {
		name  string
		query kg.Query
		want  string
	}{
		{"out, in and both", the("city:a", counting), "LOCATED_IN OUT 1, LOCATED_IN IN 1, PARTNERS_WITH BOTH 2"},
		{"the same kind either way, without what is retracted", the("company:x", counting), "LOCATED_IN OUT 1, PART_OF OUT 1, PART_OF IN 1"},
		{"without what is proposed", the("agreement:p", counting), "PARTY_TO IN 1"},
		{"none", the("company:lone", counting), ""},
		{"on a day", asOf("2015-01-01", the("city:a", counting)), "LOCATED_IN IN 1, PARTNERS_WITH BOTH 2"},
		{"as known at a moment", knownAt(early, the("city:b", counting)), "LOCATED_IN OUT 1, PARTNERS_WITH BOTH 2, PARTY_TO OUT 1"},
		{"as known before a retraction", knownAt(later, the("company:x", counting)), "LOCATED_IN OUT 1, PART_OF OUT 1, PART_OF IN 2"},
		{"as known before there was anything", knownAt(early.Add(-1), the("city:a", counting)), ""},
		{"of what is no entity, of nothing", these(ids(g.idOf("ab"), paper, "city:none"), counting), "-; -; -"},
		{"of a list", all(kg.City, counting), "LOCATED_IN OUT 1, LOCATED_IN IN 1, PARTNERS_WITH BOTH 2; LOCATED_IN OUT 1, PARTNERS_WITH BOTH 3, PARTY_TO OUT 1; PARTNERS_WITH BOTH 1"},
		{"of all that lies around", walking(wide(1, "city:c"), counting), "PARTNERS_WITH BOTH 1; LOCATED_IN OUT 1, PARTNERS_WITH BOTH 3, PARTY_TO OUT 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := g.on(t)
			p := g.read(c.query)
			if got := degreesText(p.Rows); got != c.want {
				t.Errorf("Read(%s)\ncounted %s\nwanted  %s", describe(&c.query), got, c.want)
			}
		})
	}
	t.Run("below a relation, only where asked", func(t *testing.T) {
		g := g.on(t)
		below := along(kg.Down, kg.LocatedIn, kg.SetOf(kg.City), counting)
		row := g.row(the("country:k", follow(below)))
		want := "LOCATED_IN OUT 1, LOCATED_IN IN 1, PARTNERS_WITH BOTH 2; LOCATED_IN OUT 1, PARTNERS_WITH BOTH 3, PARTY_TO OUT 1"
		if got := degreesText(row.Pages[0].Rows); got != want || row.Degrees != nil {
			t.Errorf("below country:k the degrees are %s, want %s; its own are %v, want none as nobody asked", got, want, row.Degrees)
		}
	})
}

func degreesText(rows []kg.Row) string {
	of := make([]string, len(rows))
	for i := range rows {
		var parts []string
		for _, d := range rows[i].Degrees {
			parts = append(parts, fmt.Sprintf("%s %s %d", d.Fact, d.Way, d.Count))
		}
		of[i] = strings.Join(parts, ", ")
		if rows[i].Entity == nil {
			of[i] = "-"
		}
	}
	return strings.Join(of, "; ")
}
