package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// testLife proves how a store ends, how it lets go of callers who have given up, and what it leaves alone.
func testLife(t *testing.T, open opener) {
	t.Run("closed", func(t *testing.T) { testClosed(t, open) })
	t.Run("given up", func(t *testing.T) { testGivenUp(t, open) })
	t.Run("not for a store", func(t *testing.T) { testNotForStore(t, open) })
	t.Run("query unchanged", func(t *testing.T) { testQueryUnchanged(t, open) })
	t.Run("many readers", func(t *testing.T) { testManyReaders(t, open) })
}

// calls are the methods that may fail, each called in the plainest way.
var calls = map[string]func(ctx context.Context, s kg.Store) error{
	"Read": func(ctx context.Context, s kg.Store) error {
		q := all(kg.City)
		_, err := s.Read(ctx, &q)
		return err
	},
	"Candidates": func(ctx context.Context, s kg.Store) error {
		_, err := s.Candidates(ctx, &kg.Search{Sought: kg.Seek("a", 0), Limit: 10})
		return err
	},
	"Expand": func(ctx context.Context, s kg.Store) error {
		_, err := s.Expand(ctx, &kg.Expansion{IDs: ids("city:a"), States: kg.OnlyAccepted, Budget: 10})
		return err
	},
	"Apply": func(ctx context.Context, s kg.Store) error { return s.Apply(ctx, &kg.Batch{}) },
	"Records": func(ctx context.Context, s kg.Store) error {
		return s.Records(ctx, func(kg.Record) error { return nil })
	},
	"Ping": func(ctx context.Context, s kg.Store) error { return s.Ping(ctx) },
}

func testClosed(t *testing.T, open opener) {
	s := open(t)
	for name, call := range calls {
		if err := call(t.Context(), s); err != nil {
			t.Errorf("%s of an open store = %v, want nil", name, err)
		}
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("Close() = %v, want nil, the second time too", err)
		}
	}
	for name, call := range calls {
		if err := call(t.Context(), s); kg.CodeOf(err) != kg.Unavailable {
			t.Errorf("%s after Close = %v, want %s", name, err, kg.Unavailable)
		}
	}
}

func testGivenUp(t *testing.T, open opener) {
	g := newFixture(t, open)
	// Everyone is everyone's partner, so that a deep question has no end.
	const crowd = 40
	for i := range crowd {
		g.add(kg.ID(fmt.Sprintf("city:%02d", i)))
		for j := range i {
			g.fact(fmt.Sprint(i, j), kg.PartnersWith, kg.ID(fmt.Sprintf("city:%02d", i)), kg.ID(fmt.Sprintf("city:%02d", j)))
		}
	}
	g.apply()

	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	for name, call := range calls {
		if err := call(canceled, g.store); !errors.Is(err, context.Canceled) || kg.CodeOf(err) != kg.Canceled {
			t.Errorf("%s for a caller who has given up = %v (%s), want %v (%s)", name, err, kg.CodeOf(err), context.Canceled, kg.Canceled)
		}
		if err := call(expired, g.store); !errors.Is(err, context.DeadlineExceeded) || kg.CodeOf(err) != kg.Unavailable {
			t.Errorf("%s past its deadline = %v (%s), want %v (%s)", name, err, kg.CodeOf(err), context.DeadlineExceeded, kg.Unavailable)
		}
	}

	deep := all(kg.City)
	var fits kg.Filter = kg.IDIn{}
	for range 6 {
		deep.List = list(kg.SetOf(kg.City), []option{follow(kg.Follow{Owners: kg.Entities, Relation: way(kg.Both, kg.PartnersWith), List: deep.List})})
		fits = some(way(kg.Both, kg.PartnersWith), 0, fits)
	}
	for name, q := range map[string]kg.Query{"a deep answer": deep, "a deep filter": all(kg.City, where(fits))} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
			defer cancel()
			began := time.Now()
			_, err := g.store.Read(ctx, &q)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("Read ended %v after its caller gave up, want it soon", took)
			}
			if err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Read past its deadline = %v, want %v", err, context.DeadlineExceeded)
			}
		})
	}
}

// testNotForStore asks what the Catalog answers, which never reaches a store.
func testNotForStore(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b")
	g.apply()
	for _, w := range []kg.Walk{kg.Finding{Text: "a"}, kg.Connecting{From: "city:a", To: "city:b", MaxHops: 1, First: 1}} {
		q := walking(w)
		if p, err := g.store.Read(t.Context(), &q); kg.CodeOf(err) != kg.Internal {
			t.Errorf("Read(%s) = %v, %v, want %s", describe(&q), p, err, kg.Internal)
		}
	}
}

// testQueryUnchanged reads with a query that has something of everything, and compares it with its like.
func testQueryUnchanged(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:b", "city:a")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b")
	g.apply()

	build := func() kg.Query {
		partners := along(kg.Both, kg.PartnersWith, kg.Entities, by(desc(kg.FieldName), ofFact(asc(kg.FieldSince))), first(1), total,
			where(kg.Or{kg.IDIn{"city:b", "city:a"}, kg.KindIn{Kinds: kg.Parties}}))
		return knownAt(late, asOf("2020-01-01", these(ids("city:b", "city:a"), follow(partners), counted(kg.Facet{Field: kg.FieldID, First: 1}),
			where(kg.Words{Field: kg.FieldName, Is: []string{"b", "a"}}))))
	}
	q := build()
	g.read(q)
	if want := build(); !reflect.DeepEqual(q, want) {
		t.Errorf("Read changed its query to\n%+v\nwanted\n%+v", q, want)
	}
}

// testManyReaders reads from several goroutines at once, which is of use under the race detector.
func testManyReaders(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "city:b", "country:k")
	g.fact("ab", kg.PartnersWith, "city:a", "city:b")
	g.fact("ak", kg.LocatedIn, "city:a", "country:k")
	g.apply()

	var reading sync.WaitGroup
	for range 8 {
		reading.Go(func() {
			for range 20 {
				q := knownAt(late, all(kg.City, by(asc(kg.FieldName)), follow(along(kg.Both, kg.PartnersWith, kg.Entities))))
				p, err := g.store.Read(context.Background(), &q)
				if err != nil || g.text(p, &q.List) != "city:a{city:b(ab)} city:b{city:a(ab)}" {
					t.Errorf("Read(%s) among others = %v, %v", describe(&q), p, err)
					return
				}
			}
		})
	}
	reading.Wait()
}
