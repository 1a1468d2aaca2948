// Package ingest reads Entente JSON Lines, one record a line in any order, or the same as a table, and brings them into a graph.
//
// A line that is not right never stops it and is never dropped silently: it becomes a [Problem] with its number, its text and
// the reason. What a record says is proven by [kg.Catalog.Apply]; this package knows the format alone, and of the kinds only
// what their [kg.Decl] declares.
package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ententegraph/entente/internal/kg"
)

// Line is one line of a file: a record, or the reason why it is none.
type Line struct {
	File   string
	Number int    // from 1, blank lines counted
	Text   string // its first 200 code points
	Record kg.Record
	// RecordedAt is when the record says that it was recorded; zero if it does not. It stands in the record too, but an entity
	// without evidence has no place for it.
	RecordedAt time.Time
	Err        *kg.Error // nil for a record
}

// Problem is a line that was not taken into the graph, and why.
type Problem struct {
	File string // as it was named
	Line int    // 0 where it is about the whole file
	Text string // its first 200 code points
	Err  error
}

// Error says where the problem is and what: countries.jsonl:12: population: write a whole number.
func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Err.Error()
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ": " + p.Err.Error()
}

const (
	maxLineBytes = 16 << 20
	maxLineText  = 200 // code points of a line that are shown
)

// storeMark is what a file of SQLite begins with.
const storeMark = "SQLite format 3\x00"

// example shows the format to somebody who has given something else.
const example = `{"entity":"city:cn-jinan","name":"Jinan"}`

// Read calls each for every line of r that is not blank, in order. name is the file's. It ends with the first error of r or
// of each; lines that are not right are no errors, but handed on with their Err.
//
// A file whose name ends in .csv or .tsv is a table: its header names the keys, and each row is a line.
//
// A file without a single JSON object is another format, and all of it is one problem; so is one in UTF-16, a store, and JSON that
// is spread over lines.
func Read(r io.Reader, name string, each func(Line) error) error {
	return read(r, name, nil, each)
}

// read is Read for those lines alone that are wanted, as far as their beginning says; nil wants all.
func read(r io.Reader, name string, wanted func(raw []byte) bool, each func(Line) error) error {
	if isTable(name) {
		table, wrong := newTable(r)
		if wrong != nil {
			wrong.File = name
			return each(*wrong)
		}
		r = table
	}
	in := &lineReader{in: bufio.NewReaderSize(r, 64<<10)}
	var early []Line // lines before the first object
	objects := false
	mark, err := in.in.Peek(len(storeMark))
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return err
	case bytes.HasPrefix(mark, []byte("\xff\xfe")) || bytes.HasPrefix(mark, []byte("\xfe\xff")):
		return each(Line{File: name, Number: 1, Err: kg.Errorf(kg.BadInput, "the file is in UTF-16: save it as UTF-8")})
	case string(mark) == storeMark:
		return each(Line{File: name, Number: 1, Err: kg.Errorf(kg.BadInput, "the file is a store, or another database: a store is named by --store")})
	}
	began := false // whether there has been a line that is not blank
	for n := 1; ; n++ {
		raw, err := in.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if n == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
		}
		if !isBlank(raw) {
			if !began {
				began = true
				if spread := notLines(raw); spread != nil && !json.Valid(raw) {
					return each(Line{File: name, Number: n, Text: beginning(raw), Err: spread})
				}
			}
			objects = objects || isObject(raw)
			if wanted == nil || wanted(raw) {
				line := parseLine(raw, in.long)
				line.File, line.Number = name, n
				early = append(early, line)
			}
		}
		if objects {
			for _, line := range early {
				if err := each(line); err != nil {
					return err
				}
			}
			early = early[:0]
		}
		if err != nil {
			break
		}
	}
	if len(early) == 0 {
		return nil
	}
	first := early[0]
	if first.Err = notLines([]byte(first.Text)); first.Err != nil {
		return each(first)
	}
	first.Err = kg.Errorf(kg.BadInput, "the file is not Entente JSON Lines: line %d is no JSON object, and no other is; write one object a line, such as %s", first.Number, example)
	return each(first)
}

// notLines says how to make lines of JSON that begins as no file of them does: as an array, or as an object over several lines.
func notLines(first []byte) *kg.Error {
	switch first = bytes.TrimSpace(first); {
	case bytes.HasPrefix(first, []byte("[")):
		return kg.Errorf(kg.BadInput, "the file is a JSON array, and each record is to stand on one line, such as %s: jq -c '.[]' FILE writes them so", example)
	case string(first) == "{":
		return kg.Errorf(kg.BadInput, "the file is JSON over several lines, and each record is to stand on one, such as %s: jq -c . FILE writes them so", example)
	}
	return nil
}

// lineReader reads lines of bounded length.
type lineReader struct {
	in   *bufio.Reader
	line []byte
	long bool // the line was too long, and only its beginning is there
}

// next reads up to the next line feed, which it leaves out. The line is good until the next call. The error is io.EOF with
// the last line, which may be empty.
func (r *lineReader) next() ([]byte, error) {
	r.line, r.long = r.line[:0], false
	for {
		part, err := r.in.ReadSlice('\n')
		if r.long = r.long || len(r.line)+len(part) > maxLineBytes+len("\r\n"); !r.long {
			r.line = append(r.line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			line := bytes.TrimRight(r.line, "\r\n")
			r.long = r.long || len(line) > maxLineBytes
			return line, err
		}
	}
}

func isBlank(line []byte) bool { return len(bytes.Trim(line, " \t\r")) == 0 }

func isObject(line []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(line, " \t\r"), []byte("{")) }

// parseLine makes a record of a line that is not blank, or says why it can't.
func parseLine(raw []byte, long bool) Line {
	line := Line{Text: beginning(raw)}
	switch {
	case long:
		line.Err = kg.Errorf(kg.TooLarge, "the line has more than %d MB: split the record, or leave out the source's text", maxLineBytes>>20)
	case !utf8.Valid(raw):
		line.Err = kg.Errorf(kg.BadInput, "the line is not valid UTF-8: save the file in UTF-8")
	case !isObject(raw):
		line.Err = kg.Errorf(kg.BadInput, "the line is not a JSON object: write each record on one line, such as %s", example)
	default:
		var o *object
		if o, line.Err = parseObject(raw); line.Err == nil {
			line.Record, line.RecordedAt, line.Err = toRecord(o)
		}
	}
	return line
}

// beginning gives the part of a line that a report shows.
func beginning(raw []byte) string {
	end, n := 0, 0
	for ; end < len(raw) && n < maxLineText; n++ {
		if raw[end] < utf8.RuneSelf {
			end++
			continue
		}
		_, size := utf8.DecodeRune(raw[end:])
		end += size
	}
	return strings.ToValidUTF8(string(raw[:end]), "\ufffd")
}
