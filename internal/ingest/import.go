package ingest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"sync"

	"github.com/ententegraph/entente/internal/kg"
)

// Options say how files are imported.
type Options struct {
	// Records and Bytes bound a batch, by how many lines it has and how long they are in all. 5,000 and 4 MB if they are 0.
	Records, Bytes int
	// Workers are how many batches of facts are applied side by side; all others go one by one. 2 if it is 0.
	Workers int
	// Problem is told of every line that is left out, in no order; one call at a time. nil drops nothing: Report.Problems has
	// them then.
	Problem func(Problem) error
	// Progress is told how far it is after every batch, one call at a time; nil for nobody.
	Progress func(Progress)
}

// Progress is how many of the lines that are records have been dealt with.
type Progress struct{ Done, Total int }

// Import brings files of any size into a graph, batch by batch. What others rest on goes first, whatever the files' order: each
// file is gone through once for each sort of record, and no more than a few batches are kept at once. Each batch is applied
// whole or not at all; applying one again changes nothing, so that an import that was cut short, by ctx, by an error or by the
// end of the program, goes on when it is begun again.
//
// What has begun to be applied is applied to its end, also when ctx ends meanwhile.
//
// Lines that are not right are no error: they are left out and reported. The report counts what was done even with an error.
// Undated lines of one source that contradict each other are refused only where they come into one batch; else the one that is
// applied last counts, as it is recorded last.
func Import(ctx context.Context, c *kg.Catalog, o Options, files ...File) (*Report, error) {
	im := &importer{catalog: c, options: o, files: files, hashes: make([]string, len(files)), sources: map[int]bool{}}
	if o.Records == 0 {
		im.options.Records = 5_000
	}
	if o.Bytes == 0 {
		im.options.Bytes = 4 << 20
	}
	if o.Workers == 0 {
		im.options.Workers = 2
	}
	for i := range files {
		if err := im.look(ctx, i); err != nil {
			return &im.report, err
		}
	}
	defer im.sortProblems()
	for class := range classes {
		if err := im.pass(ctx, class); err != nil {
			return &im.report, err
		}
	}
	return &im.report, nil
}

// sortProblems brings what was collected into the order of the files and lines.
func (im *importer) sortProblems() {
	place := map[string]int{}
	for i, f := range im.files {
		place[f.Name] = i
	}
	slices.SortStableFunc(im.report.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(place[a.File], place[b.File]), cmp.Compare(a.Line, b.Line))
	})
}

// classes are the sorts of record by the key that names them, in the order in which they rest on each other, as classOf has it.
var classes = []string{"source", "entity", "alias", "fact", "retract"}

type importer struct {
	catalog *kg.Catalog
	options Options
	files   []File
	hashes  []string // of the files

	mu       sync.Mutex
	report   Report
	progress Progress
	sources  map[int]bool // the files that are sources by now
}

// look goes through a file for its hash, and for how much there is to do.
func (im *importer) look(ctx context.Context, file int) error {
	in, err := im.files[file].Open()
	if err != nil {
		return kg.Errorf(kg.NotFound, "%w", err)
	}
	defer in.Close()
	hash := sha256.New()
	lines := &lineCounter{ctx: ctx}
	if _, err := io.Copy(io.MultiWriter(hash, lines), in); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return kg.Errorf(kg.Unavailable, "reading %s: %w", im.files[file].Name, err)
	}
	if !lines.content {
		none := kg.Errorf(kg.BadInput, "the file holds no record: write one object a line, such as %s", example)
		if err := im.problem(Problem{File: im.files[file].Name, Err: none}); err != nil {
			return err
		}
	}
	if lines.text {
		lines.n++ // the last one, which no line feed ends
	}
	im.hashes[file] = hex.EncodeToString(hash.Sum(nil))
	im.progress.Total += lines.n
	return nil
}

// lineCounter counts the lines that are not blank.
type lineCounter struct {
	ctx     context.Context
	n       int
	text    bool // whether the line that is being read has something in it
	content bool
}

func (l *lineCounter) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte{'\n'})
		l.text = l.text || !isBlank(line)
		if l.text && (ended || len(after) == 0) {
			l.content = true
		}
		if ended && l.text {
			l.n++
			l.text = false
		}
		rest = after
	}
	return len(b), l.ctx.Err()
}

// batch is some lines that are applied together.
type batch struct {
	lines []place
	bytes int
}

