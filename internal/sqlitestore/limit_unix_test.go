//go:build unix

package sqlitestore

import (
	"bytes"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

const fileTooLarge = syscall.SIGXFSZ

// limitFiles lets this process make no file larger than so many bytes: what it writes beyond fails in the middle.
func limitFiles(bytes uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes})
}

// TestNoRoom lets the system refuse to write in the middle of a batch, at different places. The program says so and ends in
// order, and what was acknowledged is there.
func TestNoRoom(t *testing.T) {
	for _, limit := range []int{300_000, 333_333, 500_001} {
		path := filepath.Join(t.TempDir(), "graph.entente")
		found(t, path)
		var least [crashWriters]int
		cmd, lines := startChild(t, path, limit)
		failed := 0
		for lines.Scan() {
			if line := lines.Bytes(); bytes.HasPrefix(line, []byte("failed UNAVAILABLE")) {
				failed++
			} else {
				noteAcknowledged(t, string(line), &least)
			}
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("with %d bytes it ended with %v", limit, err)
		}
		if failed != crashWriters {
			t.Errorf("with %d bytes %d writers were told so, want all %d", limit, failed, crashWriters)
		}
		wantWritten(t, path, &least)
	}
}

// cpuTime is how much of the processors this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
