package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/table"
)

// graphOf gives the files of the graph that a verb works on: those at the paths, or without any the demo graph.
func graphOf(paths []string) []ingest.File {
	var files []ingest.File
	for _, path := range paths {
		files = append(files, ingest.Path(path))
	}
	if len(paths) == 0 {
		for _, f := range demo.Graph() {
			files = append(files, ingest.Bytes(f.Name, f.Data))
		}
	}
	return files
}

// readableTwice refuses what can be read only once, such as a pipe: an import goes through its files several times.
func readableTwice(paths []string) error {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return err
		case !info.Mode().IsRegular():
			return fmt.Errorf("%s is no file that can be read several times: write it to one, and import that", path)
		}
	}
	return nil
}

// nameOf is how messages name that graph.
func nameOf(paths []string) string {
	switch len(paths) {
	case 0:
		return "the demo graph"
	case 1:
		return paths[0]
	}
	return counted(len(paths), "file", "files")
}

// showCounts says in one line what was taken into a graph. Several records may be about one fact.
func showCounts(r *ingest.Report) string {
	return fmt.Sprintf("%s, %s, %s",
		counted(r.Sources, "source", "sources"), counted(r.Entities, "entity", "entities"), counted(r.Facts, "record of a fact", "records of facts"))
}

// holding says in one line what a graph holds now.
func holding(ctx context.Context, c *kg.Catalog) (string, error) {
	page, err := c.Read(ctx, &kg.Query{Walk: kg.Counts{}})
	if err != nil {
		return "", err
	}
	s := page.Statistics
	return fmt.Sprintf("%s, %s, %s",
		counted(s.Sources, "source", "sources"), counted(s.Entities, "entity", "entities"), counted(s.Facts, "accepted fact", "accepted facts")), nil
}

// showProblems writes every line that was left out: where it stands, why, and how it begins.
func showProblems(w io.Writer, problems []ingest.Problem) {
	for _, problem := range problems {
		fmt.Fprintln(w, table.Printable(problem.Error()))
		if problem.Text != "" {
			fmt.Fprintf(w, "\t%s\n", table.Printable(problem.Text))
		}
	}
}

// countProblems says how many lines and files the problems are about, with a verb for one of them or for many.
func countProblems(problems []ingest.Problem, one, many string) string {
	files := 0
	for _, problem := range problems {
		if problem.Line == 0 {
			files++
		}
	}
	var parts []string
	if n := len(problems) - files; n > 0 {
		parts = append(parts, counted(n, "line", "lines"))
	}
	if files > 0 {
		parts = append(parts, counted(files, "file", "files"))
	}
	verb := many
	if len(problems) == 1 {
		verb = one
	}
	return strings.Join(parts, " and ") + " " + verb
}

// fill brings files into the graph that a verb is about to answer from: without a store, into c and all at once; with one, batch
// by batch, as an import does. Where no files are named, that is the demo graph; but a store that holds something stays
// as it is, and nil says so.
func (p *program) fill(ctx context.Context, c *kg.Catalog, address string, paths []string) (*ingest.Report, error) {
	if address == "" {
		return p.loadFor(ctx, c, paths)
	}
	if err := readableTwice(paths); err != nil {
		return nil, err
	}
	if !isFile(address) { // whose engine never waits
		patient, err := openStore(ctx, p, address, patience)
		if err != nil {
			return nil, err
		}
		defer patient.Close()
		c = patient
	}
	if len(paths) == 0 {
		empty, err := isEmpty(ctx, c)
		if err != nil || !empty {
			return nil, err
		}
	}
	report, err := ingest.Import(ctx, c, ingest.Options{}, graphOf(paths)...)
	if err != nil {
		return nil, err
	}
	return report, p.showLeftOut(report, paths)
}

// loadFor fills the graph that a verb is about to answer from. What can't be taken in is reported and left out; nothing at
// all is an error.
func (p *program) loadFor(ctx context.Context, c *kg.Catalog, paths []string) (*ingest.Report, error) {
	report, err := ingest.Load(ctx, c, graphOf(paths)...)
	if err != nil {
		return nil, err
	}
	return report, p.showLeftOut(report, paths)
}

// showLeftOut reports what was left out. That nothing at all was taken in is an error.
func (p *program) showLeftOut(report *ingest.Report, paths []string) error {
	showProblems(p.stderr, report.Problems)
	if cmp.Or(report.Sources, report.Entities, report.Facts) == 0 {
		return fmt.Errorf("nothing could be read from %s", nameOf(paths))
	}
	if len(report.Problems) > 0 {
		fmt.Fprintf(p.stderr, "%s left out.\n", countProblems(report.Problems, "was", "were"))
	}
	return nil
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
