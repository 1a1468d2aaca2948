package kg

import "slices"

// A clone shares nothing that anybody could change with what it is of. What is asked to be kept is cloned, as its caller may go on
// with it.

// Clone copies a source.
func (s *Source) Clone() *Source {
	c := *s
	c.BasedOn = clonePointer(s.BasedOn)
	return &c
}

// Clone copies an entity.
func (e *Entity) Clone() *Entity {
	c := *e
	c.Names = slices.Clone(e.Names)
	c.Others = slices.Clone(e.Others)
	c.Location = clonePointer(e.Location)
	c.Values = cloneValues(e.Values)
	c.Evidence = slices.Clone(e.Evidence)
	return &c
}

// Clone copies an assertion.
func (a Assertion) Clone() Assertion {
	a.Values = cloneValues(a.Values)
	a.Evidence = slices.Clone(a.Evidence)
	return a
}

func cloneValues(values []Value) []Value {
	c := slices.Clone(values)
	for i, v := range c {
		if ids, ok := v.([]ID); ok {
			c[i] = slices.Clone(ids)
		}
	}
	return c
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// clone copies a record.
func (r Record) clone() Record {
	if r.Source != nil {
		r.Source = r.Source.Clone()
	}
	if r.Entity != nil {
		r.Entity = r.Entity.Clone()
		r.Changes = slices.Clone(r.Changes)
	}
	if r.Fact != nil {
		f := *r.Fact
		f.Assertion = f.Assertion.Clone()
		r.Fact = &f
	}
	r.Alias, r.Retract = clonePointer(r.Alias), clonePointer(r.Retract)
	return r
}
