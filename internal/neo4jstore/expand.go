package neo4jstore

import (
	"context"
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// Expand gives the facts around some entities by one statement, which adds up their degrees before it looks at any.
func (s *Store) Expand(ctx context.Context, x *kg.Expansion) (*kg.Expanded, error) {
	st, read, err := compileExpansion(x)
	if err != nil {
		return nil, err
	}
	values, err := s.query(ctx, st.text, st.params)
	if err != nil {
		return nil, err
	}
	return read(values)
}

func compileExpansion(x *kg.Expansion) (st *statement, read func([]any) (*kg.Expanded, error), err error) {
	defer caught(&err)
	c := newCompiler(x.AsOf, x.KnownAt, 0)
	ids, f := c.param(texts(x.IDs)), c.fact(0)
	row := c.factRow(f, &kg.Select{Without: x.Without})
	cond := where(append(c.shown(f, x.States), c.predicate(f, x.Fact))...)
	text := fmt.Sprintf("UNWIND range(0, size(%[1]s) - 1) AS i MATCH (n:Entity {id: %[1]s[i]}) WITH i, n, %[2]s AS degree"+
		" WITH collect(i) AS at, collect(n) AS ns, collect(degree) AS degrees, sum(degree) AS total"+
		" RETURN at, degrees, total, CASE WHEN total <= %[3]s THEN COLLECT { UNWIND range(0, size(ns) - 1) AS j WITH at[j] AS i, ns[j] AS n MATCH (n)-[%[4]s:%[5]s]-()%[6]s RETURN [i, %[7]s] } END AS facts",
		ids, degree("n"), c.param(int64(x.Budget)), f.name, c.types(f.kinds, x.States), cond, row.expr)
	return &statement{text: text, params: c.params}, func(values []any) (e *kg.Expanded, err error) {
		defer caught(&err)
		if values[2].(int64) > int64(x.Budget) {
			return &kg.Expanded{Exceeded: true}, nil
		}
		e = &kg.Expanded{Facts: make([][]*kg.Fact, len(x.IDs)), Degrees: make([]int, len(x.IDs))}
		degrees := values[1].([]any)
		for j, at := range values[0].([]any) {
			e.Degrees[at.(int64)] = int(degrees[j].(int64))
		}
		for _, v := range values[3].([]any) {
			pair := v.([]any)
			i := pair[0].(int64)
			e.Facts[i] = append(e.Facts[i], row.read(pair[1]).Fact)
		}
		return e, nil
	}, nil
}
