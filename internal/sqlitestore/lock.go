package sqlitestore

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// takeLock lets no other process use a store. Beside the store lies a file that says who has it, until [unlock] takes it away.
func takeLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path+"-lock", os.O_RDWR|os.O_CREATE, 0o644)
	if errors.Is(err, fs.ErrPermission) {
		return nil, kg.Errorf(kg.BadInput, "the store %s can't be locked, as user %d may not write there: %w", path, os.Getuid(), err)
	}
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "the store %s can't be locked: %w", path, err)
	}
	taken, err := lock(f)
	if err != nil {
		f.Close()
		return nil, kg.Errorf(kg.BadInput, "the store %s can't be locked: %w", path, err)
	}
	if !taken {
		who, _ := io.ReadAll(io.LimitReader(f, 100))
		f.Close()
		return nil, kg.Errorf(kg.Unavailable, "%s is in use by %s: stop that one, or ask it instead; a store is for one process at a time",
			path, nameOf(strings.TrimSpace(string(who))))
	}
	if mine, err := f.Stat(); err == nil {
		if there, err := os.Stat(f.Name()); err != nil || !os.SameFile(mine, there) {
			f.Close() // who had it has taken it away since it was opened here, and the next one makes another
			return takeLock(path)
		}
	}
	if err := f.Truncate(0); err == nil {
		fmt.Fprintf(f, "process %d\n", os.Getpid())
	}
	return f, nil
}

func nameOf(who string) string {
	if who == "" {
		return "another process"
	}
	return who
}
