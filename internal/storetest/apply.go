package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// testApply proves what becomes of a batch.
func testApply(t *testing.T, open opener) {
	t.Run("all or nothing", func(t *testing.T) { testApplyAllOrNothing(t, open) })
	t.Run("again", func(t *testing.T) { testApplyAgain(t, open) })
	t.Run("merges", func(t *testing.T) { testApplyMerges(t, open) })
	t.Run("any order", func(t *testing.T) { testApplyAnyOrder(t, open) })
	t.Run("entities in any order", func(t *testing.T) { testApplyEntityAnyOrder(t, open) })
	t.Run("keeps nothing of the caller's", func(t *testing.T) { testApplyCopies(t, open) })
	t.Run("seen whole", func(t *testing.T) { testApplySeenWhole(t, open) })
}

// testApplyAllOrNothing gives batches with something in them that can't be kept, each behind something that could.
func testApplyAllOrNothing(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("city:a", "country:k")
	kept := g.fact("kept", kg.LocatedIn, "city:a", "country:k")
	alone := g.fact("left alone", kg.LocatedIn, "city:a", "country:k", key("2"))
	g.apply()

	for name, spoil := range map[string]func(*fixture){
		"an end that is not there":   func(g *fixture) { g.fact("bad", kg.LocatedIn, "city:none", "country:k") },
		"another":                    func(g *fixture) { g.fact("bad", kg.LocatedIn, "city:a", "country:none") },
		"a source that is not there": func(g *fixture) { g.fact("bad", kg.LocatedIn, "city:a", "country:k", key("bad"), from("source:none")) },
		"an alias of nothing":        func(g *fixture) { g.batch.Aliases = []kg.AliasRecord{{Alias: "city:old", Of: "city:none"}} },
		"a retraction of nothing":    func(g *fixture) { g.retract("located_in:none", late) },
	} {
		t.Run(name, func(t *testing.T) {
			g := g.on(t)
			g.source("source:new", 0.5)
			g.source(paper, 0.1)
			g.add("city:new")
			g.entity("city:a", "renamed")
			g.batch.Aliases = []kg.AliasRecord{{Alias: "city:former", Of: "city:a"}}
			g.fact("new", kg.LocatedIn, "city:new", "country:k")
			g.fact("kept", kg.LocatedIn, "city:a", "country:k", since("2001"), recorded(later))
			g.retract(kept, late)
			g.retract(alone, late)
			spoil(g)
			batch := g.batch
			if err := g.store.Apply(t.Context(), &batch); kg.CodeOf(err) != kg.NotFound {
				t.Fatalf("Apply(%s) = %v, want a %s", describeBatch(&batch), err, kg.NotFound)
			}
			g.wantUntouched(kept, alone)
		})
	}
	t.Run("a caller who has given up", func(t *testing.T) {
		g := g.on(t)
		g.add("city:new")
		g.retract(kept, late)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := g.store.Apply(ctx, &g.batch); !errors.Is(err, context.Canceled) {
			t.Fatalf("Apply with a context that has ended = %v, want %v", err, context.Canceled)
		}
		g.wantUntouched(kept, alone)
	})
}

// wantUntouched proves that the store still holds what testApplyAllOrNothing began with, and nothing else.
func (g *fixture) wantUntouched(facts ...kg.ID) {
	g.t.Helper()
	g.want(allOf(kg.Entities, total), "city:a country:k of 2")
	g.want(all(kg.SourceKind), "source:paper")
	g.want(these(ids("city:old", "city:former")), "- -")
	if got := g.row(the("city:a")).Entity.Name(); got != "a" {
		g.t.Errorf("city:a is called %q, want %q as before", got, "a")
	}
	g.want(allOf(kg.Facts, states(kg.AnyState), total, first(0)), "… of 2")
	for _, id := range facts {
		for _, q := range []kg.Query{the(id), knownAt(late, the(id))} {
			f := g.row(q).Fact
			if f.Since.Known() || f.State != kg.Accepted || f.Confidence != paperReliability {
				g.t.Errorf("Read(%s)\ngave   %+v\nwanted it accepted, undated, %v sure as before", describe(&q), f, paperReliability)
			}
		}
	}
}

