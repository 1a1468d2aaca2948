package table

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"

	"github.com/ententegraph/entente/schema"
)

// An operation becomes one that takes a cursor, whatever it looked like.
func TestListing(t *testing.T) {
	for _, c := range []struct{ query, operation, cursor, columns string }{
		{`{ cities { nodes { id name } } }`, "", "after", "id,name"},
		{`query Q($after: Date) { cities(asOf: $after) { edges { cursor node { name country { name } } via { id } } } }`, "", "after_", "cursor,node.name,node.country.name,via"},
		{`query Q($page: String) { cities(after: $page, first: 3) { nodes { names { value lang } partners { nodes { name } totalCount } } } }`, "", "page", "names,partners.totalCount,partners"},
		{`query A { zones { nodes { id } } } query B { ...q } fragment q on Query { x: cities { ...p } x: cities { nodes { id } pageInfo { hasNextPage } } } fragment p on CityConnection { totalCount nodes { name } }`, "B", "after", "name,id"},
		{`{ search(text: "a") { nodes { __typename id ... on City { country { name } } ... on Company { city { name } country { id } } } } }`, "", "after", "__typename,id,country.name,country.id,city.name"},
		{`{ nodes(ids: ["city:a"]) { id } }`, "", "", "id"},
		{`{ entity(id: "city:a") { name ... on City { partners { edges { node { name } } } } } }`, "", "", "name,partners"},
		{`{ timeline(ids: ["city:a"]) { nodes { on title entity { name } } } }`, "", "after", "on,title,entity.name"},
	} {
		l, err := New(schema.Load(), c.query, c.operation)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if l.Cursor != c.cursor || strings.Join(l.columns, ",") != c.columns {
			t.Errorf("%s: the cursor %q, the columns %q", c.query, l.Cursor, l.columns)
		}
		doc, errs := gqlparser.LoadQueryWithRules(schema.Load(), l.Query, nil)
		if errs != nil || len(doc.Operations) != 1 {
			t.Errorf("%s: became\n%s\n%v", c.query, l.Query, errs)
			continue
		}
		again, err := New(schema.Load(), l.Query, "")
		if err != nil || again.Cursor != l.Cursor || !slices.Equal(again.columns, l.columns) {
			t.Errorf("%s: became\n%s\n%v", c.query, l.Query, err)
		}
		if l.Cursor != "" && (!strings.Contains(l.Query, "after: $"+l.Cursor) || !strings.Contains(l.Query, "endCursor")) {
			t.Errorf("%s: became\n%s", c.query, l.Query)
		}
	}
}

// A cursor that stands in the operation is where the first page begins.
func TestListingFromACursor(t *testing.T) {
	l, err := New(schema.Load(), `{ cities(after: "x\"y") { nodes { id } } }`, "")
	if err != nil || !strings.Contains(l.Query, `query ($after: String = "x\"y")`) {
		t.Errorf("%v\n%s", err, l.Query)
	}
}

func TestNoListing(t *testing.T) {
	for query, says := range map[string]string{
		`{ cities { nodes { id } } zones { nodes { id } } }`:         "one root field",
		`query A { cities { nodes { id } } } query B { __typename }`: "operationName",
		`{ cities { nodes { id } facets(by: [COUNTRY]) { by } } }`:   "no facets",
		`{ cities { totalCount } }`:                                  "select one of them",
		`{ towns { id } }`:                                           "towns",
	} {
		if _, err := New(schema.Load(), query, ""); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want something about %q", query, err, says)
		}
	}
}

func TestNoFormat(t *testing.T) {
	l, err := New(schema.Load(), `{ cities { nodes { id } } }`, "")
	if err != nil {
		t.Fatal(err)
	}
	for format, says := range map[string]string{"": "say in which format: csv, jsonl or geojson", "xml": "there is no such format: write csv, jsonl or geojson"} {
		if _, err := l.Writer(format, io.Discard); err == nil || err.Error() != says {
			t.Errorf("%q: %v, want %s", format, err, says)
		}
	}
}

// pages answers a listing with one page after another, each data as it stands.
func pages(t *testing.T, l *Listing, format string, data ...string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := l.Writer(format, &out)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	if err := l.Write(w, func(cursor *string) ([]byte, error) {
		if asked++; (cursor == nil) != (asked == 1) {
			t.Errorf("page %d is asked for by the cursor %v", asked, cursor)
		}
		return []byte(data[asked-1]), nil
	}, nil); err != nil {
		t.Fatal(err)
	}
	if asked != len(data) {
		t.Errorf("%d pages were asked for, of %d", asked, len(data))
	}
	return out.String()
}