// pass applies all records of one class: one goroutine reads, and workers apply. It ends when all that was read is applied, or
// once something has gone wrong, and with it what was on its way.
func (im *importer) pass(ctx context.Context, class int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	batches := make(chan batch)
	var workers sync.WaitGroup
	side := 1 // of one entity, the record that stands last counts; and the catalog lets only facts go side by side
	if classes[class] == "fact" {
		side = im.options.Workers
	}
	for range side {
		workers.Go(func() {
			for b := range batches {
				if ctx.Err() != nil {
					continue // it has not begun
				}
				if err := im.apply(context.WithoutCancel(ctx), b); err != nil {
					cancel(err)
				}
			}
		})
	}
	err := im.readClass(ctx, class, batches)
	close(batches)
	workers.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// readClass cuts the records of one class into batches.
func (im *importer) readClass(ctx context.Context, class int, batches chan<- batch) error {
	var next batch
	send := func() error {
		if len(next.lines) == 0 {
			return nil
		}
		select {
		case batches <- next:
			next = batch{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for i, f := range im.files {
		in, err := f.Open()
		if err != nil {
			return kg.Errorf(kg.NotFound, "%w", err)
		}
		err = im.readFile(ctx, in, i, class, func(line place, bytes int) error {
			if len(next.lines) == im.options.Records || len(next.lines) > 0 && next.bytes+bytes > im.options.Bytes {
				if err := send(); err != nil {
					return err
				}
			}
			next.lines, next.bytes = append(next.lines, line), next.bytes+bytes
			return nil
		})
		in.Close()
		if err != nil {
			return err
		}
	}
	return send()
}

// readFile hands on the records of one class of a file. A line whose beginning does not say of which class it is, is read in
// every pass, and its mistakes are reported in the first.
func (im *importer) readFile(ctx context.Context, in io.Reader, file, class int, each func(line place, bytes int) error) error {
	source := fileSource(im.files, file, im.hashes[file])
	bytes := 0
	err := read(in, im.files[file].Name, func(raw []byte) bool {
		said := beginsWith(raw)
		bytes = len(raw)
		return said == class || said < 0
	}, func(l Line) error {
		said := beginsWith([]byte(l.Text))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case l.Err != nil && (said == class || class == 0):
			im.done(1)
			return im.problem(Problem{File: l.File, Line: l.Number, Text: l.Text, Err: l.Err})
		case l.Err != nil || classOf(l.Record) != class:
			return nil
		}
		line := place{Line: l, file: file}
		if line.restOn(source) {
			if err := im.ownSource(ctx, file, source); err != nil {
				return err
			}
		}
		return each(line, bytes)
	})
	var own *kg.Error
	if err != nil && ctx.Err() == nil && !errors.As(err, &own) {
		return kg.Errorf(kg.Unavailable, "reading %s: %w", im.files[file].Name, err)
	}
	return err
}

// beginsWith gives the class of the record that a line begins, -1 where its first key does not say.
func beginsWith(raw []byte) int {
	raw = bytes.TrimLeft(raw, " \t\r{")
	for i, key := range classes {
		if len(raw) > len(key)+1 && raw[0] == '"' && string(raw[1:1+len(key)]) == key && raw[1+len(key)] == '"' {
			return i
		}
	}
	return -1
}

// ownSource makes a source of a file, once.
func (im *importer) ownSource(ctx context.Context, file int, source *kg.Source) error {
	if im.sources[file] {
		return nil
	}
	im.sources[file] = true
	done, err := im.catalog.Apply(ctx, []kg.Record{{Source: source}})
	if err == nil {
		im.mu.Lock()
		im.report.add(done)
		im.mu.Unlock()
	}
	return err
}

// apply brings a batch into the graph.
func (im *importer) apply(ctx context.Context, b batch) error {
	records := make([]kg.Record, len(b.lines))
	for i := range b.lines {
		records[i] = b.lines[i].Record
	}
	done, err := im.catalog.Apply(ctx, records)
	if err != nil {
		return err
	}
	for _, refusal := range done.Refused {
		line := &b.lines[refusal.Record]
		line.bare = false
		if err := im.problem(Problem{File: line.File, Line: line.Number, Text: line.Text, Err: refusal.Err}); err != nil {
			return err
		}
	}
	im.mu.Lock()
	im.report.add(done)
	im.report.addBare(b.lines)
	im.mu.Unlock()
	im.done(len(b.lines))
	return nil
}

// problem reports a line that is left out.
func (im *importer) problem(p Problem) error {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.options.Problem == nil {
		im.report.Problems = append(im.report.Problems, p)
		return nil
	}
	return im.options.Problem(p)
}

// done reports that so many lines more have been dealt with.
func (im *importer) done(lines int) {
	im.mu.Lock()
	defer im.mu.Unlock()
	im.progress.Done += lines
	if im.options.Progress != nil {
		im.options.Progress(im.progress)
	}
}
