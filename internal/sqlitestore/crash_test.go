package sqlitestore

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/ententegraph/entente/internal/kg"
)

// A child is this test's own program, told by its environment to write to a store until it is killed.
const (
	childStore  = "ENTENTE_TEST_CHILD_STORE"   // the file
	childLimit  = "ENTENTE_TEST_CHILD_LIMIT"   // how large it may make a file, in bytes
	childNoSync = "ENTENTE_TEST_CHILD_NO_SYNC" // after how many batches every sync fails
)

// crashWriters is how many goroutines of a child write at the same time.
const crashWriters = 16

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		os.Exit(child(path))
	}
	goleak.VerifyTestMain(clearing{m})
}

// clearing is tests that delete the store of the benchmarks.
type clearing struct{ tests *testing.M }

func (c clearing) Run() int {
	code := c.tests.Run()
	if bench.path != "" {
		os.RemoveAll(filepath.Dir(bench.path))
	}
	return code
}

// child writes for as long as it can, and says of each batch when it is acknowledged. Each writer has a city, whose population says
// how many batches of the writer there are.
func child(path string) int {
	if limit, _ := strconv.ParseUint(os.Getenv(childLimit), 10, 64); limit > 0 {
		signal.Ignore(fileTooLarge)
		if err := limitFiles(limit); err != nil {
			fmt.Println("failed", err)
			return 1
		}
	}
	ctx := context.Background()
	s, err := Open(ctx, path)
	if err != nil {
		fmt.Println("failed", err)
		return 1
	}
	defer s.Close()
	var out sync.Mutex
	var writers sync.WaitGroup
	left, _ := strconv.Atoi(os.Getenv(childNoSync)) // batches until no sync succeeds any more
	for writer := range crashWriters {
		writers.Go(func() {
			for i := writtenBy(ctx, s, writer) + 1; ; i++ {
				err := s.Apply(ctx, batchOf(writer, i))
				out.Lock()
				if err != nil {
					fmt.Println("failed", kg.CodeOf(err), err)
				} else {
					fmt.Println("acknowledged", writer, i)
					if left--; left == 0 {
						if err := failSyncs(); err != nil {
							fmt.Println("syncs can't be made to fail:", err)
							os.Exit(1)
						}
					}
				}
				out.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	writers.Wait()
	return 0
}

// batchOf is the batch of a writer that has so many before it: two facts, and the writer's city.
func batchOf(writer, i int) *kg.Batch {
	e := *foundation().Entities[writer]
	e.Values = []kg.Value{int64(i)}
	b := &kg.Batch{At: moment2020, Entities: []*kg.Entity{&e}}
	for half := range 2 {
		b.Facts = append(b.Facts, factNumber(crashFact(writer, i, half)))
	}
	return b
}

func crashFact(writer, i, half int) int { return (i*2+half)*crashWriters + writer }

// writtenBy gives how many batches of a writer a store holds.
func writtenBy(ctx context.Context, s *Store, writer int) int {
	p, err := s.Read(ctx, &kg.Query{IDs: []kg.ID{cityNumber(writer)}, List: kg.List{First: -1}})
	if err != nil || len(p.Rows) == 0 || p.Rows[0].Entity == nil {
		return -1
	}
	n, _ := p.Rows[0].Entity.Values[0].(int64)
	return int(n)
}

// TestKill kills a program that writes from many goroutines, again and again: 50 times, or as often as ENTENTE_KILLS says. What
// was acknowledged is there each time, and of each batch all or nothing.
func TestKill(t *testing.T) {
	kills := 50
	if text := os.Getenv("ENTENTE_KILLS"); text != "" {
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatalf("ENTENTE_KILLS is %q: write a number", text)
		}
	} else if raced {
		kills = 3
	}
	path := filepath.Join(t.TempDir(), "graph.entente")
	found(t, path)
	random := rand.New(rand.NewPCG(1, 1))
	var least [crashWriters]int
	for range kills {
		cmd, lines := startChild(t, path, 0)
		for after := 1 + random.IntN(150); after > 0 && lines.Scan(); after-- {
			noteAcknowledged(t, lines.Text(), &least)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // what it had said before it died
			noteAcknowledged(t, lines.Text(), &least)
		}
		_ = cmd.Wait()
		wantWritten(t, path, &least)
	}
}

// found makes the store that a child writes to.
func found(t *testing.T, path string) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := foundation()
	for _, e := range b.Entities {
		e.Values[0] = int64(0)
	}
	if err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func startChild(t *testing.T, path string, limit int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childStore+"="+path, childLimit+"="+strconv.Itoa(limit))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_, _ = io.Copy(io.Discard, out)
			_ = cmd.Wait()
		}
	})
	return cmd, bufio.NewScanner(out)
}

func noteAcknowledged(t *testing.T, line string, least *[crashWriters]int) {
	t.Helper()
	var writer, i int
	if n, err := fmt.Sscanf(line, "acknowledged %d %d", &writer, &i); n == 2 && err == nil {
		least[writer] = i
	} else if strings.HasPrefix(line, "failed") {
		t.Fatalf("the child says %q", line)
	}
}

// wantWritten opens a store and proves that it has what was acknowledged, and of each batch all or nothing, down to what stays
// on disk.
func wantWritten(t *testing.T, path string, least *[crashWriters]int) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatalf("it can't be opened again: %v", err)
	}
	defer s.Close()
	there := map[kg.ID]bool{}
	if err := s.Records(t.Context(), func(r kg.Record) error {
		if r.Fact != nil {
			there[r.Fact.ID] = len(r.Fact.Evidence) == 1
		}
		return nil
	}); err != nil {
		t.Fatalf("it can't be read: %v", err)
	}
	want := 0
	for writer := range crashWriters {
		written := writtenBy(t.Context(), s, writer)
		if written < least[writer] {
			t.Fatalf("of writer %d there are %d batches, and %d were acknowledged", writer, written, least[writer])
		}
		least[writer] = written
		for i := 1; i <= written; i++ {
			for half := range 2 {
				want++
				if n := crashFact(writer, i, half); !there[factNumber(n).ID] {
					t.Fatalf("of batch %d of writer %d half %d is missing", i, writer, half)
				}
			}
		}
	}
	if len(there) != want {
		t.Fatalf("there are %d facts, want the %d of whole batches", len(there), want)
	}
}
