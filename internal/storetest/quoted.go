package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testQuoted looks for facts by words of their quotes.
func testQuoted(t *testing.T, open opener) {
	t.Run("words", func(t *testing.T) { testQuotedWords(t, open) })
	t.Run("now", func(t *testing.T) { testQuotedNow(t, open) })
	t.Run("first", func(t *testing.T) { testQuotedFirst(t, open) })
	t.Run("country", func(t *testing.T) { testSearchedInCountry(t, open) })
	t.Run("parts", func(t *testing.T) { testSearchedParts(t, open) })
}

// quote lets a fact rest on a quote.
func quote(text string) func(*kg.FactRecord) {
	return func(r *kg.FactRecord) {
		r.Evidence[0].Quote, r.Evidence[0].End, r.Evidence[0].Locator = text, len([]rune(text)), ""
	}
}

func testQuotedWords(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:jinan", "city:rennes", "city:kyoto", "sector:steel")
	g.fact("twins", kg.PartnersWith, "city:jinan", "city:rennes", quote("Rennes became a SISTER city of Jinan's, in 2002 (Saint-Étienne did not)."))
	g.fact("chinese", kg.PartnersWith, "city:jinan", "city:kyoto", quote("济南与京都结为友好城市"))
	g.fact("arabic", kg.ActiveIn, "city:jinan", "sector:steel", quote("تَصنيع الفولاذ في جينان"))
	g.fact("turkish", kg.ActiveIn, "city:rennes", "sector:steel", quote("İSTANBUL'da çelik; Thành phố; ﬁn; ＦＵＬＬ; I_d%"))
	g.fact("against", kg.ActiveIn, "city:kyoto", "sector:steel", quote("Nothing of the kind"), func(r *kg.FactRecord) {
		r.Evidence[0].Disputes = true
	})
	g.fact("place", kg.LocatedIn, "city:jinan", "city:kyoto") // without a quote
	g.apply()
	for _, c := range []struct{ text, want string }{
		{"sister", "twins"}, {"SÍSTER citý", "twins"}, {"city sister", "twins"}, {"jinan", "twins"}, {"jinans", "twins"}, {"2002", "twins"}, {"etienne saint", "twins"},
		{"saintetienne", "twins"},
		// the last word may be a beginning, from three letters on, and no other
		{"sis", "twins"}, {"sister ci", ""}, {"sister cit", "twins"}, {"sist city", ""}, {"a", "twins"}, {"ister", ""}, {"sistar", ""},
		{"rennes kyoto", ""}, {"sister nothing", ""},
		{"友好", "chinese"}, {"城市", "chinese"}, {"都", "chinese"}, {"友城", ""}, {"京都 济南", "chinese"}, {"与京都结为友好", "chinese"},
		{"تصنيع", "arabic"}, {"الفولاذ", "arabic"}, {"جينان", "arabic"},
		{"istanbul", "turkish"}, {"ıstanbulda", "turkish"}, {"CELIK", "turkish"}, {"thanh pho", "turkish"}, {"fin", "turkish"}, {"full", "turkish"}, {"i d", "turkish"},
		{"kind", "against"},
		{"", ""}, {" \u0301\u00ad ", ""}, {"%", ""}, {"rennes OR nothing", ""}, {"re*", ""}, {`"sister"`, "twins"},
		{strings.Repeat("sister ", 2_000), "twins"}, {strings.Repeat("x", 10_000), ""}, {strings.Repeat("\u0301", 10_000), ""},
	} {
		g.on(t).wantQuoted(c.text, c.want)
	}
}

