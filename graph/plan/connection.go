package plan

import (
	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// maxPage is the largest page of a list.
const maxPage = 100

// connection compiles a connection field. follow knows already how the list is reached and of which kinds it is.
func (c *compiler) connection(f *Field, g group, conn *ast.Definition, follow *kg.Follow, args map[string]any) error {
	if err := c.listArguments(follow, edgeType(c.schema, conn), args); err != nil {
		return err
	}
	return c.pages(f, g, conn, nil, follow)
}

// pages compiles what is selected of a connection whose list is known. walk is what finds it, if a walk does.
func (c *compiler) pages(f *Field, g group, conn *ast.Definition, walk kg.Walk, follow *kg.Follow) error {
	edge := edgeType(c.schema, conn)
	list := &follow.List
	list.Select = &kg.Select{}
	nodes, lead := newSelecting(list.Select), newSelecting(&kg.Select{})
	shown := false // whether anything needs the rows, and not only their number
	list.Unpaged = true
	node := func(f *Field, g group, def *ast.Definition) (err error) {
		if kindsOf(c.schema, def) == 0 { // an item of a timeline
			f.Sub, err = c.structsBelow(g.sets(), def, nodes)
			return err
		}
		f.Sub, err = c.nodes(g.sets(), def, list.Kinds, nodes)
		return err
	}
	var err error
	f.Sub, err = c.structsWith(g.sets(), conn, func(f *Field, g group) (err error) {
		switch f.Name {
		case "nodes":
			shown = true
			err = node(f, g, nodeType(c.schema, conn))
		case "pageInfo":
			shown, list.Unpaged = true, false
			f.Sub, err = c.structs(g.sets(), c.schema.Types["PageInfo"])
		case "totalCount":
			list.Total = true
		case "facets":
			err = c.facets(f, g, list)
		case "edges":
			shown = true
			f.Sub, err = c.structsWith(g.sets(), edge, func(f *Field, g group) (err error) {
				def := c.schema.Types[edge.Fields.ForName(f.Name).Type.Name()]
				switch f.Name {
				case "node":
					err = node(f, g, def)
				case "cursor":
					list.Unpaged = false
				case "fact":
					facts := kg.SetOf(follow.Relation.Fact)
					if walk != nil { // which may find any
						facts = kg.Facts
					}
					follow.Lead = lead.Select
					f.Sub, err = c.nodes(g.sets(), def, facts, lead)
				case "highlights":
					c.places = true
					f.Sub, err = c.structs(g.sets(), def)
				case "via": // at the root no facts lead, of any kind
					follow.Lead = lead.Select
					f.Sub, err = c.nodes(g.sets(), def, kg.Facts&kg.SetOf(follow.Relation.Fact), lead)
				}
				return err
			})
		}
		return err
	})
	if !shown {
		list.First = 0
	}
	f.List = &List{*list, list.Fingerprint(walk, follow.Relation, follow.Fact)}
	return err
}

// listArguments reads the arguments that say which nodes are listed, in which order, and which page.
func (c *compiler) listArguments(follow *kg.Follow, edge *ast.Definition, args map[string]any) (err error) {
	list := &follow.List
	byFact := edge.Fields.ForName("fact") != nil
	facts := list.Kinds&kg.Facts != 0

	if list.First, err = pageSize(args, maxPage); err != nil {
		return err
	}
	list.States = kg.OnlyAccepted
	list.Distinct = follow.Relation.Way.ByFact() && !byFact
	if types, ok := args["type"]; ok {
		if follow.Fact, err = c.leadFilter(follow.Relation.Fact, map[string]any{"type": types}); err != nil {
			return err
		}
	}
	if where, ok := args["where"].(map[string]any); ok {
		switch {
		case byFact:
			var fact, node kg.Filter
			fact, node, err = c.relationFilter(follow.Relation.Fact, list.Kinds, where)
			follow.Fact, list.Where = both(follow.Fact, fact), node
			list.States = kg.StatesOf(follow.Fact)
		case facts:
			list.Where, err = c.nodeFilter(list.Kinds, where)
			list.States = kg.StatesOf(list.Where)
		default:
			list.Where, err = c.nodeFilter(list.Kinds, where)
		}
		if err != nil {
			return inField("where", err)
		}
	}
	if list.Order, err = order(list.Kinds, follow.Relation.Fact, byFact, args["orderBy"]); err != nil {
		return inField("orderBy", err)
	}
	return after(follow, nil, args)
}

// after reads `after`, once all else that a place in the list is bound to is known. walk is what finds the list, if one does.
func after(follow *kg.Follow, walk kg.Walk, args map[string]any) (err error) {
	s, ok := args["after"].(string)
	if !ok {
		return nil
	}
	list := &follow.List
	if list.After, err = kg.ParseCursor(s, list.Fingerprint(walk, follow.Relation, follow.Fact), list.Order); err != nil {
		return inField("after", err)
	}
	return nil
}

// maxOrder bounds how many things a list is ordered by.
const maxOrder = 10

// order reads `orderBy`, or gives the order of a list that has none: facts and sources newest first, relations by the name
// of their other end, entities by name.
func order(kinds kg.KindSet, fact kg.Kind, byFact bool, orderBy any) ([]kg.Order, error) {
	if by, ok := orderBy.([]any); ok && len(by) > 0 {
		if len(by) > maxOrder {
			return nil, kg.Errorf(kg.BadInput, "%d are too many: order by at most %d things", len(by), maxOrder)
		}
		var out []kg.Order
		for _, v := range by {
			m, _ := v.(map[string]any)
			name, _ := m["field"].(string)
			o := kg.Order{Desc: m["direction"] == "DESC"}
			switch {
			case byFact && name == "NODE_NAME":
				o.Field = kg.FieldName
			case byFact && name == "NODE_DATE":
				o.Field = kg.FieldDay
			case byFact:
				o.Field, o.OfFact = orderField(fact, name), true
			default:
				o.Field = orderField(kinds.Kinds()[0], name)
			}
			out = append(out, o)
		}
		return out, nil
	}
	switch {
	case kinds == kg.SetOf(kg.ChangeKind):
		return kg.ChangeOrder, nil
	case kinds == kg.SetOf(kg.SourceKind):
		return []kg.Order{{Field: kg.FieldPublished, Desc: true}}, nil
	case kinds&kg.Facts != 0:
		return []kg.Order{{Field: kg.FieldSince, Desc: true}}, nil
	}
	return []kg.Order{{Field: kg.FieldName}}, nil
}

// orderField finds the field that an order's enum value names. The schema and the table agree on them by a test.
func orderField(k kg.Kind, enum string) *kg.Field {
	for _, f := range k.Decl().AllFields() {
		if enumName(f.Name) == enum {
			return f
		}
	}
	return nil
}
