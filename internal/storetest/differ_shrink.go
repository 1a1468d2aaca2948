package storetest

import (
	"context"
	"slices"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// mostTries bounds how often a story is told again to make it shorter, as an engine may be slow to open.
const mostTries = 2000

// shrink leaves out of a story, again and again, one thing without which the engines still differ.
func (s story) shrink(ctx context.Context, open func() kg.Store, d *difference) (story, *difference) {
	s = s[:d.step+1]
	for tries := 0; ; {
		smaller := false
		for candidate := range s.smaller {
			if tries++; tries > mostTries {
				return s, d
			}
			if found := candidate.differs(ctx, open); found != nil {
				s, d, smaller = candidate[:found.step+1], found, true
				break
			}
		}
		if !smaller {
			return s, d
		}
	}
}

// smaller gives stories that lack one thing: a step, else a record of a batch, or a part of a question.
func (s story) smaller(yield func(story) bool) {
	for i := range s {
		if !yield(slices.Delete(slices.Clone(s), i, i+1)) {
			return
		}
	}
	for i := range s {
		for simpler := range s[i].simpler {
			shorter := slices.Clone(s)
			shorter[i] = simpler
			if !yield(shorter) {
				return
			}
		}
	}
}

// simpler gives steps that lack one thing.
func (s step) simpler(yield func(step) bool) {
	switch {
	case s.batch != nil:
		for b := range without(s.batch) {
			if !yield(step{batch: b}) {
				return
			}
		}
	case s.query != nil:
		for q := range simplerQueries(s.query) {
			if !yield(step{query: q}) {
				return
			}
		}
	}
}

// without gives batches that lack one record.
func without(b *kg.Batch) func(yield func(*kg.Batch) bool) {
	return func(yield func(*kg.Batch) bool) {
		records := len(b.Sources) + len(b.Entities) + len(b.Aliases) + len(b.Facts) + len(b.Retract)
		for skip := range records {
			c, at := &kg.Batch{At: b.At, Changes: b.Changes}, 0
			c.Sources = lacking(b.Sources, skip, &at)
			c.Entities = lacking(b.Entities, skip, &at)
			c.Aliases = lacking(b.Aliases, skip, &at)
			c.Facts = lacking(b.Facts, skip, &at)
			c.Retract = lacking(b.Retract, skip, &at)
			if !yield(c) {
				return
			}
		}
	}
}

// lacking gives a list without the record that is to be left out, if that is in it; at counts the records gone through.
func lacking[T any](list []T, skip int, at *int) []T {
	i := skip - *at
	*at += len(list)
	if i < 0 || i >= len(list) {
		return list
	}
	return slices.Delete(slices.Clone(list), i, i+1)
}

// simplerQueries gives questions that lack one part.
func simplerQueries(of *kg.Query) func(yield func(*kg.Query) bool) {
	return func(yield func(*kg.Query) bool) {
		follows := of.Select != nil && len(of.Select.Follow) > 1
		for _, part := range []struct {
			there bool
			leave func(q *kg.Query)
		}{
			{of.AsOf != nil, func(q *kg.Query) { q.AsOf = nil }},
			{!of.KnownAt.IsZero(), func(q *kg.Query) { q.KnownAt = time.Time{} }},
			{of.Where != nil, func(q *kg.Query) { q.Where = nil }},
			{of.Select != nil, func(q *kg.Query) { q.Select = nil }},
			{follows, func(q *kg.Query) { q.Select = &kg.Select{Follow: q.Select.Follow[1:]} }},
			{follows, func(q *kg.Query) { q.Select = &kg.Select{Follow: q.Select.Follow[:1]} }},
			{of.Facets != nil, func(q *kg.Query) { q.Facets = nil }},
			{of.Total, func(q *kg.Query) { q.Total = false }},
			{of.First >= 0, func(q *kg.Query) { q.First = -1 }},
			{of.Walk == nil && of.Order != nil, func(q *kg.Query) { q.Order = nil }},
			{len(of.IDs) > 1, func(q *kg.Query) { q.IDs = q.IDs[1:] }},
			{len(of.IDs) > 1, func(q *kg.Query) { q.IDs = q.IDs[:1] }},
		} {
			if q := *of; part.there {
				part.leave(&q)
				if !yield(&q) {
					return
				}
			}
		}
	}
}
