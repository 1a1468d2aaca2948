package sqlitestore

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/ententegraph/entente/internal/kg"
)

// Replace puts the store in one file in the place of another, which is what was meant to be replaced as found says, as
// [os.Stat] gave it. Neither may be open. It refuses, and changes nothing, where somebody has it open or has written to it since.
func Replace(path string, found os.FileInfo, by string) error {
	path, err := realPath(path)
	if err != nil {
		return kg.Errorf(kg.BadInput, "the store can't be found: %w", err)
	}
	for _, file := range []string{path, by} {
		if err := checkFile(file); err != nil {
			return err
		}
		// What is in a log beside a file is part of it, and would be taken for a part of the other.
		if info, err := os.Stat(file + "-wal"); err == nil && info.Size() > 0 {
			return kg.Errorf(kg.Conflict, "%s was not closed: open it once by entente verify --store, and try again", file)
		}
	}
	lock, err := takeLock(path)
	if err != nil {
		return err
	}
	defer unlock(lock)
	now, err := os.Stat(path)
	if err != nil || !os.SameFile(now, found) || !now.ModTime().Equal(found.ModTime()) || now.Size() != found.Size() {
		return kg.Errorf(kg.Conflict, "%s has been written to meanwhile, and is left as it is: try again", path)
	}
	if err := errors.Join(syncFile(by), os.Rename(by, path)); err != nil {
		return kg.Errorf(kg.Internal, "%s can't be replaced: %w", path, err)
	}
	return syncDir(filepath.Dir(path))
}
