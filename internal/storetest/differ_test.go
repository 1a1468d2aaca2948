package storetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// The reference engine does not differ from itself, story after story.
func TestDifferOfReference(t *testing.T) {
	Differ(t, func(*testing.T) kg.Store { return Reference() }, Stories{Seed: 1, Count: 40, Steps: 60})
}

// spoiled is an engine with a fault.
type spoiled struct {
	kg.Store
	read  func(q *kg.Query)
	apply func(b *kg.Batch)
}

func (s spoiled) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	c := *q
	if s.read != nil {
		s.read(&c)
	}
	return s.Store.Read(ctx, &c)
}

func (s spoiled) Apply(ctx context.Context, b *kg.Batch) error {
	c := *b
	if s.apply != nil {
		s.apply(&c)
	}
	return s.Store.Apply(ctx, &c)
}

// Differ finds each of these faults, and comes down to a story of little more than it takes to see it.
func TestDifferFindsFaults(t *testing.T) {
	for _, c := range []struct {
		name    string
		fault   spoiled
		records int    // left of the story, at most
		says    string // what must be left of it
	}{
		{"forgets retractions", spoiled{apply: func(b *kg.Batch) { b.Retract = nil }}, 8, "retract"},
		{"loses aliases", spoiled{apply: func(b *kg.Batch) { b.Aliases = nil }}, 2, "alias"},
		{"asks of today", spoiled{read: func(q *kg.Query) { q.AsOf = nil }}, 5, "as of"},
		{"remembers nothing", spoiled{read: func(q *kg.Query) { q.KnownAt = time.Time{} }}, 4, "known at"},
		{"leaves an end open", spoiled{read: func(q *kg.Query) {
			if w, ok := q.Walk.(kg.Around); ok {
				w.PerNode++
				q.Walk = w
			}
		}}, 10, "Around"},
	} {
		t.Run(c.name, func(t *testing.T) {
			open := func() kg.Store {
				s := c.fault
				s.Store = Reference()
				return s
			}
			for seed := range uint64(300) {
				s := tell(seed, 40)
				d := s.differs(t.Context(), open)
				if d == nil {
					continue
				}
				s, d = s.shrink(t.Context(), open, d)
				records := 0
				for _, step := range s {
					if b := step.batch; b != nil {
						records += len(b.Sources) + len(b.Entities) + len(b.Aliases) + len(b.Facts) + len(b.Retract)
					}
				}
				if records > c.records || !strings.Contains(s.String(), c.says) {
					t.Errorf("the story of seed %d came down to %d records, want at most %d, and %q:\n%s%s", seed, records, c.records, c.says, s, d)
				}
				if again := s.differs(t.Context(), open); again == nil || *again != *d {
					t.Errorf("told again, the story ended in %v, want %v", again, d)
				}
				return
			}
			t.Error("no story found the fault")
		})
	}
}
