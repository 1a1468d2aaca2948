package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// stream is the clauses that bind the nodes of a list, one row of the statement for each, with all that filters them.
type stream struct {
	clauses string
	node    node
	lead    *node  // the fact that led to the node, one step
	chain   string // the variable that holds the list of facts that led, for Up and Down where they are read
	// distinct says that each node comes once, so that the fact that led is no part of its place.
	distinct bool
	// plain says that the clauses are one pattern without conditions, which Neo4j counts without looking at what it counts.
	plain bool
	// scan says that the clauses look at all nodes of a type, in the order of an index if the list asks for it.
	scan bool
	// inOrder says that the index over names gives the nodes in the order of their names.
	inOrder bool
	// byName says that the list ends its order with names, so that what breaks ties stands for both, see [orderKey].
	byName bool
	// one says that there is at most one row.
	one bool
	// alone says that the clauses choose among all rows, and so are right for one owner at a time.
	alone bool
	// counted are the clauses by which the list is counted, where it is read in another way.
	counted string
	made    *made // for rows that are no nodes
}

// made is a row that is put together from several variables, of which some may be null: a change, a moment of a timeline.
type made struct {
	vars  []string
	items [][]sortItem // what it is ordered by, with the list's order
	ties  []string
	row   func(*kg.Select) ([]string, code[kg.Row])
	facet string // the variable that facets count by
}

// vars lists the variables that stand for a row.
func (s *stream) vars() []string {
	if s.made != nil {
		return s.made.vars
	}
	vars := []string{s.node.name}
	if s.lead != nil {
		vars = append(vars, s.lead.name)
	}
	if s.chain != "" {
		vars = append(vars, s.chain)
	}
	return vars
}

// ties lists what breaks ties of the order: ids, or what stands for the name and the id.
func (s *stream) ties() []string {
	if s.made != nil {
		return s.made.ties
	}
	ties := []string{s.node.prop("id")}
	if s.byName {
		ties[0] = s.node.prop("order_key")
	}
	if s.lead != nil && !s.distinct {
		ties = append(ties, s.lead.prop("id"))
	}
	return ties
}

// relation says which nodes a relation leads to from a node, and which of them are meant.
type relation struct {
	kg.Relation
	kinds  kg.KindSet
	fact   kg.Filter // which facts lead
	states kg.StateSet
	where  kg.Filter
	// What is needed of what a chain leads to: the facts that led; and of Up only the nearest, before where is asked or after.
	chain           bool
	nearest, single bool
}

// stream writes the clauses that lead along a relation from a node; nil where it leads nowhere from any node of its kinds.
func (c *compiler) stream(n node, r relation) *stream {
	switch {
	case r.Way == kg.Up && n.class == anEntity:
		return c.up(n, r)
	case r.Way == kg.Down && n.class == anEntity:
		return c.down(n, r)
	case r.Way.ByFact() && n.class == anEntity:
		return c.step(n, r)
	case r.Way == kg.FactsOf && n.class == anEntity:
		return c.factsOfEntity(n, r)
	case r.Way == kg.FactsOf && n.class == aSource:
		return c.factsOfSource(n, r)
	case (r.Way == kg.FromEnd || r.Way == kg.ToEnd || r.Way == kg.EitherEnd) && n.class == aFact:
		return c.end(n, r)
	case r.Way == kg.ByField && n.class == aFact:
		return c.byField(n, r)
	case r.Way == kg.LineageOf && n.class == anEntity:
		return c.lineage(n, r)
	}
	return nil
}

// step leads along one fact.
func (c *compiler) step(n node, r relation) *stream {
	there := otherEnd(n.kinds, r.Fact, r.Way)
	r.kinds, r.where = ofKinds(r.kinds, r.where)
	m := c.entity(r.kinds)
	if m.kinds &= there; m.kinds == 0 {
		return nil
	}
	f := c.fact(kg.SetOf(r.Fact))
	f.versions = c.versions(r.states)
	left, right := arrows(r.Way)
	conditions := append(c.shown(f, r.states), c.predicate(f, r.fact))
	label, condition := "", ""
	if m.kinds != there {
		label, condition = c.label(m)
	}
	conditions = append(conditions, condition, c.predicate(m, r.where))
	s := &stream{node: m, lead: &f}
	cond := whereAny(conditions)
	s.clauses = fmt.Sprintf("MATCH (%s)%s[%s:%s]%s(%s%s)%s", n.name, left, f.name, c.types(f.kinds, r.states), right, m.name, label, cond)
	s.plain = cond == "" && label == ""
	return s
}

// ofKinds takes the kinds that a filter of entities names out of it, as far as all must be of them: what is known to be of few
// kinds is asked for its label once, and for no fields of others.
func ofKinds(kinds kg.KindSet, f kg.Filter) (kg.KindSet, kg.Filter) {
	switch f := f.(type) {
	case kg.KindIn:
		if both := within(kinds, kg.Entities) & f.Kinds; both != 0 {
			return both, nil
		}
	case kg.And:
		rest := make(kg.And, 0, len(f))
		for _, part := range f {
			if kinds, part = ofKinds(kinds, part); part != nil {
				rest = append(rest, part)
			}
		}
		return kinds, rest
	}
	return kinds, f
}

// whereAny is where, for conditions of which some may be empty.
func whereAny(conditions []string) string {
	var some []string
	for _, s := range conditions {
		if s != "" {
			some = append(some, s)
		}
	}
	return where(some...)
}

// label writes how a pattern asks for a node's kinds: as a label where there is one, else as a condition.
func (c *compiler) label(m node) (label, condition string) {
	if kinds := m.kinds.Kinds(); len(kinds) == 1 {
		return ":" + ident(kinds[0].Decl().Type), ""
	}
	if m.kinds == kg.Entities {
		return "", ""
	}
	return "", c.isEntity(m.name, m.kinds)
}

