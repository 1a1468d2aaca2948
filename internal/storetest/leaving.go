package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
)

// Leaver is the context of a caller who goes away, when the store has looked for them so often. That puts the end into the midst
// of a walk, whatever time it takes.
type Leaver struct {
	context.Context
	stays int64
	asked atomic.Int64
	once  sync.Once
	gone  chan struct{}
	left  func()
}

// Leaving makes the context of a caller whom a store finds so many times, and not after that. left, if it is not nil, is called
// when they have gone.
func Leaving(ctx context.Context, stays int, left func()) *Leaver {
	return &Leaver{Context: ctx, stays: int64(stays), gone: make(chan struct{}), left: left}
}

// Asked says how often somebody looked whether the caller is still there.
func (l *Leaver) Asked() int { return int(l.asked.Load()) }

// Err implements context.Context.
func (l *Leaver) Err() error {
	if l.asked.Add(1) <= l.stays {
		return nil
	}
	l.once.Do(func() {
		close(l.gone)
		if l.left != nil {
			l.left()
		}
	})
	return context.Canceled
}

// Done implements context.Context.
func (l *Leaver) Done() <-chan struct{} {
	_ = l.Err()
	return l.gone
}

// LetsGo proves that an engine which answers in this process looks all the while whether its caller is still there, and does no
// more for one who has gone. It walks through a crowd of so many cities, which is enough if all walks take long in it.
func LetsGo(t *testing.T, open opener, cities int) {
	g := newFixture(t, open)
	g.crowd(cities)
	for name, walk := range LongWalks(cities) {
		t.Run(name, func(t *testing.T) {
			const forever = 1 << 40
			stays := Leaving(t.Context(), forever, nil)
			if err := walk(stays, g.store); err != nil {
				t.Fatalf("for a caller who stays = %v, want nil", err)
			}
			asked := stays.Asked()
			if asked < 6 {
				t.Errorf("it looked for its caller %d times in all, want all the while", asked)
			}
			for _, quarter := range []int{0, 1, 2, 3} {
				at := asked * quarter / 4
				leaves := Leaving(t.Context(), at, nil)
				if err := walk(leaves, g.store); !errors.Is(err, context.Canceled) || kg.CodeOf(err) != kg.Canceled {
					t.Errorf("for a caller who leaves after %d of %d looks = %v (%s), want %v", at, asked, err, kg.CodeOf(err), context.Canceled)
				}
				if more := leaves.Asked() - at; more > 4 {
					t.Errorf("it looked %d times more for a caller who had left after %d of %d looks, want the end", more, at, asked)
				}
			}
		})
	}
}

// Crowd fills an empty store with so many cities in two countries, each of which is the partner of each.
func Crowd(t *testing.T, s kg.Store, cities int) {
	g := &fixture{t: t, store: s, labels: map[kg.ID]string{}}
	g.source(paper, paperReliability)
	g.crowd(cities)
}

func cityOf(i int) kg.ID { return kg.ID(fmt.Sprintf("city:%02d", i)) }

func (g *fixture) crowd(cities int) {
	countries := ids("country:even", "country:odd")
	g.add(countries...)
	for i := range cities {
		g.add(cityOf(i))
		g.fact(fmt.Sprint("in ", i), kg.LocatedIn, cityOf(i), countries[i%2])
		for j := range i {
			g.fact(fmt.Sprint(i, " ", j), kg.PartnersWith, cityOf(i), cityOf(j), quote("they are partners in everything"))
		}
	}
	g.apply()
}

// LongQueries are questions that take long in a crowd of so many cities, by name. A store answers them by Read.
func LongQueries(cities int) map[string]kg.Query {
	partners := way(kg.Both, kg.PartnersWith)
	deep := all(kg.City)
	for range 2 {
		deep.List = list(kg.SetOf(kg.City), []option{follow(kg.Follow{Owners: kg.Entities, Relation: partners, List: deep.List})})
	}
	return map[string]kg.Query{
		"a deep answer": deep,
		"facets": all(kg.PartnersWith, first(1), total, counted(
			kg.Facet{By: "year", Field: kg.FieldSince, First: 10},
			kg.Facet{By: "kind", Field: kg.FieldID, Through: []kg.Relation{{Way: kg.EitherEnd}, partners}, Kinds: kg.Parties, First: 10})),
		"a neighbourhood":    walking(kg.Around{IDs: ids(cityOf(0)), Depth: 3, PerNode: 100, Limit: 500, States: kg.OnlyAccepted}),
		"links of countries": walking(kg.Linking{Places: kg.Country, By: []kg.Relation{partners}, States: kg.OnlyAccepted, First: 100}),
		"a comparison":       walking(kg.Comparing{IDs: manyCities(min(cities, 20)), Shared: -1, Only: -1}),
		"a timeline":         walking(kg.Happening{IDs: manyCities(cities), From: kg.MinDay, To: kg.MaxDay}, by(kg.MomentOrder...)),
		"a difference":       knownAt(late, walking(kg.Differing{From: early.AddDate(-1, 0, 0), To: late}, by(kg.DifferenceOrder...))),
	}
}

func manyCities(n int) []kg.ID {
	var out []kg.ID
	for i := range n {
		out = append(out, cityOf(i))
	}
	return out
}

// LongWalks are calls of a store that take long in a crowd of so many cities, by name: LongQueries, and those of the other methods that are a part
// of searches, paths and exports.
func LongWalks(cities int) map[string]func(context.Context, kg.Store) error {
	walks := map[string]func(context.Context, kg.Store) error{
		"a search in quotes": func(ctx context.Context, s kg.Store) error {
			_, err := s.Candidates(ctx, &kg.Search{Sought: kg.Seek("partners", kg.InQuotes), Today: today, Limit: 10, Quotes: 5000})
			return err
		},
		"a step of a search for paths": func(ctx context.Context, s kg.Store) error {
			_, err := s.Expand(ctx, &kg.Expansion{IDs: manyCities(cities), States: kg.OnlyAccepted, Budget: 1e6})
			return err
		},
		"an export": func(ctx context.Context, s kg.Store) error {
			return s.Records(ctx, func(kg.Record) error { return nil })
		},
	}
	for name, q := range LongQueries(cities) {
		walks[name] = func(ctx context.Context, s kg.Store) error {
			_, err := s.Read(ctx, &q)
			return err
		}
	}
	return walks
}
