package neo4jstore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// A list of nodes begins at what its filter pins down best. Neo4j's planner sees no values, and never turns a condition on a
// relation around, so that it would look at every node of a type for each condition on what is linked with it. So the start is
// chosen here, and pinned by USING INDEX SEEK: where Neo4j knows of few nodes yet it would go through the whole index, and keep to that.

// Ranks of starts.
const (
	byID       = iota + 1
	byRegister // an identifier, a code
	byName
	byPrefix                // of a name
	throughOne              // along a relation from one of these: its rank is added
	byPlace    = throughOne // in a circle or a box
	farthest   = 12
)

// begin writes the clauses that bind all nodes of a class that fit a filter, each once.
func (c *compiler) begin(n node, where_ kg.Filter) *stream {
	if s := c.anchored(n, where_); s != nil {
		return s
	}
	label, condition := c.label(n)
	match := "Entity"
	if label != "" {
		match = label[1:]
	}
	if n.class == aSource {
		match, condition = "Source", ""
	}
	cond := whereAny([]string{condition, c.predicate(n, where_)})
	return &stream{
		clauses: fmt.Sprintf("MATCH (%s:%s)%s", n.name, match, cond),
		node:    n, scan: true, plain: cond == "",
	}
}

// anchored begins at the part of a filter that pins down best; nil where none does.
func (c *compiler) anchored(n node, f kg.Filter) *stream {
	part, rank := anchor(n, f, 0)
	if part == nil || rank > farthest {
		return nil
	}
	begun := c.startAt(n, part)
	label, condition := c.label(n)
	switch {
	case n.class == aSource || begun.labelled:
		condition = ""
	case label != "":
		condition = n.name + label
	}
	cond := whereAny([]string{condition, c.predicate(n, without(f, part))})
	switch {
	case !begun.once:
		begun.clauses += " WITH DISTINCT " + n.name
	case cond != "":
		begun.clauses += " WITH " + n.name
	}
	_, named := part.(kg.Words)
	return &stream{clauses: begun.clauses + cond, node: n, inOrder: named}
}

// start is the clauses by which a list begins.
type start struct {
	clauses  string
	once     bool // each node comes once
	labelled bool // all are of the kinds that the list is of
}

// anchor finds the part of a filter, one that must hold, at which a list is best begun, and its rank.
func anchor(n node, f kg.Filter, depth int) (kg.Filter, int) {
	switch f := f.(type) {
	case kg.Within, kg.WithinBox:
		if n.class == anEntity {
			return f, byPlace
		}
	case kg.And:
		var best kg.Filter
		rank := farthest + 1
		for _, part := range f {
			if p, r := anchor(n, part, depth); p != nil && r < rank {
				best, rank = p, r
			}
		}
		return best, rank
	case kg.IDIn:
		return f, byID
	case kg.Identified:
		if n.class == anEntity {
			return f, byRegister
		}
	case kg.OneOf:
		if n.class == anEntity && f.Field.Type == kg.Text && indexed(n.kinds, f.Field) {
			return f, byRegister
		}
	case kg.Words:
		if n.class == anEntity && f.Field == kg.FieldName {
			switch {
			case len(f.Is) > 0:
				return f, byName
			case f.StartsWith != "" && depth > 0:
				return f, byPrefix
			}
		}
	case kg.Has:
		if f.None || f.AtLeast > 1 || n.class != anEntity || depth == 3 {
			break
		}
		there, ok := backwards(n, f)
		if !ok {
			break
		}
		if p, r := anchor(node{class: anEntity, kinds: there}, f.Node, depth+1); p != nil {
			return f, r + throughOne
		}
	}
	return nil, 0
}

// indexed says whether all of some kinds have a field, which then has an index.
func indexed(kinds kg.KindSet, f *kg.Field) bool {
	k := kinds.Kinds()
	return len(k) == 1 && holding(k[0], f) == f && len(k[0].Decl().Fields) > 0 && f != k[0].Decl().Field("description") && f != kg.FieldID
}

