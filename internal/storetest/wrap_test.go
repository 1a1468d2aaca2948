package storetest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// What wraps a store is a store.
func TestWrapped(t *testing.T) {
	t.Run("counting", func(t *testing.T) {
		storetest.Run(t, func(*testing.T) kg.Store { return storetest.Counting(storetest.Reference()) })
	})
	t.Run("faulty", func(t *testing.T) {
		storetest.Run(t, func(*testing.T) kg.Store { return storetest.Faulty(storetest.Reference()) })
	})
}

func TestCounting(t *testing.T) {
	s := storetest.Counting(storetest.Reference())
	for want := range 3 {
		for range want {
			if _, err := s.Read(t.Context(), &kg.Query{}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := s.Reads(); got != want {
			t.Errorf("Reads() after %d = %d", want, got)
		}
	}
}

func TestFaulty(t *testing.T) {
	broken := errors.New("broken")
	s := storetest.Faulty(storetest.Reference(), storetest.On("Read", storetest.Fail(broken)))
	if _, err := s.Read(t.Context(), &kg.Query{}); err != broken {
		t.Errorf("Read() = %v, want %v", err, broken)
	}
	if err := s.Apply(t.Context(), &kg.Batch{}); err != nil {
		t.Errorf("Apply() = %v, want nil, as only reading is broken", err)
	}

	release := make(chan struct{})
	for name, fault := range map[string]storetest.Fault{"slow": storetest.Slow(time.Hour), "blocked": storetest.Block(release)} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		if err := storetest.Faulty(storetest.Reference(), fault).Ping(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Ping() of a %s store = %v, want %v", name, err, context.DeadlineExceeded)
		}
		cancel()
	}
	close(release)
	s = storetest.Faulty(storetest.Reference(), storetest.Slow(time.Microsecond), storetest.Block(release))
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping() once the faults are over = %v, want nil", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close() = %v, want nil", err)
	}
}
