package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/sqlitestore"
)

const backupUsage = `usage: entente backup STORE FILE

Copies the store in a file to another file, also while entente serve has it open and writes to it. The copy is the graph as it
was at one moment. It is read through before it gets its name, and there whole or not at all; no file is ever overwritten.

The copy is a store itself: serve it, or bring it back by entente restore. To copy only the file by other means loses what
lies beside it, unless nobody has it open.

A Neo4j is backed up by its own neo4j-admin, or as text by entente export.
`

func backup(ctx context.Context, p *program, args []string) error {
	return p.copyFile(ctx, args, "backup", "name the store, and the file that the copy goes to",
		func(from, to string) string { return fmt.Sprintf("%s is a copy of %s", to, from) })
}

const restoreUsage = `usage: entente restore FILE STORE

Brings back the store that entente backup copied to a file. The copy is read through first, and stays. There must be no STORE
yet: move the one that is to be replaced out of the way, with no program running on it.
`

func restore(ctx context.Context, p *program, args []string) error {
	return p.copyFile(ctx, args, "restore", "name the file that holds the copy, and the store to be made of it",
		func(from, to string) string { return fmt.Sprintf("%s is what %s holds", to, from) })
}

// copyFile copies one store in a file to another.
func (p *program) copyFile(ctx context.Context, args []string, verb, misuse string, done func(from, to string) string) error {
	names, err := parse(flags(verb), args)
	switch {
	case err != nil:
		return err
	case len(names) != 2:
		return usageError(misuse)
	case strings.Contains(names[0]+names[1], "://"):
		return usageError("only stores in files are copied like this: use entente export for a Neo4j, or its own neo4j-admin")
	}
	began := time.Now()
	if err := sqlitestore.Backup(ctx, names[0], names[1]); err != nil {
		return err
	}
	info, err := os.Stat(names[1])
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %.1f MB in %v.\n", done(names[0], names[1]), float64(info.Size())/1e6, time.Since(began).Round(time.Millisecond))
	return nil
}
