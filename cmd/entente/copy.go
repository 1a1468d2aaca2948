package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/ententegraph/entente/internal/export"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/sqlitestore"
)

const copyUsage = `usage: entente copy FROM TO

Brings all that one store holds into another, as when a team moves from a file to a Neo4j, or back. Afterwards it reads both as
export writes them and compares the SHA-256, which proves that they hold the same graph.

TO is empty, or holds a part of FROM: a copy that was interrupted goes on when the same command is given again. What TO holds
beyond FROM is left as it is, and the copy says that the two differ. Nobody should write to either meanwhile.

FROM and TO are stores as after --store, see entente help import.
`

func copyGraph(ctx context.Context, p *program, args []string) error {
	names, err := parse(flags("copy"), args)
	switch {
	case err != nil:
		return err
	case len(names) != 2:
		return usageError("name the store to copy from and the one to copy to")
	case names[0] == names[1]:
		return usageError("the two are the same store")
	}
	from, err := openKept(ctx, p, names[0], sqlitestore.OpenStill)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := openStore(ctx, p, names[1], patience)
	if err != nil {
		return err
	}
	defer to.Close()

	began := time.Now()
	what, err := p.copyAll(ctx, from, to, func(r kg.Record) (kg.Record, bool) { return r, true })
	if err != nil && !errors.Is(err, errDiffer) {
		fmt.Fprintln(p.stderr, "What was copied is kept. To go on, give the same command again.")
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "copied in %v: %s. Both stores hold the same.\n", time.Since(began).Round(time.Millisecond), what)
	return nil
}

// copyAll brings what is kept of one graph into another, and proves by their hashes that the other holds that and nothing else.
// It gives what that is.
func (p *program) copyAll(ctx context.Context, from, to *kg.Catalog, keep func(kg.Record) (kg.Record, bool)) (string, error) {
	stream := export.NewStream(io.Discard)
	if err := p.copyRecords(ctx, from, to, stream, keep); err != nil {
		return "", err
	}
	sum, err := stream.End()
	if err != nil {
		return "", err
	}
	again := export.NewStream(io.Discard)
	show := newProgress(p.stderr, "record compared", "records compared")
	all, done := stream.Counts.All(), 0
	err = to.Records(ctx, func(r kg.Record) error {
		done++
		show.at(done, all)
		return again.Write(r)
	})
	show.clear()
	if err != nil {
		return "", fmt.Errorf("reading what was copied, to compare it: %w", err)
	}
	arrived, err := again.End()
	if err == nil && arrived != sum {
		fmt.Fprintf(p.stdout, "from: %s\nto:   %s\n", exported(stream.Counts, sum), exported(again.Counts, arrived))
		err = errDiffer
	}
	return exported(stream.Counts, sum), err
}

// errDiffer says that all was copied, so that there is nothing to go on with.
var errDiffer = errors.New("all was copied, and the second store holds something else too, which stays, or one of them was written to meanwhile: " +
	"entente export of both shows what; to have the same in both, copy to an empty store")

// How much goes into a batch: records, and bytes of sources' texts, which are the only long ones.
const (
	copiedRecords = 5_000
	copiedText    = 4 << 20
)

// copyRecords applies what one graph holds to another, batch by batch, and writes it to the stream. While a batch is applied the
// next one is read.
func (p *program) copyRecords(ctx context.Context, from, to *kg.Catalog, stream *export.Stream, keep func(kg.Record) (kg.Record, bool)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	batches, applied := make(chan []kg.Record), make(chan struct{})
	show := newProgress(p.stderr, "record", "records")
	defer show.clear()
	go func() {
		defer close(applied)
		done := 0
		for batch := range batches {
			if ctx.Err() != nil {
				continue
			}
			// What has begun to be applied is applied to its end.
			report, err := to.Apply(context.WithoutCancel(ctx), batch)
			if err == nil && len(report.Refused) > 0 {
				err = fmt.Errorf("a record that one store holds is refused by the other: %w", report.Refused[0].Err)
			}
			if err != nil {
				cancel(err)
				continue
			}
			done += len(batch)
			show.at(done, 0)
		}
	}()
	var batch []kg.Record
	text := 0
	send := func() error {
		if len(batch) == 0 {
			return nil
		}
		select {
		case batches <- batch:
			batch, text = nil, 0
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := from.Records(ctx, func(r kg.Record) error {
		r, stays := keep(r)
		if !stays {
			return nil
		}
		if err := stream.Write(r); err != nil {
			return err
		}
		batch = append(batch, r)
		if r.Source != nil {
			text += len(r.Source.Text)
		}
		if len(batch) == copiedRecords || text > copiedText {
			return send()
		}
		return nil
	})
	if err == nil {
		err = send()
	}
	close(batches)
	<-applied
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// exported says what an export holds, and its hash.
func exported(c export.Counts, sum string) string {
	return fmt.Sprintf("%s, %s, %s, %s, %s; SHA-256 %s", counted(c.Sources, "source", "sources"), counted(c.Entities, "entity", "entities"),
		counted(c.Aliases, "alias", "aliases"), counted(c.Facts, "record of a fact", "records of facts"), counted(c.Retractions, "retraction", "retractions"), sum)
}
