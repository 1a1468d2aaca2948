package kg_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// named is an entity with more names than one; "former:" and the like before a name say of which kind it is.
func named(id string, names ...string) kg.Record {
	r := entity(id, names[0])
	for _, n := range names[1:] {
		kind := kg.Alias
		for _, k := range []kg.NameKind{kg.Primary, kg.Former, kg.Abbreviation} {
			if rest, ok := strings.CutPrefix(n, strings.ToLower(string(k))+":"); ok {
				kind, n = k, rest
			}
		}
		r.Entity.Names = append(r.Entity.Names, kg.Name{Value: n, Lang: "fr", Kind: kind})
	}
	return r
}

func described(id, name, description string) kg.Record {
	r := entity(id, name)
	r.Entity.Description = description
	return r
}

func inhabited(id, name string, population int64) kg.Record { return entity(id, name, population) }

func search(t *testing.T, c *kg.Catalog, text string, set ...func(*kg.Query)) *kg.Page {
	t.Helper()
	q := &kg.Query{Walk: kg.Finding{Text: text}, List: kg.List{First: 20, Order: kg.ScoreOrder}}
	for _, f := range set {
		f(q)
	}
	p, err := c.Read(t.Context(), q)
	if err != nil {
		t.Fatalf("search %.40q: %v", text, err)
	}
	return p
}

