package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// grown is a graph that learned twice of a city, and of another one from a source that speaks for no other.
var grown = []string{`
{"source":"source:january","title":"January","recordedAt":"2026-01-01T00:00:00Z"}
{"source":"source:alone","title":"Alone","recordedAt":"2026-01-01T00:00:00Z"}
{"entity":"city:a","name":"A","population":5,"evidence":[{"source":"source:january","locator":"1"}],"recordedAt":"2026-01-01T00:00:00Z"}
{"entity":"city:b","name":"B","population":1,"evidence":[{"source":"source:alone","locator":"1"}],"recordedAt":"2026-01-01T00:00:00Z"}
{"entity":"city:c","name":"C","evidence":[{"source":"source:alone","locator":"2"}],"recordedAt":"2026-01-01T00:00:00Z"}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","evidence":[{"source":"source:january","locator":"2"}],"recordedAt":"2026-01-01T00:00:00Z"}
`, `
{"source":"source:february","title":"February","recordedAt":"2026-02-01T00:00:00Z"}
{"entity":"city:a","name":"The A","population":7,"location":[1.5,-2],"evidence":[{"source":"source:february","locator":"1"}],"recordedAt":"2026-02-01T00:00:00Z"}
{"entity":"city:b","name":"B","population":2,"evidence":[{"source":"source:alone","locator":"3"}],"recordedAt":"2026-02-01T00:00:00Z"}
`}

// grow makes a store of it.
func grow(t *testing.T, dir string) (store string) {
	t.Helper()
	store = filepath.Join(dir, "grown.entente")
	for i, text := range grown {
		file := filepath.Join(dir, fmt.Sprintf("%d.jsonl", i))
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		call(t, "", "import", "--store", store, file).check(t, 0)
	}
	return store
}

// historyOf asks a store how what it holds of some things came about.
func historyOf(t *testing.T, store string, ids ...string) string {
	t.Helper()
	var out strings.Builder
	for _, id := range ids {
		r := call(t, `{ node(id: "`+id+`") { ... on City { history { nodes { at kind field before after } } } } }`, "query", "--store", store, "-")
		r.check(t, 0)
		out.WriteString(r.stdout)
	}
	return out.String()
}

// What a graph tells of how it came about is the same wherever it was brought, and however often.
func TestHistoryGoesAlong(t *testing.T) {
	dir := t.TempDir()
	from := grow(t, dir)
	cities := []string{"city:a", "city:b", "city:c"}
	want := historyOf(t, from, cities...)
	for _, said := range []string{`"2026-01-01T00:00:00Z"`, `"population"`, `"5"`, `"7"`, `"[1.5,-2]"`, `"\"The A\""`} {
		if !strings.Contains(want, said) {
			t.Errorf("the history does not say %s:\n%s", said, want)
		}
	}
	file := filepath.Join(dir, "all.jsonl")
	hash := hashOf(t, call(t, "", "export", "--store", from, "--out", file))
	for name, bring := range map[string]func(to string){
		"export and import": func(to string) {
			call(t, "", "import", "--store", to, "--workers", "3", file).check(t, 0)
		},
		"copy": func(to string) { call(t, "", "copy", from, to).check(t, 0, "Both stores hold the same.") },
		"copy to a part": func(to string) {
			call(t, "", "import", "--store", to, filepath.Join(dir, "0.jsonl")).check(t, 0)
			call(t, "", "copy", from, to).check(t, 0, "Both stores hold the same.")
		},
		"import over a copy": func(to string) {
			call(t, "", "copy", from, to).check(t, 0)
			call(t, "", "import", "--store", to, file).check(t, 0)
			call(t, "", "import", "--store", to, filepath.Join(dir, "1.jsonl")).check(t, 0)
		},
	} {
		to := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".entente")
		bring(to)
		if got := historyOf(t, to, cities...); got != want {
			t.Errorf("after %s the history is\n%s\nwant\n%s", name, got, want)
		}
		if got := hashOf(t, call(t, "", "export", "--store", to)); got != hash {
			t.Errorf("after %s the graph has %s, want %s", name, got, hash)
		}
		call(t, "", "verify", "--store", to).check(t, 0, "All of it is right.")
	}
}