// testQuotedNow holds that quotes of what is accepted now are found, and of nothing else.
func testQuotedNow(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:other", 0.5)
	g.add("city:a", "city:b", "city:c", "city:d")
	id := g.fact("f", kg.LocatedIn, "city:a", "city:b", quote("Harbour of old"))
	proposed := quote("Harbour proposed")
	g.fact("p", kg.LocatedIn, "city:a", "city:c", proposed, state(kg.Proposed))
	g.apply()
	g.wantQuoted("harbour", "f")

	// More evidence for it, and two quotes that only together hold all words.
	g.fact("f", kg.LocatedIn, "city:a", "city:b", quote("Lighthouse of new"), from("source:other"), recorded(later))
	g.fact("q", kg.LocatedIn, "city:a", "city:d", quote("Lighthouse"))
	g.apply()
	g.wantQuoted("lighthouse", "q", "f")
	g.wantQuoted("lighthouse harbour", "f") // for the catalog to say that it is in two
	g.wantQuoted("harbour", "f")

	g.retract(id, late)
	g.apply()
	g.wantQuoted("harbour")
	g.wantQuoted("lighthouse", "q")

	// Asserted anew it rests on what is new.
	g.fact("f", kg.LocatedIn, "city:a", "city:b", quote("Marina"), recorded(late.AddDate(1, 0, 0)))
	g.fact("p", kg.LocatedIn, "city:a", "city:c", proposed, recorded(later))
	g.apply()
	g.wantQuoted("marina", "f")
	g.wantQuoted("lighthouse", "q")
	g.wantQuoted("harbour", "p")
}

// testQuotedFirst holds which facts are proposed where there are more than are wanted: the surest, then by id.
func testQuotedFirst(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("sector:a", "sector:b", "country:fr")
	var want []kg.ID
	for i := range 30 {
		city := g.entity(kg.ID(fmt.Sprintf("city:%d", i)), "x")
		set := quote(fmt.Sprintf("Harbour %d at the sea", i))
		if i%10 == 0 {
			g.fact(fmt.Sprint(i), kg.ActiveIn, city, "sector:a", set, sure(0.5))
			continue
		}
		want = append(want, g.fact(fmt.Sprint(i), kg.ActiveIn, city, "sector:b", set))
	}
	g.apply()
	slices.Sort(want)
	search := &kg.Search{Sought: kg.Seek("harbour sea", kg.InQuotes), Quotes: 5}
	g.wantFacts(search, want[:5])
	search.Quotes = 100
	if found := g.facts(search); len(found) != 30 || found[26].ID != want[26] {
		t.Errorf("of 30 facts came %v", found)
	}
	search.Quotes = 0
	g.wantFacts(search, nil)

	// Of the kinds and of those that fit, whatever else comes before.
	search.Quotes, search.Kinds, search.Where = 2, kg.SetOf(kg.Sector), kg.IDIn{"sector:a", "city:1"}
	unsure := []kg.ID{g.idOf("0"), g.idOf("10"), g.idOf("20")}
	slices.Sort(unsure)
	g.wantFacts(search, unsure[:2])
	for _, f := range g.facts(search) {
		if len(f.Ends) != 1 || f.Ends[0] != (kg.Candidate{ID: "sector:a", Degree: 3}) {
			t.Errorf("the ends of %s are %v, want the sector with its three facts", f.ID, f.Ends)
		}
	}
	search.Kinds = 0
	g.wantFacts(search, []kg.ID{g.idOf("1"), unsure[0]})
	search.Where = kg.IDIn{}
	g.wantFacts(search, nil)
}

// testSearchedInCountry holds that a search may be kept to countries, before its limit is taken.
func testSearchedInCountry(t *testing.T, open opener) {
	g := newFixture(t, open)
	for _, id := range ids("country:fr", "country:de", "region:brittany") {
		g.entity(id, "Harbour "+string(id))
	}
	g.fact("region", kg.LocatedIn, "region:brittany", "country:fr")
	for i := range 40 {
		city := g.entity(kg.ID(fmt.Sprintf("city:%02d", i)), "Harbour")
		switch {
		case i == 39:
			g.fact("in the region", kg.LocatedIn, city, "region:brittany", quote("Anchor there"))
		case i != 38:
			g.fact(fmt.Sprintf("in %d", i), kg.LocatedIn, city, "country:de", quote("Anchor here"))
		}
	}
	g.apply()
	in := func(node kg.Filter) kg.Filter {
		return kg.Has{Relation: way(kg.Up, kg.LocatedIn), Kinds: kg.SetOf(kg.Country), Node: node, AtLeast: 1}
	}
	search := &kg.Search{Sought: kg.Seek("harbour", 0), Where: in(kg.IDIn{"country:fr"}), Today: today, Limit: 10}
	g.wantEntities(search, "city:39", "region:brittany", "country:fr")
	search.Limit = 1
	g.wantEntities(search, "city:39")
	search.Limit, search.Kinds = 10, kg.SetOf(kg.Country)
	g.wantEntities(search, "country:fr")
	search.Kinds, search.Where = 0, in(kg.IDIn{"country:none"})
	g.wantEntities(search)
	search.Where, search.Kinds, search.Limit = kg.Not{Filter: in(nil)}, kg.SetOf(kg.City), 3
	g.wantEntities(search, "city:38")

	search = &kg.Search{Sought: kg.Seek("anchor", kg.InQuotes), Where: in(kg.IDIn{"country:fr"}), Today: today, Quotes: 3}
	g.wantFacts(search, []kg.ID{g.idOf("in the region")})
	search.Where = in(kg.IDIn{"country:de"})
	if found := g.facts(search); len(found) != 3 || len(found[0].Ends) != 2 {
		t.Errorf("in Germany came %v, want three facts with both their ends", found)
	}
}

