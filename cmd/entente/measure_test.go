package main

import (
	"bytes"
	"debug/elf"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

// The bounds are generous, because other tests may have the machine; the figures are printed.
func TestDemoIsReadyFastAndSmall(t *testing.T) {
	const (
		mostReady  = 5 * time.Second
		mostBinary = 60 << 20
		mostMemory = 150 << 20
	)
	server := start(t, nil)
	checkAnswered(t, post(t, server.base, `{ entity(id: "city:cn-jinan") { name } }`))
	info, err := os.Stat(binary)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("ready after %v, binary of %.1f MiB", server.ready.Round(time.Millisecond), float64(info.Size())/(1<<20))
	if server.ready > mostReady {
		t.Errorf("ready after %v, want at most %v", server.ready, mostReady)
	}
	if info.Size() > mostBinary {
		t.Errorf("the binary has %d bytes, want at most %d", info.Size(), mostBinary)
	}
	if runtime.GOOS != "linux" {
		return // what follows reads /proc and ELF
	}
	memory := residentBytes(t, server.cmd.Process.Pid)
	t.Logf("resident memory of %.1f MiB after the first answer", float64(memory)/(1<<20))
	if memory > mostMemory {
		t.Errorf("resident memory of %d bytes, want at most %d", memory, mostMemory)
	}
	program, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	for _, part := range program.Progs {
		if part.Type == elf.PT_INTERP || part.Type == elf.PT_DYNAMIC {
			t.Errorf("the binary is not static: it has a %v", part.Type)
		}
	}
}

func residentBytes(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	kilobytes := 0
	_, after, _ := bytes.Cut(status, []byte("VmRSS:"))
	if _, err := fmt.Fscan(bytes.NewReader(after), &kilobytes); err != nil {
		t.Fatalf("VmRSS in\n%s: %v", status, err)
	}
	return kilobytes << 10
}