// backwards says whether a relation can be walked from its end, and which kinds stand there.
func backwards(n node, f kg.Has) (kg.KindSet, bool) {
	switch f.Relation.Way {
	case kg.Out, kg.In, kg.Both:
		there := otherEnd(n.kinds, f.Relation.Fact, f.Relation.Way) & within(f.Kinds, kg.Entities)
		return there, there != 0
	case kg.Up:
		kinds := f.Kinds.Kinds()
		if len(kinds) == 1 && f.Fact == nil && f.Relation.Fact == kg.LocatedIn {
			return f.Kinds, kg.Places.Has(kinds[0]) && shortcutTypes(n.kinds, f.Kinds) != ""
		}
	}
	return 0, false
}

// without leaves out of a filter the part at which the list begins.
func without(f, part kg.Filter) kg.Filter {
	switch part.(type) {
	case kg.Within, kg.WithinBox:
		return f // the list begins at what is there, and around
	}
	and, ok := f.(kg.And)
	if !ok {
		if same(f, part) {
			return nil
		}
		return f
	}
	rest := make(kg.And, 0, len(and))
	gone := false
	for _, p := range and {
		if !gone {
			if same(p, part) {
				gone = true
				continue
			}
			if inner, isAnd := p.(kg.And); isAnd {
				p = without(inner, part)
			}
		}
		rest = append(rest, p)
	}
	return rest
}

func same(a, b kg.Filter) bool { return a != nil && b != nil && a.String() == b.String() }

// startAt writes the clauses that bind the nodes which fit the part of a filter.
func (c *compiler) startAt(n node, f kg.Filter) start {
	switch f := f.(type) {
	case kg.Within:
		return c.startIn(n, f.Rectangles())
	case kg.WithinBox:
		return c.startIn(n, f.Rectangles())
	case kg.IDIn:
		ids := c.param(texts(f))
		switch n.class {
		case aSource:
			return start{fmt.Sprintf("MATCH (%[1]s:Source) USING INDEX SEEK %[1]s:Source(id) WHERE %[1]s.id IN %[2]s", n.name, ids), true, true}
		default:
			return start{fmt.Sprintf("CALL () { MATCH (e:Entity) USING INDEX SEEK e:Entity(id) WHERE e.id IN %[1]s RETURN e UNION MATCH (a:Alias) USING INDEX SEEK a:Alias(id) WHERE a.id IN %[1]s MATCH (a)-[:ALIAS_OF]->(e) RETURN e } WITH e AS %[2]s", ids, n.name), true, false}
		}
	case kg.Identified:
		return start{fmt.Sprintf("CALL db.index.fulltext.queryNodes('%s', %s) YIELD node AS %[3]s WITH %[3]s WHERE %[4]s IN %[3]s.identified",
			indexIdentified, c.param(`"`+escapeTerm(identified(kg.Identifier(f)))+`"`), n.name, c.param(identified(kg.Identifier(f)))), false, false}
	case kg.OneOf:
		label := ident(n.kinds.Kinds()[0].Decl().Type)
		return start{fmt.Sprintf("MATCH (%[1]s:%[2]s) USING INDEX SEEK %[1]s:%[2]s(%[3]s) WHERE %[4]s IN %[5]s", n.name, label, ident(f.Field.Name), n.prop(f.Field.Name), c.param(f.Values)), true, true}
	case kg.Words:
		label, labelled := "Entity", n.kinds == kg.Entities
		if kinds := n.kinds.Kinds(); len(kinds) == 1 {
			label, labelled = ident(kinds[0].Decl().Type), true
		}
		return start{fmt.Sprintf("MATCH (%[1]s:%[2]s) USING INDEX SEEK %[1]s:%[2]s(name_key) WHERE %[3]s", n.name, label, c.words(n, f)), true, labelled}
	case kg.Has:
		there, _ := backwards(n, f)
		m := c.entity(there)
		s := c.begin(m, f.Node)
		r := f.Relation
		if r.Way == kg.Up {
			below := c.below(n, m, f)
			below.clauses = s.clauses + " " + below.clauses
			return below
		}
		states := kg.StatesOf(f.Fact)
		fact := c.fact(kg.SetOf(r.Fact))
		left, right := arrows(r.Way)
		label, condition := c.label(n)
		conditions := append(c.shown(fact, states), c.predicate(fact, f.Fact), condition)
		return start{fmt.Sprintf("%s MATCH (%s%s)%s[%s:%s]%s(%s)%s", s.clauses, n.name, label, left, fact.name, c.types(fact.kinds, states), right, m.name, whereAny(conditions)), false, true}
	}
	c.fail("no list begins at %s", f)
	return start{}
}