// testApplyAgain gives a batch twice, as an import that was cut short and begun anew does.
func testApplyAgain(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:a", "a", func(e *kg.Entity) {
		e.Names = append(e.Names, kg.Name{Value: "alias", Kind: kg.Alias})
		e.Evidence = []kg.Evidence{{Source: paper, Locator: "x:1", Confidence: 1, Method: "MANUAL", RecordedAt: early}}
	})
	g.add("country:k")
	id := g.fact("f", kg.LocatedIn, "city:a", "country:k", since("2001"))
	batch := copyBatch(&g.batch)
	g.apply()
	entity, fact := tidyEntity(g.row(the("city:a")).Entity), tidyFact(g.row(the(id)).Fact)
	records := recordTexts(g.records())

	for i := range batch.Facts {
		batch.Facts[i].RecordedAt = late // whenever it is said again, it says nothing new
	}
	g.batch = *batch
	g.apply()
	g.want(allOf(kg.Entities|kg.Facts|kg.SetOf(kg.SourceKind), total, first(0)), "… of 4")
	g.wantWhole(entity, tidyEntity(g.row(the("city:a")).Entity))
	g.wantWhole(fact, tidyFact(g.row(the(id)).Fact))
	if again := recordTexts(g.records()); !slices.Equal(again, records) {
		g.t.Errorf("what is recorded became\n%s\nwanted it to stay\n%s", strings.Join(again, "\n"), strings.Join(records, "\n"))
	}
}

// testApplyMerges tells of an entity in several records.
func testApplyMerges(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.entity("city:a", "Old", holding("population", 5), at(1, 2))
	first := copyEntity(g.batch.Entities[0])
	g.apply()
	g.entity("city:a", "New", func(e *kg.Entity) { e.Description = "d" })
	second := copyEntity(g.batch.Entities[0])
	g.entity("city:a", "Newest", holding("population", 6))
	third := copyEntity(g.batch.Entities[1])
	g.apply()

	g.wantWhole(tidyEntity(first.Merge(second).Merge(third)), tidyEntity(g.row(the("city:a")).Entity))
	newest := kg.Words{Field: kg.FieldName, Is: []string{kg.SortKey("newest")}}
	g.want(all(kg.City, where(newest)), "city:a")
	g.want(all(kg.City, where(kg.Words{Field: kg.FieldName, Is: []string{kg.SortKey("old")}})), "")
	g.want(all(kg.City, where(kg.Between{Field: own(kg.City, "population"), Max: pointer(5.0)})), "")
}

// testApplyAnyOrder tells of one fact in every order, and wants one answer.
func testApplyAnyOrder(t *testing.T, open opener) {
	tell := []func(g *fixture){
		func(g *fixture) { g.fact("f", kg.LocatedIn, "city:a", "country:k", since("2001"), said("one")) },
		func(g *fixture) {
			g.fact("f", kg.LocatedIn, "city:a", "country:k", since("2002"), said("two"), from("source:two"), recorded(later))
		},
		func(g *fixture) {
			g.fact("f", kg.LocatedIn, "city:a", "country:k", since("2003"), said("three"), from("source:three"), recorded(later))
		},
	}
	var want *kg.Fact
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		g := newFixture(t, open)
		g.source("source:two", paperReliability)
		g.source("source:three", paperReliability)
		g.add("city:a", "country:k")
		g.apply()
		for _, i := range order {
			tell[i](g)
			g.apply()
		}
		got := tidyFact(g.row(the(g.idOf("f"))).Fact)
		if want == nil {
			want = got
		}
		g.wantWhole(want, got)
	}
}

// testApplyEntityAnyOrder tells of one entity in every order, and each more than once, and wants one answer: that of what was recorded
// last, with its evidence first.
func testApplyEntityAnyOrder(t *testing.T, open opener) {
	rests := func(at time.Time, locator, field string) func(*kg.Entity) {
		return func(e *kg.Entity) {
			e.Evidence = append(e.Evidence, kg.Evidence{Source: paper, Locator: locator, Field: field, Confidence: 1, Method: "MANUAL", RecordedAt: at})
		}
	}
	tell := []func(g *fixture){
		func(g *fixture) {
			g.entity("city:a", "First", holding("population", 5), at(1, 2), rests(early, "x:1", ""))
		},
		func(g *fixture) {
			g.entity("city:a", "Second", holding("population", 6), rests(later, "x:2", "name"), rests(early, "x:3", "population"))
		},
		func(g *fixture) {
			g.entity("city:a", "Third", holding("population", 7), at(3, 4), rests(late, "x:4", ""))
		},
		func(g *fixture) { // what stood at the first place says something else now
			g.entity("city:a", "Fourth", holding("population", 8), at(5, 6), rests(late.AddDate(1, 0, 0), "x:1", ""))
		},
	}
	for _, order := range [][]int{{0, 1, 2, 3}, {0, 3, 2, 1}, {1, 0, 3, 2}, {1, 2, 3, 0}, {2, 3, 0, 1}, {3, 2, 1, 0}, {3, 0, 2, 1, 0, 1, 2, 0, 1}} {
		g := newFixture(t, open)
		for _, i := range order {
			tell[i](g)
			g.apply()
		}
		got := g.row(the("city:a")).Entity
		if got.Names[0].Value != "Fourth" || len(got.Names) != 4 || got.Key != kg.SortKey("Fourth") || got.Value(own(kg.City, "population")) != int64(8) || *got.Location != (kg.Point{Lat: 5, Lon: 6}) {
			t.Errorf("told in the order %v, it is %+v", order, got)
		}
		if newest := got.EvidenceFor("population"); newest[0].Locator != "x:1" || len(newest) != 3 || got.EvidenceFor("")[0].Locator != "x:1" || len(got.Evidence) != 4 {
			t.Errorf("told in the order %v, its population rests on %+v", order, newest)
		}
		g.want(all(kg.City, where(kg.Words{Field: kg.FieldName, Is: []string{kg.SortKey("fourth")}})), "city:a")
	}
}

