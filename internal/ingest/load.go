package ingest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// File is something to be read.
type File struct {
	Name string // as reports show it; the last part of it stands in locators
	Open func() (io.ReadCloser, error)
}

// Path is a file on disk.
func Path(path string) File {
	return File{Name: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// Bytes is a file in memory.
func Bytes(name string, data []byte) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// Report says what became of files: how many records of each sort were applied, and every line that was not.
type Report struct {
	Sources, Entities, Facts, Aliases, Retractions int
	BareEntities, BareFacts                        int       // of these, those that give no evidence and rest on their file
	Problems                                       []Problem // of lines, and of files without a record, in the order of both
}

// Load reads files and applies their records to the graph, all at once: with an error nothing is applied. Lines that are not
// right are no error, but left out and reported.
func Load(ctx context.Context, c *kg.Catalog, files ...File) (*Report, error) {
	return load(ctx, c, 0, files)
}

// load applies at most batch records at once; 0 is all.
func load(ctx context.Context, c *kg.Catalog, batch int, files []File) (*Report, error) {
	l := &loader{files: files}
	for i, f := range files {
		if err := l.read(ctx, i, f); err != nil {
			return nil, err
		}
	}
	// What others rest on comes first, whatever the files' order, so that no batch waits for a later one.
	slices.SortStableFunc(l.lines, func(a, b place) int { return cmp.Compare(classOf(a.Record), classOf(b.Record)) })
	if batch == 0 {
		batch = max(len(l.lines), 1)
	}
	for some := range slices.Chunk(l.lines, batch) {
		if err := l.apply(ctx, c, some); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(l.wrong, func(a, b place) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.Number, b.Number)) })
	for _, p := range l.wrong {
		l.report.Problems = append(l.report.Problems, Problem{File: p.File, Line: p.Number, Text: p.Text, Err: p.Err})
	}
	return &l.report, nil
}

// loader is one Load on its way.
type loader struct {
	files  []File
	report Report
	lines  []place
	wrong  []place
}

// place is a line with the position of its file among the files.
type place struct {
	Line
	file int
	bare bool // the record gives no evidence and rests on the file
}

// read takes in one file.
func (l *loader) read(ctx context.Context, file int, f File) error {
	in, err := f.Open()
	if err != nil {
		return kg.Errorf(kg.NotFound, "%w", err)
	}
	defer in.Close()
	hash := sha256.New()
	begin, wrong := len(l.lines), len(l.wrong)
	err = Read(io.TeeReader(in, hash), f.Name, func(line Line) error {
		if line.Err != nil {
			l.wrong = append(l.wrong, place{Line: line, file: file})
		} else {
			l.lines = append(l.lines, place{Line: line, file: file})
		}
		return ctx.Err()
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return kg.Errorf(kg.Unavailable, "reading %s: %w", f.Name, err)
	}
	if len(l.lines) == begin && len(l.wrong) == wrong {
		none := kg.Errorf(kg.BadInput, "the file holds no record: write one object a line, such as %s", example)
		l.wrong = append(l.wrong, place{Line: Line{File: f.Name, Err: none}, file: file})
	}
	l.restOn(file, hex.EncodeToString(hash.Sum(nil)), l.lines[begin:])
	return nil
}

// apply brings a batch into the graph.
func (l *loader) apply(ctx context.Context, c *kg.Catalog, lines []place) error {
	records := make([]kg.Record, len(lines))
	for i := range lines {
		records[i] = lines[i].Record
	}
	done, err := c.Apply(ctx, records)
	if err != nil {
		return err
	}
	l.report.add(done)
	for _, refusal := range done.Refused {
		p := lines[refusal.Record]
		p.Err = refusal.Err
		l.wrong = append(l.wrong, p)
		lines[refusal.Record].bare = false
	}
	l.report.addBare(lines)
	return nil
}

// add counts what was applied.
func (r *Report) add(done *kg.Report) {
	r.Sources += done.Sources
	r.Entities += done.Entities
	r.Facts += done.Facts
	r.Aliases += done.Aliases
	r.Retractions += done.Retractions
}

// addBare counts the records that rest on their file.
func (r *Report) addBare(lines []place) {
	for _, line := range lines {
		switch {
		case line.bare && line.Record.Fact != nil:
			r.BareFacts++
		case line.bare:
			r.BareEntities++
		}
	}
}

// classOf orders records by what rests on what.
func classOf(r kg.Record) int {
	switch {
	case r.Source != nil:
		return 0
	case r.Entity != nil:
		return 1
	case r.Alias != nil:
		return 2
	case r.Fact != nil:
		return 3
	}
	return 4
}
