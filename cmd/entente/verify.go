package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/sqlitestore"
	"github.com/ententegraph/entente/internal/table"
)

const verifyUsage = `usage: entente verify [--store STORE] [FILE.jsonl...]

Reads the files, or the demo graph if there is none, as one graph: finds every quote in its source's text again, and checks
ids, kinds, ends, dates and codes. Prints what there is, how much of it rests on nothing but its own file, and each line that
is not right with its place and the reason. The exit code is 1 if there is such a line, or a file without a record.

With --store it does the same with all that is kept there, and compares every fact with what its history makes of it, and the
counts; what is not right is named by its id. Nothing is changed.
` + storeUsage

func verify(ctx context.Context, p *program, args []string) error {
	f := flags("verify")
	address := f.String("store", "", "")
	paths, err := parse(f, args)
	switch {
	case err != nil:
		return err
	case *address != "" && len(paths) > 0:
		return usageError("files are verified without --store: do one after the other")
	case len(paths) == 0:
		*address = cmp.Or(*address, p.getenv("ENTENTE_STORE"))
	}
	if *address != "" {
		return verifyStore(ctx, p, *address)
	}
	store, err := sqlitestore.Temporary(ctx)
	if err != nil {
		return err
	}
	proven := &tally{Store: store}
	catalog := kg.NewCatalog(proven, time.Now)
	defer catalog.Close()
	report, err := ingest.Load(ctx, catalog, graphOf(paths)...)
	if err != nil {
		return err
	}
	showProblems(p.stdout, report.Problems)
	fmt.Fprintf(p.stdout, "%s: %s, %s, %s.\n", nameOf(paths), showCounts(report),
		counted(proven.quotes, "quote found verbatim", "quotes found verbatim"), counted(proven.locators, "locator", "locators"))
	if n := report.BareEntities + report.BareFacts; n > 0 {
		fmt.Fprintf(p.stdout, "%s alone: %s, %s.\n", counted(n, "record gives no evidence and rests on its file", "records give no evidence and rest on their file"),
			counted(report.BareEntities, "entity", "entities"), counted(report.BareFacts, "fact", "facts"))
	}
	if len(report.Problems) > 0 {
		fmt.Fprintf(p.stdout, "%s not right.\n", countProblems(report.Problems, "is", "are"))
		return errReported
	}
	fmt.Fprintln(p.stdout, "Every line is right.")
	return nil
}

// verifyStore proves what is kept at an address.
func verifyStore(ctx context.Context, p *program, address string) error {
	catalog, err := openKept(ctx, p, address, sqlitestore.OpenStill)
	if err != nil {
		return err
	}
	defer catalog.Close()
	proof, err := catalog.Prove(ctx, func(id kg.ID, err *kg.Error) error {
		about := cmp.Or(string(id), address)
		_, failed := fmt.Fprintln(p.stdout, table.Printable(about+": "+err.Error()))
		return failed
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %s, %s, %s, %s, %s; %s, %s.\n", address,
		counted(proof.Sources, "source", "sources"), counted(proof.Entities, "entity", "entities"), counted(proof.Aliases, "alias", "aliases"),
		counted(proof.Facts, "record of a fact", "records of facts"), counted(proof.Retractions, "retraction", "retractions"),
		counted(proof.Quotes, "quote found verbatim", "quotes found verbatim"), counted(proof.Locators, "locator", "locators"))
	if proof.Faults > 0 {
		fmt.Fprintf(p.stdout, "%s not right.\n", counted(proof.Faults, "thing is", "things are"))
		return errReported
	}
	fmt.Fprintln(p.stdout, "All of it is right.")
	return nil
}

// tally counts the evidence on its way into a store. What gets that far has been proven: the catalog refuses the rest.
type tally struct {
	kg.Store
	quotes, locators int
}

func (t *tally) Apply(ctx context.Context, b *kg.Batch) error {
	for _, e := range b.Entities {
		t.count(e.Evidence)
	}
	for i := range b.Facts {
		t.count(b.Facts[i].Evidence)
	}
	return t.Store.Apply(ctx, b)
}

func (t *tally) count(evidence []kg.Evidence) {
	for i := range evidence {
		if evidence[i].Quote != "" {
			t.quotes++
		} else {
			t.locators++
		}
	}
}
