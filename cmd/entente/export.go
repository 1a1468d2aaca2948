package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/sqlitestore"
)

const exportUsage = `usage: entente export [--store STORE] [--out FILE] [--format jsonl|csv|graphml|geojson] [FILE.jsonl...]

Writes a graph: what a store holds, or without one the files, or the demo graph.

As Entente JSON Lines all that was ever recorded of a fact is in it, with when it was recorded, and how entities changed, so that
importing it makes an equal graph. The lines are sorted: equal graphs give equal files, and the SHA-256 that is printed with the
counts on standard error proves that they are equal. The other formats hold what the graph asserts now, for other programs.

  --out FILE       where to write; it is there whole or not at all, in the place of one that was there. Default: standard output
  --format FORMAT  jsonl; csv, three tables in the folder that --out names (sources, entities, facts), for a spreadsheet and for
                   entente import; graphml, for Gephi and other programs that draw networks; or geojson, a map of what has a
                   location, with the facts between them as lines. Default: jsonl
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
	case *format != "jsonl" && *format != "csv" && *format != "graphml" && *format != "geojson":
		return usageError(fmt.Sprintf("there is no format %q: write jsonl, csv, graphml or geojson", *format))
	case *format == "csv" && *out == "":
		return usageError("csv makes three tables: name a folder for them by --out")
	case *address != "" && len(paths) > 0:
		return usageError("files are exported without --store: import them first, or leave it out")
	case len(paths) == 0:
		*address = cmp.Or(*address, p.getenv("ENTENTE_STORE"))
	}
	if *out != "" && *out == *address {
		return usageError("--out is the store itself: name another file")
	}
	catalog, err := openKept(ctx, p, *address, sqlitestore.OpenStill)
	if err != nil {
		return err
	}
	defer catalog.Close()
	if *address == "" {
		if _, err := p.loadFor(ctx, catalog, paths); err != nil {
			return err
		}
	}
	switch *format {
	case "csv":
		return p.exportTables(ctx, catalog, *out)
	case "graphml":
		return p.writeWhole(*out, func(w io.Writer) error { return p.exportPresent(ctx, catalog, export.NewGraphML(w)) })
	case "geojson":
		return p.writeWhole(*out, func(w io.Writer) error { return p.exportPresent(ctx, catalog, export.NewMap(w)) })
	}
	return p.writeWhole(*out, func(w io.Writer) error { return p.exportTo(ctx, catalog, w) })
}

// exportTables writes tables into a folder, which are there all or none, but for one whose renaming fails.
func (p *program) exportTables(ctx context.Context, catalog *kg.Catalog, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	table := func(name string) string { return filepath.Join(dir, name+".csv") }
	return p.writeWhole(table(export.SourcesTable), func(sources io.Writer) error {
		return p.writeWhole(table(export.EntitiesTable), func(entities io.Writer) error {
			return p.writeWhole(table(export.FactsTable), func(facts io.Writer) error {
				tables, err := export.NewTables(sources, entities, facts)
				if err != nil {
					return err
				}
				return p.exportPresent(ctx, catalog, tables)
			})
		})
	})
}

// exportPresent writes what a graph asserts now.
func (p *program) exportPresent(ctx context.Context, catalog *kg.Catalog, to export.Part) error {
	show := newProgress(p.stderr, "part", "parts")
	defer show.clear()
	counting := &counting{Part: to, each: func(n int) { show.at(n, 0) }}
	if err := export.WritePresent(ctx, catalog, counting); err != nil {
		return err
	}
	show.clear()
	fmt.Fprintf(p.stderr, "Exported %s, %s and %s.\n", counted(counting.sources, "source", "sources"),
		counted(counting.entities, "entity", "entities"), counted(counting.facts, "fact", "facts"))
	return nil
}

// counting counts the parts that go by, whether or not the format has a place for them.
type counting struct {
	export.Part
	sources, entities, facts int
	each                     func(parts int)
}

func (c *counting) Source(s *kg.Source) error {
	c.sources++
	return c.Part.Source(s)
}

func (c *counting) Entity(e *kg.Entity) error {
	c.entities++
	c.each(c.entities + c.facts)
	return c.Part.Entity(e)
}

func (c *counting) Fact(f *kg.Fact) error {
	c.facts++
	c.each(c.entities + c.facts)
	return c.Part.Fact(f)
}

// writeWhole lets write fill a file, which is there whole or not at all, in the place of one that was there; standard output where
// there is no path. What is no file, such as a pipe or /dev/null, is written to as it is.
func (p *program) writeWhole(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(p.stdout)
	}
	switch info, err := os.Stat(path); {
	case err != nil || info.Mode().IsRegular():
	case info.IsDir():
		return fmt.Errorf("%s is a folder: name a file in it", path)
	default:
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(file), file.Close())
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
