package kg_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// What a line of the format can't say, or only with others, is tested here; all else in internal/ingest/testdata/refused.txt.

func TestContradictionsAreAllRefused(t *testing.T) {
	c := newCatalog(storetest.Reference())
	refused := apply(t, c, source("a", "one"), source("a", "two"), source("a", ""), alias("city:x", "city:cn-jinan"), alias("city:x", "city:fr-rennes"),
		entity("city:cn-jinan", "Jinan"), entity("city:fr-rennes", "Rennes"))
	want := map[int]string{
		0: "text: several texts are given to this source at once: give each to a source of its own, with another id",
		1: "text: several texts are given to this source at once: give each to a source of its own, with another id",
		3: `of: "city:x" is given several meanings at once: keep one`,
		4: `of: "city:x" is given several meanings at once: keep one`,
	}
	if fmt.Sprint(refused) != fmt.Sprint(want) {
		t.Errorf("refused %v, want %v", refused, want)
	}
}

func TestASourceKeepsItsText(t *testing.T) {
	c := newCatalog(storetest.Reference())
	apply(t, c, twoCities()...)
	better := source("report", "")
	better.Source.Title = "A better title"
	if refused := apply(t, c, better); refused != nil {
		t.Fatal(refused)
	}
	if s := get(t, c, "source:report")[0].Source; s.Text != reportText || s.Title != "A better title" || !s.RecordedAt.Equal(today) {
		t.Errorf("the source is %+v", s)
	}
	better.Source.SHA256 = strings.Repeat("0", 64)
	if refused := apply(t, c, better); !strings.HasPrefix(refused[0], "sha256: it is not the SHA-256 of the text") {
		t.Errorf("another hash for the stored text: %v", refused)
	}
	if refused := apply(t, c, source("report", "other")); !strings.HasPrefix(refused[0], "text: the text differs from the one that is stored") {
		t.Errorf("another text: %v", refused)
	}
}

// What was recorded earlier does not replace what was recorded later, in whichever order they come; a text it may bring.
func TestAnOlderRecordOfASourceReplacesNothing(t *testing.T) {
	record := func(class string, at time.Time, text string) kg.Record {
		r := source("report", text)
		r.Source.Class, r.Source.RecordedAt = class, at
		return r
	}
	older, newer := record("OTHER", today.AddDate(0, -1, 0), reportText), record("NEWS", today, "")
	for _, records := range [][]kg.Record{{older, newer}, {newer, older}, {newer, older, newer}} {
		c := newCatalog(storetest.Reference())
		for _, r := range records {
			s := *r.Source
			if refused := apply(t, c, kg.Record{Source: &s}); refused != nil {
				t.Fatal(refused)
			}
		}
		if s := get(t, c, "source:report")[0].Source; s.Class != "NEWS" || s.Reliability != 0.8 || !s.RecordedAt.Equal(today) || s.Text != reportText || s.SHA256 == "" {
			t.Errorf("the source is %+v", s)
		}
	}
}

func TestEntitiesAddUp(t *testing.T) {
	c := newCatalog(storetest.Reference())
	if refused := apply(t, c, entity("event:visit", "Visit", "VISIT"), entity("event:visit", "Visit", nil, nil, nil, int64(20))); refused != nil {
		t.Errorf("one of several records may say what has to be said: %v", refused)
	}
	end := date(t, "2024-10-15")
	if refused := apply(t, c, entity("event:visit", "The visit", nil, date(t, "2024-10-07"), end)); refused != nil {
		t.Errorf("what is known need not be said again: %v", refused)
	}
	if e := get(t, c, "event:visit")[0].Entity; e.Names[0].Value != "The visit" || e.Values[0] != "VISIT" || e.Values[2] != end || e.Values[3] != int64(20) {
		t.Errorf("the event is %+v", e)
	}
	refused := apply(t, c, entity("event:visit", "Visit", nil, date(t, "2025")))
	if want := "endsOn: 2024-10-15 lies before startsOn 2025: correct one of them, or leave out what is not known"; refused[0] != want {
		t.Errorf("got %q, want %q", refused[0], want)
	}
}

