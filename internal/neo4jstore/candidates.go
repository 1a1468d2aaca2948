package neo4jstore

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/ententegraph/entente/internal/kg"
)

// Candidates proposes the entities whose folded names or description hold a text. A TEXT index finds them by their trigrams; a
// single character is in most of them, so that those are gone through by id until there are enough.
func (s *Store) Candidates(ctx context.Context, text string, kinds kg.KindSet, limit int) (ids []kg.ID, err error) {
	text = kg.Fold(text)
	if text == "" {
		return nil, nil
	}
	st, err := compileCandidates(text, kinds, limit)
	if err != nil {
		return nil, err
	}
	values, err := s.query(ctx, st.text, st.params)
	if err != nil {
		return nil, err
	}
	for _, id := range values[0].([]any) {
		ids = append(ids, kg.ID(id.(string)))
	}
	return ids, nil
}

func compileCandidates(text string, kinds kg.KindSet, limit int) (st *statement, err error) {
	defer caught(&err)
	c := newCompiler(nil, endOfTime, 0)
	n := node{name: "n", class: anEntity, kinds: kg.Entities}
	of := "true"
	if kinds != 0 {
		of = c.is(n, kinds)
	}
	p, most := c.param(text), c.param(int64(limit))
	find := fmt.Sprintf("MATCH (n:Entity) USING INDEX n:Entity(folded) WHERE n.folded CONTAINS %s AND %s RETURN n", p, of)
	if utf8.RuneCountInString(text) == 1 {
		find = fmt.Sprintf("MATCH (n:Entity) USING INDEX n:Entity(id) WHERE n.id > '' AND n.folded CONTAINS %s AND %s RETURN n ORDER BY n.id LIMIT %s", p, of, most)
	}
	return &statement{text: fmt.Sprintf("RETURN COLLECT { CALL () { %[1]s UNION MATCH (n:LongText) WHERE n.folded_long CONTAINS %[2]s AND %[3]s RETURN n } WITH n ORDER BY n.id LIMIT %[4]s RETURN n.id } AS ids",
		find, p, of, most), params: c.params}, nil
}
