package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/kg"
)

// A table is read as the lines that its rows stand for: the header names the keys of Entente JSON Lines, a column whose name begins
// with # is a remark, and an empty cell is left out. Each row comes on the line on which it begins in the table, so that problems and locators name that.

// isTable says whether a file is a table, by its name.
func isTable(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv":
		return true
	}
	return false
}

// table gives the rows of a table as lines.
type table struct {
	rows   *csv.Reader
	header []column
	line   int // the one that is written next
	out    bytes.Buffer
	err    error
}

// column is what the header says of a column: evidence.source is the key source of the object under evidence.
type column struct{ key, below string }

// newTable begins to read a table. Its columns lie between commas, semicolons or tabs: whichever the header has most of.
// A header that does not say what the rows are is one problem of the whole table.
func newTable(r io.Reader) (io.Reader, *Line) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(4096) // an error comes again when it is read
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return in, nil // UTF-16, which whoever reads lines refuses
	}
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		_, _ = in.Discard(len("\ufeff"))
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	t := &table{rows: csv.NewReader(in), line: 1}
	for _, comma := range []rune{';', '\t'} {
		if bytes.Count(first, []byte(string(comma))) > bytes.Count(first, []byte(string(t.rows.Comma))) {
			t.rows.Comma = comma
		}
	}
	t.rows.LazyQuotes = true // a quotation mark in the middle of a cell is one
	t.rows.FieldsPerRecord = -1
	var names []string
	if names, t.err = t.rows.Read(); t.err != nil {
		return t, nil
	}
	for _, name := range names {
		key, below, _ := strings.Cut(strings.TrimSpace(name), ".")
		t.header = append(t.header, column{key, below})
	}
	if !slices.ContainsFunc(t.header, func(c column) bool { return c.below == "" && slices.Contains(recordKeys, c.key) }) {
		at, _ := t.rows.FieldPos(0)
		return nil, &Line{Number: at, Text: beginning([]byte(strings.Join(names, ","))), Err: kg.Errorf(kg.BadInput,
			"the header does not say what the rows are: name a column entity, for ids such as city:cn-jinan, or source, fact, alias or retract")}
	}
	return t, nil
}

// Read implements io.Reader.
func (t *table) Read(b []byte) (int, error) {
	for t.out.Len() == 0 {
		if t.err != nil {
			return 0, t.err
		}
		t.next()
	}
	return t.out.Read(b)
}

func (t *table) next() {
	cells, err := t.rows.Read()
	if err != nil {
		t.err = err
		return
	}
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return // as spreadsheets end with
	}
	at, _ := t.rows.FieldPos(0)
	for ; t.line < at; t.line++ {
		t.out.WriteByte('\n')
	}
	t.write(cells)
	t.out.WriteByte('\n')
	t.line++
}

// write writes a row as an object. The key that says what the record is comes first, as it is looked for there.
func (t *table) write(cells []string) {
	type entry struct{ key, value string }
	var entries []entry
	nested := map[string][]string{}
	for i, cell := range cells {
		cell = export.Original(strings.TrimSpace(cell))
		if cell == "" || i < len(t.header) && strings.HasPrefix(t.header[i].key, "#") {
			continue
		}
		c := column{key: fmt.Sprintf("column %d", i+1)} // which has no name, and is no key
		if i < len(t.header) && t.header[i].key != "" {
			c = t.header[i]
		}
		switch {
		case c.below == "" && slices.Contains(recordKeys, c.key):
			entries = slices.Insert(entries, 0, entry{c.key, text(cell)})
		case c.below == "":
			entries = append(entries, entry{c.key, cellValue(c.key, cell)})
		default:
			if nested[c.key] == nil {
				entries = append(entries, entry{key: c.key})
			}
			nested[c.key] = append(nested[c.key], text(c.below)+":"+cellValue(c.below, cell))
		}
	}
	t.out.WriteByte('{')
	for i, e := range entries {
		if i > 0 {
			t.out.WriteByte(',')
		}
		if members := nested[e.key]; members != nil && e.value == "" {
			if e.value = "{" + strings.Join(members, ",") + "}"; slices.Contains(listKeys, e.key) {
				e.value = "[" + e.value + "]"
			}
		}
		t.out.WriteString(text(e.key) + ":" + e.value)
	}
	t.out.WriteByte('}')
}

// listKeys hold lists of objects, of which a row gives one.
var listKeys = []string{"evidence", "names", "identifiers"}

// cellValue writes a cell as JSON: as a number or a list where that is what the key holds, else as text.
func cellValue(key, cell string) string {
	if key == "location" { // latitude and longitude
		parts := strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
		if !slices.ContainsFunc(parts, func(s string) bool { return !isNumber(s) }) {
			return "[" + strings.Join(parts, ",") + "]"
		}
	}
	switch columnTypes[key] {
	case kg.Int, kg.Float:
		if isNumber(cell) {
			return cell
		}
	case kg.Refs:
		var ids []string
		for id := range strings.SplitSeq(cell, ";") {
			ids = append(ids, text(strings.TrimSpace(id)))
		}
		return "[" + strings.Join(ids, ",") + "]"
	}
	return text(cell)
}

// isNumber says whether a text is a JSON number.
func isNumber(s string) bool {
	return s != "" && (s[0] == '-' || '0' <= s[0] && s[0] <= '9') && json.Valid([]byte(s))
}

// columnTypes are the types of the keys that are not text.
var columnTypes = func() map[string]kg.FieldType {
	types := map[string]kg.FieldType{"reliability": kg.Float, "confidence": kg.Float, "start": kg.Int}
	for _, k := range (kg.Entities | kg.Facts).Kinds() {
		for _, f := range k.Decl().Fields {
			if f.Type == kg.Int || f.Type == kg.Float || f.Type == kg.Refs {
				types[f.Name] = f.Type
			}
		}
	}
	return types
}()

// text writes a JSON string.
func text(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a form
	}
	return string(b)
}
