package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// record is one line of the files, as far as these tests look.
type record struct {
	Source    string `json:"source"`
	Text      string `json:"text"`
	Class     string `json:"class"`
	Publisher string `json:"publisher"`
	BasedOn   struct {
		URL string `json:"url"`
	} `json:"basedOn"`

	Entity string `json:"entity"`
	Name   string `json:"name"`
	Names  []struct {
		Value string `json:"value"`
	} `json:"names"`
	ISO2     string `json:"iso2"`
	ISO3     string `json:"iso3"`
	M49      string `json:"m49"`
	StartsOn string `json:"startsOn"`
	EndsOn   string `json:"endsOn"`

	Fact string `json:"fact"`
	From string `json:"from"`
	To   string `json:"to"`
	Type string `json:"type"`
	Role string `json:"role"`
	Key  string `json:"key"`

	Since    string `json:"since"`
	SignedOn string `json:"signedOn"`
	State    string `json:"state"`

	RecordedAt string     `json:"recordedAt"`
	Evidence   []evidence `json:"evidence"`

	where string
}

type evidence struct {
	Source  string `json:"source"`
	Quote   string `json:"quote"`
	Locator string `json:"locator"`
}

// id is what no two records may share. A fact has a record for each source that says it.
func (r record) id() string {
	if r.Fact == "" {
		return r.Source + r.Entity
	}
	var source string
	if len(r.Evidence) > 0 {
		source = r.Evidence[0].Source
	}
	return strings.Join([]string{r.Fact, r.From, r.To, r.Type, r.Role, r.Key, source}, " ")
}

func (r record) state() string {
	if r.State == "" {
		return "ACCEPTED"
	}
	return r.State
}

func (r record) allNames() []string {
	names := []string{r.Name}
	for _, n := range r.Names {
		names = append(names, n.Value)
	}
	return names
}

