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
	case kg.Differing:
		return c.differing(q, w)
	case kg.Counts:
		return c.counts(w.Coverage)
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

// counts says how much the graph holds now. What facts rest on is counted by going through all of them.
func (c *compiler) counts(coverage bool) code[*kg.Page] {
	kinds, facts := kg.Entities.Kinds(), kg.Facts.Kinds()
	exprs := []string{"COUNT { (:Entity) }", "COUNT { (:Source) }"}
	fixed := len(exprs)
	for _, k := range kinds {
		exprs = append(exprs, fmt.Sprintf("COUNT { (:%s) }", ident(k.Decl().Type)))
	}
	for _, k := range facts {
		exprs = append(exprs, fmt.Sprintf("COUNT { ()-[:%s]->() }", ident(k.Decl().Name)))
	}
	text := "RETURN [" + joined(exprs) + "] AS answer"
	if coverage {
		// Many facts rest on the same sources, whose classes are looked up once.
		text = fmt.Sprintf("MATCH ()-[r:%s]->() WITH r.ev_source AS ids, count(*) AS n, count(r.quoted) AS quoted, count(r.corroborated) AS corroborated"+
			" WITH collect([ids, n]) AS groups, sum(quoted) AS quoted, sum(corroborated) AS corroborated"+
			" WITH quoted, corroborated, COLLECT { UNWIND groups AS g WITH g[1] AS n, COLLECT { UNWIND g[0] AS id MATCH (s:Source {id: id}) RETURN DISTINCT s.class } AS classes"+
			" UNWIND classes AS class WITH class, sum(n) AS n RETURN [class, n] } AS classes"+
			" RETURN [%s, quoted, corroborated, classes] AS answer", typeNames(kg.Facts, asserted), joined(exprs))
	}
	return code[*kg.Page]{text, func(v any) *kg.Page {
		n := v.([]any)[0].([]any)
		at := func(i int) int { return int(n[i].(int64)) }
		s := &kg.Statistics{Entities: at(0), Sources: at(1), ByKind: []kg.Bucket{}, ByFact: []kg.Bucket{}}
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
		if coverage {
			rest := n[len(exprs):]
			s.Quoted, s.Corroborated, s.BySourceClass = int(rest[0].(int64)), int(rest[1].(int64)), []kg.Bucket{}
			for _, x := range rest[2].([]any) {
				class := x.([]any)
				s.BySourceClass = append(s.BySourceClass, kg.Bucket{Key: class[0].(string), Label: class[0].(string), Count: int(class[1].(int64))})
			}
			sortBuckets(s.BySourceClass)
		}
		return &kg.Page{Statistics: s}
	}}
}

func addBucket(buckets []kg.Bucket, k kg.Kind, count int) []kg.Bucket {
	if count == 0 {
		return buckets
	}
	return append(buckets, kg.Bucket{Key: k.String(), Label: k.String(), Count: count})
}