// arrows writes the way of a fact, as it is seen from where it begins in a pattern.
func arrows(w kg.Way) (left, right string) {
	switch w {
	case kg.Out, kg.Up, kg.FromEnd:
		return "-", "->"
	case kg.In, kg.Down, kg.ToEnd:
		return "<-", "-"
	}
	return "-", "-"
}

// otherEnd gives the kinds of entity that facts of a kind lead to from entities of some kinds.
func otherEnd(from kg.KindSet, fact kg.Kind, w kg.Way) kg.KindSet {
	var to kg.KindSet
	for _, j := range fact.Decl().Joins {
		if w != kg.In && w != kg.Down && j.From&from != 0 {
			to |= j.To
		}
		if w != kg.Out && w != kg.Up && j.To&from != 0 {
			to |= j.From
		}
	}
	return to
}

// factKinds gives the kinds of fact that may have entities of some kinds at either end.
func factKinds(of kg.KindSet) kg.KindSet {
	var facts kg.KindSet
	for _, k := range kg.Facts.Kinds() {
		for _, j := range k.Decl().Joins {
			if (j.From|j.To)&of != 0 {
				facts |= kg.SetOf(k)
			}
		}
	}
	return facts
}

// factsOfEntity leads to the facts at either end of which an entity stands.
func (c *compiler) factsOfEntity(n node, r relation) *stream {
	f := c.fact(0)
	f.kinds &= within(r.kinds, kg.Facts) & factKinds(n.kinds) & kindsOfFacts(r.where)
	f.versions = c.versions(r.states)
	if f.kinds == 0 {
		return nil
	}
	cond := whereAny(append(c.shown(f, r.states), c.predicate(f, r.where)))
	return &stream{
		clauses: fmt.Sprintf("MATCH (%s)-[%s:%s]-()%s", n.name, f.name, c.types(f.kinds, r.states), cond),
		node:    f, plain: cond == "",
	}
}

// factsOfSource leads to the facts that rest on a source, by the full-text index over the sources of facts: a relationship
// can't lead to a relationship.
func (c *compiler) factsOfSource(n node, r relation) *stream {
	return c.restingOn(fmt.Sprintf("'\"' + %s + '\"'", n.prop("id")), r)
}

// restingOn leads to the facts whose sources fit a query of that index.
func (c *compiler) restingOn(query string, r relation) *stream {
	f := c.fact(r.kinds)
	f.versions = c.versions(r.states)
	if f.kinds == 0 {
		return nil
	}
	types := strings.Split(strings.ReplaceAll(c.types(f.kinds, r.states), "`", ""), "|")
	conditions := append([]string{fmt.Sprintf("type(%s) IN %s", f.name, c.param(types))}, c.shown(f, r.states)...)
	conditions = append(conditions, c.predicate(f, r.where))
	return &stream{
		clauses: fmt.Sprintf("CALL db.index.fulltext.queryRelationships('%s', %s) YIELD relationship AS %s WITH DISTINCT %s%s",
			indexFactsBySource, query, f.name, f.name, whereAny(conditions)),
		node: f,
	}
}

// end leads from a fact to one of its ends, or to both.
func (c *compiler) end(n node, r relation) *stream {
	m := c.entity(0)
	there := endKinds(n.kinds, r.Way)
	if m.kinds = within(r.kinds, kg.Entities) & there; m.kinds == 0 {
		return nil
	}
	label, condition := "", ""
	if m.kinds != there {
		label, condition = c.label(m)
	}
	left, right := arrows(r.Way)
	return &stream{
		clauses: fmt.Sprintf("MATCH (%s%s)%s[%s]%s()%s", m.name, label, left, n.name, right, whereAny([]string{condition, c.predicate(m, r.where)})),
		node:    m, distinct: true, one: r.Way != kg.EitherEnd,
	}
}

// endKinds gives the kinds that may stand at an end of facts, or at either.
func endKinds(facts kg.KindSet, w kg.Way) (kinds kg.KindSet) {
	for _, k := range facts.Kinds() {
		from, to := k.Decl().Ends()
		if w != kg.ToEnd || k.Decl().Symmetric {
			kinds |= from
		}
		if w != kg.FromEnd || k.Decl().Symmetric {
			kinds |= to
		}
	}
	return kinds
}

// byField leads from a fact to the entities that its field names.
func (c *compiler) byField(n node, r relation) *stream {
	kinds := kg.KindSet(0)
	for _, k := range n.kinds.Kinds() {
		if holding(k, r.Field) != nil {
			kinds |= kg.SetOf(k)
		}
	}
	m := c.entity(r.kinds)
	if m.kinds &= r.Field.Refers; kinds == 0 || m.kinds == 0 {
		return nil
	}
	ids := n.prop(r.Field.Name)
	if r.Field.Type == kg.Ref {
		ids = "[" + ids + "]"
	}
	if kinds != n.kinds {
		ids = fmt.Sprintf("CASE WHEN %s THEN %s END", c.is(n, kinds), ids)
	}
	_, condition := c.label(node{name: m.name, class: anEntity, kinds: m.kinds})
	if condition == "" {
		condition = c.isEntity(m.name, m.kinds)
	}
	return &stream{
		clauses: fmt.Sprintf("UNWIND coalesce(%s, []) AS %[2]s_id MATCH (%[2]s:Entity {id: %[2]s_id})%s", ids, m.name,
			whereAny([]string{condition, c.predicate(m, r.where)})),
		node: m, distinct: true,
	}
}