// files gives the files of the demo graph, and those that are still to become part of it.
func files(t *testing.T) []File {
	t.Helper()
	fs := Graph()
	for _, name := range []string{"cities.jsonl", "press.jsonl"} {
		if slices.ContainsFunc(fs, func(f File) bool { return f.Name == name }) {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fs = append(fs, File{Name: name, Data: data})
	}
	return fs
}

// graph reads every line of every file.
func graph(t *testing.T) []record {
	t.Helper()
	var rs []record
	for _, f := range files(t) {
		text, ended := bytes.CutSuffix(f.Data, []byte("\n"))
		if !ended {
			t.Errorf("%s does not end with a newline", f.Name)
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			r := record{where: f.Name + ":" + strconv.Itoa(i+1)}
			if err := json.Unmarshal(line, &r); err != nil {
				t.Fatalf("%s: %v", r.where, err)
			}
			rs = append(rs, r)
		}
	}
	return rs
}

func TestIDs(t *testing.T) {
	valid := regexp.MustCompile(`^(country|region|city|zone|company|institution|agreement|event|project|sector|source):[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]string{}
	for _, r := range graph(t) {
		var kinds int
		for _, s := range []string{r.Source, r.Entity, r.Fact} {
			if s != "" {
				kinds++
			}
		}
		if kinds != 1 {
			t.Errorf("%s is %d of source, entity and fact, want one", r.where, kinds)
		}
		if id := r.Source + r.Entity; r.Fact == "" && (!valid.MatchString(id) || strings.HasPrefix(id, "source:") != (r.Source != "")) {
			t.Errorf("%s: bad id %q", r.where, id)
		}
		if first, ok := seen[r.id()]; ok {
			t.Errorf("%s repeats %s: %s", r.where, first, r.id())
		}
		seen[r.id()] = r.where
		if r.RecordedAt != "2026-11-22T00:00:00Z" {
			t.Errorf("%s: recordedAt %q would make answers differ from start to start", r.where, r.RecordedAt)
		}
	}
}

func TestEvidence(t *testing.T) {
	rs := graph(t)
	sources := map[string]record{}
	for _, r := range rs {
		if r.Source != "" {
			sources[r.Source] = r
		}
	}
	for _, r := range rs {
		if r.Source == "" && len(r.Evidence) == 0 {
			t.Errorf("%s (%s) rests on nothing", r.where, r.id())
		}
		for _, e := range r.Evidence {
			source, ok := sources[e.Source]
			switch {
			case !ok:
				t.Errorf("%s: no source %q", r.where, e.Source)
			case e.Quote == "" && e.Locator == "":
				t.Errorf("%s: evidence with neither quote nor locator", r.where)
			case e.Quote == "" && source.Class != "DATASET":
				t.Errorf("%s: what rests on a text quotes it", r.where)
			case e.Quote != "":
				if n := strings.Count(source.Text, e.Quote); n != 1 {
					t.Errorf("%s: %q stands %d times in %s, want once", r.where, e.Quote, n, e.Source)
				}
				if words, han := len(strings.Fields(e.Quote)), len(han.FindAllString(e.Quote, -1)); words < 3 && han < 4 {
					t.Errorf("%s: %q is %d words long, want 3 at least, or 4 characters in Chinese", r.where, e.Quote, words)
				}
			}
		}
	}
}

var han = regexp.MustCompile(`\p{Han}`)

// joins says which kinds each fact may join.
var joins = map[string]struct{ from, to string }{
	"LOCATED_IN":    {"region city zone company institution event project", "country region city zone"},
	"PART_OF":       {"company event zone sector", "company event zone sector"},
	"PARTNERS_WITH": {"country region city zone company institution", "country region city zone company institution"},
	"PARTY_TO":      {"country region city zone company institution", "agreement"},
	"TOOK_PART_IN":  {"country region city zone company institution", "event"},
	"RESULTED_IN":   {"event", "agreement project"},
	"CONCERNS":      {"agreement event project", "zone city project sector"},
	"ACTIVE_IN":     {"company institution zone city", "sector"},
	"INVESTS_IN":    {"company institution", "city zone project company"},
	"REPRESENTS":    {"institution", "country"},
}

func TestEnds(t *testing.T) {
	rs := graph(t)
	entities := map[string]bool{}
	linked := map[string]bool{}
	for _, r := range rs {
		entities[r.Entity] = true
	}
	used := map[string]bool{}
	for _, r := range rs {
		if r.Fact == "" {
			continue
		}
		join, ok := joins[r.Fact]
		if !ok {
			t.Errorf("%s: unexpected fact %s", r.where, r.Fact)
		}
		used[r.Fact] = true
		for _, end := range []struct{ id, kinds string }{{r.From, join.from}, {r.To, join.to}} {
			if !entities[end.id] {
				t.Errorf("%s: %s has no record", r.where, end.id)
			}
			if kind, _, _ := strings.Cut(end.id, ":"); !slices.Contains(strings.Fields(end.kinds), kind) {
				t.Errorf("%s: %s can't stand there in %s", r.where, end.id, r.Fact)
			}
			linked[end.id] = true
		}
		if r.Fact == "PART_OF" {
			from, _, _ := strings.Cut(r.From, ":")
			if !strings.HasPrefix(r.To, from+":") {
				t.Errorf("%s: %s is part of %s, which is of another kind", r.where, r.From, r.To)
			}
		}
		if r.Fact == "PARTNERS_WITH" && r.From >= r.To {
			t.Errorf("%s: the ends of a symmetric fact are sorted", r.where)
		}
	}
	for fact := range joins {
		if !used[fact] {
			t.Errorf("no fact is %s", fact)
		}
	}
	for _, r := range rs {
		if r.Entity != "" && !strings.HasPrefix(r.Entity, "country:") && !linked[r.Entity] {
			t.Errorf("%s: no fact leads to %s", r.where, r.Entity)
		}
	}
}

// TestSeed holds that nothing which the report names is missing.
func TestSeed(t *testing.T) {
	kinds := map[string][]string{}
	for _, r := range graph(t) {
		kind, _, _ := strings.Cut(r.Entity, ":")
		for _, name := range r.allNames() {
			kinds[name] = append(kinds[name], kind)
		}
	}
	for kind, names := range map[string][]string{
		"country": {"China", "France", "Finland", "Spain"},
		"region":  {"Basque Country"},
		"city":    {"Jinan", "济南", "Spring City", "Rennes", "Paris"},
		"zone": {
			"Jinan New and Old Growth Drivers Conversion Initiation Zone", "Jinan High-tech Zone",
			"Jinan International Medical Center", "Mingshui Economic and Technological Development Zone",
		},
		"company": {
			"Alstom", "Peugeot Motocycles", "LafargeHolcim", "EDF", "Électricité de France",
			"Rebound Diagnostics", "Acesur Group", "Bank of China", "Bank of China Paris Branch",
		},
		"institution": {
			"France-China Committee", "France-China Foundation", "China-Spain Business Council",
			"Chinese Embassy in France", "Chinese Embassy in Finland", "Chinese Embassy in Spain",
		},
		"event": {
			"Visit of a Jinan delegation to France, Finland and Spain",
			`"Choose Jinan, Win the Future" Jinan-France Economic and Trade Cooperation Exchange`,
			"Jinan-Basque Industrial Park Business Talk", "High-level exchange events in France and Spain",
			"Opening of the Jinan Garden in Rennes", "Talks with chambers of commerce, associations and companies",
			"Call on the Chinese Embassy in France", "Call on the Chinese Embassy in Finland",
			"Call on the Chinese Embassy in Spain", "Call on the Bank of China Paris Branch",
		},
		"agreement": {
			"Economic and trade cooperation agreement (unnamed, 1 of 2)",
			"Economic and trade cooperation agreement (unnamed, 2 of 2)",
		},
		"project": {"Jinan Garden"},
		"sector": {
			"New energy", "Intelligent manufacturing", "High-end equipment", "Biomedicine",
			"Economy", "Trade", "Education", "Culture", "Tourism", "Finance", "Industry",
		},
	} {
		for _, name := range names {
			if !slices.Contains(kinds[name], kind) {
				t.Errorf("no %s is named %q", kind, name)
			}
		}
	}
}

// TestOwnWords holds that the retelling copies no sentence: no eight words in
// a row are the report's. A name counts as one word, for a name is the same in
// any telling, and the longest here has nine words.
func TestOwnWords(t *testing.T) {
	const run = 8
	files, err := filepath.Glob("../../../shared/seed/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("the report that the retelling is of is not there to compare with (../../../shared/seed)")
		}
		t.Skip("not checked: the report that the retelling is of is not there (../../../shared/seed)")
	}
	var retelling string
	var names []string
	for _, r := range graph(t) {
		if r.Source == "source:jinan-2024-10" {
			retelling = r.Text
		}
		if !strings.HasPrefix(r.Entity, "sector:") && r.Entity != "" {
			for _, name := range r.allNames() {
				if len(strings.Fields(name)) > 1 {
					names = append(names, name)
				}
			}
		}
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, name := range names {
		pairs = append(pairs, name, words(name, "_"))
	}
	fold := strings.NewReplacer(pairs...)

	report := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		ws := strings.Fields(words(fold.Replace(string(data)), " "))
		for i := 0; i+run <= len(ws); i++ {
			report[strings.Join(ws[i:i+run], " ")] = true
		}
	}
	if len(report) == 0 {
		t.Fatalf("nothing to compare with in %q", files)
	}
	ws := strings.Fields(words(fold.Replace(retelling), " "))
	for i := 0; i+run <= len(ws); i++ {
		if s := strings.Join(ws[i:i+run], " "); report[s] {
			t.Errorf("the report's words: %q", s)
		}
	}
}

var notWord = regexp.MustCompile(`[^\pL\pN_]+`)

// words gives the words of a text in lower case, joined.
func words(text, sep string) string {
	return strings.Trim(notWord.ReplaceAllString(strings.ToLower(text), sep), sep)
}

func TestCountries(t *testing.T) {
	var n int
	seen := map[string]string{}
	for _, r := range graph(t) {
		if !strings.HasPrefix(r.Entity, "country:") {
			continue
		}
		n++
		if r.Entity != "country:"+strings.ToLower(r.ISO2) || len(r.ISO2) != 2 || len(r.ISO3) != 3 || len(r.M49) != 3 {
			t.Errorf("%s: %s has codes %q, %q, %q", r.where, r.Entity, r.ISO2, r.ISO3, r.M49)
		}
		for _, once := range []string{r.ISO2, r.ISO3, r.M49, r.Name} {
			if first, ok := seen[once]; ok {
				t.Errorf("%s: %q is also %s", r.where, once, first)
			}
			seen[once] = r.Entity
		}
	}
	if n != 249 {
		t.Errorf("%d countries, want the 249 entries of ISO 3166-1", n)
	}
	for name, id := range map[string]string{"Finland": "country:fi", "South Korea": "country:kr", "Netherlands": "country:nl", "Curaçao": "country:cw"} {
		if seen[name] != id {
			t.Errorf("%q is %q, want %s", name, seen[name], id)
		}
	}
}

func TestQuestions(t *testing.T) {
	titles := map[string]bool{}
	for i, q := range Questions() {
		if !strings.HasPrefix(q.Name, fmt.Sprintf("%02d-", i+1)) {
			t.Errorf("%s is the %dth question", q.Name, i+1)
		}
		if !strings.Contains(q.Query, "query "+q.Title) || titles[q.Title] {
			t.Errorf("%s: the title %q is not the operation's name, or another's too", q.Name, q.Title)
		}
		titles[q.Title] = true
		if !strings.HasPrefix(q.Query, "# "+q.Asks+"\n") || !strings.ContainsAny(q.Asks, ".?") {
			t.Errorf("%s: %q is not a sentence in its first line", q.Name, q.Asks)
		}
	}
	for _, title := range []string{"Entity", "Paths", "PartnerIndustry"} {
		if !titles[title] {
			t.Errorf("there is no question %s", title)
		}
	}
}
