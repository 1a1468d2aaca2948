package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/ententegraph/entente/internal/forget"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/sqlitestore"
)

const forgetUsage = `usage: entente forget [--dry-run] [--store STORE] [--to STORE] SOURCE

Takes a source out of a graph for good, as when a publisher or a court demands it: its text, its quotes, and what rests on it
alone. What another source supports stays, and rests on that one. It says what it took.

  - An assertion of a fact goes where no other source supports it, and a fact with its last one.
  - A field of an entity goes where the source alone speaks for it; names, identifiers and required fields stay. Evidence that
    names no field speaks for all of them: where another source has such, correct by a newer record what has to go all the same.
  - How a field changed for which the source speaks goes too, as nobody can say which of its values came from there.
  - An entity goes that rests on the source alone and is at the end of no fact that stays.

The graph is written anew without all that, compared with what it is to be, and put in the place of the old one, so that nothing
is left between the pages of a file. Backups and exports made earlier still hold the source.

  --dry-run    say what would go, and change nothing
  --to STORE   write the graph there, an empty store, and leave the old one as it is. A Neo4j is not replaced in place: name an
               empty one here
` + storeUsage

func forgetSource(ctx context.Context, p *program, args []string) error {
	f := flags("forget")
	name := f.String("store", p.getenv("ENTENTE_STORE"), "")
	other := f.String("to", "", "")
	dry := f.Bool("dry-run", false, "")
	ids, err := parse(f, args)
	switch {
	case err != nil:
		return err
	case *name == "":
		return usageError("say where the graph is, by --store or ENTENTE_STORE")
	case len(ids) != 1:
		return usageError("name one source by its id, such as source:report")
	case kg.KindOf(kg.ID(ids[0])) != kg.SourceKind:
		return usageError(fmt.Sprintf("%q is not the id of a source, which begins with source:", ids[0]))
	case *other == *name:
		return usageError("--to is the same store: leave it out")
	case !*dry && *other == "" && !isFile(*name):
		return usageError("a Neo4j is not replaced in place: name an empty store by --to")
	}
	from, err := openKept(ctx, p, *name, sqlitestore.OpenStill)
	if err != nil {
		return err
	}
	defer from.Close()
	without, err := forget.New(ctx, from, kg.ID(ids[0]))
	if err != nil {
		return err
	}
	if *dry {
		err := from.Records(ctx, func(r kg.Record) error { without.Keep(r); return nil })
		if err == nil {
			fmt.Fprintf(p.stdout, "%s would go, with %s.\n", ids[0], took(without.Took))
		}
		return err
	}
	to, fresh := *other, ""
	if to == "" {
		fresh = *name + "-without"
		if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		to = fresh
	}
	if err := p.forgetInto(ctx, from, to, without); err != nil {
		return err
	}
	if fresh != "" {
		if err := from.Close(); err != nil {
			return err
		}
		found, err := os.Stat(*name)
		if err != nil {
			return err
		}
		if err := sqlitestore.Replace(*name, found, fresh); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.stdout, "%s is gone, with %s.\n", ids[0], took(without.Took))
	return nil
}

// forgetInto writes what stays of a graph to an empty store.
func (p *program) forgetInto(ctx context.Context, from *kg.Catalog, name string, without *forget.Forgetting) error {
	to, err := openStore(ctx, p, name, patience)
	if err != nil {
		return err
	}
	defer to.Close()
	if empty, err := isEmpty(ctx, to); err != nil || !empty {
		if err == nil {
			err = fmt.Errorf("%s holds something already: name an empty store", keptAt(name, p.getenv))
		}
		return err
	}
	_, err = p.copyAll(ctx, from, to, without.Keep)
	return err
}

func took(t forget.Took) string {
	return strings.Join([]string{
		counted(t.Quotes, "quote", "quotes"), counted(t.Evidence, "place of evidence", "places of evidence"),
		counted(t.Facts, "fact", "facts"), counted(t.Records, "record of a fact", "records of facts"), counted(t.Retractions, "retraction", "retractions"),
		counted(t.Entities, "entity", "entities"), counted(t.Aliases, "alias", "aliases"), counted(t.Fields, "field", "fields"),
		counted(t.Changes, "change of a field", "changes of fields"),
	}, ", ")
}
