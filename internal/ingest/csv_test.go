package ingest

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// A table makes the graph that the same records make as lines.
func TestTables(t *testing.T) {
	for _, test := range []struct{ name, table, lines string }{
		{"cities.csv", `entity,name,population,location,description
city:a,"Alba, the old",900,"51.5, -0.1","Two
lines, and a ""quote"""
city:b,Bera,,,

`, `
{"entity":"city:a","name":"Alba, the old","population":900,"location":[51.5,-0.1],"description":"Two\nlines, and a \"quote\""}

{"entity":"city:b","name":"Bera"}
`},
		{"semicolons.csv", "\ufeffname;entity\r\nAlba, the old;city:a\r\nBera;city:b\r\n;\r\n", `
{"entity":"city:a","name":"Alba, the old"}
{"entity":"city:b","name":"Bera"}
`},
		{"sources.tsv", "source\ttitle\tclass\treliability\nsource:a\tA\tNEWS\t0.5\n", `
{"source":"source:a","title":"A","class":"NEWS","reliability":0.5}
`},
		{"remarks.csv", "entity,#,name,description,#seen.by\ncity:a,1,'=A,''+1,me\ncity:b,,'b,'-,\n", `
{"entity":"city:a","name":"=A","description":"'+1"}
{"entity":"city:b","name":"'b","description":"-"}
`},
		{"facts.csv", `fact,from,to,type,since,state,evidence.source,evidence.locator,evidence.confidence
PARTNERS_WITH,city:a,city:b,TWIN,2001,ACCEPTED,source:t,page 3,0.5
`, `
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"2001","state":"ACCEPTED","evidence":[{"source":"source:t","locator":"page 3","confidence":0.5}]}
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			base := Bytes("base.jsonl", []byte(`{"source":"source:t","title":"T","class":"DATASET"}
{"entity":"city:a","name":"A","evidence":[{"source":"source:t","locator":"1"}]}
{"entity":"city:b","name":"B","evidence":[{"source":"source:t","locator":"2"}]}
`))
			table, lines := newCatalog(), newCatalog()
			mustLoad(t, table, base, Bytes(test.name, []byte(test.table)))
			mustLoad(t, lines, base, Bytes(test.name+".jsonl", []byte(test.lines)))
			// Both rest on their own files, which are other sources.
			same := strings.NewReplacer(test.name+".jsonl", test.name)
			got, want := strings.Split(dump(t, table), "\n"), strings.Split(same.Replace(dump(t, lines)), "\n")
			for i := range got {
				if i >= len(want) || withoutHash(got[i]) != withoutHash(want[i]) {
					t.Fatalf("the table makes\n%s\nthe lines\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		})
	}
}

// What is not right in a table is reported with the line on which its row begins.
func TestTableProblems(t *testing.T) {
	report, err := Load(t.Context(), newCatalog(), Bytes("cities.csv", []byte(`entity,name,population
city:a,"Alba
the old",many
city:b,Bera,5,too much
,Cora,
city:d,Dora,"1,200"
city:e,Ella,7
`)))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range report.Problems {
		said = append(said, p.Error())
	}
	for i, want := range []string{`cities.csv:2: population: `, `cities.csv:4: "column 4" is not a key`, "cities.csv:5: the record does not say what it is", "cities.csv:6: population: "} {
		if i >= len(said) || !strings.Contains(said[i], want) {
			t.Errorf("problem %d is not %q but\n%s", i, want, strings.Join(said, "\n"))
		}
	}
	if len(said) != 4 || report.Entities != 1 {
		t.Errorf("%d problems and %d entities:\n%s", len(said), report.Entities, strings.Join(said, "\n"))
	}
}

// A header that does not say what the rows are is one problem, which names the columns that do.
func TestTableWithoutAKind(t *testing.T) {
	for _, load := range []func(*kg.Catalog, File) (*Report, error){
		func(c *kg.Catalog, f File) (*Report, error) { return Load(t.Context(), c, f) },
		func(c *kg.Catalog, f File) (*Report, error) { return Import(t.Context(), c, Options{}, f) },
	} {
		report, err := load(newCatalog(), Bytes("cities.csv", []byte("\nid,entity.name\ncity:a,A\ncity:b,B\n")))
		if err != nil {
			t.Fatal(err)
		}
		const want = "cities.csv:2: the header does not say what the rows are: name a column entity, for ids such as city:cn-jinan, or source, fact, alias or retract"
		if len(report.Problems) != 1 || report.Problems[0].Error() != want || report.Problems[0].Text != "id,entity.name" {
			t.Errorf("%v, want %s", report.Problems, want)
		}
	}
}

func TestTablesThatAreNone(t *testing.T) {
	for name, data := range map[string]string{"empty.csv": "", "header.csv": "entity,name\n", "utf16.csv": "\xff\xfee\x00"} {
		report, err := Load(t.Context(), newCatalog(), Bytes(name, []byte(data)))
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Problems) != 1 || report.Entities != 0 {
			t.Errorf("%s: %v", name, report.Problems)
		}
	}
}

// A key is of one type in all kinds, so that a header says how its cells are read.
func TestColumnsHaveOneType(t *testing.T) {
	for _, k := range (kg.Entities | kg.Facts).Kinds() {
		for _, f := range k.Decl().Fields {
			if want, special := columnTypes[f.Name]; special && want != f.Type {
				t.Errorf("%s of %s has another type elsewhere", f.Name, k)
			}
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("entity,name\ncity:a,\"A\nb\"\n"))
	f.Add([]byte("a;b\tc\n\"\n,\"\"\n"))
	f.Add([]byte("\ufeff.x,.,x.\n1,2,3,4\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows := bytes.Count(data, []byte("\n")) + 1
		err := Read(bytes.NewReader(data), "table.csv", func(l Line) error {
			if l.Number < 1 || l.Number > rows {
				t.Errorf("a row is on line %d of %d", l.Number, rows)
			}
			if l.Err != nil && strings.Contains(l.Err.Error(), "JSON object") && bytes.Contains(data, []byte("\n")) && !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")) {
				t.Errorf("a row became no object: %v", l.Err)
			}
			return nil
		})
		if err != nil && !strings.Contains(err.Error(), "parse error") {
			t.Error(err)
		}
	})
}

// withoutHash takes the ids of files' sources, which are their hashes, out of a line.
func withoutHash(line string) string { return fileHash.ReplaceAllString(line, "") }

var fileHash = regexp.MustCompile(`source:file-[0-9a-f]+|"sha256":"[0-9a-f]+"`)
