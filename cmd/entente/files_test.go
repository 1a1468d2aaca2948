package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/server"
	"github.com/ententegraph/entente/internal/storetest"
)

// serving serves the demo graph over a store whose calls meet faults once it is loaded.
func serving(t *testing.T, faults ...storetest.Fault) (base string, catalog *kg.Catalog) {
	t.Helper()
	store := storetest.Reference()
	if _, err := ingest.Load(t.Context(), kg.NewCatalog(store, time.Now), graphOf(nil)...); err != nil {
		t.Fatal(err)
	}
	catalog = kg.NewCatalog(storetest.Faulty(store, faults...), time.Now)
	handler, err := server.New(serverOptions(catalog, slog.New(slog.DiscardHandler), nil, http.NotFoundHandler()))
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s.URL, catalog
}

func exportURL(base, format, query string) string {
	return base + "/export?" + url.Values{"format": {format}, "query": {query}}.Encode()
}

// fetch reads a file, whole.
func fetch(t *testing.T, address string) (body string, header http.Header) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body = readBody(t, response)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%d\n%s", response.StatusCode, body)
	}
	return body, response.Header
}

const listOfCities = `{ cities(first: 7) { nodes { id name population country { name } location { lat lon } partners { totalCount } } } }`

// The three formats hold the same cities, all that there are, whatever the size of a page.
func TestExportFormats(t *testing.T) {
	base, catalog := serving(t)
	all, err := catalog.Read(t.Context(), &kg.Query{List: kg.List{Kinds: kg.SetOf(kg.City), First: -1, Order: []kg.Order{{Field: kg.FieldName}}}})
	if err != nil {
		t.Fatal(err)
	}

	text, header := fetch(t, exportURL(base, "csv", listOfCities))
	for name, want := range map[string]string{
		"Content-Type": "text/csv; charset=utf-8; header=present", "Content-Disposition": `attachment; filename="cities.csv"`,
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != len(all.Rows)+1 || strings.Join(rows[0], ",") != "id,name,population,country.name,location.lat,location.lon,partners.totalCount" {
		t.Fatalf("%v, %d rows of %d cities, under %q", err, len(rows), len(all.Rows), rows[0])
	}

	text, header = fetch(t, exportURL(base, "jsonl", listOfCities))
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if got := header.Get("Content-Type"); got != "application/x-ndjson" || len(lines) != len(all.Rows) {
		t.Errorf("%d lines of %s for %d cities", len(lines), got, len(all.Rows))
	}

	text, header = fetch(t, exportURL(base, "geojson", listOfCities))
	var collection struct {
		Type     string
		Features []struct {
			Type, ID string
			Geometry *struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal([]byte(text), &collection); err != nil || header.Get("Content-Type") != "application/geo+json" {
		t.Fatalf("%v, %s", err, header.Get("Content-Type"))
	}
	if collection.Type != "FeatureCollection" || len(collection.Features) != len(all.Rows) {
		t.Fatalf("%s of %d features for %d cities", collection.Type, len(collection.Features), len(all.Rows))
	}
	for i, f := range collection.Features {
		e := all.Rows[i].Entity
		var line struct{ ID, Name string }
		if err := json.Unmarshal([]byte(lines[i]), &line); err != nil {
			t.Fatal(err)
		}
		if f.ID != string(e.ID) || line.ID != f.ID || rows[i+1][0] != f.ID || f.Type != "Feature" || f.Properties["name"] != line.Name {
			t.Fatalf("row %d is %s, %v in the map, %s in the lines, %s in the table", i, e.ID, f, lines[i], rows[i+1])
		}
		switch {
		case e.Location == nil && f.Geometry != nil, e.Location != nil && (f.Geometry == nil || f.Geometry.Type != "Point"):
			t.Errorf("%s is at %v, and the map has %v", e.ID, e.Location, f.Geometry)
		case e.Location != nil && !slices.Equal(f.Geometry.Coordinates, []float64{e.Location.Lon, e.Location.Lat}):
			t.Errorf("%s is at %v, and the map has %v, which is longitude first", e.ID, *e.Location, f.Geometry.Coordinates)
		}
		if _, twice := f.Properties["location"]; twice || f.Properties["id"] != nil || len(f.Properties) < 3 {
			t.Errorf("%s has the properties %v", e.ID, f.Properties)
		}
	}
}

// A fact between two places is a line, and what has its place from its city is there.
func TestExportLines(t *testing.T) {
	base, _ := serving(t)
	text, _ := fetch(t, exportURL(base, "geojson", `{ facts(where: {kind: PARTNERS_WITH}) { edges { node { id since from { ...at } to { ...at } } } } } fragment at on Entity { name ... on City { location { lat lon } } }`))
	var lines struct {
		Features []struct {
			ID       string
			Geometry *struct {
				Type        string
				Coordinates []any
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal([]byte(text), &lines); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range lines.Features {
		if f.Properties["from.name"] == "Jinan" && f.Properties["to.name"] == "Rennes" {
			found = f.Geometry != nil && f.Geometry.Type == "LineString" && len(f.Geometry.Coordinates) == 2 && strings.HasPrefix(f.ID, "partners_with:")
		}
	}
	if !found {
		t.Errorf("no line from Jinan to Rennes:\n%.2000s", text)
	}
	text, _ = fetch(t, exportURL(base, "geojson", `{ companies { nodes { id city { name at: location { x: lon y: lat } } } } }`))
	if !strings.Contains(text, `"geometry":{"type":"Point","coordinates":[116.99722,36.66833]}`) {
		t.Errorf("no company of Jinan is there:\n%.2000s", text)
	}
}

func TestExportRefusals(t *testing.T) {
	base, _ := serving(t)
	for _, c := range []struct {
		what, format, query string
		status              int
		says                string
	}{
		{"no format", "", listOfCities, 400, "csv, jsonl or geojson"},
		{"another format", "xml", listOfCities, 400, "csv, jsonl or geojson"},
		{"no query", "csv", "", 400, "query is missing"},
		{"no such field", "csv", "{ towns { nodes { id } } }", 400, "towns"},
		{"no such argument value", "csv", "{ cities(first: 101) { nodes { id } } }", 400, "first"},
		{"too dear", "csv", "{ cities { nodes { partners(first: 100) { nodes { name partners(first: 100) { nodes { name } } } } } } }", 400, "10000"},
		{"two fields", "csv", "{ cities { nodes { id } } countries { nodes { id } } }", 400, "one root field"},
		{"nodes and edges", "csv", "{ cities { nodes { id } edges { cursor } } }", 400, "select one"},
		{"no list", "csv", "{ cities { totalCount } }", 400, "select one"},
		{"nothing with a place", "geojson", "{ cities { nodes { id } } }", 400, "location { lat lon }"},
		{"half a place", "geojson", "{ cities { nodes { id location { lat } } } }", 400, "location { lat lon }"},
		{"a bad cursor", "csv", `{ cities(after: "x") { nodes { id } } }`, 400, "after"},
	} {
		response, err := http.Get(exportURL(base, c.format, c.query))
		if err != nil {
			t.Fatal(err)
		}
		body := readBody(t, response)
		var a answer
		if err := json.Unmarshal([]byte(body), &a); err != nil || response.StatusCode != c.status || len(a.Errors) == 0 || !strings.Contains(a.Errors[0].String(), c.says) {
			t.Errorf("%s: %d %s", c.what, response.StatusCode, body)
		}
		if response.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: the refusal is a file", c.what)
		}
	}
	for what, change := range map[string]func(*http.Request){
		"a form":                func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") },
		"a foreign page":        func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"a method that is none": func(r *http.Request) { r.Method = http.MethodPut },
	} {
		request, err := http.NewRequest(http.MethodPost, base+"/export?format=csv", strings.NewReader(`{"query": "{ cities { nodes { id } } }"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		change(request)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if body := readBody(t, response); response.StatusCode < 400 || !strings.Contains(body, `"errors"`) {
			t.Errorf("%s: %d %s", what, response.StatusCode, body)
		}
	}
}

// By POST, with variables, one of several operations.
func TestExportByPost(t *testing.T) {
	base, _ := serving(t)
	body := `{"query": "query Other { zones { nodes { id } } } query Of($name: String!) { cities(where: {name: {is: [$name]}}) { ...page } } fragment page on CityConnection { nodes { id } }", "operationName": "Of", "variables": {"name": "Jinan"}}`
	response, err := http.Post(base+"/export?format=csv", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if got := readBody(t, response); got != "id\ncity:cn-jinan\n" {
		t.Errorf("%d %q", response.StatusCode, got)
	}
}

// A file that can't be ended does not look whole: reading it fails, and a map is no JSON.
func TestExportThatFails(t *testing.T) {
	reads := 0
	base, _ := serving(t, storetest.On("Read", func(context.Context, string) error {
		if reads++; reads == 3 {
			return errors.New("the disk is gone")
		}
		return nil
	}))
	response, err := http.Get(exportURL(base, "geojson", listOfCities))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil || response.StatusCode != http.StatusOK || !strings.Contains(string(body), `"Feature"`) || json.Valid(body) {
		t.Errorf("%d, error %v, and what came:\n%s", response.StatusCode, err, body)
	}

	reads = 2
	response, err = http.Get(exportURL(base, "csv", listOfCities))
	if err != nil {
		t.Fatal(err)
	}
	if text := readBody(t, response); response.StatusCode != http.StatusInternalServerError || strings.Contains(text, "disk") || !strings.Contains(text, `"errors"`) {
		t.Errorf("%d %s", response.StatusCode, text)
	}
}

// A client that goes away stops the work.
func TestExportForNobody(t *testing.T) {
	ctx, goAway := context.WithCancel(t.Context())
	var reads int
	ended := make(chan error, 1)
	base, _ := serving(t, storetest.On("Read", func(ctx context.Context, _ string) error {
		if reads++; reads < 3 {
			return nil
		}
		goAway()
		<-ctx.Done() // so it does end
		ended <- ctx.Err()
		return ctx.Err()
	}))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, exportURL(base, "jsonl", listOfCities), nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the read ended with %v, want that it was canceled", err)
	}
}

// While others write, a file still has all that was there throughout, each once, in its order.
func TestExportWhileOthersWrite(t *testing.T) {
	var catalog *kg.Catalog
	written := 0
	write := func() {
		written++
		var records strings.Builder
		for i := range 3 { // before, among and after what is there
			fmt.Fprintf(&records, `{"entity":"city:new-%d-%d","name":"%c new %[1]d"}`+"\n", written, i, "AMZ"[i])
		}
		if _, err := ingest.Load(context.Background(), catalog, ingest.Bytes("more.jsonl", []byte(records.String()))); err != nil {
			panic(err)
		}
	}
	writing := false
	base, c := serving(t, storetest.On("Read", func(context.Context, string) error {
		if !writing && catalog != nil {
			writing = true // Apply reads, too
			write()
			writing = false
		}
		return nil
	}))
	before, err := c.Read(t.Context(), &kg.Query{List: kg.List{Kinds: kg.SetOf(kg.City), First: -1, Order: []kg.Order{{Field: kg.FieldName}}}})
	if err != nil {
		t.Fatal(err)
	}
	catalog = c
	text, _ := fetch(t, exportURL(base, "csv", `{ cities(first: 5) { nodes { id } } }`))
	ids := strings.Split(strings.TrimSpace(text), "\n")[1:]
	if written < 10 {
		t.Fatalf("written %d times", written)
	}
	at := 0
	for _, id := range ids {
		if at < len(before.Rows) && id == string(before.Rows[at].Entity.ID) {
			at++
		} else if !strings.HasPrefix(id, "city:new-") {
			t.Errorf("%s stands where it does not belong, or twice", id)
		}
	}
	if at < len(before.Rows) {
		t.Errorf("%s is missing", before.Rows[at].Entity.ID)
	}
}