// Columns are those of the selection, so that a later page may hold what the first does not.
func TestPages(t *testing.T) {
	l, err := New(schema.Load(), `{ cities { nodes { id names { value lang } country { name } location { lat lon } partners { nodes { name } totalCount } } } }`, "")
	if err != nil {
		t.Fatal(err)
	}
	first := `{"cities":{"nodes":[{"id":"city:a","names":[{"value":"=A","lang":null}],"country":null,"location":null,"partners":{"nodes":[],"totalCount":0}}],"pageInfo":{"hasNextPage":true,"endCursor":"1"}}}`
	second := `{"cities":{"nodes":[{"id":"city:b","names":[{"value":"B <&> \"\u2028","lang":"en"},{"value":"C","lang":null}],"country":{"name":"-K"},"location":{"lat":1.50,"lon":-2e1},"partners":{"nodes":[{"name":"X"},{"name":"Y"}],"totalCount":2}}],"pageInfo":{"hasNextPage":false,"endCursor":"2"}}}`
	if got, want := pages(t, l, "csv", first, second), "id,names,country.name,location.lat,location.lon,partners.totalCount,partners\n"+
		"city:a,'=A,,,,0,\ncity:b,\"B <&> \"\" , en; C\",'-K,1.50,-2e1,2,X; Y\n"; got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
	lines := strings.Split(pages(t, l, "jsonl", first, second), "\n")
	if len(lines) != 3 || lines[0] != first[len(`{"cities":{"nodes":[`):strings.Index(first, `],"pageInfo"`)] {
		t.Errorf("the lines are %q", lines)
	}
	var second2, want any
	if err := json.Unmarshal([]byte(lines[1]), &second2); err != nil {
		t.Fatal(err)
	}
	_ = json.Unmarshal([]byte(second[len(`{"cities":{"nodes":[`):strings.Index(second, `],"pageInfo"`)]), &want)
	a, _ := json.Marshal(second2)
	if b, _ := json.Marshal(want); !bytes.Equal(a, b) {
		t.Errorf("the second line is %s, want %s", a, b)
	}
	if got, want := pages(t, l, "geojson", first, second), `{"type":"FeatureCollection","features":[
{"type":"Feature","id":"city:a","geometry":null,"properties":{"names":[{"value":"=A","lang":null}],"partners.totalCount":0,"partners":[]}},
{"type":"Feature","id":"city:b","geometry":{"type":"Point","coordinates":[-2e1,1.50]},"properties":{"names":[{"value":"B <&> \"\u2028","lang":"en"},{"value":"C","lang":null}],"country.name":"-K","partners.totalCount":2,"partners":[{"name":"X"},{"name":"Y"}]}}
]}
`; got != want {
		t.Errorf("the map is\n%s\nwant\n%s", got, want)
	}
	for format, want := range map[string]string{"csv": "id,names,country.name,location.lat,location.lon,partners.totalCount,partners\n", "jsonl": "", "geojson": "{\"type\":\"FeatureCollection\",\"features\":[\n\n]}\n"} {
		if got := pages(t, l, format, `{"cities":{"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}}`); got != want {
			t.Errorf("nothing makes the %s %q, want %q", format, got, want)
		}
	}
}

// The geometry is the first place that is known, the nearest to the record first, or a line between a fact's ends.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ query, record, geometry string }{
		{`{ cities { nodes { country { location { lat lon } } location { lat lon } } } }`, `{"country":{"location":{"lat":1,"lon":2}},"location":{"lat":3,"lon":4}}`, `{"type":"Point","coordinates":[4,3]}`},
		{`{ cities { nodes { country { location { lat lon } } location { lat lon } } } }`, `{"country":{"location":{"lat":1,"lon":2}},"location":null}`, `{"type":"Point","coordinates":[2,1]}`},
		{`{ cities { edges { node { at: location { x: lon y: lat } } } } }`, `{"node":{"at":{"x":1,"y":2}}}`, `{"type":"Point","coordinates":[1,2]}`},
		{`{ facts { nodes { from { ... on City { location { lat lon } } ... on Company { city { location { lat lon } } } } to { ... on City { location { lat lon } } } } } }`,
			`{"from":{"city":{"location":{"lat":1,"lon":2}}},"to":{"location":{"lat":3,"lon":4}}}`, `{"type":"LineString","coordinates":[[2,1],[4,3]]}`},
		{`{ facts { nodes { from { ... on City { location { lat lon } } } to { ... on City { location { lat lon } } } } } }`, `{"from":{"location":{"lat":1,"lon":2}},"to":{}}`, `null`},
		{`{ facts { nodes { from { ... on City { location { lat lon } } } to { ... on City { location { lat lon } } } } } }`,
			`{"from":{"location":{"lat":10,"lon":-170}},"to":{"location":{"lat":20,"lon":180}}}`, `{"type":"LineString","coordinates":[[-170,10],[-180,20]]}`},
		{`{ facts { nodes { from { ... on City { location { lat lon } } } to { ... on City { location { lat lon } } } } } }`,
			`{"from":{"location":{"lat":10,"lon":-170}},"to":{"location":{"lat":20,"lon":170}}}`, `{"type":"MultiLineString","coordinates":[[[-170,10],[-180,15]],[[180,15],[170,20]]]}`},
	} {
		l, err := New(schema.Load(), c.query, "")
		if err != nil {
			t.Fatal(err)
		}
		list := "nodes"
		if strings.Contains(c.query, "edges") {
			list = "edges"
		}
		got := pages(t, l, "geojson", `{"`+l.Name+`":{"`+list+`":[`+c.record+`],"pageInfo":{"hasNextPage":false,"endCursor":"1"}}}`)
		if !strings.Contains(got, `"geometry":`+c.geometry+`,"properties":{}`) || !json.Valid([]byte(got)) {
			t.Errorf("%s makes\n%s\nwant %s", c.record, got, c.geometry)
		}
	}
}
