package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// predicate writes the condition that a node fits a filter. It is true or false, never null, so that it may be negated: what is
// unknown does not fit.
func (c *compiler) predicate(n node, f kg.Filter) string {
	switch f := f.(type) {
	case nil:
		return "true"
	case kg.And:
		return all(c.predicates(n, f)...)
	case kg.Or:
		return either(c.predicates(n, f)...)
	case kg.Not:
		return not(c.predicate(n, f.Filter))
	case kg.IDIn:
		return c.isAmong(n, f)
	case kg.KindIn:
		return c.is(n, f.Kinds)
	case kg.OneOf:
		return c.ifKnown(n, f.Field, func(x string) string { return x + " IN " + c.param(f.Values) })
	case kg.Words:
		return c.words(n, f)
	case kg.Between:
		return c.between(n, f)
	case kg.During:
		return c.during(n, f)
	case kg.Within:
		return c.inCircle(n, f)
	case kg.WithinBox:
		return c.inBox(n, f)
	case kg.Located:
		if n.class != anEntity {
			return "false"
		}
		return n.prop("location") + " IS NOT NULL"
	case kg.Has:
		return c.has(n, f)
	case kg.RestsOn:
		if n.class != aFact {
			return "false"
		}
		return fmt.Sprintf("any(x IN %s WHERE x IN %s)", n.prop("ev_source"), c.param(texts(f)))
	case kg.Touches:
		return c.touches(n, f)
	case kg.Identified:
		if n.class != anEntity {
			return "false"
		}
		return fmt.Sprintf("%s IN coalesce(%s, [])", c.param(identified(kg.Identifier(f))), n.prop("identified"))
	case kg.StatusIs:
		if n.class != anEntity || !n.kinds.Has(kg.Agreement) {
			return "false"
		}
		return all(c.is(n, kg.SetOf(kg.Agreement)), fmt.Sprintf("%s IN %s", c.statusValue(n, f.On), c.param(f.Values)))
	}
	c.fail("the filter %s is of a type that the Neo4j store does not know", f)
	return ""
}

func (c *compiler) predicates(n node, filters []kg.Filter) []string {
	parts := make([]string, len(filters))
	for i, f := range filters {
		parts[i] = bracketed(c.predicate(n, f))
	}
	return parts
}

// bracketed keeps a conjunction together.
func bracketed(condition string) string {
	if strings.Contains(condition, " AND ") || strings.Contains(condition, " OR ") {
		return "(" + condition + ")"
	}
	return condition
}

func not(condition string) string {
	switch condition {
	case "true":
		return "false"
	case "false":
		return "true"
	}
	return "NOT (" + condition + ")"
}

// isAmong writes the condition that a node is one of those that ids name, an alias for its entity.
func (c *compiler) isAmong(n node, ids []kg.ID) string {
	list := c.param(texts(ids))
	if n.class != anEntity {
		return fmt.Sprintf("%s IN %s", n.prop("id"), list)
	}
	return c.isNamed(n.name, list)
}

func (c *compiler) isNamed(entity, list string) string {
	a := c.variable("a")
	return fmt.Sprintf("(%s.id IN %s OR EXISTS { MATCH (%s:Alias)-[:ALIAS_OF]->(%s) WHERE %s.id IN %s })", entity, list, a, entity, a, list)
}

func (c *compiler) touches(n node, ids []kg.ID) string {
	if n.class != aFact {
		return "false"
	}
	list := c.param(texts(ids))
	a, e := c.variable("a"), c.variable("n")
	return fmt.Sprintf("(startNode(%[1]s).id IN %[2]s OR endNode(%[1]s).id IN %[2]s OR EXISTS { MATCH (%[3]s:Alias)-[:ALIAS_OF]->(%[4]s)-[%[1]s]-() WHERE %[3]s.id IN %[2]s })",
		n.name, list, a, e)
}

// ifKnown writes a condition on the value of a field, false where the node has none.
func (c *compiler) ifKnown(n node, f *kg.Field, condition func(value string) string) string {
	x, kinds := c.value(n, f)
	if x == "" {
		return "false"
	}
	return all(c.is(n, kinds), fmt.Sprintf("coalesce(%s, false)", condition(x)))
}

func (c *compiler) words(n node, f kg.Words) string {
	if len(f.Is) == 0 && f.StartsWith == "" && f.Contains == "" {
		return "true"
	}
	key, kinds := c.sortKey(n, f.Field)
	if key == "" {
		return "false"
	}
	var parts []string
	if len(f.Is) > 0 {
		parts = append(parts, key+" IN "+c.param(f.Is))
	}
	if f.StartsWith != "" {
		// As a range, so that the range index serves it in order; a TEXT index would be chosen for STARTS WITH.
		parts = append(parts, key+" >= "+c.param(f.StartsWith))
		if end := kg.PrefixEnd(f.StartsWith); end != "" {
			parts = append(parts, key+" < "+c.param(end))
		}
	}
	if f.Contains != "" {
		parts = append(parts, key+" CONTAINS "+c.param(f.Contains))
	}
	cond := all(parts...)
	if f.Field != kg.FieldName { // which all entities have
		cond = "coalesce(" + cond + ", false)"
	}
	return all(c.is(n, kinds), cond)
}

func (c *compiler) between(n node, f kg.Between) string {
	return c.ifKnown(n, f.Field, func(x string) string {
		parts := []string{x + " IS NOT NULL"}
		if f.Min != nil {
			parts = append(parts, x+" >= "+c.param(*f.Min))
		}
		if f.Max != nil {
			parts = append(parts, x+" <= "+c.param(*f.Max))
		}
		return all(parts...)
	})
}

func (c *compiler) during(n node, f kg.During) string {
	from, to, kinds := c.days(n, f.Field)
	open := f.From == kg.MinDay && f.To == kg.MaxDay
	if from == "" {
		return truth((f.Known == nil || !*f.Known) && open)
	}
	has := all(c.is(n, kinds), from+" IS NOT NULL")
	var parts []string
	if f.From != kg.MinDay {
		parts = append(parts, to+" >= "+c.param(int64(f.From)))
	}
	if f.To != kg.MaxDay {
		parts = append(parts, from+" <= "+c.param(int64(f.To)))
	}
	if f.From > f.To {
		parts = append(parts, "false")
	}
	overlaps := all(parts...)
	switch {
	case f.Known != nil && !*f.Known && !open:
		return "false"
	case f.Known != nil && !*f.Known:
		return not(has)
	case f.Known != nil || !open:
		if overlaps == "true" {
			return has
		}
		return all(c.is(n, kinds), "coalesce("+overlaps+", false)")
	}
	return "true"
}

func truth(yes bool) string {
	if yes {
		return "true"
	}
	return "false"
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}
