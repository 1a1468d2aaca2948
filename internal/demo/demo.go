// Package demo is the graph that Entente shows when it is given none: the
// countries of ISO 3166-1; the visit of a delegation from Jinan to France,
// Finland and Spain in October 2024; and what 25 further reports of visits,
// signings and twinnings say, with the cities that they name.
//
// The files are Entente JSON Lines. visit.jsonl and press.jsonl rest on
// retellings in the project's own words of public reports, and their facts
// quote those; the reports' own sentences are not here. countries.jsonl and
// cities.jsonl are made by the programs in gen from published packages, and
// countries.jsonl holds exactly the 249 entries of ISO 3166-1: what is
// contested is left as the standard has it, and nothing is added to it or
// taken from it.
//
// The package only hands out bytes. It does not parse them: whoever reads the
// demo graph reads it as any other file.
package demo

import (
	"embed"
	"path"
	"regexp"
	"strings"
)

// A File is one file of the demo graph, in Entente JSON Lines.
type File struct {
	Name string
	Data []byte
}

// A Question is a query to try on the demo graph. Its variables have defaults that name things there.
type Question struct {
	Name  string // the file's name without its ending, which also orders it: 01-entity
	Title string // the operation's name: Entity
	Asks  string // what it asks, in words: its first line, without the #
	Query string
}

//go:embed countries.jsonl cities.jsonl visit.jsonl press.jsonl
var records embed.FS

//go:embed questions/*.graphql
var questions embed.FS

// Graph returns the files of the demo graph in reading order: the facts of the
// reports lead to cities and countries. The caller must not change the bytes.
func Graph() []File {
	var files []File
	for _, name := range []string{"countries.jsonl", "cities.jsonl", "visit.jsonl", "press.jsonl"} {
		data, err := records.ReadFile(name)
		if err != nil {
			panic(err) // embedded
		}
		files = append(files, File{Name: name, Data: data})
	}
	return files
}

var operationName = regexp.MustCompile(`(?m)^query (\w+)`)

// Questions returns the queries to try, by name.
func Questions() []Question {
	const dir = "questions"
	entries, err := questions.ReadDir(dir)
	if err != nil {
		panic(err) // the directory is compiled in
	}
	var qs []Question
	for _, e := range entries {
		data, err := questions.ReadFile(path.Join(dir, e.Name()))
		if err != nil {
			panic(err)
		}
		q := Question{Name: strings.TrimSuffix(e.Name(), ".graphql"), Query: string(data)}
		first, _, _ := strings.Cut(q.Query, "\n")
		q.Asks = strings.TrimPrefix(first, "# ")
		if m := operationName.FindStringSubmatch(q.Query); m != nil {
			q.Title = m[1]
		}
		qs = append(qs, q)
	}
	return qs
}
