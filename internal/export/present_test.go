package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// loaded makes a catalog of some files.
func loaded(t *testing.T, files ...ingest.File) *kg.Catalog {
	t.Helper()
	c := kg.NewCatalog(storetest.Reference(), func() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) })
	report, err := ingest.Load(t.Context(), c, files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Error(p)
	}
	return c
}

func demoFiles() (files []ingest.File) {
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	return files
}

// hostile are things whose texts mean something to XML, JSON, spreadsheets or terminals.
const hostile = `{"source":"source:x","title":"=1+1","text":"said: <b>&amp;\uffff]]>\u2028 \"-5\" and =cmd|x"}
{"entity":"city:a","name":"=HYPERLINK(\"x\")","description":"<script>&\u202e\uffff","location":[-36.85,174.76]}
{"entity":"city:b","name":"@b","location":[-18,-179]}
{"entity":"city:c","name":"'=c"}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","since":"2001","evidence":[{"source":"source:x","quote":"<b>&amp;\uffff]]>"}]}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:c","type":"TWIN","key":"+1","evidence":[{"source":"source:x","quote":"\"-5\" and =cmd"}]}
{"fact":"PARTNERS_WITH","from":"city:a","to":"city:c","type":"TWIN","key":"rows","evidence":[{"source":"source:x","locator":"x.csv:1"},{"source":"source:x","quote":"said"}]}
{"fact":"LOCATED_IN","from":"city:a","to":"city:c","state":"PROPOSED","evidence":[{"source":"source:x","quote":"said"}]}
`

// present writes a graph by a part.
func present(t *testing.T, c *kg.Catalog, part export.Part) {
	t.Helper()
	if err := export.WritePresent(t.Context(), c, part); err != nil {
		t.Fatal(err)
	}
}

