package storetest

import (
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// testFilter asks every filter but Has, which has a topic of its own.
func testFilter(t *testing.T, open opener) {
	t.Run("together", func(t *testing.T) { testFilterTogether(t, open) })
	t.Run("words", func(t *testing.T) { testFilterWords(t, open) })
	t.Run("numbers", func(t *testing.T) { testFilterNumbers(t, open) })
	t.Run("dates", func(t *testing.T) { testFilterDates(t, open) })
	t.Run("places", func(t *testing.T) { testFilterPlaces(t, open) })
	t.Run("facts", func(t *testing.T) { testFilterFacts(t, open) })
}

func testFilterTogether(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "zone:c")
	g.entity("zone:d", "d", holding("type", "BONDED"), holding("level", "NATIONAL"))
	g.apply()

	a, b := kg.IDIn{"city:a"}, kg.IDIn{"city:b"}
	zoneType := own(kg.Zone, "type")
	asks := func(f kg.Filter) kg.Query { return allOf(kg.Entities, where(f)) }
	g.answers(
		asked{"no filter", asks(nil), "city:a city:b zone:c zone:d"},
		asked{"and of nothing", asks(kg.And{}), "city:a city:b zone:c zone:d"},
		asked{"and of no filter", asks(kg.And{nil, a}), "city:a"},
		asked{"and", asks(kg.And{kg.IDIn{"city:a", "city:b"}, kg.IDIn{"city:b", "zone:c"}}), "city:b"},
		asked{"and of what can't be both", asks(kg.And{a, b}), ""},
		asked{"or of nothing", asks(kg.Or{}), ""},
		asked{"or", asks(kg.Or{a, b}), "city:a city:b"},
		asked{"or of the same", asks(kg.Or{a, a}), "city:a"},
		asked{"not", asks(kg.Not{Filter: a}), "city:b zone:c zone:d"},
		asked{"not of no filter", asks(kg.Not{}), ""},
		asked{"not of or of nothing", asks(kg.Not{Filter: kg.Or{}}), "city:a city:b zone:c zone:d"},
		asked{"deep", asks(kg.Not{Filter: kg.Or{a, kg.And{kg.KindIn{Kinds: kg.SetOf(kg.Zone)}, kg.Not{Filter: kg.IDIn{"zone:d"}}}}}), "city:b zone:d"},
		asked{"no id", asks(kg.IDIn{}), ""},
		asked{"an id twice, and one that names nothing", asks(kg.IDIn{"city:a", "city:a", "city:none"}), "city:a"},
		asked{"kinds", asks(kg.KindIn{Kinds: kg.SetOf(kg.Zone, kg.Sector)}), "zone:c zone:d"},
		asked{"no kinds", asks(kg.KindIn{}), ""},
		asked{"one of", asks(kg.OneOf{Field: zoneType, Values: []string{"BONDED", "OTHER"}}), "zone:d"},
		asked{"one of, exactly", asks(kg.OneOf{Field: zoneType, Values: []string{"bonded", "BOND", ""}}), ""},
		asked{"one of none", asks(kg.OneOf{Field: zoneType}), ""},
		asked{"what is unknown fits no value, but its opposite", asks(kg.Not{Filter: kg.OneOf{Field: zoneType, Values: []string{"BONDED"}}}),
			"city:a city:b zone:c"},
		asked{"the word under its common name", asks(kg.OneOf{Field: own(kg.Zone, "detail"), Values: []string{"BONDED"}}), "zone:d"},
	)
}