// said sets where a fact's evidence stands.
func said(locator string) func(*kg.FactRecord) {
	return func(r *kg.FactRecord) { r.Evidence[0].Locator = locator }
}

// testApplyCopies changes a batch after it was applied, down to what its slices and pointers lead to.
func testApplyCopies(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.batch.Sources[0].BasedOn = &kg.Original{Title: "original"}
	g.entity("city:a", "a", at(1, 2), holding("population", 5), func(e *kg.Entity) {
		e.Others = []kg.Identifier{{Scheme: "OTHER", Value: "x"}}
		e.Evidence = []kg.Evidence{{Source: paper, Locator: "x:1", Confidence: 1, Method: "MANUAL", RecordedAt: early}}
	})
	g.add("city:b")
	id := g.fact("f", kg.PartnersWith, "city:a", "city:b", with("assertedBy", ids("city:a")))
	batch := g.batch
	g.apply()
	entity, fact, source := *copyEntity(g.row(the("city:a")).Entity), *copyFact(g.row(the(id)).Fact), *copySource(g.row(the(paper)).Source)

	s, e, f := batch.Sources[0], batch.Entities[0], &batch.Facts[0]
	s.Title, s.BasedOn.Title = "changed", "changed"
	e.Key, e.Names[0].Value, e.Others[0].Value, e.Location.Lat, e.Values[0], e.Evidence[0].Locator = "changed", "changed", "changed", 9, int64(9), "changed"
	f.Evidence[0].Locator, f.Since = "changed", date("1900")
	for _, v := range f.Values {
		if list, ok := v.([]kg.ID); ok {
			list[0] = "city:changed"
		}
	}
	f.Values[0] = "OTHER"
	batch.Entities[1], batch.Facts = nil, nil

	g.wantWhole(&entity, g.row(the("city:a")).Entity)
	g.wantWhole(&fact, g.row(the(id)).Fact)
	g.wantWhole(&fact, g.row(knownAt(late, the(id))).Fact)
	g.wantWhole(&source, g.row(the(paper)).Source)
}

func copyFact(f *kg.Fact) *kg.Fact {
	c := *f
	c.Values = copyValues(f.Values)
	c.Evidence = slices.Clone(f.Evidence)
	return &c
}

// testApplySeenWhole reads while batches of two cities and a fact between them are applied: no reader may see a part of one.
func testApplySeenWhole(t *testing.T, open opener) {
	g := newFixture(t, open)
	g.add("country:k")
	g.apply()

	const batches, readers = 20, 3
	var reading sync.WaitGroup
	done := make(chan struct{})
	defer reading.Wait()
	defer close(done)
	for range readers {
		reading.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				q := all(kg.City, follow(along(kg.Both, kg.PartnersWith, kg.Entities)))
				p, err := g.store.Read(context.Background(), &q)
				if err != nil {
					t.Errorf("Read(%s) while a batch is applied = %v, want no error", describe(&q), err)
					return
				}
				for i := range p.Rows {
					if n := len(p.Rows[i].Pages[0].Rows); n != 1 || len(p.Rows)%2 != 0 {
						t.Errorf("a reader saw %d cities, one of them with %d partners: a part of a batch", len(p.Rows), n)
						return
					}
				}
			}
		})
	}
	for i := range batches {
		a, b := kg.ID(fmt.Sprintf("city:%02da", i)), kg.ID(fmt.Sprintf("city:%02db", i))
		g.add(a, b)
		g.fact(fmt.Sprint(i), kg.PartnersWith, a, b)
		g.apply()
		g.want(all(kg.City, total, first(0)), fmt.Sprintf("… of %d", 2*i+2)) // what Apply returned from is seen
	}
}
