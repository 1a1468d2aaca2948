package storetest

import (
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// A store keeps nothing that its caller could still change, so whatever comes in is copied, down to the last slice.

func copySource(s *kg.Source) *kg.Source {
	c := *s
	c.BasedOn = copyPointer(s.BasedOn)
	return &c
}

func copyEntity(e *kg.Entity) *kg.Entity {
	c := *e
	c.Names = slices.Clone(e.Names)
	c.Others = slices.Clone(e.Others)
	c.Location = copyPointer(e.Location)
	c.Values = copyValues(e.Values)
	c.Evidence = slices.Clone(e.Evidence)
	return &c
}

func copyAssertion(a kg.Assertion) kg.Assertion {
	a.Values = copyValues(a.Values)
	a.Evidence = slices.Clone(a.Evidence)
	return a
}

// copyHistory copies as much of a history as adding to it changes.
func copyHistory(h *kg.History) *kg.History {
	c := *h
	c.Assertions = slices.Clone(h.Assertions)
	c.Retractions = slices.Clone(h.Retractions)
	return &c
}

func copyValues(values []kg.Value) []kg.Value {
	c := slices.Clone(values)
	for i, v := range c {
		if ids, ok := v.([]kg.ID); ok {
			c[i] = slices.Clone(ids)
		}
	}
	return c
}

func copyPointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}
