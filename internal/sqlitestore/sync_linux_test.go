//go:build linux && (amd64 || arm64)

package sqlitestore

import (
	"bytes"
	"fmt"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"unsafe"
)

// failSyncs lets the kernel refuse every sync of this process from now on, in all of its threads, as a disk does that has lost what it
// was given: a filter of system calls (seccomp) answers fsync and fdatasync with EIO.
func failSyncs() error {
	const (
		setNoNewPrivileges = 38 // of prctl, without which a filter is for root alone
		setModeFilter      = 1  // of seccomp
		allThreads         = 1
		load, equal, give  = 0x20, 0x15, 0x06 // operations of the filter
		allow, refuse      = 0x7fff0000, 0x00050000
	)
	seccomp := map[string]uintptr{"amd64": 317, "arm64": 277}[runtime.GOARCH]
	type instruction struct {
		code    uint16
		yes, no uint8
		value   uint32
	}
	filter := []instruction{
		{load, 0, 0, 0}, // the number of the call
		{equal, 2, 0, syscall.SYS_FSYNC},
		{equal, 1, 0, syscall.SYS_FDATASYNC},
		{give, 0, 0, allow},
		{give, 0, 0, refuse | uint32(syscall.EIO)},
	}
	program := struct {
		length uint16
		filter *instruction
	}{uint16(len(filter)), &filter[0]}
	runtime.LockOSThread() // both calls are the thread's
	defer runtime.UnlockOSThread()
	if _, _, errno := syscall.RawSyscall6(syscall.SYS_PRCTL, setNoNewPrivileges, 1, 0, 0, 0, 0); errno != 0 {
		return fmt.Errorf("prctl: %w", errno)
	}
	if _, _, errno := syscall.RawSyscall(seccomp, setModeFilter, allThreads, uintptr(unsafe.Pointer(&program))); errno != 0 {
		return fmt.Errorf("seccomp: %w", errno)
	}
	return nil
}

// TestFailingSync lets the disk fail to sync after some batches. Nothing is acknowledged from then on, the writers are told, and what
// was acknowledged before is there when the store is opened again.
func TestFailingSync(t *testing.T) {
	for _, after := range []string{"1", "50", "300"} {
		path := filepath.Join(t.TempDir(), "graph.entente")
		found(t, path)
		var least [crashWriters]int
		t.Setenv(childNoSync, after)
		cmd, lines := startChild(t, path, 0)
		failed, acknowledged := 0, 0
		for lines.Scan() {
			if line := lines.Bytes(); bytes.HasPrefix(line, []byte("failed ")) {
				failed++
			} else {
				acknowledged++
				noteAcknowledged(t, string(line), &least)
			}
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("after %s batches it ended with %v", after, err)
		}
		if failed != crashWriters {
			t.Errorf("after %s batches %d writers were told, want all %d", after, failed, crashWriters)
		}
		if acknowledged == 0 {
			t.Error("nothing was acknowledged before")
		}
		wantWritten(t, path, &least)
	}
}