// A source that is forgotten takes along the values that it gave, and nobody else's history. What stays for its facts rests on
// nothing, also after an export.
func TestForgetKeepsOtherHistories(t *testing.T) {
	dir := t.TempDir()
	store, again := grow(t, dir), filepath.Join(dir, "again.entente")
	want := historyOf(t, store, "city:a")
	call(t, "", "forget", "--store", store, "source:alone").check(t, 0, "1 field, 1 change of a field")
	if got := historyOf(t, store, "city:a"); got != want {
		t.Errorf("after another source was forgotten, the history is\n%s\nwant\n%s", got, want)
	}
	left := historyOf(t, store, "city:b")
	if strings.Contains(left, "population") || !strings.Contains(left, "2026-01-01") {
		t.Errorf("of what only the forgotten source said there is left\n%s", left)
	}
	file := filepath.Join(dir, "left.jsonl")
	hash := hashOf(t, call(t, "", "export", "--store", store, "--out", file))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const bare = `{"entity":"city:b","name":"B","evidence":[],"changes":[{"at":"2026-01-01T00:00:00Z","type":"CREATED"}]}`
	if !strings.Contains(string(text), bare) {
		t.Errorf("it exports\n%s\nwithout %s", text, bare)
	}
	call(t, "", "import", "--store", again, file).check(t, 0)
	if got := hashOf(t, call(t, "", "export", "--store", again)); got != hash {
		t.Errorf("what is left is imported as %s, want %s", got, hash)
	}
	if got := historyOf(t, again, "city:b"); got != left {
		t.Errorf("the history is imported as\n%s\nwant\n%s", got, left)
	}
}

// Importing again changes nothing, also of what has no date, and an older version of a file brings nothing back.
func TestImportingAgain(t *testing.T) {
	dir := t.TempDir()
	store, file := filepath.Join(dir, "a.entente"), filepath.Join(dir, "mine.jsonl")
	version := func(population, since string) string {
		text := `{"source":"source:a","title":"A","text":"Lyon is a city."}
{"entity":"city:a","name":"A","population":9,"evidence":[{"source":"source:a","quote":"Lyon is a city"}]}
{"entity":"city:b","name":"B","population":` + population + `}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"` + since + `"}
`
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		call(t, "", "import", "--store", store, file).check(t, 0)
		r := call(t, "", "query", "--store", store, `{ entity(id: "city:b") { ... on City { population } } facts { nodes { since } } }`)
		r.check(t, 0)
		return strings.Join(strings.Fields(r.stdout), "") + hashOf(t, call(t, "", "export", "--store", store))
	}
	first := version("5", "2003")
	if again := version("5", "2003"); again != first {
		t.Errorf("imported again, it became\n%s\nfrom\n%s", again, first)
	}
	second := version("6", "2004")
	if !strings.Contains(second, `"population":6`) || !strings.Contains(second, `"since":"2004"`) {
		t.Errorf("what is corrected does not show: %s", second)
	}
	if older := version("5", "2003"); older != second {
		t.Errorf("the older version, once more, made it\n%s\nfrom\n%s", older, second)
	}
}

// What is brought at once has the history of what is brought bit by bit.
func TestHistoryOfOneImport(t *testing.T) {
	dir := t.TempDir()
	want := historyOf(t, grow(t, dir), "city:a", "city:b")
	store := filepath.Join(dir, "once.entente")
	call(t, "", "import", "--store", store, filepath.Join(dir, "1.jsonl"), filepath.Join(dir, "0.jsonl")).check(t, 0)
	if got := historyOf(t, store, "city:a", "city:b"); got != want {
		t.Errorf("at once it has the history\n%s\nbit by bit\n%s", got, want)
	}
}

// Where two sources say different things at one moment, a field's evidence begins with the one that is shown.
func TestEvidenceBeginsWithWhatIsShown(t *testing.T) {
	for _, populations := range [][2]string{{"500000", "522250"}, {"522250", "500000"}, {"20", "100"}} {
		file := filepath.Join(t.TempDir(), "two.jsonl")
		text := ""
		for i, p := range populations {
			text += fmt.Sprintf(`{"source":"source:%d","title":"A","text":"Lyon has %[2]s people."}
{"entity":"city:a","name":"Lyon","population":%[2]s,"evidence":[{"source":"source:%[1]d","quote":"Lyon has %[2]s people"}]}
`, i, p)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		r := call(t, "", "query", "--data", file, `{ entity(id: "city:a") { ... on City { population } evidence(field: "population", first: 1) { quote } } }`)
		shown := populations[0]
		if !strings.Contains(r.stdout, `"population": `+shown) {
			shown = populations[1]
		}
		r.check(t, 0, `"population": `+shown, "Lyon has "+shown+" people")
	}
}
