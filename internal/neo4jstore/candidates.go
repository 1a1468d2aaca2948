package neo4jstore

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// Candidates proposes entities by the full-text index of their grams, and facts by that of the grams of their quotes, by one
// statement.
func (s *Store) Candidates(ctx context.Context, asked *kg.Search) (*kg.Candidates, error) {
	if len(asked.Words) == 0 && len(asked.Quoted) == 0 {
		return &kg.Candidates{}, nil
	}
	st, err := compileCandidates(asked)
	if err != nil {
		return nil, err
	}
	values, err := s.query(ctx, st.text, st.params)
	if err != nil {
		return nil, err
	}
	found := &kg.Candidates{}
	for _, v := range values[0].([]any) {
		found.Entities = append(found.Entities, candidate(v))
	}
	for _, v := range values[1].([]any) {
		row := v.([]any)
		fact := kg.CandidateFact{ID: kg.ID(row[0].(string))}
		for _, end := range row[1:] {
			if end != nil {
				fact.Ends = append(fact.Ends, candidate(end))
			}
		}
		found.Facts = append(found.Facts, fact)
	}
	return found, nil
}

// candidate reads an entity's id and degree.
func candidate(v any) kg.Candidate {
	pair := v.([]any)
	return kg.Candidate{ID: kg.ID(pair[0].(string)), Degree: int(pair[1].(int64))}
}

func compileCandidates(asked *kg.Search) (st *statement, err error) {
	defer caught(&err)
	c := newCompiler(nil, time.Time{}, asked.Today)
	entities, facts := "[]", "[]"
	if len(asked.Words) > 0 {
		entities = c.candidateEntities(asked)
	}
	if len(asked.Quoted) > 0 {
		facts = c.candidateFacts(asked)
	}
	return &statement{text: fmt.Sprintf("RETURN %s AS found, %s AS quoted", entities, facts), params: c.params}, nil
}

// candidateEntities adds up what entities hold. A range from a gram to itself scores its boost, and no more or less for being
// rare, so that the score of an entity is what it holds: exact, as a float, far beyond all weights. Each word is a query of its
// own, which asks for something of the other words too, without counting it.
func (c *compiler) candidateEntities(asked *kg.Search) string {
	n := node{name: "n", class: anEntity, kinds: kg.Entities}
	words := make([]string, len(asked.Words))
	for i, w := range asked.Words {
		words[i] = "+" + anyOf(w.Grams)
	}
	var rows []any
	row := func(query string, least, words int) {
		rows = append(rows, map[string]any{"query": query, "least": least, "words": words})
	}
	for i, w := range asked.Words {
		query := words[i]
		for j, other := range words {
			if j != i {
				query += " " + other + "^0"
			}
		}
		row(query, w.Least, 1)
	}
	if len(asked.Also) > 0 {
		row("+"+anyOf(asked.Also)+" "+strings.Join(words, "^0 ")+"^0", 0, 0)
	}
	return fmt.Sprintf("COLLECT { CALL () { UNWIND %s AS sought CALL db.index.fulltext.queryNodes('%s', sought.query) YIELD node, score WHERE score >= sought.least"+
		" RETURN node AS n, sum(score) AS held, sum(sought.words) AS words } WITH n, held, words WHERE words = %s AND %s"+
		" WITH n, held, %s AS degree ORDER BY held DESC, degree DESC, n.id LIMIT %s RETURN [n.id, degree] }",
		c.param(rows), indexGrams, c.param(int64(len(words))), c.searched(n, asked), degree("n"), c.param(int64(asked.Limit)))
}

// searched writes the condition that an entity is one of those among which a text is searched for.
func (c *compiler) searched(n node, asked *kg.Search) string {
	of := "true"
	if asked.Kinds != 0 {
		of = c.is(n, asked.Kinds)
		n.kinds &= asked.Kinds
	}
	return all(of, c.predicate(n, asked.Where))
}

// candidateFacts gives the surest facts of those whose quotes have all grams. The index holds what is asserted, and nothing else.
func (c *compiler) candidateFacts(asked *kg.Search) string {
	terms := make([]string, len(asked.Quoted))
	for i, gram := range asked.Quoted {
		terms[i] = `+"` + escapeTerm(gram.Text) + `"`
		if gram.Begins { // grams hold no sign that means anything to Lucene
			terms[i] = "+" + gram.Text + "*"
		}
	}
	end := func(name string) string {
		return fmt.Sprintf("CASE WHEN %[1]s_fits THEN [%[1]s.id, %[2]s] END", name, degree(name))
	}
	a, b := node{name: "a", class: anEntity, kinds: kg.Entities}, node{name: "b", class: anEntity, kinds: kg.Entities}
	return fmt.Sprintf("COLLECT { CALL db.index.fulltext.queryRelationships('%s', %s) YIELD relationship AS r WITH r, startNode(r) AS a, endNode(r) AS b"+
		" WITH r, a, b, %s AS a_fits, %s AS b_fits WHERE a_fits OR b_fits WITH r, a, b, a_fits, b_fits ORDER BY r.confidence DESC, r.id LIMIT %s RETURN [r.id, %s, %s] }",
		indexFactsByQuote, c.param(strings.Join(terms, " ")), c.searched(a, asked), c.searched(b, asked), c.param(int64(asked.Quotes)), end("a"), end("b"))
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