// shown gives what a graph holds now, by ids.
func shown(t *testing.T, c *kg.Catalog) (entities map[kg.ID]*kg.Entity, facts map[kg.ID]*kg.Fact) {
	t.Helper()
	entities, facts = map[kg.ID]*kg.Entity{}, map[kg.ID]*kg.Fact{}
	page, err := c.Read(t.Context(), &kg.Query{List: kg.List{Kinds: kg.Entities | kg.Facts, States: kg.OnlyAccepted, First: -1}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range page.Rows {
		if e := page.Rows[i].Entity; e != nil {
			entities[e.ID] = e
		} else if f := page.Rows[i].Fact; f != nil {
			facts[f.ID] = f
		}
	}
	return entities, facts
}

func TestGraphML(t *testing.T) {
	for name, files := range map[string][]ingest.File{"demo": demoFiles(), "hostile": {ingest.Bytes("hostile.jsonl", []byte(hostile))}} {
		c := loaded(t, files...)
		entities, facts := shown(t, c)
		var out bytes.Buffer
		present(t, c, export.NewGraphML(&out))
		type data struct {
			Key   string `xml:"key,attr"`
			Value string `xml:",chardata"`
		}
		var file struct {
			XMLName xml.Name `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
			Keys    []struct {
				ID   string `xml:"id,attr"`
				For  string `xml:"for,attr"`
				Name string `xml:"attr.name,attr"`
				Type string `xml:"attr.type,attr"`
			} `xml:"key"`
			Graph struct {
				EdgeDefault string `xml:"edgedefault,attr"`
				Nodes       []struct {
					ID   string `xml:"id,attr"`
					Data []data `xml:"data"`
				} `xml:"node"`
				Edges []struct {
					ID       string `xml:"id,attr"`
					Source   string `xml:"source,attr"`
					Target   string `xml:"target,attr"`
					Directed string `xml:"directed,attr"`
					Data     []data `xml:"data"`
				} `xml:"edge"`
			} `xml:"graph"`
		}
		if err := xml.Unmarshal(out.Bytes(), &file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		declared := map[string]string{}
		for _, k := range file.Keys {
			if _, twice := declared[k.ID]; twice || !slices.Contains([]string{"string", "long", "double"}, k.Type) {
				t.Errorf("%s: the key %+v", name, k)
			}
			declared[k.ID] = k.For + " " + k.Name
		}
		values := func(of string, list []data) map[string]string {
			out := map[string]string{}
			for _, d := range list {
				is, attr, _ := strings.Cut(declared[d.Key], " ")
				if is != of {
					t.Errorf("%s: a %s has %s, which is declared for %q", name, of, d.Key, is)
				}
				out[attr] = d.Value
			}
			return out
		}
		if len(file.Graph.Nodes) != len(entities) || len(file.Graph.Edges) != len(facts) || file.Graph.EdgeDefault != "directed" {
			t.Errorf("%s: %d nodes of %d, %d edges of %d", name, len(file.Graph.Nodes), len(entities), len(file.Graph.Edges), len(facts))
		}
		met := map[string]bool{}
		for _, n := range file.Graph.Nodes {
			e, v := entities[kg.ID(n.ID)], values("node", n.Data)
			if e == nil || met[n.ID] || v["label"] != e.Names[0].Value || v["kind"] != e.Kind.String() || (v["latitude"] == "") != (e.Location == nil) {
				t.Errorf("%s: the node %s has %v", name, n.ID, v)
			}
			met[n.ID] = true
		}
		for _, x := range file.Graph.Edges {
			f, v := facts[kg.ID(x.ID)], values("edge", x.Data)
			if f == nil || x.Source != string(f.From) || x.Target != string(f.To) || v["kind"] != f.Kind.String() || v["since"] != f.Since.Text || v["sources"] == "" ||
				v["confidence"] != fmt.Sprint(f.Confidence) || (x.Directed == "false") != f.Kind.Decl().Symmetric || !met[x.Source] || !met[x.Target] {
				t.Errorf("%s: the edge %+v", name, x)
			}
			if f != nil {
				delete(facts, f.ID)
			}
		}
		if name == "hostile" && !strings.Contains(out.String(), "&lt;b&gt;&amp;amp;\uFFFD]]&gt;") {
			t.Errorf("what XML can't hold is not replaced:\n%s", out.String())
		}
	}
}

func TestMap(t *testing.T) {
	for name, files := range map[string][]ingest.File{"demo": demoFiles(), "hostile": {ingest.Bytes("hostile.jsonl", []byte(hostile))}} {
		c := loaded(t, files...)
		entities, facts := shown(t, c)
		var out bytes.Buffer
		present(t, c, export.NewMap(&out))
		var file struct {
			Type     string
			Features []struct {
				Type, ID string
				Geometry struct {
					Type        string
					Coordinates json.RawMessage
				}
				Properties map[string]any
			}
		}
		if err := json.Unmarshal(out.Bytes(), &file); err != nil || file.Type != "FeatureCollection" {
			t.Fatalf("%s: %v", name, err)
		}
		points, lines := 0, 0
		for _, f := range file.Features {
			id := kg.ID(f.ID)
			switch f.Geometry.Type {
			case "Point":
				points++
				if at := entities[id].Location; string(f.Geometry.Coordinates) != fmt.Sprintf("[%v,%v]", at.Lon, at.Lat) || f.Properties["name"] != entities[id].Names[0].Value {
					t.Errorf("%s: %s is at %s", name, id, f.Geometry.Coordinates)
				}
			case "LineString", "MultiLineString":
				lines++
				if x := facts[id]; entities[x.From].Location == nil || entities[x.To].Location == nil || f.Properties["from"] != string(x.From) || f.Properties["confidence"] != x.Confidence {
					t.Errorf("%s: %s is %+v", name, id, f)
				}
			}
		}
		for _, e := range entities {
			if e.Location != nil {
				points--
			}
		}
		for _, f := range facts {
			if entities[f.From].Location != nil && entities[f.To].Location != nil {
				lines--
			}
		}
		if points != 0 || lines != 0 || name == "hostile" && !strings.Contains(out.String(), `{"type":"MultiLineString","coordinates":[[[174.76,-36.85],[180,-21.020833]],[[-180,-21.020833],[-179,-18]]]}`) {
			t.Errorf("%s: %d points and %d lines too many, %s", name, points, lines, out.String()[:min(2000, out.Len())])
		}
	}
}

// What the tables hold is read again: the same entities, facts and sources, each fact on the evidence that it was written with.
func TestTables(t *testing.T) {
	for name, files := range map[string][]ingest.File{"demo": demoFiles(), "hostile": {ingest.Bytes("hostile.jsonl", []byte(hostile))}} {
		c := loaded(t, files...)
		entities, facts := shown(t, c)
		tables := map[string]*bytes.Buffer{"sources.csv": {}, "entities.csv": {}, "facts.csv": {}}
		part, err := export.NewTables(tables["sources.csv"], tables["entities.csv"], tables["facts.csv"])
		if err != nil {
			t.Fatal(err)
		}
		present(t, c, part)
		var again []ingest.File
		for file, text := range tables {
			rows, err := csv.NewReader(bytes.NewReader(text.Bytes())).ReadAll()
			if err != nil {
				t.Fatalf("%s, %s: %v", name, file, err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if cell != "" && strings.ContainsRune("=+@", rune(cell[0])) {
						t.Errorf("%s, %s: a spreadsheet takes %q for a formula", name, file, cell)
					}
				}
			}
			again = append(again, ingest.Bytes(file, text.Bytes()))
		}
		slices.SortFunc(again, func(a, b ingest.File) int { return strings.Compare(a.Name, b.Name) })
		readEntities, readFacts := shown(t, loaded(t, again...))
		if len(readEntities) != len(entities) || len(readFacts) != len(facts) {
			t.Errorf("%s: %d entities of %d, %d facts of %d were read again", name, len(readEntities), len(entities), len(readFacts), len(facts))
		}
		for id, e := range entities {
			r := readEntities[id]
			if r == nil || r.Names[0].Value != e.Names[0].Value || fmt.Sprint(r.Values) != fmt.Sprint(e.Values) || (e.Location == nil) != (r.Location == nil) || e.Location != nil && *e.Location != *r.Location {
				t.Errorf("%s: %+v became %+v", name, e, r)
			}
		}
		for id, f := range facts {
			r := readFacts[id]
			// A quote is kept before anything else that the fact rests on.
			kept := f.Evidence[max(slices.IndexFunc(f.Evidence, func(ev kg.Evidence) bool { return ev.Quote != "" && !ev.Disputes }), 0)]
			if r == nil || fmt.Sprint(r.Values, r.Since.Text, r.Until.Text, r.Key) != fmt.Sprint(f.Values, f.Since.Text, f.Until.Text, f.Key) || r.Evidence[0].Source != kept.Source || r.Evidence[0].Quote != kept.Quote {
				t.Errorf("%s: %+v became %+v", name, f, r)
			}
		}
	}
}

// An error of a part ends it all.
func TestPresentThatFails(t *testing.T) {
	c := loaded(t, demoFiles()...)
	part, err := export.NewTables(full{}, full{}, full{})
	if err != nil {
		t.Fatal(err)
	}
	if err := export.WritePresent(context.Background(), c, part); err == nil {
		t.Error("a full disk is no error")
	}
}

// A fact that was told of twice is written once, wherever it stands among those that are read together.
func TestPresentHasEachFactOnce(t *testing.T) {
	const partners = 1_100
	lines := `{"source":"source:x","title":"x"}` + "\n" + `{"entity":"city:a","name":"a"}` + "\n"
	for i := range partners {
		lines += fmt.Sprintf(`{"entity":"city:b%d","name":"b"}`+"\n", i)
		for day := 1; day <= 2; day++ {
			lines += fmt.Sprintf(`{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b%d","type":"TWIN","evidence":[{"source":"source:x","locator":"x.csv:%d"}],"recordedAt":"2026-01-0%dT00:00:00Z"}`+"\n", i, day, day)
		}
	}
	var sources, entities, facts bytes.Buffer
	part, err := export.NewTables(&sources, &entities, &facts)
	if err != nil {
		t.Fatal(err)
	}
	present(t, loaded(t, ingest.Bytes("twice.jsonl", []byte(lines))), part)
	if written := bytes.Count(facts.Bytes(), []byte("\n")) - 1; written != partners {
		t.Errorf("%d facts are written as %d", partners, written)
	}
}
