package neo4jstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// Candidates proposes entities by the full-text index of their grams. A range from a gram to itself scores its boost, and no
// more or less for being rare, so that the score of an entity is what it holds: exact, as a float, far beyond all weights. Each
// word is a query of its own, which asks for something of the other words too, without counting it.
func (s *Store) Candidates(ctx context.Context, sought *kg.Sought, kinds kg.KindSet, limit int) (found []kg.Candidate, err error) {
	if len(sought.Words) == 0 {
		return nil, nil
	}
	st, err := compileCandidates(sought, kinds, limit)
	if err != nil {
		return nil, err
	}
	values, err := s.query(ctx, st.text, st.params)
	if err != nil {
		return nil, err
	}
	for _, v := range values[0].([]any) {
		pair := v.([]any)
		found = append(found, kg.Candidate{ID: kg.ID(pair[0].(string)), Degree: int(pair[1].(int64))})
	}
	return found, nil
}

func compileCandidates(sought *kg.Sought, kinds kg.KindSet, limit int) (st *statement, err error) {
	defer caught(&err)
	c := newCompiler(nil, endOfTime, 0)
	of := "true"
	if kinds != 0 {
		of = c.is(node{name: "n", class: anEntity, kinds: kg.Entities}, kinds)
	}
	words := make([]string, len(sought.Words))
	for i, w := range sought.Words {
		words[i] = "+" + anyOf(w.Grams)
	}
	var rows []any
	row := func(query string, least, words int) {
		rows = append(rows, map[string]any{"query": query, "least": least, "words": words})
	}
	for i, w := range sought.Words {
		query := words[i]
		for j, other := range words {
			if j != i {
				query += " " + other + "^0"
			}
		}
		row(query, w.Least, 1)
	}
	row("+"+anyOf(sought.Also)+" "+strings.Join(words, "^0 ")+"^0", 0, 0)
	return &statement{text: fmt.Sprintf("RETURN COLLECT { CALL () { UNWIND %s AS sought CALL db.index.fulltext.queryNodes('%s', sought.query) YIELD node, score WHERE score >= sought.least"+
		" RETURN node AS n, sum(score) AS held, sum(sought.words) AS words } WITH n, held, words WHERE words = %s AND %s"+
		" WITH n, held, %s AS degree ORDER BY held DESC, degree DESC, n.id LIMIT %s RETURN [n.id, degree] } AS found",
		c.param(rows), indexGrams, c.param(int64(len(words))), of, degree("n"), c.param(int64(limit))), params: c.params}, nil
}

// anyOf writes a query of Lucene's for entities with any of some grams, which scores the weights of those that are there.
func anyOf(grams []kg.Gram) string {
	terms := make([]string, len(grams))
	for i, g := range grams {
		text := `"` + escapeTerm(g.Text) + `"`
		terms[i] = fmt.Sprintf("[%s TO %s]^%d", text, text, g.Weight)
	}
	return "(" + strings.Join(terms, " ") + ")"
}
