package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// walk answers a question that begins with a walk through the graph.
func (c *compiler) walk(q *kg.Query) code[*kg.Page] {
	switch w := q.Walk.(type) {
	case kg.Around:
		return c.around(q, w)
	case kg.Comparing:
		return c.comparing(q, w)
	case kg.Happening:
		return c.happening(q, w)
	case kg.Linking:
		return c.linking(q, w)
	case kg.Counts:
		return c.counts()
	}
	c.fail("a walk of type %T is not for a store to answer", q.Walk)
	return code[*kg.Page]{}
}

// asked binds the list of entities that ids name, an alias for its entity, each once, in the order asked, and
// where each was asked for first.
func (c *compiler) asked(list string, ids []kg.ID) string {
	p := c.param(texts(ids))
	return fmt.Sprintf("CALL () { UNWIND range(0, size(%[1]s) - 1) AS i CALL (i) { MATCH (e:Entity {id: %[1]s[i]}) RETURN e UNION ALL MATCH (:Alias {id: %[1]s[i]})-[:ALIAS_OF]->(e:Entity) RETURN e }"+
		" WITH e, min(i) AS first ORDER BY first RETURN collect(e) AS %[2]s, collect(first) AS %[2]s_at }", p, list)
}

// entityList writes the rows of a list of entities.
func (c *compiler) entityList(list string, sel *kg.Select) code[[]kg.Row] {
	return c.rowList(list, c.entity(0), sel)
}

// rowList writes the rows of a list of nodes, in its order.
func (c *compiler) rowList(list string, n node, sel *kg.Select) code[[]kg.Row] {
	lets, row := c.row(n, sel)
	return code[[]kg.Row]{fmt.Sprintf("COLLECT { UNWIND %s AS %s WITH %[2]s%[3]s RETURN %[4]s }", list, n.name, letting([]string{n.name}, lets), row.expr), func(v any) []kg.Row {
		rows := make([]kg.Row, len(v.([]any)))
		for i, x := range v.([]any) {
			rows[i] = row.read(x)
		}
		return rows
	}}
}

// degree writes how many facts an entity has, of any kind and state, whenever they were recorded.
func degree(entity string) string {
	return fmt.Sprintf("COUNT { (%s)-[:%s]-() }", entity, typeNames(kg.Facts, present))
}

// counts says how much the graph holds now.
func (c *compiler) counts() code[*kg.Page] {
	kinds, facts := kg.Entities.Kinds(), kg.Facts.Kinds()
	exprs := []string{"COUNT { (:Entity) }", "COUNT { (:Source) }",
		fmt.Sprintf("COUNT { ()-[r:%s]->() WHERE r.quoted }", typeNames(kg.Facts, asserted)),
		fmt.Sprintf("COUNT { ()-[r:%s]->() WHERE r.corroborated }", typeNames(kg.Facts, asserted))}
	fixed := len(exprs)
	for _, k := range kinds {
		exprs = append(exprs, fmt.Sprintf("COUNT { (:%s) }", ident(k.Decl().Type)))
	}
	for _, k := range facts {
		exprs = append(exprs, fmt.Sprintf("COUNT { ()-[:%s]->() }", ident(k.Decl().Name)))
	}
	return code[*kg.Page]{"RETURN [" + joined(exprs) + "] AS answer", func(v any) *kg.Page {
		n := v.([]any)[0].([]any)
		at := func(i int) int { return int(n[i].(int64)) }
		s := &kg.Statistics{Entities: at(0), Sources: at(1), Quoted: at(2), Corroborated: at(3), ByKind: []kg.Bucket{}, ByFact: []kg.Bucket{}}
		for i, k := range kinds {
			s.ByKind = addBucket(s.ByKind, k, at(fixed+i))
		}
		for i, k := range facts {
			count := at(fixed + len(kinds) + i)
			s.Facts += count
			s.ByFact = addBucket(s.ByFact, k, count)
		}
		sortBuckets(s.ByKind)
		sortBuckets(s.ByFact)
		return &kg.Page{Statistics: s}
	}}
}

func addBucket(buckets []kg.Bucket, k kg.Kind, count int) []kg.Bucket {
	if count == 0 {
		return buckets
	}
	return append(buckets, kg.Bucket{Key: k.String(), Label: k.String(), Count: count})
}
