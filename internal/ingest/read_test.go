package ingest

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/ententegraph/entente/internal/kg"
)

// readAll reads a file and gives its lines.
func readAll(t *testing.T, text string) []Line {
	t.Helper()
	var lines []Line
	if err := Read(strings.NewReader(text), "f.jsonl", func(l Line) error { lines = append(lines, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return lines
}

// outline says of each line whether it is a record.
func outline(lines []Line) string {
	var out []string
	for _, l := range lines {
		is := "ok"
		if l.Err != nil {
			is = string(l.Err.Code)
		}
		out = append(out, fmt.Sprintf("%d %s", l.Number, is))
	}
	return strings.Join(out, ", ")
}

func TestReadTakesLinesAsTheyCome(t *testing.T) {
	const a, b = `{"entity":"city:a","name":"A"}`, `{"entity":"city:b","name":"B"}`
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"blank lines alone", "\n \t\r\n\n", ""},
		{"a line feed at the end", a + "\n" + b + "\n", "1 ok, 2 ok"},
		{"no line feed at the end", a + "\n" + b, "1 ok, 2 ok"},
		{"CRLF", a + "\r\n\r\n" + b + "\r\n", "1 ok, 3 ok"},
		{"a byte order mark", "\ufeff" + a + "\n" + b, "1 ok, 2 ok"},
		{"a byte order mark later on", a + "\n\ufeff" + b, "1 ok, 2 BAD_INPUT"},
		{"blank lines between", "\n\n" + a + "\n   \n" + b, "3 ok, 5 ok"},
		{"spaces around", "  " + a + "\t\n", "1 ok"},
		{"bad lines between good ones", a + "\nnonsense\n{\n" + b, "1 ok, 2 BAD_INPUT, 3 BAD_INPUT, 4 ok"},
		{"a bad line first", "id,name\n1,2\n" + a + "\n" + b, "1 BAD_INPUT, 2 BAD_INPUT, 3 ok, 4 ok"},
		{"another format", "id,name\n1,2\n\n3,4\n", "1 BAD_INPUT"},
		{"a JSON list", "\n[\n" + a + ",\n" + b + "\n]\n", "2 BAD_INPUT"},
		{"UTF-16, little end first", "\xff\xfe{\x00\n\x00{\x00\n\x00", "1 BAD_INPUT"},
		{"UTF-16, big end first", "\xfe\xff\x00{\x00\n\x00{\x00\n", "1 BAD_INPUT"},
		{"one byte", "{", "1 BAD_INPUT"},
		{"broken UTF-8", a + "\n{\"entity\":\"city:x\",\"name\":\"\xe6\xb5\"}\n" + b, "1 ok, 2 BAD_INPUT, 3 ok"},
		{"null is not given", `{"entity":"city:a","name":"A","population":null,"names":null,"location":null,"evidence":null}`, "1 ok"},
	} {
		if got := outline(readAll(t, c.text)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestReadSaysThatAFileIsOfAnotherFormat(t *testing.T) {
	got := readAll(t, "\n\nid,name\n1,2\n")[0].Err.Error()
	const want = `the file is not Entente JSON Lines: line 3 is no JSON object, and no other is; write one object a line, such as {"entity":"city:cn-jinan","name":"Jinan"}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// JSON that is spread over lines is one problem, which says how to make lines of it; one line that is not right is no such file.
func TestReadSaysThatJSONIsSpread(t *testing.T) {
	const array, object, lines = "jq -c '.[]' FILE", "jq -c . FILE", ""
	for text, want := range map[string]string{
		"\n[\n  {\n    \"entity\": \"city:a\",\n    \"name\": \"A\"\n  }\n]\n":              array,
		"[{\"entity\":\"city:a\",\"name\":\"A\"},\n{\"entity\":\"city:b\",\"name\":\"B\"}]": array,
		"[{\"entity\":\"city:a\",\"name\":\"A\"}]":                                          array,
		"{ \r\n  \"entity\": \"city:a\",\r\n  \"name\": \"A\"\r\n}\r\n":                     object,
		"{\"entity\":\n\"city:a\",\n\"name\":\"A\"}\n{\"alias\":\"city:a\"}":                lines,
		"[]\n{\"alias\":\"city:a\",\"of\":\"city:b\"}":                                      lines,
	} {
		read := readAll(t, text)
		if want == lines {
			if len(read) < 2 {
				t.Errorf("%q has %d lines", text, len(read))
			}
		} else if len(read) != 1 || read[0].Err == nil || !strings.Contains(read[0].Err.Error(), want) {
			t.Errorf("%q: %v, want one problem and %q", text, read, want)
		}
	}
}

func TestReadSaysThatAFileIsAStore(t *testing.T) {
	lines := readAll(t, "SQLite format 3\x00\x10\x00\n\n{}\n")
	const want = "the file is a store, or another database: a store is named by --store"
	if len(lines) != 1 || lines[0].Err == nil || lines[0].Err.Error() != want {
		t.Errorf("got %+v, want %s alone", lines, want)
	}
}

func TestReadSaysThatAFileIsInUTF16(t *testing.T) {
	for _, text := range []string{"\xff\xfe{\x00}\x00", "\xfe\xff\x00{\x00}"} {
		line := readAll(t, text)[0]
		if got, want := line.Err.Error(), "the file is in UTF-16: save it as UTF-8"; got != want || line.Text != "" {
			t.Errorf("got %q of the text %q, want %q", got, line.Text, want)
		}
	}
}

// What is far from every key is no slip of the finger: then the keys are listed, but not without end.
func TestUnknownKeys(t *testing.T) {
	known := strings.Fields("fact from to key state since until type recordedAt evidence id")
	const all = "the keys are fact, from, to, key, state, since, until, type, recordedAt, evidence, id"
	for key, want := range map[string]string{
		"kind": all, "x": all, "on": all, "colour": all, "source": all, "confidence": all, "a": all,
		"form": "did you mean from?", "too": "did you mean to?", "From": "did you mean from?", "sicne": "did you mean since?", "ID": "did you mean id?",
		"recorded_at": "did you mean recordedAt?", "evidences": "did you mean evidence?", "stat": "did you mean state?", "untill": "did you mean until?",
	} {
		f := &fields{object: &object{keys: []string{key}, values: []any{nil}}, what: "facts", known: known}
		if got, want := f.unknown().Error(), fmt.Sprintf("%q is not a key of facts: %s", key, want); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	f := &fields{object: &object{keys: []string{"x"}, values: []any{nil}}, what: "facts"}
	for i := range maxKeys {
		f.known = append(f.known, fmt.Sprint("key", i))
	}
	if got := f.unknown().Error(); !strings.HasSuffix(got, ", key39 and 60 more") {
		t.Errorf("of %d keys it lists %s", maxKeys, got)
	}
}

func TestReadBoundsLines(t *testing.T) {
	line := func(size int) string {
		const head, tail = `{"source":"source:x","title":"X","text":"`, `"}`
		return head + strings.Repeat("x", size-len(head)-len(tail)) + tail
	}
	const small = `{"alias":"city:a","of":"city:b"}`
	text := line(maxLineBytes) + "\r\n" + line(maxLineBytes+1) + "\n" + small + "\n" + line(2*maxLineBytes) + "\n" + small
	lines := readAll(t, text)
	if got, want := outline(lines), "1 ok, 2 TOO_LARGE, 3 ok, 4 TOO_LARGE, 5 ok"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := lines[1].Err.Error(), "the line has more than 16 MB: split the record, or leave out the source's text"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadCutsTheTextOfALine(t *testing.T) {
	long := strings.Repeat("济", 150) + strings.Repeat("x", 100)
	got := readAll(t, "{"+long)[0].Text
	if want := "{" + strings.Repeat("济", 150) + strings.Repeat("x", 49); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := readAll(t, "{\xff}")[0].Text, "{\ufffd}"; got != want {
		t.Errorf("broken UTF-8 shows as %q, want %q", got, want)
	}
}

func TestReadEndsWithTheErrorBelow(t *testing.T) {
	in := io.MultiReader(strings.NewReader(`{"alias":"city:a","of":"city:b"}`+"\n{"), iotest.ErrReader(io.ErrClosedPipe))
	n := 0
	if err := Read(in, "f", func(Line) error { n++; return nil }); !errors.Is(err, io.ErrClosedPipe) || n != 1 {
		t.Errorf("%d lines and %v, want 1 and %v", n, err, io.ErrClosedPipe)
	}
	stop := errors.New("stop")
	if err := Read(strings.NewReader("{}\n{}\n"), "f", func(Line) error { return stop }); err != stop {
		t.Errorf("got %v, want %v", err, stop)
	}
}

func TestReadNames(t *testing.T) {
	for _, c := range []struct{ record, want string }{
		{`"name":"Jinan"`, "Jinan//PRIMARY"},
		{`"name":"Jinan","names":[{"value":"Jinan","lang":"en"}]`, "Jinan/en/PRIMARY"},
		{`"name":"Jinan","names":[{"value":"Jinan","lang":"en","kind":"PRIMARY"}]`, "Jinan/en/PRIMARY"},
		{`"name":"Jinan","names":[{"value":"济南","lang":"zh"}]`, "Jinan//PRIMARY 济南/zh/PRIMARY"},
		{`"name":"Jinan","names":[{"value":"济南","lang":"zh"},{"value":"泉城","lang":"zh"}]`, "Jinan//PRIMARY 济南/zh/PRIMARY 泉城/zh/ALIAS"},
		{`"name":"Jinan","names":[{"value":"泉城","lang":"zh","kind":"ALIAS"},{"value":"济南","lang":"zh"}]`, "Jinan//PRIMARY 泉城/zh/ALIAS 济南/zh/ALIAS"},
		{`"name":"Jinan","names":[{"value":"Tsinan"}]`, "Jinan//PRIMARY Tsinan//ALIAS"},
		{`"name":"Jinan","names":[{"value":"Tsinan","lang":"en"},{"value":"Jinan","lang":"en"}]`, "Jinan/en/PRIMARY Tsinan/en/ALIAS"},
		{`"name":"Rennes","names":[{"value":"Rennes","lang":"fr"},{"value":"Rennes","lang":"de"}]`, "Rennes/fr/PRIMARY Rennes/de/PRIMARY"},
		{`"name":"Rennes","names":[{"value":"Condate","kind":"FORMER"},{"value":"RNS","kind":"ABBREVIATION"}]`, "Rennes//PRIMARY Condate//FORMER RNS//ABBREVIATION"},
	} {
		line := readAll(t, `{"entity":"city:x",`+c.record+`}`)[0]
		if line.Err != nil {
			t.Errorf("%s: %v", c.record, line.Err)
			continue
		}
		var got []string
		for _, n := range line.Record.Entity.Names {
			got = append(got, n.Value+"/"+n.Lang+"/"+string(n.Kind))
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.record, got, c.want)
		}
	}
}

func TestReadConvertsByTheDeclaredFields(t *testing.T) {
	date := func(s string) kg.Date {
		d, err := kg.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		line string
		want []kg.Value
	}{
		{`{"entity":"zone:x","name":"X","type":"BONDED","areaKm2":5,"establishedOn":"1991~"}`, []kg.Value{"BONDED", nil, date("1991~"), 5.0}},
		{`{"entity":"event:x","name":"X","type":"VISIT","attendance":0}`, []kg.Value{"VISIT", nil, nil, int64(0)}},
		{`{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","type":"TWIN","basis":"agreement:x","assertedBy":["city:b","city:a"]}`,
			[]kg.Value{"TWIN", kg.ID("agreement:x"), []kg.ID{"city:b", "city:a"}}},
		{`{"fact":"PARTNERS_WITH","from":"city:a","to":"city:b","assertedBy":[]}`, []kg.Value{nil, nil, nil}},
	} {
		line := readAll(t, c.line)[0]
		if line.Err != nil {
			t.Errorf("%s: %v", c.line, line.Err)
			continue
		}
		var got []kg.Value
		if line.Record.Entity != nil {
			got = line.Record.Entity.Values
		} else {
			got = line.Record.Fact.Values
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %#v, want %#v", c.line, got, c.want)
		}
	}
}

// A key of the format and a field of a kind can't have one name.
func TestFieldsDoNotTakeTheFormatsKeys(t *testing.T) {
	keys := map[string]bool{}
	for _, line := range []string{`{"entity":"city:x","name":"X"}`, `{"fact":"LOCATED_IN"}`} {
		o, err := parseObject([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		f := &fields{object: o}
		if o.get("fact") != nil {
			toFact(f, kg.LocatedIn) // which has no fields of its own
		} else {
			toEntity(f, kg.City)
		}
		for _, key := range f.known {
			keys[key] = key != "population" // the one field of a city
		}
	}
	for _, k := range append(kg.Entities.Kinds(), kg.Facts.Kinds()...) {
		for _, f := range k.Decl().Fields {
			if keys[f.Name] {
				t.Errorf("%s has a field %s, which is a key of the format", k, f.Name)
			}
		}
	}
}
