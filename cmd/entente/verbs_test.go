package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestHelp(t *testing.T) {
	for _, v := range verbs() {
		call(t, "", "help").check(t, 0, "  "+v.name+" ", v.line)
		for _, args := range [][]string{{"help", v.name}, {v.name, "--help"}, {v.name, "-h"}} {
			if r := call(t, "", args...); r.code != 0 || r.stderr != "" || !strings.HasPrefix(r.stdout, "usage: entente "+v.name) {
				t.Errorf("%q: exit code %d, %s%s", args, r.code, r.stdout, r.stderr)
			}
		}
	}
	call(t, "", "--help").check(t, 0, "entente VERB")
	call(t, "", "version").check(t, 0, "Entente ", "go1.")
	call(t, "", "--version").check(t, 0, "Entente ", "go1.")
}

func TestMisuse(t *testing.T) {
	for _, test := range []struct{ args, says string }{
		{"", "usage: entente VERB"},
		{"help frobnicate", `there is no verb "frobnicate": entente help lists them`},
		{"version now", "usage: entente version"},
		{"verify --fast", "there is no option --fast"},
		{"verify --store", "--store needs a value"},
		{"import --store bolt://h --workers some a", `invalid value "some" for --workers: write a whole number`},
		{"generate --facts 1e6", `invalid value "1e6" for --facts: write a whole number`},
		{"generate --facts 99999999999999999999", `for --facts: write a whole number`},
		{"generate --facts 1000 --seed -1", `invalid value "-1" for --seed: write a whole number from 0`},
		{"forget --dry-run=perhaps source:a", `invalid value "perhaps" for --dry-run: write true or false`},
		{"query", "name one file"},
		{"query a b", "name one file"},
		{"query --format xml a", `there is no format "xml"`},
		{"query --variables [1] a", "write one JSON object"},
		{"query --store bolt://h --data a b", "give one of them"},
		{"import a", "say where to keep it, by --store or ENTENTE_STORE"},
		{"import --store bolt://h", "name the files"},
		{"import --store bolt://h --workers 0 a", "--workers is a number from 1 to 16"},
		{"forget --store a", "name one source by its id"},
		{"forget source:a", "say where the graph is"},
		{"forget --store a city:b", "is not the id of a source"},
		{"forget --store bolt://h source:a", "a Neo4j is not replaced in place"},
		{"backup a", "name the store, and the file that the copy goes to"},
		{"restore a bolt://h", "only stores in files"},
		{"copy a", "name the store to copy from and the one to copy to"},
		{"copy a a", "the two are the same store"},
		{"export --format csv", "csv makes three tables: name a folder for them by --out"},
		{"export --format xml", `there is no format "xml": write jsonl, csv, graphml or geojson`},
		{"export --store a --out a", "--out is the store itself"},
		{"export --store bolt://h a", "files are exported without --store"},
		{"verify --store bolt://h a", "files are verified without --store"},
		{"generate", "--facts is a number from 100"},
		{"generate --facts 1000 now", `"now" is no option`},
		{"generate --facts 1000 --entities 1001", "--entities is a number from 0 to that of the facts, 1000"},
	} {
		t.Run(test.args, func(t *testing.T) {
			r := call(t, "", strings.Fields(test.args)...)
			r.check(t, 2, test.says, "usage: ")
			if r.stdout != "" {
				t.Errorf("on standard output: %s", r.stdout)
			}
		})
	}
}

// Who mistypes a verb gets one line.
func TestNoVerb(t *testing.T) {
	for args, want := range map[string]string{
		"frobnicate":  "entente: there is no verb \"frobnicate\": entente help lists them\n",
		"sevre --x":   "entente: there is no verb \"sevre\": did you mean serve? entente help lists them\n",
		"licence":     "entente: there is no verb \"licence\": did you mean licences? entente help lists them\n",
		"demo.jsonl ": "entente: there is no verb \"demo.jsonl\": entente help lists them\n",
	} {
		if r := call(t, "", strings.Fields(args)...); r.code != 2 || r.stdout+r.stderr != want {
			t.Errorf("%q: exit code %d, %s%s\nwant 2, %s", args, r.code, r.stdout, r.stderr, want)
		}
	}
}

// A store that can't be, and one that does not answer, are told apart, before anything is done, and soon.
func TestStoreThatIsNone(t *testing.T) {
	for _, test := range []struct {
		store string
		env   map[string]string
		says  string
	}{
		{"http://localhost:7474", nil, `"http://localhost:7474" is not a store: name a file, or a Neo4j such as neo4j://localhost:7687`},
		{"bolt://me:secret@localhost", nil, "has a user in it: set ENTENTE_NEO4J_USER"},
		{"bolt://127.0.0.1:1", nil, "bolt://127.0.0.1:1: Neo4j can't be reached"},
		{"bolt://127.0.0.1:1", map[string]string{"ENTENTE_NEO4J_PASSWORD": "a", "ENTENTE_NEO4J_PASSWORD_FILE": "b"}, "keep one of them"},
	} {
		for _, args := range [][]string{{"import", "--store", test.store, "testdata/good.jsonl"}, {"export", "--store", test.store}, {"verify", "--store", test.store},
			{"query", "--store", test.store, "-"}, {"serve", "--listen", "127.0.0.1:0", "--store", test.store}} {
			if test.store == "bolt://127.0.0.1:1" && test.env == nil && args[0] != "import" && args[0] != "serve" {
				continue // each tries for some seconds
			}
			began := time.Now()
			r := callIn(t.Context(), test.env, "{ stats { facts } }", args...)
			r.check(t, 1, "entente "+args[0]+": ", test.says)
			if strings.Contains(r.stderr+r.stdout, "secret") || time.Since(began) > 15*time.Second {
				t.Errorf("%q: after %v it said %s", args, time.Since(began), r.stderr)
			}
		}
	}
	call(t, "", "import", "--store", "bolt://127.0.0.1:1", "testdata/none.jsonl").check(t, 1, "testdata/none.jsonl: no such file")
	call(t, "", "import", "--store", "bolt://127.0.0.1:1", os.DevNull).check(t, 1, "is no file that can be read several times")
}
