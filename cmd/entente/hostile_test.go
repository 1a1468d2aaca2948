package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a graph holds may have been written by somebody who means harm. Whatever shows it shows it, and does not do it.
func TestStoredContentIsShownHarmless(t *testing.T) {
	dir := t.TempDir()
	file, store := filepath.Join(dir, "hostile.jsonl"), filepath.Join(dir, "graph.entente")
	const name = "<img src=x onerror=alert(1)></script> \u2067שלום\u2069"
	lines := `{"source":"source:s","title":"T","text":"turned \u202etxt\r\nnext \u202c line"}
{"entity":"city:x","name":"<img src=x onerror=alert(1)></script> \u2067שלום\u2069","description":"=HYPERLINK(\"http://evil.example\") \u202etxt","evidence":[{"source":"source:s","quote":"turned \u202etxt\r\nnext"}]}
`
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	call(t, "", "import", "--store", store, file).check(t, 0, "1 entity")
	const query = `{ cities { nodes { id name description evidence(first: 1) { quote source { title text } } } } }`
	shown := map[string]string{"export": call(t, "", "export", "--store", store).stdout}
	for _, format := range []string{"json", "table", "csv"} {
		shown[format] = call(t, query, "query", "--store", store, "--format", format, "-").stdout
	}
	shown["verify"] = call(t, "", "verify", "--store", store).stdout
	for how, text := range shown {
		if strings.ContainsAny(text, "\u202e\u202c\u2067\u2069\x1b\r") {
			t.Errorf("%s lets through what turns or moves text: %+q", how, text)
		}
		if how != "verify" && !strings.Contains(text, "<img src=x onerror=alert(1)></script>") {
			t.Errorf("%s does not show the name as it is: %s", how, text)
		}
	}
	if strings.Contains(shown["csv"], ",=HYPERLINK") || strings.Contains(shown["csv"], `,"=HYPERLINK`) {
		t.Errorf("a cell is a formula: %s", shown["csv"])
	}
	var answer struct {
		Data struct {
			Cities struct{ Nodes []struct{ Name string } }
		}
	}
	if err := json.Unmarshal([]byte(shown["json"]), &answer); err != nil || answer.Data.Cities.Nodes[0].Name != name {
		t.Errorf("as JSON the name is %+q, %v", answer.Data, err)
	}
	again := filepath.Join(dir, "again.jsonl")
	if err := os.WriteFile(again, []byte(shown["export"]), 0o600); err != nil {
		t.Fatal(err)
	}
	call(t, "", "verify", again).check(t, 0)
}

// What is too long is refused with its place, in a line that can be read.
func TestImportRefusesWhatIsTooLong(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("x", 10<<20)
	for what, line := range map[string]string{
		`long.jsonl:2: evidence[0].quote: the text has 10485760 characters, 10000 are the most`: `{"entity":"city:x","name":"X","evidence":[{"source":"source:s","quote":"` + long + `"}]}`,
		`long.jsonl:2: name: the text has 10485760 characters, 1000 are the most`:               `{"entity":"city:x","name":"` + long + `"}`,
		`long.jsonl:2: title: the text has 10485760 characters, 1000 are the most`:              `{"source":"source:t","title":"` + long + `"}`,
		`long.jsonl:2: the line has more than 16 MB`:                                            `{"source":"source:t","title":"T","text":"` + long + long + `"}`,
		`long.jsonl:2: entity: `: `{"entity":"city:` + long + `","name":"X"}`,
		`long.jsonl:2: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"`:                         `{"entity":"city:x","name":"X","` + long + `":1}`,
		`long.jsonl:2: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…: the key "a" stands twice`: `{"entity":"city:x","name":"X","` + long + `":{"a":1,"a":2}}`,
		`long.jsonl:2: the key "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" stands twice`:    `{"` + long[:7<<20] + `":1,"` + long[:7<<20] + `":2}`,
	} {
		file := filepath.Join(dir, "long.jsonl")
		if err := os.WriteFile(file, []byte(`{"source":"source:s","title":"T","text":"x"}`+"\n"+line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		got := call(t, "", "import", "--store", filepath.Join(t.TempDir(), "graph.entente"), file)
		if !strings.Contains(got.stderr, what) {
			t.Errorf("it did not say %q:\n%.400s", what, got.stderr)
		}
		if n := len(got.stderr) + len(got.stdout); got.code != 1 || n > 2_000 {
			t.Errorf("%s: exit code %d, and %d bytes said", what, got.code, n)
		}
	}
}