// testSearchedParts holds that a text is looked for where it is to be and nowhere else.
func testSearchedParts(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:name", "Harbour 港口")
	g.entity("city:said", "x", func(e *kg.Entity) { e.Description = "A harbour: 港口。" })
	g.fact("quoted", kg.LocatedIn, "city:name", "city:said", quote("The harbour: 港口"))
	g.apply()
	for _, text := range []string{"harbour", "harb", "港口", "口", "harbour 港口"} {
		for in, want := range map[kg.SearchIn][]kg.ID{
			0: ids("city:name", "city:said"), kg.InNames: ids("city:name"), kg.InDescriptions: ids("city:said"), kg.InQuotes: nil,
		} {
			for _, quotes := range []kg.SearchIn{0, kg.InQuotes} {
				search := &kg.Search{Sought: kg.Seek(text, in|quotes), Limit: 10, Quotes: 10}
				if in == 0 && quotes != 0 {
					want = nil
				}
				g.wantEntities(search, want...)
				if facts := g.facts(search); len(facts) > 0 != (in|quotes == in|kg.InQuotes) {
					t.Errorf("%q in %d gave the facts %v", text, in|quotes, facts)
				}
			}
		}
	}
	g.wantEntities(&kg.Search{Sought: kg.Seek("horbour", kg.InDescriptions), Limit: 10})
}

// wantQuoted asks for facts by words of their quotes, and wants those with these labels, in any order.
func (g *fixture) wantQuoted(text string, labels ...string) {
	g.t.Helper()
	var got []string
	for _, f := range g.facts(&kg.Search{Sought: kg.Seek(text, kg.InQuotes), Quotes: 10}) {
		got = append(got, g.labels[f.ID])
	}
	labels = slices.DeleteFunc(slices.Sorted(slices.Values(labels)), func(l string) bool { return l == "" })
	slices.Sort(got)
	if !slices.Equal(got, labels) {
		g.t.Errorf("quotes with %.40q are of %q, want %q", text, got, labels)
	}
}

func (g *fixture) facts(s *kg.Search) []kg.CandidateFact {
	g.t.Helper()
	found, err := g.store.Candidates(g.t.Context(), s)
	if err != nil {
		g.t.Fatalf("Candidates = %v, want nil", err)
	}
	return found.Facts
}

func (g *fixture) wantFacts(s *kg.Search, want []kg.ID) {
	g.t.Helper()
	var got []kg.ID
	for _, f := range g.facts(s) {
		got = append(got, f.ID)
	}
	if !slices.Equal(got, want) {
		g.t.Errorf("gave   %q\nwanted %q", got, want)
	}
}

func (g *fixture) wantEntities(s *kg.Search, want ...kg.ID) {
	g.t.Helper()
	found, err := g.store.Candidates(g.t.Context(), s)
	if err != nil {
		g.t.Fatalf("Candidates = %v, want nil", err)
	}
	var got []kg.ID
	for _, e := range found.Entities {
		got = append(got, e.ID)
	}
	if !slices.Equal(got, want) {
		g.t.Errorf("gave   %q\nwanted %q", got, want)
	}
}
