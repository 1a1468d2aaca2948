// Package ingest reads Entente JSON Lines, one record a line in any order, and brings them into a graph.
//
// A line that is not right never stops it and is never dropped silently: it becomes a [Problem] with its number, its text and
// the reason. What a record says is proven by [kg.Catalog.Apply]; this package knows the format alone, and of the kinds only
// what their [kg.Decl] declares.
package ingest

import (
	"bufio"
	"bytes"
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
	File string
	Line int
	Text string // its first 200 code points
	Err  error
}

// Error says where the problem is and what: countries.jsonl:12: population: write a whole number.
func (p Problem) Error() string { return p.File + ":" + strconv.Itoa(p.Line) + ": " + p.Err.Error() }

const (
	maxLineBytes = 16 << 20
	maxLineText  = 200 // code points of a line that are shown
)

// example shows the format to somebody who has given something else.
const example = `{"entity":"city:cn-jinan","name":"Jinan"}`

// Read calls each for every line of r that is not blank, in order. name is the file's. It ends with the first error of r or
// of each; lines that are not right are no errors, but handed on with their Err.
//
// A file without a single JSON object is another format, and all of it is one problem.
func Read(r io.Reader, name string, each func(Line) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	var early []Line // lines before the first object
	objects := false
	for n := 1; ; n++ {
		raw, long, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		atEnd := err != nil
		if n == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
		}
		if len(bytes.Trim(raw, " \t\r")) > 0 {
			line := parseLine(raw, long)
			line.File, line.Number = name, n
			switch {
			case !objects && !isObject(raw):
				early = append(early, line)
			default:
				objects = true
				for _, l := range append(early, line) {
					if err := each(l); err != nil {
						return err
					}
				}
				early = nil
			}
		}
		if atEnd {
			break
		}
	}
	if len(early) == 0 {
		return nil
	}
	first := early[0]
	first.Err = kg.Errorf(kg.BadInput, "the file is not Entente JSON Lines: line %d should be one JSON object, such as %s, and so should every other", first.Number, example)
	return each(first)
}

// readLine reads up to the next line feed, which it leaves out. Of a line that is too long it gives the beginning and skips
// the rest. The error is io.EOF for the last line, which may be empty.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) <= maxLineBytes+1 { // with the line feed
			line = append(line, part...)
		} else {
			long = true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), long, err
		}
	}
}

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
		_, size := utf8.DecodeRune(raw[end:])
		end += size
	}
	return strings.ToValidUTF8(string(raw[:end]), "\ufffd")
}
