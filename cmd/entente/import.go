package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ententegraph/entente/internal/ingest"
)

const importUsage = `usage: entente import --store STORE [--report FILE] [--workers N] FILE...

Brings Entente JSON Lines into a store, files of any size, or tables that end in .csv or .tsv: sources first, then entities, aliases, facts and retractions, batch
by batch. Each batch is kept whole or not at all, and bringing the same again changes nothing: an import that was interrupted
goes on when the same command is given again.

The header of a table names keys of Entente JSON Lines (entity, name, population), evidence.source and evidence.quote those of its
one piece of evidence; a location is "36.67, 117.02". An empty cell is left out.

A line that is not right never stops it: it is left out and reported with its place and the reason, and the exit code is 1.
Ctrl-C stops it after the batches on their way. On a terminal it shows how far it is.

  --report FILE    write the lines that were left out there instead of on standard error
  --workers N      batches of facts side by side, 1 to 16. Default: 2
` + storeUsage

func importFiles(ctx context.Context, p *program, args []string) error {
	f := flags("import")
	address := f.String("store", p.getenv("ENTENTE_STORE"), "")
	reportTo := f.String("report", "", "")
	workers := f.Int("workers", 2, "")
	paths, err := parse(f, args)
	switch {
	case err != nil:
		return err
	case *address == "":
		return usageError("say where to keep it, by --store or ENTENTE_STORE")
	case len(paths) == 0:
		return usageError("name the files to be imported")
	case *workers < 1 || *workers > 16:
		return usageError("--workers is a number from 1 to 16")
	}
	if err := readableTwice(paths); err != nil {
		return err // before anything is done
	}
	problems, end, err := p.problemsTo(*reportTo)
	if err != nil {
		return err
	}
	catalog, err := openStore(ctx, p, *address, patience)
	if err != nil {
		return err
	}
	defer catalog.Close()
	before, err := holding(ctx, catalog)
	if err != nil {
		return err
	}

	defer p.collectLess()()
	show := newProgress(p.stderr, "line", "lines")
	left, began := 0, time.Now()
	report, err := ingest.Import(ctx, catalog, ingest.Options{
		Workers: *workers,
		Problem: func(problem ingest.Problem) error {
			left++
			show.clear()
			showProblems(problems, []ingest.Problem{problem})
			return nil
		},
		Progress: func(now ingest.Progress) { show.at(now.Done, now.Total) },
	}, graphOf(paths)...)
	show.clear()
	if ended := end(); err == nil {
		err = ended
	}
	fmt.Fprintf(p.stdout, "%s in %v: %s, %s, %s.\n", nameOf(paths), time.Since(began).Round(time.Millisecond), showCounts(report),
		counted(report.Aliases, "alias", "aliases"), counted(report.Retractions, "retraction", "retractions"))
	if now, failed := holding(ctx, catalog); err == nil && failed == nil {
		if now == before {
			now += ", as many as before"
		} else {
			now += "; before, " + before
		}
		fmt.Fprintf(p.stdout, "The graph holds %s.\n", now)
	}
	if left > 0 {
		see := ""
		if *reportTo != "" {
			see = ", see " + *reportTo
		}
		fmt.Fprintf(p.stdout, "%s left out%s.\n", counted(left, "line or file was", "lines or files were"), see)
	}
	switch {
	case err != nil:
		fmt.Fprintln(p.stderr, "What was counted is kept. To go on, give the same command again.")
		return err
	case left > 0:
		return errReported
	}
	return nil
}

// problemsTo gives where problems are written, and what ends that.
func (p *program) problemsTo(path string) (io.Writer, func() error, error) {
	if path == "" {
		return p.stderr, func() error { return nil }, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	out := bufio.NewWriter(file)
	return out, func() error {
		err := out.Flush()
		if closed := file.Close(); err == nil {
			err = closed
		}
		return err
	}, nil
}