func testFilterWords(t *testing.T, open opener) {
	g := newFixture(t, open)
	for id, name := range map[kg.ID]string{
		"city:sao": "São Paulo", "city:saone": "SAÔNE", "city:sa": "Sa", "city:lodz": "Łódź", "city:jinan": "济南市", "city:wide": "Ｗｉｄｅ",
		"city:percent": "100% sure_", "city:astral": "𠮷野", "city:quote": `O'Brien "x" \y`, "city:star": "a*b?c[d", "city:osaka": "Ōsaka",
	} {
		g.entity(id, name)
	}
	g.source("source:p", 0.5, func(s *kg.Source) { s.Publisher = "Agência Ténèbres" })
	g.apply()

	asks := func(w kg.Words) kg.Query {
		if w.Field == nil {
			w.Field = kg.FieldName
		}
		for i := range w.Is {
			w.Is[i] = kg.SortKey(w.Is[i])
		}
		w.StartsWith, w.Contains = kg.SortKey(w.StartsWith), kg.SortKey(w.Contains)
		if w.Field == kg.FieldName {
			return all(kg.City, where(w))
		}
		return all(kg.SourceKind, where(w))
	}
	publisher := own(kg.SourceKind, "publisher")
	g.answers(
		asked{"is, in another case and without accents", asks(kg.Words{Is: []string{"sao paulo"}}), "city:sao"},
		asked{"is one of", asks(kg.Words{Is: []string{"SA", "lodz", "none"}}), "city:lodz city:sa"},
		asked{"is, whole", asks(kg.Words{Is: []string{"sao"}}), ""},
		asked{"starts with", asks(kg.Words{StartsWith: "SAO"}), "city:sao city:saone"},
		asked{"starts with all of it", asks(kg.Words{StartsWith: "sa"}), "city:sa city:sao city:saone"},
		asked{"starts with, wide", asks(kg.Words{StartsWith: "wi"}), "city:wide"},
		asked{"starts with, Chinese", asks(kg.Words{StartsWith: "济南"}), "city:jinan"},
		asked{"starts with, above the basic plane", asks(kg.Words{StartsWith: "𠮷"}), "city:astral"},
		asked{"contains", asks(kg.Words{Contains: "PAUL"}), "city:sao"},
		asked{"contains, anywhere", asks(kg.Words{Contains: "SA"}), "city:osaka city:sa city:sao city:saone"},
		asked{"contains, Chinese", asks(kg.Words{Contains: "南"}), "city:jinan"},
		asked{"contains at the beginning", asks(kg.Words{Contains: "são"}), "city:sao city:saone"},
		asked{"both must hold", asks(kg.Words{StartsWith: "sa", Contains: "one"}), "city:saone"},
		asked{"all three must hold", asks(kg.Words{Is: []string{"sa"}, StartsWith: "sao"}), ""},
		asked{"a pattern's characters mean themselves: %", asks(kg.Words{Contains: "0%"}), "city:percent"},
		asked{"_", asks(kg.Words{Contains: "e_"}), "city:percent"},
		asked{"*", asks(kg.Words{Contains: "a*b?c["}), "city:star"},
		asked{"quotes", asks(kg.Words{StartsWith: "o'brien \"x\" \\"}), "city:quote"},
		asked{"nothing asked", allOf(kg.SetOf(kg.City), where(kg.Words{Field: kg.FieldName}), first(0), total), "… of 11"},
		asked{"another text", asks(kg.Words{Field: publisher, StartsWith: "agencia", Contains: "TENE"}), "source:p"},
		asked{"unknown text fits nothing", asks(kg.Words{Field: publisher, Contains: "e"}), "source:p"},
	)
	t.Run("long", func(t *testing.T) {
		g := newFixture(t, open)
		long := strings.Repeat("0123456789", 150)
		g.entity("city:long", long)
		g.apply()
		g.answers(
			asked{"is", all(kg.City, where(kg.Words{Field: kg.FieldName, Is: []string{kg.SortKey(long)}})), "city:long"},
			asked{"starts with", all(kg.City, where(kg.Words{Field: kg.FieldName, StartsWith: kg.SortKey(long[:900])})), "city:long"},
		)
	})
}

func testFilterNumbers(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:0", "a", holding("population", 0))
	g.entity("city:5", "b", holding("population", 5))
	g.entity("city:9", "c", holding("population", 9))
	g.add("city:unknown")
	g.entity("zone:z", "z", holding("areaKm2", 0.3))
	g.apply()

	asks := func(from, to *float64) kg.Query {
		return all(kg.City, where(kg.Between{Field: own(kg.City, "population"), Min: from, Max: to}))
	}
	area := func(from, to float64) kg.Query {
		return all(kg.Zone, where(kg.Between{Field: own(kg.Zone, "areaKm2"), Min: &from, Max: &to}))
	}
	g.answers(
		asked{"from", asks(pointer(5.0), nil), "city:5 city:9"},
		asked{"to", asks(nil, pointer(5.0)), "city:0 city:5"},
		asked{"both", asks(pointer(1.0), pointer(8.5)), "city:5"},
		asked{"from beyond to", asks(pointer(8.0), pointer(2.0)), ""},
		asked{"zero", asks(pointer(0.0), pointer(0.0)), "city:0"},
		asked{"unknown never fits", asks(nil, nil), "city:0 city:5 city:9"},
		asked{"but its opposite", all(kg.City, where(kg.Not{Filter: kg.Between{Field: own(kg.City, "population"), Min: pointer(0.0)}})), "city:unknown"},
		asked{"a fraction to the last digit", area(0.3, 0.3), "zone:z"},
		asked{"a fraction just above", area(0.30000000000000004, 1), ""},
	)
}

