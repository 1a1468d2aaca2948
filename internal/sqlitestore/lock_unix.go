//go:build unix

package sqlitestore

import (
	"errors"
	"os"
	"syscall"
)

// lock takes a file for this process, or says that another has it. It is free again when the process ends, however it does.
func lock(f *os.File) (taken bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// unlock lets others in. Its file goes first, so that it is never another's that goes; where it can't, it stays.
func unlock(f *os.File) error {
	_ = os.Remove(f.Name())
	return f.Close()
}
