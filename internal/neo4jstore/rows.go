package neo4jstore

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// code is an expression of a statement, and how its value is read.
type code[T any] struct {
	expr string
	read func(v any) T
}

// row writes a node with everything that is selected of it. lets are projections that must come before it in a WITH, since an
// expression that aggregates inside may stand only alone there.
func (c *compiler) row(n node, s *kg.Select) (lets []string, row code[kg.Row]) {
	var own code[kg.Row]
	switch n.class {
	case anEntity:
		own = c.entityRow(n, s)
	case aFact:
		of := s
		if s != nil && slices.ContainsFunc(s.Follow, func(f kg.Follow) bool { return onlyID(&f) }) {
			of = s.With(kg.PartEnds)
		}
		own = c.factRow(n, of)
	case aSource:
		own = c.sourceRow(n, s)
	}
	if s == nil {
		return nil, own
	}
	exprs := []string{own.expr}
	reads := make([]func(r *kg.Row, v any) kg.Page, len(s.Follow))
	at := make([]int, len(s.Follow)) // where the value of each stands; 0 for none
	for i := range s.Follow {
		f := &s.Follow[i]
		owners := n.kinds & f.Owners
		if owners == 0 {
			continue
		}
		owner := n
		owner.kinds = owners
		page := c.follow(owner, f, s)
		reads[i] = page.read
		if page.expr == "" {
			continue // it is in what the row holds anyway
		}
		x := c.variable("x")
		if owners != n.kinds {
			page.expr = "CASE WHEN " + c.is(n, owners) + " THEN " + page.expr + " END"
		}
		lets = append(lets, page.expr+" AS "+x)
		at[i] = len(exprs)
		exprs = append(exprs, x)
	}
	var degrees code[[]kg.Degree]
	counted := 0 // where the degrees stand; 0 for nowhere
	if s.Degrees && n.class == anEntity {
		degrees = c.degrees(n)
		x := c.variable("x")
		lets = append(lets, degrees.expr+" AS "+x)
		counted = len(exprs)
		exprs = append(exprs, x)
	}
	follow := s.Follow
	read := func(v any) kg.Row {
		list := v.([]any)
		row := own.read(list[0])
		if counted > 0 && row.Entity != nil {
			row.Degrees = degrees.read(list[counted])
		}
		row.Pages = make([]kg.Page, len(follow))
		for i, read := range reads {
			if read == nil || !follow[i].Owners.Has(row.Kind()) {
				continue
			}
			var value any
			if at[i] > 0 {
				value = list[at[i]]
			}
			row.Pages[i] = read(&row, value)
		}
		return row
	}
	return lets, code[kg.Row]{"[" + strings.Join(exprs, ", ") + "]", read}
}

// fields puts what is read of kinds' own fields among the columns of a row. values gives where the row keeps them.
func fields[T any](c *compiler, n node, sel *kg.Select, x *columns[T], values func(*T) (kg.Kind, []kg.Value)) {
	kinds := n.kinds.Kinds()
	read := map[kg.Kind][]int{} // the positions of those that are read, by kind
	var b strings.Builder
	for _, k := range kinds {
		var props []string
		for i, f := range k.Decl().Fields {
			if !sel.Reads(k, f) {
				continue
			}
			if len(kinds) == 1 {
				x.add(n.prop(f.Name), func(into *T, v any) {
					_, values := values(into)
					values[i] = readValue(f, v)
				})
				continue
			}
			props = append(props, n.prop(f.Name))
			read[k] = append(read[k], i)
		}
		if len(props) > 0 {
			b.WriteString(" WHEN " + c.is(n, kg.SetOf(k)) + " THEN [" + joined(props) + "]")
		}
	}
	if b.Len() == 0 {
		return
	}
	x.add("CASE"+b.String()+" END", func(into *T, v any) {
		k, values := values(into)
		for at, i := range read[k] {
			values[i] = readValue(k.Decl().Fields[i], v.([]any)[at])
		}
	})
}

// readValue turns what a property holds into the field's value.
func readValue(f *kg.Field, v any) kg.Value {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		switch f.Type {
		case kg.Dated:
			return readDate(v)
		case kg.Ref:
			return kg.ID(v)
		}
		return v
	case []any:
		ids := make([]kg.ID, len(v))
		for i := range v {
			ids[i] = kg.ID(v[i].(string))
		}
		return ids
	}
	return v // a number
}

func readDate(v any) kg.Date {
	s, _ := v.(string)
	if s == "" {
		return kg.Date{}
	}
	d, err := kg.ParseDate(s)
	if err != nil {
		panic(&compileError{kg.Errorf(kg.Internal, "the stored date %q can't be read: %w", s, err)})
	}
	return d
}

func readJSON(v any, into any) {
	s, _ := v.(string)
	if s == "" {
		return
	}
	if err := json.Unmarshal([]byte(s), into); err != nil {
		panic(&compileError{kg.Errorf(kg.Internal, "a stored property can't be read: %w", err)})
	}
}

func str(v any) string {
	s, _ := v.(string)
	return s
}
