package sqlitestore

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// openEmpty opens an empty store in a file of its own.
func openEmpty(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "graph.entente"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) kg.Store { return openEmpty(t) })
}

// TestDiffer compares with the reference engine: a store that stays open, and one that is closed and opened again before each
// batch and after it. Longer runs are for ENTENTE_STORIES, from the seed in ENTENTE_SEED on.
func TestDiffer(t *testing.T) {
	t.Run("open", func(t *testing.T) {
		defer func(n int) { hubFacts = n }(hubFacts)
		hubFacts = 3 // which graphs of the size have
		storetest.Differ(t, func(t *testing.T) kg.Store { return openEmpty(t) }, stories(t, 60, 40))
	})
	t.Run("opened again", func(t *testing.T) {
		storetest.Differ(t, func(t *testing.T) kg.Store { return &restarting{Store: openEmpty(t)} }, stories(t, 30, 40))
	})
}

// restarting is a store that does not last from one batch to the next.
type restarting struct{ *Store }

func (s *restarting) Apply(ctx context.Context, b *kg.Batch) error {
	if err := s.again(ctx); err != nil {
		return err
	}
	if err := s.Store.Apply(ctx, b); err != nil {
		return err
	}
	return s.again(ctx)
}

func (s *restarting) again(ctx context.Context) error {
	if err := s.Close(); err != nil {
		return err
	}
	next, err := Open(ctx, s.path)
	if err == nil {
		s.Store = next
	}
	return err
}

// stories says which stories the comparison tells.
func stories(t *testing.T, count, steps int) storetest.Stories {
	number := func(name string, otherwise int) int {
		text := os.Getenv(name)
		if text == "" {
			return otherwise
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("%s is %q: write a number", name, text)
		}
		return n
	}
	if raced {
		count /= 5
	}
	return storetest.Stories{Seed: uint64(number("ENTENTE_SEED", 1)), Count: number("ENTENTE_STORIES", count), Steps: steps}
}
