package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testOrder proves that an order puts the same first on every engine.
func testOrder(t *testing.T, open opener) {
	t.Run("names", func(t *testing.T) { testOrderOfNames(t, open) })
	t.Run("values", func(t *testing.T) { testOrderOfValues(t, open) })
	t.Run("facts", func(t *testing.T) { testOrderOfFacts(t, open) })
	t.Run("sources", func(t *testing.T) { testOrderOfSources(t, open) })
}

// testOrderOfNames orders names of many scripts, that differ in case or accents only, or in what UTF-8 and UTF-16 disagree on.
func testOrderOfNames(t *testing.T, open opener) {
	names := strings.Fields("zürich Zurich ZÜRICH Äbtissin abt Abtei Łódź Lodz lodzer 9 10 Straße STRASSE strasse " +
		"Αθήνα Москва القاهرة 東京 济南 서울 ｶﾅ カナ \uE000x 𠮷野家 𝒜 _ ~ -")
	names = append(names, "New York", "New-York", "Newark", strings.Repeat("long ", 400)+"a", strings.Repeat("long ", 400)+"b")

	g := newFixture(t, open)
	for i, name := range names {
		// Ids run against the order of the list, so that no engine is right by chance.
		g.entity(kg.ID(fmt.Sprintf("city:n%02d", len(names)-i)), name)
	}
	wanted := slices.Clone(g.batch.Entities)
	g.apply()

	slices.SortFunc(wanted, func(a, b *kg.Entity) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(string(a.ID), string(b.ID)))
	})
	g.want(all(kg.City, by(asc(kg.FieldName))), idsOf(wanted))
	slices.SortFunc(wanted, func(a, b *kg.Entity) int {
		return cmp.Or(strings.Compare(b.Key, a.Key), strings.Compare(string(a.ID), string(b.ID)))
	})
	g.want(all(kg.City, by(desc(kg.FieldName))), idsOf(wanted))
}

func idsOf(entities []*kg.Entity) string {
	parts := make([]string, len(entities))
	for i, e := range entities {
		parts[i] = string(e.ID)
	}
	return strings.Join(parts, " ")
}

func testOrderOfValues(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:9", "c", holding("population", 9))
	g.entity("city:10", "b", holding("population", 10))
	g.entity("city:0", "a", holding("population", 0))
	g.entity("city:max", "a", holding("population", 2147483647))
	g.entity("city:also-9", "a", holding("population", 9))
	g.add("city:unknown")
	g.entity("zone:small", "x", holding("areaKm2", 0.1), holding("type", "OTHER"))
	g.entity("zone:large", "x", holding("areaKm2", 1e6), holding("type", "BONDED"))
	g.entity("zone:middle", "x", holding("areaKm2", 0.25), holding("type", "OTHER"))
	for i, on := range []string{"2003", "2003-01", "2003-01-01", "2003/..", "../2003", "2003-01-01/2003-12-31", "1999-12-31"} {
		g.entity(kg.ID(fmt.Sprintf("company:%d", i)), on, holding("foundedOn", on))
	}
	g.add("company:unknown")
	g.apply()

	population, area := own(kg.City, "population"), own(kg.Zone, "areaKm2")
	g.answers(
		asked{"whole numbers", all(kg.City, by(asc(population))), "city:0 city:9 city:also-9 city:10 city:max city:unknown"},
		asked{"unknown last, largest first", all(kg.City, by(desc(population))), "city:max city:10 city:9 city:also-9 city:0 city:unknown"},
		asked{"fractions", all(kg.Zone, by(asc(area))), "zone:small zone:middle zone:large"},
		asked{"a word, then a number", all(kg.Zone, by(asc(own(kg.Zone, "type")), desc(area))), "zone:large zone:middle zone:small"},
		asked{"the word as detail", all(kg.Zone, by(desc(own(kg.Zone, "detail")))), "zone:middle zone:small zone:large"},
		asked{"a name, then a number", all(kg.City, by(asc(kg.FieldName), desc(population))), "city:max city:also-9 city:0 city:10 city:9 city:unknown"},
		asked{"a name, of what can't fit", all(kg.City, where(kg.StatusIs{Values: []string{"SIGNED"}}), by(asc(kg.FieldName), desc(population))), ""},
		asked{"ids", all(kg.City, by(desc(kg.FieldID)), first(2)), "city:unknown city:max …"},
		asked{"dates by their first day, then their last", all(kg.Company, by(asc(kg.FieldDay))),
			"company:4 company:6 company:2 company:1 company:0 company:5 company:3 company:unknown"},
		asked{"dates, latest first", all(kg.Company, by(desc(own(kg.Company, "foundedOn")))),
			"company:3 company:0 company:5 company:1 company:2 company:6 company:4 company:unknown"},
		asked{"a field that some kinds lack", allOf(kg.SetOf(kg.City, kg.Zone), by(desc(population)), first(6)),
			"city:max city:10 city:9 city:also-9 city:0 city:unknown …"},
	)
}

