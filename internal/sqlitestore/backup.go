package sqlitestore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// Backup copies the store in a file to another file, as it stands at one moment, also while a process serves it and writes. The
// copy is a store itself; it is read through before it gets its name. There must be no file of that name yet.
func Backup(ctx context.Context, path, to string) error {
	if err := gaveUp(ctx); err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return kg.Errorf(kg.NotFound, "the store can't be read: %w", err)
	}
	if err := checkFile(path); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Dir(to)); err != nil {
		return kg.Errorf(kg.BadInput, "%s can't be made: %w", to, err)
	}
	if _, err := os.Lstat(to); !errors.Is(err, os.ErrNotExist) {
		return kg.Errorf(kg.BadInput, "%s is there already, and is left as it is: name a file that is not, or move that one away", to)
	}
	fail := func(err error) error {
		if why := gaveUp(ctx); why != nil {
			return why
		}
		return (&Store{path: path}).translate(err, "copying "+path+" to "+to)
	}
	fresh := to + "-new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fail(err)
	}
	defer os.Remove(fresh) // which is gone when all went well
	if err := vacuumInto(ctx, path, fresh); err != nil {
		return fail(err)
	}
	if err := checkCopy(ctx, fresh); err != nil {
		return fail(err)
	}
	if err := syncFile(fresh); err != nil {
		return fail(err)
	}
	if err := os.Rename(fresh, to); err != nil {
		return fail(err)
	}
	return syncDir(filepath.Dir(to))
}

// vacuumInto lets SQLite write what one file holds into another, from one transaction.
func vacuumInto(ctx context.Context, from, to string) error {
	f, err := openFile(from, forReading)
	if err != nil {
		return err
	}
	f.until(ctx)
	return errors.Join(f.do(`VACUUM INTO '`+strings.ReplaceAll(to, `'`, `''`)+`'`), f.close())
}

// checkCopy reads a store through: what becomes resident when it is opened, and all that stays on disk.
func checkCopy(ctx context.Context, path string) error {
	if _, err := newWriter(&Store{path: path}).load(ctx); err != nil {
		return err
	}
	f, err := openFile(path, forReading)
	if err != nil {
		return err
	}
	f.until(ctx)
	said, err := f.texts(`PRAGMA quick_check(1)`)
	if err == nil && (len(said) != 1 || said[0] != "ok") {
		err = errDamaged
	}
	if err == nil {
		err = f.each(sqlPieces, func(r row) error { return unsealed(r.data).err })
	}
	if err == nil {
		var tables []string // which an older Entente has not made
		if tables, err = f.texts(`SELECT name FROM sqlite_master WHERE name = 'quoted'`); err == nil && len(tables) > 0 {
			err = f.each(sqlQuotedAll, func(r row) error { return unsealed(r.data).err })
		}
	}
	return errors.Join(err, f.close())
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
