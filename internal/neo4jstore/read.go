package neo4jstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/ententegraph/entente/internal/kg"
)

// statement is a question in Cypher: its text, which depends on the question's shape alone, its values, and how the one record
// that answers it is read.
type statement struct {
	text   string
	params map[string]any
	read   func(values []any) *kg.Page
}

// Read answers a question by one statement.
func (s *Store) Read(ctx context.Context, q *kg.Query) (*kg.Page, error) {
	st, err := compile(q)
	if err != nil {
		return nil, err
	}
	values, err := s.query(ctx, st.text, st.params)
	if err != nil {
		return nil, err
	}
	return st.page(values)
}

func (st *statement) page(values []any) (p *kg.Page, err error) {
	defer caught(&err)
	return st.read(values), nil
}

// compile makes the statement of a question.
func compile(q *kg.Query) (st *statement, err error) {
	defer caught(&err)
	c := newCompiler(q.AsOf, q.KnownAt, q.Today)
	var body code[*kg.Page]
	switch {
	case q.Walk != nil:
		body = c.walk(q)
	case q.IDs != nil:
		body = c.byIDs(q)
	default:
		body = c.list(q)
	}
	return &statement{body.expr, c.params, func(values []any) *kg.Page { return body.read(values) }}, nil
}

// classes are the kinds of node of a list by class: each is asked for apart, as entities and sources are nodes of Neo4j, and
// facts its relationships.
func classes(kinds kg.KindSet) []kg.KindSet {
	if kinds == 0 {
		kinds = kg.Entities | kg.Facts | kg.SetOf(kg.SourceKind)
	}
	return slices.DeleteFunc([]kg.KindSet{kinds & kg.Entities, kinds & kg.Facts, kinds & kg.SetOf(kg.SourceKind)}, func(s kg.KindSet) bool { return s == 0 })
}

// list answers a question that begins with all nodes of some kinds.
func (c *compiler) list(q *kg.Query) code[*kg.Page] {
	var exprs []string
	var reads []func(any) kg.Page
	wanted := classes(q.Kinds)
	for _, kinds := range wanted {
		l := q.List
		l.Unpaged = l.Unpaged && len(wanted) == 1 // else the pages are merged by their keys
		page := c.page(c.whole(kinds, &l), &l, nil, false)
		exprs, reads = append(exprs, page.expr), append(reads, page.read)
	}
	if len(exprs) == 1 {
		return code[*kg.Page]{"RETURN " + exprs[0] + " AS answer", func(v any) *kg.Page {
			p := reads[0](v.([]any)[0])
			return &p
		}}
	}
	text := "RETURN"
	for i, x := range exprs {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(" %s AS answer%d", x, i)
	}
	return code[*kg.Page]{text, func(v any) *kg.Page {
		var pages []kg.Page
		for i, x := range v.([]any) {
			pages = append(pages, reads[i](x))
		}
		return merge(pages, &q.List)
	}}
}

// whole begins a list of all nodes of kinds of one class.
func (c *compiler) whole(kinds kg.KindSet, l *kg.List) *stream {
	switch {
	case kinds&kg.Facts != 0:
		return c.wholeFacts(kinds, l)
	case kinds&kg.SetOf(kg.SourceKind) != 0:
		return c.begin(c.source(), l.Where)
	}
	s := c.begin(c.entity(kinds), l.Where)
	c.inOrder(s, l)
	return s
}

// merge makes one page of those of several classes.
func merge(pages []kg.Page, l *kg.List) *kg.Page {
	var p kg.Page
	for i := range pages {
		p.Rows = append(p.Rows, pages[i].Rows...)
		p.More = p.More || pages[i].More
		p.Total += pages[i].Total
	}
	if l.Facets != nil {
		p.Facets = make([][]kg.Bucket, len(l.Facets))
		mergeFacets(&p, pages, l)
	}
	slices.SortFunc(p.Rows, func(a, b kg.Row) int { return l.KeyOf(&a).Compare(l.KeyOf(&b), l.Order) })
	if l.First >= 0 && len(p.Rows) > l.First {
		p.Rows, p.More = p.Rows[:l.First], true
	}
	return &p
}

// mergeFacets adds up the facets of several classes.
func mergeFacets(p *kg.Page, pages []kg.Page, l *kg.List) {
	for j := range l.Facets {
		at := map[string]int{}
		for i := range pages {
			for _, b := range pages[i].Facets[j] {
				if k, ok := at[b.Key]; ok {
					p.Facets[j][k].Count += b.Count
					continue
				}
				at[b.Key] = len(p.Facets[j])
				p.Facets[j] = append(p.Facets[j], b)
			}
		}
		sortBuckets(p.Facets[j])
		if first := l.Facets[j].First; first >= 0 && len(p.Facets[j]) > first {
			p.Facets[j] = p.Facets[j][:first]
		}
	}
}

