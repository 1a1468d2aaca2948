package server

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// setsAtPlace is how many selection sets full of one field may meet at one place of
// the answer. Fields that share a place are what validation compares pairwise,
// wherever they are written: a{b b} a{b b} has four at a.b.
const setsAtPlace = 3

// place is one place of the answer, as "entity.partners.edges" is: how often
// the document selects it, and the places below.
type place struct {
	times   int
	spreads int // of named fragments
	below   map[string]*place
}

func (p *place) at(key string) *place {
	if p.below == nil {
		p.below = map[string]*place{}
	}
	child := p.below[key]
	if child == nil {
		child = &place{}
		p.below[key] = child
	}
	return child
}

// situation is what the walk knows of where it stands.
type situation struct {
	seen          map[string]int // how often, in this selection set with its fragments
	depth         int
	introspection bool // below __schema or __type, where depth starts again
	lists         int  // of types and members passed there
	inline        int  // fragments passed since the last field or named fragment
}

// shape expands the operations, and then each fragment on its own, because
// validation walks both. It needs no memory of what a fragment comes to: each of
// the two stops at Limits.Fields, so what is expanded is small or refused.
func (m *measure) shape(doc *ast.QueryDocument) *gqlerror.Error {
	m.open = map[string]bool{}
	m.fragments = make(map[string]*ast.FragmentDefinition, len(doc.Fragments))
	for _, fragment := range doc.Fragments {
		if m.fragments[fragment.Name] != nil {
			return invalid(fragment.Position, "There can be only one fragment named %q.", fragment.Name)
		}
		m.fragments[fragment.Name] = fragment
	}
	for _, operation := range doc.Operations {
		m.introspections = 0
		if err := m.expand(operation.SelectionSet, &place{}, situation{seen: map[string]int{}}); err != nil {
			return err
		}
	}
	m.fields = 0
	for _, fragment := range doc.Fragments {
		m.introspections = 0
		if err := m.fragment(fragment.Name, fragment.Position, &place{}, situation{seen: map[string]int{}}); err != nil {
			return err
		}
	}
	return nil
}

func (m *measure) expand(set ast.SelectionSet, here *place, s situation) *gqlerror.Error {
	if s.inline > m.limits.Depth { // validation compares the same fields again in each of them
		return refuse(codeQueryTooDeep, m.limits.Depth, set[0].GetPosition(),
			"The query nests more than %d inline fragments in each other with no field between; merge some.")
	}
	for _, selection := range set {
		m.work++
		if m.fields++; m.fields > m.limits.Fields {
			return refuse(codeTooManyFields, m.limits.Fields, selection.GetPosition(),
				"The query comes to more than %d fields, those of a fragment counted wherever it is used; ask for less, or in several queries.")
		}
		var err *gqlerror.Error
		switch selection := selection.(type) {
		case *ast.Field:
			err = m.field(selection, here, s)
		case *ast.InlineFragment:
			inside := s
			inside.inline++
			err = m.expand(selection.SelectionSet, here, inside)
		case *ast.FragmentSpread:
			if here.spreads++; here.spreads > m.limits.Fragments {
				return refuse(codeTooManyFragments, m.limits.Fragments, selection.Position,
					"The query uses more than %d fragments at one place of the answer; merge some.")
			}
			err = m.fragment(selection.Name, selection.Position, here, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *measure) field(field *ast.Field, here *place, s situation) *gqlerror.Error {
	key := field.Alias // the parser puts the name there if there is no alias
	if s.seen[key]++; s.seen[key] > m.limits.Repeats {
		return refuse(codeTooManyRepeats, m.limits.Repeats, field.Position,
			"The query selects one field more than %d times at one place; select it once.")
	}
	here = here.at(key)
	if here.times++; here.times > setsAtPlace*m.limits.Repeats {
		return refuse(codeTooManyRepeats, setsAtPlace*m.limits.Repeats, field.Position,
			"The query selects one field of the answer more than %d times, through fields above it that repeat; select those once.")
	}
	switch field.Name {
	case "__schema", "__type":
		if m.introspections++; m.introspections > m.limits.Introspections {
			return refuse(codeTooManyIntrospections, m.limits.Introspections, field.Position,
				"An operation asks for __schema or __type more than %d times; one __schema holds all types.")
		}
		s = situation{introspection: true}
	case "types", "fields", "inputFields", "interfaces", "possibleTypes":
		if s.introspection {
			s.lists++
		}
	}
	s.depth++
	s.seen, s.inline = map[string]int{}, 0
	switch {
	case s.introspection && s.lists > introspectionLists:
		return refuse(codeIntrospectionTooDeep, introspectionLists, field.Position,
			"The introspection nests lists of types and fields more than %d deep; ask for each type by __type(name:).")
	case s.introspection && s.depth > m.limits.IntrospectionDepth:
		return refuse(codeIntrospectionTooDeep, m.limits.IntrospectionDepth, field.Position,
			"The introspection nests more than %d fields deep; ask for less depth.")
	case !s.introspection && s.depth > m.limits.Depth:
		return refuse(codeQueryTooDeep, m.limits.Depth, field.Position,
			"The query nests more than %d fields deep; ask for less depth, and start again from the ids that it brings.")
	}
	return m.expand(field.SelectionSet, here, s)
}

// fragment expands a fragment where it is used. An unknown or circular one is
// refused in the words of validation: there, many unknown ones are dear, and here
// a circle would run on to some limit and be given a misleading reason.
func (m *measure) fragment(name string, from *ast.Position, here *place, s situation) *gqlerror.Error {
	fragment := m.fragments[name]
	if fragment == nil {
		return invalid(from, "Unknown fragment %q.", name)
	}
	if m.open[name] {
		return invalid(from, "Cannot spread fragment %q within itself.", name)
	}
	m.open[name] = true
	defer delete(m.open, name)
	s.inline = 0
	return m.expand(fragment.SelectionSet, here, s)
}

// invalid is an error in the words and under the code of validation.
func invalid(at *ast.Position, format string, name string) *gqlerror.Error {
	err := gqlerror.ErrorPosf(at, "%s", fmt.Sprintf(format, name))
	errcode.Set(err, errcode.ValidationFailed)
	return err
}
