package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Stories says which stories [Differ] tells.
type Stories struct {
	Seed  uint64 // of the first; each has a seed of its own, one more than the story before
	Count int
	Steps int // of each story
}

// Differ tells an engine stories made up by chance, each a history of batches with questions in between, and tells the
// reference engine the same. Where they give different answers it fails, with the seed, and with the shortest story that it
// has found to make them differ. open gives an empty store, many times; Differ closes it.
//
// The suite of [Run] says what is right, in cases that a reader can judge. Differ finds what nobody thought of.
func Differ(t *testing.T, open func(t *testing.T) kg.Store, of Stories) {
	t.Helper()
	engine := func() kg.Store { return open(t) }
	for seed := of.Seed; seed < of.Seed+uint64(of.Count); seed++ {
		s := tell(seed, of.Steps)
		d := s.differs(t.Context(), engine)
		if d == nil {
			continue
		}
		s, d = s.shrink(t.Context(), engine, d)
		t.Fatalf("the story of seed %d, told again by Stories{Seed: %d, Count: 1, Steps: %d}, ends in different answers; what it comes down to:\n%s\n%s",
			seed, seed, of.Steps, s, d)
	}
}

// story is a history of an engine. It may be cut anywhere: what names something that is not there is left out as it is told.
type story []step

// step is a batch to be applied, or a question. Exactly one of the pointers is set.
type step struct {
	batch     *kg.Batch
	query     *kg.Query
	search    *search
	expansion *kg.Expansion
}

// search is a question for candidates.
type search struct {
	text  string
	in    kg.SearchIn
	kinds kg.KindSet
	where kg.Filter
	limit int
}

// tell makes up the story of a seed.
func tell(seed uint64, steps int) story {
	c := &chance{Rand: rand.New(rand.NewPCG(seed, uint64(steps)))}
	s := make(story, steps)
	s[0].batch = c.founding()
	for i := 1; i < steps; i++ {
		switch n := c.IntN(20); {
		case n < 6:
			s[i].batch = c.batch()
		case n < 17:
			s[i].query = c.query()
		case n < 19:
			s[i].search = c.search()
		default:
			fact := c.filter(c.kind(kg.Facts), 1)
			s[i].expansion = &kg.Expansion{
				IDs: distinctIDs(several(c, 4, func() kg.ID { return c.entity(kg.Entities) })), Fact: fact, States: kg.StatesOf(fact),
				AsOf: c.day(), KnownAt: one(c, time.Time{}, c.moment()), Budget: one(c, 3, 1000),
				Steps: one(c, false, true), Without: one(c, 0, kg.PartEvidence),
			}
		}
	}
	return s
}

func (s *search) asked() *kg.Search {
	return &kg.Search{Sought: kg.Seek(s.text, s.in), Kinds: s.kinds, Where: s.where, Today: today, Limit: s.limit, Quotes: s.limit}
}

func distinctIDs(ids []kg.ID) []kg.ID {
	var once []kg.ID
	met := map[kg.ID]bool{}
	for _, id := range ids {
		if !met[id] {
			met[id] = true
			once = append(once, id)
		}
	}
	return once
}

// difference is the first step of a story at which two engines differ.
type difference struct {
	step      int
	got, want string
}

// String shows the lines in which the answers differ, without those that are equal before and after them.
func (d *difference) String() string {
	got, want := strings.SplitAfter(d.got, "\n"), strings.SplitAfter(d.want, "\n")
	before := 0
	for before < min(len(got), len(want)) && got[before] == want[before] {
		before++
	}
	got, want = got[before:], want[before:]
	for len(got) > 0 && len(want) > 0 && got[len(got)-1] == want[len(want)-1] {
		got, want = got[:len(got)-1], want[:len(want)-1]
	}
	return fmt.Sprintf("of which step %d gave, from line %d of its answer on,\n%swanted\n%s",
		d.step+1, before+1, strings.Join(got, ""), strings.Join(want, ""))
}

// differs tells the story to an engine and to the reference engine; nil where both say the same.
func (s story) differs(ctx context.Context, open func() kg.Store) *difference {
	engine, reference := Sparse(open()), Sparse(Reference())
	defer engine.Close()
	defer reference.Close()
	there := known{}
	for i, step := range s {
		if step.batch != nil {
			step.batch = there.settle(step.batch)
		}
		got, want := step.answer(ctx, engine), step.answer(ctx, reference)
		if got != want {
			return &difference{i, got, want}
		}
	}
	return nil
}

// answer takes a step and writes what came of it.
func (s step) answer(ctx context.Context, store kg.Store) string {
	var d dump
	var err error
	switch {
	case s.batch != nil:
		err = store.Apply(ctx, copyBatch(s.batch))
	case s.query != nil:
		err = d.pages(ctx, store, s.query)
	case s.search != nil:
		var found *kg.Candidates
		if found, err = store.Candidates(ctx, s.search.asked()); err == nil {
			d.line("%v", found.Entities)
			for _, f := range found.Facts {
				d.line("%v", f)
			}
		}
	default:
		var x *kg.Expanded
		if x, err = store.Expand(ctx, s.expansion); err == nil {
			err = factsOfSteps(x, s.expansion.IDs)
		}
		if err == nil {
			d.line("exceeded %t, degrees %v", x.Exceeded, x.Degrees)
			for i := range x.Facts {
				d.line("of %s", s.expansion.IDs[i])
				slices.SortFunc(x.Facts[i], func(a, b *kg.Fact) int { return strings.Compare(string(a.ID), string(b.ID)) })
				for _, f := range x.Facts[i] {
					f = tidyFact(f)
					if s.expansion.Without&kg.PartEvidence != 0 {
						f.Evidence = nil
					}
					d.line("%s", asText(f))
				}
			}
		}
	}
	if err != nil {
		return fmt.Sprintf("an error of code %s: %v\n", kg.CodeOf(err), err)
	}
	return d.String()
}

// pages reads what a query asks, and the next pages as long as there are any, up to three.
func (d *dump) pages(ctx context.Context, store kg.Store, q *kg.Query) error {
	next := *q
	for range 3 {
		p, err := store.Read(ctx, &next)
		if err != nil {
			return err
		}
		_, compared := q.Walk.(kg.Comparing)
		d.page(p, q.Total && !compared, true, q.Select)
		if q.Walk != nil {
			d.walk(p, q)
		}
		if !p.More || len(p.Rows) == 0 {
			return nil
		}
		next.After = cursorAt(&p.Rows[len(p.Rows)-1], q.Order)
	}
	return nil
}
