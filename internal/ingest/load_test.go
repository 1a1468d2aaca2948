package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// demoFiles are the demo graph, and base.jsonl for what it has not.
func demoFiles(t *testing.T) []File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "base.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	files := []File{Bytes("base.jsonl", data)}
	for _, f := range demo.Graph() {
		files = append(files, Bytes(f.Name, f.Data))
	}
	return files
}

func TestLoadDemo(t *testing.T) {
	c := newCatalog()
	report := mustLoad(t, c, demoFiles(t)...)
	if report.Entities < 290 || report.Facts < 100 {
		t.Errorf("%d entities and %d facts are fewer than the demo has", report.Entities, report.Facts)
	}
}

func TestLoadingAgainChangesNothing(t *testing.T) {
	day := now
	c := kg.NewCatalog(storetest.Reference(), func() time.Time { return day })
	files := append(demoFiles(t), Bytes("more.jsonl", []byte(`
		{"fact":"LOCATED_IN","from":"city:cn-jinan","to":"country:cn","evidence":[{"source":"source:table","locator":"t.csv:9"}]}
		{"retract":"`+string(kg.FactID(kg.LocatedIn, "city:cn-jinan", "country:cn", "", ""))+`","reason":"an error"}
		{"entity":"city:cn-jinan","name":"Jinan","description":"A city of springs."}
		{"entity":"city:es-jaen","name":"Jaén"}
		{"fact":"PARTNERS_WITH","from":"city:es-jaen","to":"city:cn-jinan","type":"TWIN"}
	`)))
	mustLoad(t, c, files...)
	first := dump(t, c)
	day = day.AddDate(0, 0, 1)
	mustLoad(t, c, files...)
	if second := dump(t, c); second != first {
		t.Errorf("the second time changed %s", firstDifference(second, first))
	}
}

// What a person has taken back stays taken back when the file that said it is imported again, until a record says that it is
// newer.
func TestImportingAgainUndoesNoRetraction(t *testing.T) {
	const fact = `{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN"`
	id := kg.FactID(kg.PartnersWith, "city:a", "city:b", "TWIN", "")
	day := now
	c := kg.NewCatalog(storetest.Reference(), func() time.Time { return day })
	for _, step := range []struct {
		record string
		want   kg.State
	}{
		{`{"entity":"city:a","name":"A"}` + "\n" + `{"entity":"city:b","name":"B"}` + "\n" + `{"source":"source:s","title":"S"}`, kg.Proposed},
		{fact + `,"evidence":[{"source":"source:s","locator":"1"}]}`, kg.Accepted},
		{`{"retract":"` + string(id) + `"}`, kg.Retracted},
		{fact + `,"evidence":[{"source":"source:s","locator":"1"}]}`, kg.Retracted},
		{fact + `,"recordedAt":"2026-11-23T00:00:00Z","evidence":[{"source":"source:s","locator":"1"}]}`, kg.Retracted},
		{fact + `,"recordedAt":"2027-01-24T00:00:00Z","evidence":[{"source":"source:s","locator":"1"}]}`, kg.Accepted},
		{fact + `,"state":"REJECTED","evidence":[{"source":"source:s","locator":"1"}]}`, kg.Rejected},
		{fact + `,"evidence":[{"source":"source:s","locator":"1"}]}`, kg.Rejected},
		{fact + `,"evidence":[{"source":"source:s","locator":"2"}]}`, kg.Accepted},
		// Dated retractions may come before what lies between them.
		{`{"retract":"` + string(id) + `","at":"2027-09-01T00:00:00Z"}` + "\n" + `{"retract":"` + string(id) + `","at":"2027-11-01T00:00:00Z"}`, kg.Retracted},
		{fact + `,"recordedAt":"2027-10-01T00:00:00Z","evidence":[{"source":"source:s","locator":"1"}]}`, kg.Retracted},
	} {
		mustLoad(t, c, Bytes("step.jsonl", []byte(step.record)))
		day = day.AddDate(0, 1, 0)
		page, err := c.Read(t.Context(), &kg.Query{IDs: []kg.ID{id}, List: kg.List{Kinds: kg.Facts, States: kg.AnyState, First: -1}})
		if err != nil {
			t.Fatal(err)
		}
		if f := page.Rows[0].Fact; f != nil && f.State != step.want {
			t.Errorf("after %s it is %s, want %s", step.record, f.State, step.want)
		}
	}
}