// found writes what was found with what matched: "company:edf (EDF), …".
func found(p *kg.Page) string {
	var out []string
	for i := range p.Rows {
		out = append(out, fmt.Sprintf("%s (%s)", p.Rows[i].ID(), p.Rows[i].Matched))
	}
	if p.More {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

func TestSearchRanks(t *testing.T) {
	c := newCatalog(storetest.Reference())
	refused := apply(t, c,
		named("company:edf", "EDF", "Électricité de France"),
		named("company:engie", "Engie", "former:Gaz et électricité de France"),
		named("city:jinan", "Jinan", "primary:济南", "former:Tsinan"),
		entity("company:jinan-steel", "Jinan Steel"),
		entity("company:new-jinan", "The New Jinan-Works"),
		entity("company:notjinan", "Notjinan"),
		described("city:rennes", "Rennes", "A city in France. Friend of Jinan since 2002! Rennes has a river."),
		named("city:tsi", "Tsi", "tsinan"),
		named("city:abc", "Alphabet City", "abbreviation:ABC"),
		inhabited("city:large", "Springfield", 200_000), inhabited("city:small", "Springfield", 1_000), entity("city:unknown", "Springfield"),
		inhabited("city:springs", "Springs", 0), inhabited("city:spring-town", "Spring Town", 0),
		entity("city:b", "Twin"), entity("city:a", "Twin"),
		entity("sector:words", "Outstanding and long standing"), entity("sector:word", "Notstanding at all, ever"),
		named("company:same", "Wharf", "former:Quay one", "former:Quay two"),
		named("city:longer", "Osterode am Harz", "Oster"), named("city:oster", "Ostersund"),
		described("sector:zh", "Steel", "钢铁是重要的。它需要煤。"),
	)
	if refused != nil {
		t.Fatal(refused)
	}
	for _, q := range []struct{ text, want string }{
		{"Electricite de France", "company:edf (Électricité de France), company:engie (Gaz et électricité de France)"},
		{"jinan", "city:jinan (Jinan), company:jinan-steel (Jinan Steel), company:new-jinan (The New Jinan-Works), company:notjinan (Notjinan), " +
			"city:rennes (Friend of Jinan since 2002!)"},
		{"济", "city:jinan (济南)"},
		{"TSINAN", "city:tsi (tsinan), city:jinan (Tsinan)"},
		{"abc", "city:abc (ABC)"},
		{"france. friend", "city:rennes (A city in France. Friend of Jinan since 2002! Rennes has a river.)"},
		{"煤", "sector:zh (它需要煤。)"},
		{"springfield", "city:large (Springfield), city:small (Springfield), city:unknown (Springfield)"},
		{"spring", "city:large (Springfield), city:small (Springfield), city:springs (Springs), city:spring-town (Spring Town), city:unknown (Springfield)"},
		{"twin", "city:a (Twin), city:b (Twin)"},
		{"standing", "sector:words (Outstanding and long standing), sector:word (Notstanding at all, ever)"},
		{"quay", "company:same (Quay one)"},
		{"rennes", "city:rennes (Rennes)"},
		{"oster", "city:longer (Oster), city:oster (Ostersund)"},
		{"nothing holds this", ""},
		{"", ""},
		{" \t\n", ""},
		{"\u0301\u00ad\u200b", ""},
	} {
		p := search(t, c, q.text)
		if got := found(p); got != q.want {
			t.Errorf("search %q\ngave   %s\nwanted %s", q.text, got, q.want)
		}
		for i := range p.Rows {
			if s := p.Rows[i].Score; s <= 0 || s > 1 || i > 0 && s > p.Rows[i-1].Score {
				t.Errorf("search %q: scores are %v", q.text, s)
			}
		}
	}
	cities := func(q *kg.Query) { q.Walk = kg.Finding{Text: "jinan", Kinds: kg.SetOf(kg.City)} }
	if got, want := found(search(t, c, "", cities)), "city:jinan (Jinan), city:rennes (Friend of Jinan since 2002!)"; got != want {
		t.Errorf("of some kinds\ngave   %s\nwanted %s", got, want)
	}
}

// Whatever is typed is answered soon, and reaches the store no longer than it may be.
func TestSearchBoundsTheText(t *testing.T) {
	store := &proposing{Store: storetest.Reference()}
	c := newCatalog(store)
	long := strings.Repeat("ab ", 200)
	if refused := apply(t, c, entity("city:long", long), entity("city:a", "A")); refused != nil {
		t.Fatal(refused)
	}
	begin := time.Now()
	for _, q := range []struct{ text, want string }{
		{strings.Repeat("ab ", 10_000), "city:long"},
		{strings.Repeat("abc ", 10_000), ""}, // a space would come last
		{strings.Repeat("a\u0301", 20_000), ""},
		{"a" + strings.Repeat("\u0301", 50_000), "city:a"},
		{strings.Repeat("\x00", 50_000), ""},
		{strings.Repeat("\u200b", 1_000) + "a", "city:a"},
		{strings.Repeat("\u200b", 3_000) + "a", ""},
		{strings.Repeat("\xff", 50_000), ""},
		{strings.Repeat("\U0001F600", 50_000), ""},
		{strings.Repeat("ﷺ", 300_000), ""}, // each folds to 18 letters
	} {
		p := search(t, c, q.text)
		got := ""
		if len(p.Rows) > 0 {
			got = string(p.Rows[0].ID())
		}
		if got != q.want {
			t.Errorf("search %.20q… found %q, want %q", q.text, got, q.want)
		}
		grams := 0
		for _, w := range store.sought.Words {
			grams += len(w.Grams)
		}
		if n := len(store.sought.Words); n > 12 || grams > 500 {
			t.Errorf("search %.20q… asked the store for %d words and %d grams", q.text, n, grams)
		}
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

// proposing is a store that shows for which text it was asked.
type proposing struct {
	kg.Store
	sought *kg.Sought
}

func (s *proposing) Candidates(ctx context.Context, asked *kg.Search) (*kg.Candidates, error) {
	s.sought = asked.Sought
	return s.Store.Candidates(ctx, asked)
}

// Pages, put together, are the list, whatever comes between.
func TestSearchPages(t *testing.T) {
	store := storetest.Counting(storetest.Reference())
	c := newCatalog(store)
	var records []kg.Record
	for i := range 30 {
		records = append(records, inhabited(fmt.Sprintf("city:%02d", i), []string{"Port", "Porto", "New Port", "Airport"}[i%4], int64(i%3)))
	}
	if refused := apply(t, c, records...); refused != nil {
		t.Fatal(refused)
	}
	all := func(q *kg.Query) { q.First = -1 }
	want := search(t, c, "port", all)
	for size := 1; size <= 31; size += 6 {
		var after *kg.Cursor
		var got kg.Page
		for {
			p := search(t, c, "port", func(q *kg.Query) { q.First, q.After = size, after })
			got.Rows = append(got.Rows, p.Rows...)
			if !p.More {
				break
			}
			after = searchCursor(t, &p.Rows[len(p.Rows)-1])
		}
		if found(&got) != found(want) {
			t.Errorf("in pages of %d\ngave   %s\nwanted %s", size, found(&got), found(want))
		}
	}
	if p := search(t, c, "port", func(q *kg.Query) { q.First = 0 }); len(p.Rows) != 0 || !p.More {
		t.Errorf("a page of none is %+v", p)
	}

	// What comes before a cursor does not move it.
	half := search(t, c, "port", func(q *kg.Query) { q.First = 15 })
	after := searchCursor(t, &half.Rows[14])
	if refused := apply(t, c, inhabited("city:new", "Port", 1_000_000)); refused != nil {
		t.Fatal(refused)
	}
	rest := search(t, c, "port", func(q *kg.Query) { q.After = after })
	if got, want := found(rest), found(&kg.Page{Rows: want.Rows[15:]}); got != want {
		t.Errorf("after the cursor\ngave   %s\nwanted %s", got, want)
	}
}

// searchCursor is the cursor of a row, having been through a client's hands.
func searchCursor(t *testing.T, r *kg.Row) *kg.Cursor {
	t.Helper()
	text := kg.Cursor{Key: (&kg.List{Order: kg.ScoreOrder}).KeyOf(r)}.String()
	c, err := kg.ParseCursor(text, 0, kg.ScoreOrder)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Two calls are enough, unless there is more than is shown and much to be followed from each.
func TestSearchCalls(t *testing.T) {
	store := storetest.Counting(storetest.Reference())
	c := newCatalog(store)
	if refused := apply(t, c, append(twoCities(), entity("city:jinhua", "Jinhua"))...); refused != nil {
		t.Fatal(refused)
	}
	follow := func(q *kg.Query) {
		q.Select = &kg.Select{Follow: []kg.Follow{{Owners: kg.Entities, Relation: kg.Relation{Way: kg.FactsOf}, List: kg.List{States: kg.OnlyAccepted, First: 5}}}}
	}
	one := func(q *kg.Query) { q.First = 1 }
	store.Reads()
	for _, q := range []struct {
		name  string
		text  string
		set   []func(*kg.Query)
		calls int
	}{
		{"names alone", "jin", []func(*kg.Query){one}, 2},
		{"all that is found", "jin", []func(*kg.Query){follow}, 2},
		{"some of it", "jin", []func(*kg.Query){follow, one}, 3},
		{"nothing found", "x", []func(*kg.Query){follow}, 1},
		{"nothing asked", "", []func(*kg.Query){follow}, 0},
	} {
		p := search(t, c, q.text, q.set...)
		if n := store.Reads(); n != q.calls {
			t.Errorf("%s: %d calls, want %d", q.name, n, q.calls)
		}
		for i := range p.Rows {
			if r := &p.Rows[i]; r.ID() == "city:cn-jinan" && len(q.set) == 2 && (len(r.Pages) != 1 || len(r.Pages[0].Rows) != 1) {
				t.Errorf("%s: from Jinan came %+v", q.name, r.Pages)
			}
		}
	}
}

// Where a text is so common that the store leaves candidates out, the best are found all the same.
func TestSearchForWhatIsCommon(t *testing.T) {
	c := newCatalog(storetest.Reference())
	var records []kg.Record
	for i := range 400 {
		records = append(records, entity(fmt.Sprintf("city:%04d", i), fmt.Sprintf("Saint San %d", i)))
	}
	records = append(records, entity("city:x", "San"), entity("city:y", "San Juan"), entity("region:z", "San"))
	if refused := apply(t, c, records...); refused != nil {
		t.Fatal(refused)
	}
	for kinds, want := range map[kg.KindSet]string{
		0:                   "city:x (San), region:z (San), city:y (San Juan), …",
		kg.SetOf(kg.City):   "city:x (San), city:y (San Juan), city:0000 (Saint San 0), …",
		kg.SetOf(kg.Region): "region:z (San)",
	} {
		p := search(t, c, "", func(q *kg.Query) { q.Walk, q.First = kg.Finding{Text: "san", Kinds: kinds}, 3 })
		if got := found(p); got != want {
			t.Errorf("of %s\ngave   %s\nwanted %s", kinds, got, want)
		}
	}
	all := search(t, c, "saint san", func(q *kg.Query) {
		q.First = -1
		q.Select = &kg.Select{Follow: []kg.Follow{{Owners: kg.Entities, Relation: kg.Relation{Way: kg.FactsOf}}}}
	})
	if n := len(all.Rows); n != 300 {
		t.Errorf("found %d, want the first 300", n)
	}
	for i := range all.Rows {
		if len(all.Rows[i].Pages) != 1 {
			t.Fatalf("nothing was followed from %s", all.Rows[i].ID())
		}
	}
}

func TestSearchOnABrokenStore(t *testing.T) {
	for _, method := range []string{"Candidates", "Read"} {
		store := storetest.Reference()
		apply(t, newCatalog(store), twoCities()...)
		broken := kg.Errorf(kg.Unavailable, "broken")
		c := newCatalog(storetest.Faulty(store, storetest.On(method, storetest.Fail(broken))))
		if _, err := c.Read(t.Context(), &kg.Query{Walk: kg.Finding{Text: "jinan"}, List: kg.List{First: 1}}); err != broken {
			t.Errorf("%s fails: %v, want %v", method, err, broken)
		}
	}
}

// What a quote leads to comes after what a name or description says, the surest first, with the fact and where it matched.
func TestSearchQuotes(t *testing.T) {
	store := storetest.Counting(storetest.Reference())
	c := newCatalog(store)
	const text = "Jinan and Rennes became friends. Kyoto is no friend of Jinan. Lyon, said Rennes, waits. Friends meet in Lyon."
	refused := apply(t, c, source("report", text), entity("city:jinan", "Jinan"), entity("city:rennes", "Rennes"), entity("city:kyoto", "Kyoto"), entity("city:lyon", "Lyon"),
		described("sector:f", "Sector", "Friends become friends."), entity("city:friends", "Friends became"),
		partners("city:jinan", "city:rennes", quote("Jinan and Rennes became friends")),
		partners("city:jinan", "city:kyoto", kg.Evidence{Source: "source:report", Quote: "Kyoto is no friend of Jinan", Confidence: 0.5}),
		partners("city:lyon", "city:rennes", quote("Lyon, said Rennes, waits"), quote("Friends meet in Lyon")),
	)
	if refused != nil {
		t.Fatal(refused)
	}
	all := func(text string, in kg.SearchIn, set ...func(*kg.Finding)) *kg.Page {
		t.Helper()
		f := kg.Finding{Text: text, In: in, Places: true, Lead: &kg.Select{Follow: []kg.Follow{{Owners: kg.Facts, Relation: kg.Relation{Way: kg.ToEnd}, List: kg.List{First: 1}}}}}
		for _, change := range set {
			change(&f)
		}
		return search(t, c, "", func(q *kg.Query) { q.Walk = f })
	}
	const everywhere = kg.InNames | kg.InDescriptions | kg.InQuotes
	friends := "city:jinan (Jinan and Rennes became friends), city:rennes (Jinan and Rennes became friends)"
	for _, q := range []struct {
		text string
		in   kg.SearchIn
		want string
	}{
		{"became friends", kg.InQuotes, friends},
		{"became friends", everywhere, "city:friends (Friends became), " + friends},
		{"friends", kg.InDescriptions, "sector:f (Friends become friends.)"},
		{"rennes waits lyon", kg.InQuotes, "city:lyon (Lyon, said Rennes, waits), city:rennes (Lyon, said Rennes, waits)"},
		{"lyon waits friends", kg.InQuotes, ""}, // which are in two quotes
		{"kyoto jinan", kg.InQuotes, "city:kyoto (Kyoto is no friend of Jinan), city:jinan (Kyoto is no friend of Jinan)"},
		{"friend", kg.InQuotes, "city:rennes (Friends meet in Lyon), city:lyon (Friends meet in Lyon), city:jinan (Jinan and Rennes became friends), city:kyoto (Kyoto is no friend of Jinan)"},
	} {
		p := all(q.text, q.in)
		if got := found(p); sortedWords(got) != sortedWords(q.want) {
			t.Errorf("%q\ngave   %s\nwanted %s", q.text, got, q.want)
		}
		quotes := false
		for i := range p.Rows {
			r := &p.Rows[i]
			if i > 0 && r.Score > p.Rows[i-1].Score || quotes && len(r.Lead) == 0 {
				t.Errorf("%q: %s comes too late", q.text, r.ID())
			}
			quotes = len(r.Lead) > 0
			if quotes && (len(r.Lead[0].Pages) != 1 || len(r.Lead[0].Pages[0].Rows) != 1) {
				t.Errorf("%q: from the fact came %+v", q.text, r.Lead[0].Pages)
			}
			if len(r.Places) == 0 {
				t.Errorf("%q: nothing is marked in %q", q.text, r.Matched)
			}
		}
	}
	store.Reads()
	if all("became friends", kg.InQuotes, func(f *kg.Finding) { f.Lead = nil }); store.Reads() != 3 {
		t.Error("quotes took more than three calls")
	}

	// Whatever is typed is answered.
	for _, text := range []string{
		strings.Repeat("friends ", 2_000), strings.Repeat("x", 10_000), strings.Repeat(" ", 10_000), strings.Repeat("\x00", 10_000), strings.Repeat("\u0301", 10_000),
		strings.Repeat("友", 10_000), strings.Repeat("ﷺ", 10_000), strings.Repeat("\u202e", 10_000), "* OR +jinan", `"\`,
	} {
		p := all(text, everywhere)
		for i := range p.Rows {
			if len(p.Rows[i].Places) == 0 {
				t.Errorf("%.20q… found %q and marks nothing", text, p.Rows[i].Matched)
			}
		}
	}
}

// sortedWords tells lists of what was found apart by what is in them; the order is held by the scores.
func sortedWords(found string) string {
	list := strings.Split(found, "), ")
	for i := range list {
		list[i] = strings.TrimSuffix(list[i], ")")
	}
	slices.Sort(list)
	return strings.Join(list, "|")
}

// What is asked of the things found is the same however many of them a page shows, and nothing else is read of those it does not.
func TestSearchReadsWhatIsAsked(t *testing.T) {
	store := &selecting{Store: storetest.Reference()}
	c := newCatalog(store)
	apply(t, c, append(twoCities(), entity("city:fr-rennes-sud", "Rennes Sud"))...)
	for first := range 3 {
		p := search(t, c, "rennes", func(q *kg.Query) {
			q.First, q.Select = first, &kg.Select{Without: kg.AllParts, Degrees: true}
		})
		if len(p.Rows) != first || first > 0 && len(p.Rows[0].Degrees) != 1 {
			t.Errorf("the first %d: %+v, want the facts of the first to be counted", first, p.Rows)
		}
		if store.without&kg.PartEvidence == 0 {
			t.Errorf("the first %d: evidence is read, and nobody asks for it", first)
		}
	}
}

// selecting notes which parts nobody asked it for last.
type selecting struct {
	kg.Store
	without kg.Parts
}

func (s *selecting) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	s.without = 0
	if q.Select != nil {
		s.without = q.Select.Without
	}
	return s.Store.Read(ctx, q)
}