// below leads from a place down to those whose nearest it is, and to itself where it is its own.
func (c *compiler) below(n, m node, f kg.Has) start {
	own := n.kinds&m.kinds != 0
	r := relation{Relation: kg.Relation{Way: kg.Down, Fact: f.Relation.Fact}, states: kg.OnlyAccepted, where: f}
	if c.now(r) && shortcuts&m.kinds == m.kinds {
		x := c.variable("x")
		span := c.spans(x)
		label, condition := c.label(n)
		if own {
			return start{fmt.Sprintf("MATCH (%s)<-[%ss:%s*0..1]-(%s%s)%s", m.name, x, shortcutTypes(n.kinds, m.kinds), n.name, label,
				whereAny([]string{condition, fmt.Sprintf("all(%s IN %ss WHERE %s)", x, x, span)})), false, true}
		}
		// On one day each has one nearest place of a kind. The types say the kinds.
		return start{fmt.Sprintf("MATCH (%s)<-[%s:%s]-(%s)%s", m.name, x, shortcutTypes(n.kinds, m.kinds), n.name, whereAny([]string{span})), true, true}
	}
	// On a day of the past, and from a region, the chains are walked: all that lie below it by any chain, then those whose nearest fits.
	if own {
		return start{c.reach(m, n, r, "*0..", c.predicate(n, f)), true, false}
	}
	return start{c.reachDown(m, n, r), true, true}
}

// inOrder lets a list of a whole type that is ordered by name be read from the index over names, from where its cursor stands
// on, so that a page costs what it holds. Neo4j uses an index for an order only where something bounds what it holds.
func (c *compiler) inOrder(s *stream, l *kg.List) {
	if !s.scan || s.node.class != anEntity || len(l.Order) == 0 || l.Order[0].Field != kg.FieldName || l.First == 0 {
		return
	}
	if s.inOrder = true; narrowed(l.Where) {
		return // it bounds them by itself
	}
	n := s.node
	label := "Entity"
	if kinds := n.kinds.Kinds(); len(kinds) == 1 {
		label = ident(kinds[0].Decl().Type)
	}
	op, bound := ">=", ""
	if l.After != nil {
		if name, ok := l.After.Key.Values[0].(string); ok {
			if bound = name; l.Order[0].Desc {
				op = "<="
			}
		}
	}
	begin, fits := c.param(bound), c.predicate(n, l.Where)
	if fits == "false" { // and the bound would be left out, which the index has to be there for
		return
	}
	s.counted = s.clauses
	_, condition := c.label(n)
	if label != "Entity" {
		condition = ""
	}
	s.clauses = fmt.Sprintf("MATCH (%[1]s:%[2]s) USING INDEX %[1]s:%[2]s(name_key)%[3]s", n.name, label,
		whereAny([]string{fmt.Sprintf("%s.name_key %s %s", n.name, op, begin), condition, fits}))
}

// narrowed says whether a filter bounds names itself.
func narrowed(f kg.Filter) bool {
	switch f := f.(type) {
	case kg.And:
		return slices.ContainsFunc(f, narrowed)
	case kg.Words:
		return f.Field == kg.FieldName && (len(f.Is) > 0 || f.StartsWith != "")
	}
	return false
}

func escapeTerm(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
}

// identified is how an entity's identifier stands among those that are indexed.
func identified(id kg.Identifier) string { return id.Scheme + " " + id.Value }