// byIDs answers a question that begins at ids: one row for each. The ids of one class are asked for together; of which class
// an id is, its beginning says.
func (c *compiler) byIDs(q *kg.Query) code[*kg.Page] {
	var exprs []string
	reads := map[int]func(any) map[kg.ID]kg.Row{}
	facets := map[int]func(any) kg.Page{}
	l := &q.List
	wanted := classes(q.Kinds)
	for class, kinds := range []kg.KindSet{kg.Entities, kg.Facts, kg.SetOf(kg.SourceKind)} {
		if !slices.ContainsFunc(wanted, func(s kg.KindSet) bool { return s&kinds != 0 }) {
			continue
		}
		ids := slices.DeleteFunc(slices.Clone(q.IDs), func(id kg.ID) bool { return !kinds.Has(kg.KindOf(id)) })
		if len(ids) == 0 {
			continue
		}
		of := within(q.Kinds, kinds)
		if named := kindsOf(ids); class == 0 && len(named.Kinds()) == 1 {
			of &= named // an alias is of its entity's kind
		}
		if of == 0 {
			continue
		}
		expr, read := c.namedOf(of, ids, l)
		reads[len(exprs)] = read
		exprs = append(exprs, fmt.Sprintf("%s AS answer%d", expr, class))
		if l.Facets != nil {
			counted := kg.List{Facets: l.Facets, First: 0}
			page := c.page(c.namedStream(of, ids, l), &counted, nil, false)
			facets[len(exprs)] = page.read
			exprs = append(exprs, fmt.Sprintf("%s AS facets%d", page.expr, class))
		}
	}
	if len(exprs) == 0 {
		exprs = []string{"null AS answer"}
	}
	return code[*kg.Page]{"RETURN " + joined(exprs), func(v any) *kg.Page {
		found := map[kg.ID]kg.Row{}
		var counted []kg.Page
		for i, x := range v.([]any) {
			switch {
			case reads[i] != nil:
				for id, row := range reads[i](x) {
					found[id] = row
				}
			case facets[i] != nil:
				counted = append(counted, facets[i](x))
			}
		}
		p := &kg.Page{Rows: make([]kg.Row, len(q.IDs))}
		for i, id := range q.IDs {
			if row, ok := found[id]; ok {
				p.Rows[i] = row
				p.Total++
			} else if l.Select != nil {
				p.Rows[i].Pages = make([]kg.Page, len(l.Select.Follow))
			}
		}
		if !l.Total {
			p.Total = 0
		}
		if l.Facets != nil {
			p.Facets = make([][]kg.Bucket, len(l.Facets))
			mergeFacets(p, counted, l)
		}
		return p
	}}
}

// kindsOf are the kinds that ids name.
func kindsOf(ids []kg.ID) kg.KindSet {
	var kinds kg.KindSet
	for _, id := range ids {
		kinds |= kg.SetOf(kg.KindOf(id))
	}
	return kinds
}

// namedOf answers for the ids of one class.
func (c *compiler) namedOf(kinds kg.KindSet, ids []kg.ID, l *kg.List) (string, func(any) map[kg.ID]kg.Row) {
	s := c.namedStream(kinds, ids, l)
	id := s.node.name + "_id"
	lets, row := c.row(s.node, l.Select)
	expr := fmt.Sprintf("COLLECT { %s%s RETURN [%s, %s] }", s.clauses, letting([]string{id, s.node.name}, lets), id, row.expr)
	return expr, func(v any) map[kg.ID]kg.Row {
		found := map[kg.ID]kg.Row{}
		for _, x := range v.([]any) {
			pair := x.([]any)
			found[kg.ID(pair[0].(string))] = row.read(pair[1])
		}
		return found
	}
}

// namedStream binds the nodes of one class that ids name, each with its id beside it.
func (c *compiler) namedStream(kinds kg.KindSet, ids []kg.ID, l *kg.List) *stream {
	var n node
	var match string
	var conditions []string
	switch {
	case kinds&kg.Entities != 0:
		n = c.entity(kinds)
		match = fmt.Sprintf("CALL (%[1]s_id) { MATCH (%[1]s:Entity {id: %[1]s_id}) RETURN %[1]s UNION ALL MATCH (:Alias {id: %[1]s_id})-[:ALIAS_OF]->(%[1]s:Entity) RETURN %[1]s }", n.name)
		if kinds != kg.Entities && !(len(kinds.Kinds()) == 1 && kindsOf(ids) == kinds) {
			conditions = append(conditions, c.isEntity(n.name, kinds))
		}
	case kinds&kg.Facts != 0:
		n = c.fact(kinds)
		n.versions = c.versions(l.States)
		match = fmt.Sprintf("MATCH ()-[%s:%s {id: %[1]s_id}]->()", n.name, c.types(kinds, l.States))
		conditions = c.shown(n, l.States)
	default:
		n = c.source()
		match = fmt.Sprintf("MATCH (%[1]s:Source {id: %[1]s_id})", n.name)
	}
	conditions = append(conditions, c.predicate(n, l.Where))
	if cond := where(conditions...); cond != "" {
		match += fmt.Sprintf(" WITH %[1]s_id, %[1]s%[2]s", n.name, cond)
	}
	return &stream{clauses: fmt.Sprintf("UNWIND %s AS %s_id %s", c.param(texts(ids)), n.name, match), node: n}
}
