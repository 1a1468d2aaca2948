package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/kg"
)

const exportUsage = `usage: entente export [--store STORE] [--out FILE] [--format jsonl] [FILE.jsonl...]

Writes a graph as Entente JSON Lines: what a store holds, or without one the files, or the demo graph. All that was ever
recorded of a fact is in it, with when it was recorded, so that importing it makes an equal graph. The lines are sorted: equal
graphs give equal files, and the SHA-256 that is printed with the counts on standard error proves that they are equal.

  --out FILE       where to write; it is there whole or not at all. Default: standard output
  --format FORMAT  jsonl, which is the only one yet
` + storeUsage

func exportGraph(ctx context.Context, p *program, args []string) error {
	f := flags("export")
	address := f.String("store", "", "")
	out := f.String("out", "", "")
	format := f.String("format", "jsonl", "")
	paths, err := parse(f, args)
	switch {
	case err != nil:
		return err
	case *format != "jsonl":
		return usageError(fmt.Sprintf("there is no format %q yet: write jsonl", *format))
	case *address != "" && len(paths) > 0:
		return usageError("files are exported without --store: import them first, or leave it out")
	}
	if len(paths) == 0 && *address == "" {
		*address = p.getenv("ENTENTE_STORE")
	}
	catalog, err := openKept(ctx, p, *address)
	if err != nil {
		return err
	}
	defer catalog.Close()
	if *address == "" {
		if _, err := p.loadFor(ctx, catalog, paths); err != nil {
			return err
		}
	}
	return p.writeWhole(*out, func(w io.Writer) error { return p.exportTo(ctx, catalog, w) })
}

// writeWhole lets write fill a file, which is there whole or not at all; standard output where there is no path.
func (p *program) writeWhole(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(p.stdout)
	}
	// Under another name until it is whole, in the same folder, so that renaming is one step.
	file, err := os.CreateTemp(filepath.Dir(path), ".entente-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // which is gone once it has been renamed
	defer file.Close()
	if err := file.Chmod(0o644); err != nil {
		return err
	}
	if err := write(file); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

func (p *program) exportTo(ctx context.Context, catalog *kg.Catalog, w io.Writer) error {
	stream, show := export.NewStream(w), newProgress(p.stderr, "record", "records")
	done := 0
	err := catalog.Records(ctx, func(r kg.Record) error {
		done++
		show.at(done, 0)
		return stream.Write(r)
	})
	show.clear()
	if err != nil {
		return err
	}
	sum, err := stream.End()
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stderr, exported(stream.Counts, sum))
	return nil
}
