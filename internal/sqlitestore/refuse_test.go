package sqlitestore

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// filled makes a store with some facts in it, closed, and gives its file.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.entente")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := foundation()
	for i := range 300 {
		b.Facts = append(b.Facts, factNumber(i))
	}
	if err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantRefused opens a file that must be refused, and must be as it was.
func wantRefused(t *testing.T, path string, code kg.Code, says string) {
	t.Helper()
	before := read(t, path)
	s, err := Open(t.Context(), path)
	if err == nil {
		s.Close()
	}
	if kg.CodeOf(err) != code || !strings.Contains(err.Error(), says) {
		t.Errorf("Open = %v (%s), want %s and %q", err, kg.CodeOf(err), code, says)
	}
	if !bytes.Equal(read(t, path), before) {
		t.Error("the file that was refused has been changed")
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func overwrite(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRefusesWhatIsNotOurs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for name, content := range map[string]string{
		"a text": `{"entity":"city:a","name":"a"}` + "\n", "a long text": strings.Repeat("text ", 1000), "a database's first bytes": "SQLite format 3\x00",
	} {
		t.Run(name, func(t *testing.T) {
			overwrite(t, path, []byte(content))
			wantRefused(t, path, kg.BadInput, "holds something else")
		})
	}
	t.Run("nothing", func(t *testing.T) {
		overwrite(t, path, nil)
		wantRefused(t, path, kg.BadInput, "is empty")
	})
	t.Run("a database", func(t *testing.T) {
		other := filepath.Join(t.TempDir(), "other")
		f, err := openFile(other, forCreating)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.do(`CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB)`); err != nil {
			t.Fatal(err)
		}
		f.close()
		wantRefused(t, other, kg.BadInput, "holds something else")
	})
	t.Run("a folder", func(t *testing.T) {
		if s, err := Open(t.Context(), t.TempDir()); kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "is no file") {
			t.Errorf("Open = %v, %v", s, err)
		}
	})
	t.Run("in no folder", func(t *testing.T) {
		if s, err := Open(t.Context(), filepath.Join(t.TempDir(), "none", "graph")); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("Open = %v, %v", s, err)
		}
	})
}

func TestRefusesANewerLayout(t *testing.T) {
	path := filled(t)
	b := read(t, path)
	b[63] = layoutVersion + 1
	overwrite(t, path, b)
	wantRefused(t, path, kg.BadInput, "newer Entente")
}

func TestRefusesASecond(t *testing.T) {
	path := filled(t)
	first, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	wantRefused(t, path, kg.Unavailable, "is in use by process ")
	// It does not matter by which name.
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, link, kg.Unavailable, "is in use by process ")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), path)
	if err != nil {
		t.Fatalf("once it is closed: %v", err)
	}
	again.Close()
}

// Who opens a store to read it as it is, writes nothing.
func TestStillIsReadOnly(t *testing.T) {
	path := filled(t)
	before := read(t, path)
	s, err := OpenStill(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(factsOf(t, s)); n != 300 {
		t.Errorf("it has %d facts, want 300", n)
	}
	if err := s.Apply(t.Context(), foundation()); err == nil || !strings.Contains(err.Error(), "to be read as it is") {
		t.Errorf("Apply = %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); len(left) != 1 || err != nil || !bytes.Equal(read(t, path), before) {
		t.Errorf("the file has other bytes, or is not alone: %v, %v", left, err)
	}
}

// A lock whose file goes when it is let go of is still nobody else's meanwhile, however many try for it.
func TestLockIsForOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.entente")
	var having, taken atomic.Int32
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for taken.Load() < 200 {
				f, err := takeLock(path)
				if err != nil {
					continue
				}
				if taken.Add(1); having.Add(1) != 1 {
					t.Error("two have it")
				}
				time.Sleep(100 * time.Microsecond) // for another that has opened the same file
				having.Add(-1)
				if err := unlock(f); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if left, err := os.ReadDir(filepath.Dir(path)); len(left) > 0 || err != nil {
		t.Errorf("it leaves %v, %v", left, err)
	}
}

// TestRefusesWhatIsDamaged changes a byte here and there, and cuts the file short. Either the store says that it is damaged, or
// nothing that it holds has changed.
func TestRefusesWhatIsDamaged(t *testing.T) {
	path := filled(t)
	whole := read(t, path)
	want, err := contentOf(t, path)
	if err != nil {
		t.Fatal(err)
	}
	refused, found := 0, 0
	try := func(what string, at int, b []byte) {
		t.Helper()
		overwrite(t, path, b)
		os.Remove(path + "-wal")
		s, err := Open(t.Context(), path)
		if err != nil {
			refused++
			if !bytes.Equal(read(t, path), b) {
				t.Errorf("%s at %d: the file that was refused has been changed", what, at)
			}
			return
		}
		got, err := recordsOf(t, s)
		s.Close()
		switch {
		case err != nil:
			found++
			if kg.CodeOf(err) != kg.Internal || !strings.Contains(err.Error(), "is damaged") {
				t.Errorf("%s at %d: Records = %v, want that it is damaged", what, at, err)
			}
		case !slices.Equal(got, want):
			t.Errorf("%s at %d: it answers, and otherwise than before", what, at)
		}
	}
	step := 251
	if raced {
		step = 2503
	}
	for at := 0; at < len(whole); at += step {
		b := slices.Clone(whole)
		b[at] ^= 0x41
		try("a byte changed", at, b)
	}
	for at := 100; at < len(whole); at += 4099 {
		try("cut", at, whole[:at])
	}
	if refused == 0 || found == 0 {
		t.Errorf("%d were refused, and in %d the fault was found by reading: want some of each", refused, found)
	}
}

// contentOf opens a store and gives all that it holds.
func contentOf(t *testing.T, path string) ([]string, error) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return recordsOf(t, s)
}

func recordsOf(t *testing.T, s kg.Store) ([]string, error) {
	t.Helper()
	var records []string
	err := s.Records(t.Context(), func(r kg.Record) error {
		b, err := json.Marshal(r)
		records = append(records, string(b))
		return err
	})
	return records, err
}