func testOrderOfFacts(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "city:c", "city:d", "country:k")
	g.fact("old", kg.PartnersWith, "city:a", "city:b", since("1980"), until("1990"), sure(0.5), recorded(late))
	g.fact("new", kg.PartnersWith, "city:a", "city:c", since("2020-02"), sure(0.9), recorded(early))
	g.fact("undated", kg.PartnersWith, "city:a", "city:d", until("2000"), sure(0.7), recorded(later))
	g.fact("place", kg.LocatedIn, "city:a", "country:k", since("2000"), sure(0.6), recorded(later))
	g.apply()

	partners := along(kg.Both, kg.PartnersWith, kg.Entities)
	ordered := func(o ...kg.Order) kg.Follow {
		f := partners
		f.Order = o
		return f
	}
	g.answers(
		asked{"since", allOf(kg.Facts, by(asc(kg.FieldSince))), "old place new undated"},
		asked{"newest first", allOf(kg.Facts, by(desc(kg.FieldSince))), "new place old undated"},
		asked{"until", all(kg.PartnersWith, by(asc(kg.FieldUntil))), "old undated new"},
		asked{"surest first", allOf(kg.Facts, by(desc(kg.FieldConfidence))), "new undated place old"},
		asked{"recorded", all(kg.PartnersWith, by(asc(kg.FieldRecordedAt))), "new undated old"},
		asked{"kind", allOf(kg.Facts, by(asc(own(kg.LocatedIn, "kind")), asc(kg.FieldSince))), "place old new undated"},
		asked{"by the fact that leads", the("city:a", follow(ordered(ofFact(desc(kg.FieldSince))))),
			"city:a{city:c(new) city:b(old) city:d(undated)}"},
		asked{"by the node that it leads to", the("city:a", follow(ordered(desc(kg.FieldName)))),
			"city:a{city:d(undated) city:c(new) city:b(old)}"},
	)
}

func testOrderOfSources(t *testing.T, open opener) {
	g := newFixture(t, open)
	for i, title := range []string{"Zeitung", "anzeiger", "Ärzteblatt", "济南日报"} {
		g.source(kg.ID(fmt.Sprintf("source:%d", i)), float64(i)/10, func(s *kg.Source) {
			s.Title, s.Key = title, kg.SortKey(title)
			if i > 0 {
				s.PublishedOn = date(fmt.Sprintf("200%d", 4-i))
			}
		})
	}
	g.apply()

	sources := where(kg.Not{Filter: kg.IDIn{paper}})
	g.answers(
		asked{"title", all(kg.SourceKind, sources, by(asc(own(kg.SourceKind, "title")))), "source:1 source:2 source:0 source:3"},
		asked{"newest first", all(kg.SourceKind, sources, by(desc(kg.FieldPublished))), "source:1 source:2 source:3 source:0"},
		asked{"reliability", all(kg.SourceKind, sources, by(desc(own(kg.SourceKind, "reliability")))), "source:3 source:2 source:1 source:0"},
	)
}
