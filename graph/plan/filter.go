package plan

import "github.com/ententegraph/entente/internal/kg"

// Filters are read by the names of their fields: and, or and not; what all nodes of a class share; a relation field of the
// same name; a field of the kind's own. null is as if it were not written.

// nodeFilter reads a filter on nodes of some kinds.
func (c *compiler) nodeFilter(kinds kg.KindSet, where map[string]any) (kg.Filter, error) {
	return c.all(where, func(name string, v any) (kg.Filter, error) {
		switch name {
		case "and", "or":
			var subs []kg.Filter
			parts, err := list(v)
			if err != nil {
				return nil, err
			}
			for _, e := range parts {
				m, _ := e.(map[string]any)
				f, err := c.nodeFilter(kinds, m)
				if err != nil {
					return nil, err
				}
				subs = append(subs, f)
			}
			if name == "or" {
				return kg.Or(subs), nil
			}
			if len(subs) == 0 {
				return kg.Or{}, nil // an empty list fits nothing
			}
			return kg.And(subs), nil
		case "not":
			f, err := c.nodeFilter(kinds, v.(map[string]any))
			return kg.Not{Filter: f}, err
		case "id":
			ids, err := parseIDsOf(v, kinds)
			return kg.IDIn(ids), err
		case "kind":
			return kindFilter(v)
		case "detail":
			return detailFilter(kinds, v)
		case "source":
			ids, err := parseIDsOf(v, kg.SetOf(kg.SourceKind))
			return kg.RestsOn(ids), err
		case "entity":
			ids, err := parseIDsOf(v, kg.Entities)
			return kg.Touches(ids), err
		case "within":
			return within(v.(map[string]any))
		case "withinBox":
			return withinBox(v.(map[string]any))
		case "status":
			return statusFilter(v.(map[string]any))
		case "from", "to":
			return c.endFilter(name, v.(map[string]any))
		}
		if r, ok := c.relationNamed(kinds, name); ok {
			return c.hasFilter(r, v.(map[string]any))
		}
		return fieldFilter(kinds.Kinds()[0].Decl().Field(name), v)
	})
}

// maxConditions bounds the conditions of an operation's filters, all together.
const maxConditions = 500

// all joins the filters that the fields of an input object make.
func (c *compiler) all(where map[string]any, one func(name string, v any) (kg.Filter, error)) (kg.Filter, error) {
	var out kg.Filter
	for _, name := range sortedKeys(where) {
		if where[name] == nil {
			continue
		}
		if c.conditions++; c.conditions > maxConditions {
			return nil, kg.Errorf(kg.TooLarge, "the filters have over %d conditions: ask for less at once", maxConditions).Over(maxConditions)
		}
		f, err := one(name, where[name])
		if err != nil {
			return nil, inField(name, err)
		}
		out = both(out, f)
	}
	return out, nil
}

// both joins two filters; nil is no filter.
func both(a, b kg.Filter) kg.Filter {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	if and, ok := a.(kg.And); ok {
		return append(and[:len(and):len(and)], b)
	}
	return kg.And{a, b}
}

func kindFilter(v any) (kg.KindIn, error) {
	names, err := texts(v)
	var kinds kg.KindSet
	for _, n := range names {
		kinds |= kg.SetOf(kg.KindNamed(n))
	}
	return kg.KindIn{Kinds: kinds}, err
}

// endFilter reads what must be at an end of a fact.
func (c *compiler) endFilter(name string, where map[string]any) (kg.Filter, error) {
	way := kg.FromEnd
	if name == "to" {
		way = kg.ToEnd
	}
	node, err := c.nodeFilter(kg.Entities, where)
	return kg.Has{Relation: kg.Relation{Way: way}, Kinds: kg.Entities, Node: node, AtLeast: 1}, err
}

// hasFilter reads what must be at the other end of a relation: some, none and atLeast, or, of a relation to one, its filter.
func (c *compiler) hasFilter(r related, where map[string]any) (kg.Filter, error) {
	has := func(part any) (h kg.Has, err error) {
		h = kg.Has{Relation: r.Relation, Kinds: r.to, AtLeast: 1}
		m, _ := part.(map[string]any)
		if r.byFact {
			h.Fact, h.Node, err = c.relationFilter(r.Fact, r.to, m)
		} else {
			h.Node, err = c.nodeFilter(r.to, m)
		}
		return h, err
	}
	if !r.many {
		return has(where)
	}
	var out kg.Filter
	if where["some"] != nil || where["atLeast"] != nil {
		h, err := has(where["some"])
		if err != nil {
			return nil, inField("some", err)
		}
		n := int64(1)
		if v := where["atLeast"]; v != nil {
			if n, err = integer(v); err == nil && n < 0 {
				err = kg.Errorf(kg.BadInput, "%d is out of bounds: write 0 or more", n)
			}
			if err != nil {
				return nil, inField("atLeast", err)
			}
		}
		if where["some"] != nil {
			n = max(n, 1)
		}
		if h.AtLeast = int(n); n > 0 {
			out = h
		}
	}
	if where["none"] != nil {
		h, err := has(where["none"])
		if err != nil {
			return nil, inField("none", err)
		}
		h.None, h.AtLeast = true, 0
		out = both(out, h)
	}
	if out == nil {
		return kg.And{}, nil // {} fits everything
	}
	return out, nil
}

// relationFilter reads a filter on the facts of a relation, with `node` for the other end.
func (c *compiler) relationFilter(fact kg.Kind, to kg.KindSet, where map[string]any) (factFilter, node kg.Filter, err error) {
	rest := map[string]any{}
	for name, v := range where {
		if name != "node" {
			rest[name] = v
		}
	}
	if m, ok := where["node"].(map[string]any); ok {
		if node, err = c.nodeFilter(to, m); err != nil {
			return nil, nil, inField("node", err)
		}
	}
	factFilter, err = c.leadFilter(fact, rest)
	return factFilter, node, err
}

// leadFilter reads a filter on facts of one kind by their fields.
func (c *compiler) leadFilter(fact kg.Kind, where map[string]any) (kg.Filter, error) {
	return c.all(where, func(name string, v any) (kg.Filter, error) {
		return fieldFilter(fact.Decl().Field(name), v)
	})
}
