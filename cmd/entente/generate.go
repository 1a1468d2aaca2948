package main

import (
	"context"
	"fmt"
	"io"

	"github.com/ententegraph/entente/internal/generate"
)

const generateUsage = `usage: entente generate --facts N [--entities M] [--seed S] [--out FILE]

Writes a synthetic graph as Entente JSON Lines, to try a store under load: real countries and cities, all else made up, with
plausible dates, and degrees that follow a power law. The same options give the same bytes on every machine.

  --facts N     about how many facts, from 100 to 100000000
  --entities M  about how many entities beside the countries, at most as many as facts. Default: a tenth of them
  --seed S      another number makes another graph. Default: 1
  --out FILE    where to write; it is there whole or not at all, in the place of one that was there. Default: standard output
`

func generateGraph(ctx context.Context, p *program, args []string) error {
	o := generate.Options{Seed: 1}
	f := flags("generate")
	f.IntVar(&o.Facts, "facts", 0, "")
	f.IntVar(&o.Entities, "entities", 0, "")
	f.Uint64Var(&o.Seed, "seed", o.Seed, "")
	out := f.String("out", "", "")
	others, err := parse(f, args)
	switch {
	case err != nil:
		return err
	case len(others) > 0:
		return usageError(fmt.Sprintf("%q is no option", others[0]))
	case o.Facts < generate.MinFacts || o.Facts > generate.MaxFacts:
		return usageError(fmt.Sprintf("--facts is a number from %d to %d", generate.MinFacts, generate.MaxFacts))
	case o.Entities < 0 || o.Entities > o.Facts:
		return usageError(fmt.Sprintf("--entities is a number from 0 to that of the facts, %d, as most of them lie somewhere", o.Facts))
	}
	return p.writeWhole(*out, func(w io.Writer) error {
		show := newProgress(p.stderr, "record", "records")
		o.Progress = func(done int) { show.at(done, 0) }
		counts, err := generate.Write(ctx, w, o)
		show.clear()
		if err == nil {
			fmt.Fprintf(p.stderr, "%s, %s, %s, %s, and the countries\n", counted(counts.Sources, "source", "sources"), counted(counts.Entities, "entity", "entities"),
				counted(counts.Facts, "record of a fact", "records of facts"), counted(counts.Retractions, "retraction", "retractions"))
		}
		return err
	})
}
