package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/demo"
)

const cities = `query Cities($lang: String! = "zh") {
  cities(first: 5, orderBy: [{field: NAME}]) {
    totalCount
    nodes { name(lang: [$lang]) population partners(first: 2) { edges { fact { since evidence(first: 1) { quote } } node { name } } } }
  }
}
query Jinan { entity(id: "city:cn-jinan") { id ... on City { population partners(first: 2) { totalCount edges { fact { type since } node { id } } } } } }
`

func TestQueryDemo(t *testing.T) {
	for _, q := range demo.Questions() {
		path := filepath.Join(t.TempDir(), q.Name+".graphql")
		if err := os.WriteFile(path, []byte(q.Query), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"json", "table"} {
			if r := call(t, "", "query", "--format", format, path); r.code != 0 || r.stdout == "" || r.stderr != "" {
				t.Errorf("%s as %s: exit code %d\n%s%s", q.Name, format, r.code, r.stdout, r.stderr)
			}
		}
	}
}

func TestQueryFormats(t *testing.T) {
	for _, test := range []struct{ name, args, want string }{
		{"table", "--operation Cities --format table", `
cities  totalCount: 2
  name    population  partners
  ──────  ──────────  ──────────────────────────────────────────────────────────────────────
  济南    9202432     2002, (济南 and Rennes have been friendship cities since 2002), Rennes
  Rennes              2002, (济南 and Rennes have been friendship cities since 2002), Jinan
`},
		{"record", "--operation Jinan --format table", `
entity
  id                   city:cn-jinan
  population           9202432
  partners.totalCount  1
  partners             FRIENDSHIP, 2002, city:fr-rennes
`},
		{"json", "--operation Jinan", `
{
  "data": {
    "entity": {
      "id": "city:cn-jinan",
      "population": 9202432,
      "partners": {
        "totalCount": 1,
        "edges": [
          {
            "fact": {
              "type": "FRIENDSHIP",
              "since": "2002"
            },
            "node": {
              "id": "city:fr-rennes"
            }
          }
        ]
      }
    }
  },
  "extensions": {
    "cost": {
      "requested": 3,
      "actual": 2,
      "limit": 10000
    }
  }
}
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := append([]string{"query", "--data", "testdata/good.jsonl", "-"}, strings.Fields(test.args)...)
			r := call(t, cities, args...)
			r.check(t, 0)
			if want := test.want[1:]; r.stdout != want {
				t.Errorf("%q prints\n%swant\n%s", args, r.stdout, want)
			}
		})
	}
}

func TestQueryWrittenOut(t *testing.T) {
	call(t, "", "query", "--data", "testdata/good.jsonl", `{ node(id: "source:report") { id } }`).check(t, 0, `"id": "source:report"`)
	call(t, "", "query", `query Named { entity(id: "city:cn-jinan") { name } }`).check(t, 0, `"name": "Jinan"`)
	call(t, "", "query", "stats").check(t, 1, "stats: no such file")
	call(t, "", "query").check(t, 2, "or write it out: '{ statistics { facts } }'")
}

func TestQueryVariables(t *testing.T) {
	call(t, cities, "query", "--data", "testdata/good.jsonl", "--operation", "Cities", "--variables", `{"lang": "fr"}`, "-").
		check(t, 0, `"name": "Jinan"`)
}

func TestQueryFails(t *testing.T) {
	for _, test := range []struct {
		name, operation, data string
		stdout, stderr        string
	}{
		{"not GraphQL", "{", "", "", "1:2: Expected Name, found <EOF>\n"},
		{"unknown field", "{ towns { id } }", "", "", `1:3: Cannot query field "towns" on type "Query".` + "\n"},
		{"bad argument", "{ cities(first: -1) { totalCount } }", "", "", "cities: "},
		{"too deep", strings.Repeat("{a", 40) + strings.Repeat("}", 40), "", "", "deep"},
		{"several operations", "query A { __typename } query B { __typename }", "", "", "the document has several operations: name one in --operation\n"},
		{"nothing", " \n", "", "", "there is no operation in -: write one, such as { statistics { facts } }\n"},
		{"a remark", "# { statistics { facts } }", "", "", "the document has no operation: write one, such as { statistics { facts } }\n"},
		{"bad lines", "{ cities { totalCount } }", "testdata/broken.jsonl", `"totalCount": 2`, "2 lines were left out.\n"},
		{"no data", "{ cities { totalCount } }", "testdata/none.jsonl", "", "testdata/none.jsonl: no such file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := []string{"query", "-"}
			if test.data != "" {
				args = append(args, "--data", test.data)
			}
			r := call(t, test.operation, args...)
			r.check(t, 1)
			if !strings.Contains(r.stdout, test.stdout) || test.stdout == "" && r.stdout != "" || !strings.Contains(r.stderr, test.stderr) {
				t.Errorf("stdout: %s\nstderr: %s\nwant %q and %q", r.stdout, r.stderr, test.stdout, test.stderr)
			}
		})
	}
	call(t, "", "query", "testdata/none.graphql").check(t, 1, "testdata/none.graphql: no such file")
}