func TestOrderOfLinesDoesNotMatter(t *testing.T) {
	var want string
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 0))
		var files []File
		for _, f := range demoFiles(t) {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			var data bytes.Buffer
			data.ReadFrom(in)
			lines := strings.Split(strings.TrimSpace(data.String()), "\n")
			if seed > 0 {
				r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			}
			files = append(files, Bytes(f.Name, []byte(strings.Join(lines, "\n"))))
		}
		if seed > 0 {
			r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		}
		c := newCatalog()
		mustLoad(t, c, files...)
		got := dump(t, c)
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("seed %d: %s", seed, firstDifference(got, want))
		}
	}
}

func TestSizeOfBatchesDoesNotMatter(t *testing.T) {
	c := newCatalog()
	mustLoad(t, c, demoFiles(t)...)
	want := dump(t, c)
	for _, batch := range []int{1, 7, 100, 100_000} {
		c := newCatalog()
		report, err := load(t.Context(), c, batch, demoFiles(t))
		if err != nil || len(report.Problems) > 0 {
			t.Fatalf("batches of %d: %v, %v", batch, report, err)
		}
		if got := dump(t, c); got != want {
			t.Errorf("batches of %d: %s", batch, firstDifference(got, want))
		}
	}
}

func TestRecordsWithoutEvidenceRestOnTheirFile(t *testing.T) {
	c := newCatalog()
	data := []byte("\n" + `{"entity":"city:a","name":"A","recordedAt":"2025-01-01T00:00:00Z"}
{"entity":"city:b","name":"B"}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN"}`)
	report, err := Load(t.Context(), c, Bytes("twins.jsonl", data), Bytes("wrong.jsonl", []byte(`{"entity":"city:c","name":"C","population":-1}`+"\n"+
		`{"source":"source:a","title":"A"}`+"\n"+`{"entity":"city:d","name":"D","evidence":[{"source":"source:a","locator":"a:1"}]}`)))
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Problems) != 1 || report.BareEntities != 2 || report.BareFacts != 1 {
		t.Errorf("%d entities and %d facts rest on their file, want 2 and 1; problems %v", report.BareEntities, report.BareFacts, report.Problems)
	}
	const source = "source:file-56b63d86aea88abc"
	page, err := c.Read(t.Context(), &kg.Query{
		IDs:  []kg.ID{source, "city:a", kg.FactID(kg.PartnersWith, "city:a", "city:b", "TWIN", "")},
		List: kg.List{Kinds: kg.SetOf(kg.SourceKind) | kg.Entities | kg.Facts, States: kg.AnyState, First: -1},
	})
	if err != nil {
		t.Fatal(err)
	}
	s, e, f := page.Rows[0].Source, page.Rows[1].Entity, page.Rows[2].Fact
	if s == nil || e == nil || f == nil {
		t.Fatalf("source %v, entity %v, fact %v", s, e, f)
	}
	if s.Title != "twins.jsonl" || s.Class != "OTHER" || s.Reliability != 0.5 || !strings.HasPrefix(s.SHA256, "56b63d86aea88abc") {
		t.Errorf("the file is %+v", s)
	}
	for _, c := range []struct {
		got  kg.Evidence
		want string
	}{{e.Evidence[0], "twins.jsonl:2 2025-01-01"}, {f.Evidence[0], "twins.jsonl:4 2026-11-22"}} {
		if got := c.got.Locator + " " + c.got.RecordedAt.Format("2006-01-02"); got != c.want || c.got.Source != source {
			t.Errorf("evidence is at %s of %s, want %s of %s", got, c.got.Source, c.want, source)
		}
	}
}