func testFilterDates(t *testing.T, open opener) {
	g := newFixture(t, open)
	for _, on := range []string{"2003", "2003-06", "2003-06-15", "2003-07/..", "../2002", "2001~"} {
		g.entity(kg.ID("company:d"+strings.NewReplacer("/", "_").Replace(on)), on, holding("foundedOn", on))
	}
	g.add("company:unknown")
	g.apply()

	asks := func(from, to string, known *bool) kg.Query {
		f := kg.During{Field: kg.FieldDay, From: kg.MinDay, To: kg.MaxDay, Known: known}
		if from != "" {
			f.From = day(from)
		}
		if to != "" {
			f.To = day(to)
		}
		return all(kg.Company, where(f))
	}
	g.answers(
		asked{"any of its days", asks("2003-06-15", "2003-06-15", nil), "company:d2003 company:d2003-06 company:d2003-06-15"},
		asked{"its first day", asks("", "2003-06-01", nil), "company:d.._2002 company:d2001~ company:d2003 company:d2003-06"},
		asked{"the day before its first", asks("2003-01-01", "2003-05-31", nil), "company:d2003"},
		asked{"its last day", asks("2003-12-31", "", nil), "company:d2003 company:d2003-07_.."},
		asked{"long after what has no end", asks("2500-01-01", "", nil), "company:d2003-07_.."},
		asked{"long before what has no beginning", asks("", "0500-01-01", nil), "company:d.._2002"},
		asked{"from beyond to", asks("2003-12-31", "2003-01-01", nil), ""},
		asked{"about", asks("2002-12-31", "2002-12-31", nil), "company:d.._2002 company:d2001~"},
		asked{"known", asks("", "", pointer(true)), "company:d.._2002 company:d2001~ company:d2003 company:d2003-06 company:d2003-06-15 company:d2003-07_.."},
		asked{"unknown", asks("", "", pointer(false)), "company:unknown"},
		asked{"unknown and in a range", asks("2003-01-01", "", pointer(false)), ""},
		asked{"open at both ends asks nothing", all(kg.Company, where(kg.During{Field: kg.FieldDay, From: kg.MinDay, To: kg.MaxDay}), total, first(0)), "… of 7"},
		asked{"the opposite holds for what is unknown", all(kg.Company, where(kg.Not{Filter: kg.During{Field: kg.FieldDay, From: day("1900-01-01"), To: kg.MaxDay}})), "company:unknown"},
	)
}

func testFilterFacts(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.source("source:other", 0.5)
	g.add("city:a", "city:b", "city:c", "country:k")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b", since("2001"), with("type", "FRIENDSHIP"))
	g.fact("bc", kg.PartnersWith, "city:b", "city:c", since("2010"), sure(0.5), from("source:other"))
	g.fact("ak", kg.LocatedIn, "city:a", "country:k", until("2005"))
	g.fact("ck", kg.LocatedIn, "city:c", "country:k", since("1990"), state(kg.Proposed))
	g.apply()

	asks := func(f kg.Filter, options ...option) kg.Query {
		return allOf(kg.Facts, append(options, where(f), by(asc(kg.FieldSince), asc(kg.FieldID)))...)
	}
	g.answers(
		asked{"touches either end", asks(kg.Touches{"city:b"}), "ab bc"},
		asked{"touches one of", asks(kg.Touches{"city:a", "city:c"}), "ab bc ak"},
		asked{"touches nothing", asks(kg.Touches{}), ""},
		asked{"touches both", asks(kg.And{kg.Touches{"city:a"}, kg.Touches{"country:k"}}), "ak"},
		asked{"rests on", asks(kg.RestsOn{"source:other"}), "bc"},
		asked{"rests on one of", asks(kg.RestsOn{"source:other", "source:none", paper}), "ab bc ak"},
		asked{"rests on nothing", asks(kg.RestsOn{}), ""},
		asked{"confidence", asks(kg.Between{Field: kg.FieldConfidence, Min: pointer(0.8)}), "ab ak"},
		asked{"since", asks(kg.During{Field: kg.FieldSince, From: day("2000-01-01"), To: day("2005-01-01")}), "ab"},
		asked{"until", asks(kg.During{Field: kg.FieldUntil, From: day("2000-01-01"), To: kg.MaxDay}), "ak"},
		asked{"until unknown", asks(kg.During{Field: kg.FieldUntil, From: kg.MinDay, To: kg.MaxDay, Known: pointer(false)}), "ab bc"},
		asked{"a field of its own", asks(kg.OneOf{Field: own(kg.PartnersWith, "type"), Values: []string{"FRIENDSHIP"}}), "ab"},
		asked{"the word under its common name, of whatever kinds", asks(kg.OneOf{Field: own(kg.LocatedIn, "detail"), Values: []string{"FRIENDSHIP", "SIGNATORY"}}), "ab"},
		asked{"and of a kind", asks(kg.And{kg.And{kg.KindIn{Kinds: kg.SetOf(kg.PartnersWith)}, kg.OneOf{Field: own(kg.LocatedIn, "detail"), Values: []string{"TWIN"}}}}), "bc"},
		asked{"a word that they have not", asks(kg.Not{Filter: kg.OneOf{Field: own(kg.LocatedIn, "detail"), Values: []string{"FRIENDSHIP"}}}), "bc ak"},
		asked{"kind", asks(kg.KindIn{Kinds: kg.SetOf(kg.LocatedIn)}), "ak"},
		asked{"state, where the list shows it", asks(kg.OneOf{Field: kg.FieldState, Values: []string{"PROPOSED"}}, states(kg.AnyState)), "ck"},
		asked{"state, where the list does not", asks(kg.OneOf{Field: kg.FieldState, Values: []string{"PROPOSED"}}), ""},
		asked{"an end", asks(some(kg.Relation{Way: kg.ToEnd}, kg.SetOf(kg.Country), nil)), "ak"},
		asked{"an end that fits", asks(some(kg.Relation{Way: kg.FromEnd}, 0, kg.IDIn{"city:b"})), "bc"},
		asked{"entities are no facts", allOf(kg.Entities, where(kg.Or{kg.Touches{"city:a"}, kg.RestsOn{paper}})), ""},
	)
}