func TestAnIdentifierFillsTheFieldForIt(t *testing.T) {
	c := newCatalog(storetest.Reference())
	r := entity("country:cn", "China", "CN")
	r.Entity.Others = []kg.Identifier{{"ISO_3166_1", "CN"}, {"ISO_3166_1", "CHN"}, {"ISO_3166_1", "156"}, {"UN_M49", "156"}, {"WIKIDATA", "Q148"}, {"WIKIDATA", "Q148"}}
	if refused := apply(t, c, r); refused != nil {
		t.Fatal(refused)
	}
	e := get(t, c, "country:cn")[0].Entity
	if got, want := fmt.Sprint(e.Values, e.Others), "[CN CHN 156 <nil>] [{ISO_3166_1 156} {WIKIDATA Q148}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestBounds(t *testing.T) {
	c := newCatalog(storetest.Reference())
	apply(t, c, twoCities()...)
	apply(t, c, source("long", strings.Repeat("济", 10_001)))
	many := entity("city:y", "X")
	for i := range 100 {
		many.Entity.Names = append(many.Entity.Names, kg.Name{Value: fmt.Sprint(i), Kind: kg.Alias})
	}
	ids := entity("city:z", "X")
	for i := range 101 {
		ids.Entity.Others = append(ids.Entity.Others, kg.Identifier{Scheme: "OTHER", Value: fmt.Sprint(i)})
	}
	long := func(n int) kg.Evidence { return kg.Evidence{Source: "source:long", Quote: strings.Repeat("济", n)} }
	disordered := entity("city:x", "X")
	disordered.Entity.Names[0].Kind = kg.Alias
	unread := entity("event:x", "X", "VISIT", kg.Date{Text: "long ago", First: 1, Last: 2})
	wrongType := entity("city:x", "X", "many")
	tooMany := entity("city:x", "X", nil, nil)
	infinite := entity("city:x", "X")
	infinite.Entity.Location = &kg.Point{Lat: math.NaN()}
	for _, c2 := range []struct {
		name   string
		record kg.Record
		want   string
	}{
		{"a long name", entity("city:x", strings.Repeat("济", 1000)), ""},
		{"too long a name", entity("city:x", strings.Repeat("济", 1001)), "name: the text has 1001 characters, 1000 are the most: shorten it"},
		{"too many names", many, "names: the entity would have 101 names, 100 are the most: leave some out"},
		{"too many identifiers", ids, "identifiers: the entity would have 101 identifiers, 100 are the most: leave some out"},
		{"a long quote", partners("city:cn-jinan", "city:fr-rennes", long(10_000)), ""},
		{"too long a quote", partners("city:cn-jinan", "city:fr-rennes", long(10_001)), "evidence[0].quote: the text has 10001 characters, 10000 are the most: shorten it"},
		{"broken UTF-8", entity("city:x", "\xe6\xb5"), `name: "\xe6\xb5" is not valid UTF-8: write the text in UTF-8`},
		{"no primary name", disordered, "name: it is missing: write the name that it is known by"},
		{"a date that can't be read", unread, `startsOn: "long ago" is not a date: it has not the form of one; write 2024, 2024-10, 2024-10-07, 2003~ (about), 2010/2012 or ../2012`},
		{"a value of another type", wrongType, "population: many can't stand here: write a whole number"},
		{"more values than fields", tooMany, "2 values are given, CITY has 1 fields"},
		{"a place that is no place", infinite, "location: the latitude NaN is out of bounds: write latitude, from -90 to 90, then longitude"},
		{"no evidence", partners("city:cn-jinan", "city:fr-rennes"), "evidence: it is missing: no fact is kept without evidence, so name a source and where in it"},
		{"no kind", kg.Record{Fact: &kg.FactRecord{Kind: kg.City}}, "fact: it is not a kind of fact: write " + kg.Facts.String()},
		{"a long reason", kg.Record{Retract: &kg.RetractRecord{Fact: friends, Reason: strings.Repeat("x", 1001)}}, "reason: the text has 1001 characters, 1000 are the most: shorten it"},
	} {
		if got := apply(t, c, c2.record)[0]; got != c2.want {
			t.Errorf("%s: %q, want %q", c2.name, got, c2.want)
		}
	}
}

// Entities hold only what they are; what links them is a fact. So nothing needs to prove that what an entity's field names
// exists.
func TestEntitiesNameNoOthers(t *testing.T) {
	for _, k := range kg.Entities.Kinds() {
		for _, f := range k.Decl().Fields {
			if f.Type == kg.Ref || f.Type == kg.Refs {
				t.Errorf("%s.%s names another thing: make it a fact", k, f.Name)
			}
		}
	}
}

func date(t *testing.T, s string) kg.Date {
	t.Helper()
	d, err := kg.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