// What somebody only asserts does not outrank what somebody quotes.
func TestAQuoteOutranksABareRecord(t *testing.T) {
	c := newCatalog()
	mustLoad(t, c, Bytes("bare.jsonl", []byte(`{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"1999"}`)),
		Bytes("quoted.jsonl", []byte(`{"source":"source:news","title":"News","class":"RETELLING","text":"A and B have been twins since 2002."}
{"entity":"city:a","name":"A","recordedAt":"2025-01-01T00:00:00Z"}
{"entity":"city:b","name":"B"}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"2002","evidence":[{"source":"source:news","quote":"since 2002"}]}`)))
	id := kg.FactID(kg.PartnersWith, "city:a", "city:b", "TWIN", "")
	page, err := c.Read(t.Context(), &kg.Query{IDs: []kg.ID{id}, List: kg.List{Kinds: kg.Facts, States: kg.AnyState, First: -1}})
	if err != nil {
		t.Fatal(err)
	}
	if f := page.Rows[0].Fact; f.Since.Text != "2002" || f.Evidence[0].Quote == "" {
		t.Errorf("it is since %s, by %+v", f.Since.Text, f.Evidence)
	}
}

// A file that somebody goes on writing, and brings again each time, is one source: what stays in it does not become surer, and what
// is corrected shows. An older version that is brought once more undoes nothing.
func TestVersionsOfAFileAreOneSource(t *testing.T) {
	day := now
	c := kg.NewCatalog(storetest.Reference(), func() time.Time { day = day.Add(time.Hour); return day })
	version := func(population, since, more string) File {
		return Bytes("twins.jsonl", []byte(`{"entity":"city:a","name":"A","population":`+population+`}
{"entity":"city:b","name":"B"}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"`+since+`"}`+more))
	}
	first := version("5", "2003", "")
	id := kg.FactID(kg.PartnersWith, "city:a", "city:b", "TWIN", "")
	for _, v := range []struct {
		File
		want string
	}{
		{first, "5, since 2003"},
		{version("5", "2003", "\n"+`{"entity":"city:c","name":"C"}`), "5, since 2003"},
		{version("6", "2004", ""), "6, since 2004"},
		{first, "6, since 2004"},
	} {
		mustLoad(t, c, v.File)
		page, err := c.Read(t.Context(), &kg.Query{IDs: []kg.ID{"city:a", id}, List: kg.List{Kinds: kg.Entities | kg.Facts, States: kg.AnyState, First: -1}})
		if err != nil {
			t.Fatal(err)
		}
		e, f := page.Rows[0].Entity, page.Rows[1].Fact
		if got := fmt.Sprintf("%v, since %s", e.Value(e.Kind.Decl().Field("population")), f.Since.Text); got != v.want || f.Confidence != 0.5 {
			t.Errorf("it shows %s, as sure as %v; want %s and 0.5", got, f.Confidence, v.want)
		}
	}
}

func TestProblemsComeInTheOrderOfLines(t *testing.T) {
	files := []File{
		Bytes("a.jsonl", []byte(`{"fact":"LOCATED_IN","from":"city:x","to":"country:y"}
{"entity":"city:x","name":"X","colour":"red"}
{"entity":"country:y","name":"Y","iso2":"yy"}
nonsense
{"entity":"city:z","name":"Z"}`)),
		Bytes("b.txt", []byte("a,b\n")),
		Bytes("c.jsonl", []byte(`{"source":"source:c"}`)),
	}
	report, err := Load(t.Context(), newCatalog(), files...)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range report.Problems {
		got = append(got, p.Error()[:min(len(p.Error()), 40)]+" | "+p.Text[:min(len(p.Text), 12)])
	}
	want := []string{
		`a.jsonl:1: from: "city:x" names no city: | {"fact":"LOC`,
		`a.jsonl:2: "colour" is not a key of CITY | {"entity":"c`,
		`a.jsonl:3: iso2: "yy" is not an ISO 3166 | {"entity":"c`,
		`a.jsonl:4: the line is not a JSON object | nonsense`,
		`b.txt:1: the file is not Entente JSON Li | a,b`,
		`c.jsonl:1: title: it is missing: write w | {"source":"s`,
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if report.Entities != 1 {
		t.Errorf("%d entities were applied, want the good one", report.Entities)
	}
}

// Problems show the path as it was given, so that a person can open the file. Locators show the name alone, since the same file
// is the same source from wherever it is read; where two names are alike, the sources' titles tell the files apart.
func TestFilesOfOneName(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	a := write("a/in/x.jsonl", `{"entity":"city:a","name":"A"}`+"\nbad")
	b := write("b/in/x.jsonl", `{"entity":"city:b","name":"B"}`)
	other := write("b/in/y.jsonl", `{"entity":"city:c","name":"C"}`)
	for _, c := range []struct {
		paths, want []string
	}{
		{[]string{a, b, other}, []string{"a/in/x.jsonl", "b/in/x.jsonl", "y.jsonl"}},
		{[]string{b, other}, []string{"", "x.jsonl", "y.jsonl"}},
		{[]string{b, b}, []string{"", "x.jsonl", ""}},
	} {
		var files []File
		for _, path := range c.paths {
			files = append(files, Path(path))
		}
		catalog := newCatalog()
		report, err := Load(t.Context(), catalog, files...)
		if err != nil {
			t.Fatal(err)
		}
		if c.paths[0] == a && (len(report.Problems) != 1 || !strings.HasPrefix(report.Problems[0].Error(), a+":2: ")) {
			t.Errorf("the problems are %v, want one that begins with %s", report.Problems, a)
		}
		page, err := catalog.Read(t.Context(), &kg.Query{IDs: []kg.ID{"city:a", "city:b", "city:c"}, List: kg.List{Kinds: kg.Entities, States: kg.AnyState, First: -1}})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range c.want {
			if want == "" {
				continue
			}
			ev := page.Rows[i].Entity.Evidence[0]
			if ev.Locator != filepath.Base(want)+":1" {
				t.Errorf("the locator is %s, want the file's name alone", ev.Locator)
			}
			sources, err := catalog.Read(t.Context(), &kg.Query{IDs: []kg.ID{ev.Source}, List: kg.List{Kinds: kg.SetOf(kg.SourceKind), First: -1}})
			if err != nil {
				t.Fatal(err)
			}
			if got := sources.Rows[0].Source.Title; got != want {
				t.Errorf("the file's title is %s, want %s", got, want)
			}
		}
	}
}

func TestAFileWithoutARecord(t *testing.T) {
	files := []File{Bytes("empty.jsonl", nil), Bytes("good.jsonl", []byte(`{"entity":"city:a","name":"A"}`)), Bytes("blank.jsonl", []byte("\ufeff\n \n"))}
	report, err := Load(t.Context(), newCatalog(), files...)
	if err != nil {
		t.Fatal(err)
	}
	const want = `[empty.jsonl: the file holds no record: write one object a line, such as {"entity":"city:cn-jinan","name":"Jinan"}` +
		` blank.jsonl: the file holds no record: write one object a line, such as {"entity":"city:cn-jinan","name":"Jinan"}]`
	if got := fmt.Sprint(report.Problems); got != want || report.Entities != 1 {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLoadFailsWhole(t *testing.T) {
	if _, err := Load(t.Context(), newCatalog(), Path(filepath.Join(t.TempDir(), "nothing.jsonl"))); kg.CodeOf(err) != kg.NotFound || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := Load(t.Context(), newCatalog(), Path(t.TempDir())); kg.CodeOf(err) != kg.Unavailable {
		t.Errorf("a directory: %v", err)
	}
	c := newCatalog()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Load(ctx, c, demoFiles(t)...); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if got := dump(t, c); got != "" {
		t.Errorf("a canceled load left %s", got)
	}
}

// countries.jsonl is the larger part of the demo graph, and has the shape that large imports have.
func BenchmarkRead(b *testing.B) {
	data := demo.Graph()[0].Data
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Read(bytes.NewReader(data), "countries.jsonl", func(Line) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	data := demo.Graph()[0].Data
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(b.Context(), newCatalog(), Bytes("countries.jsonl", data)); err != nil {
			b.Fatal(err)
		}
	}
}
