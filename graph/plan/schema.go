package plan

import (
	"strings"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/vektah/gqlparser/v2/ast"
)

// kindsOf gives the kinds that a node type may be of: those of an interface's types, or the one of an object type.
func kindsOf(schema *ast.Schema, def *ast.Definition) kg.KindSet {
	var kinds kg.KindSet
	for _, t := range schema.GetPossibleTypes(def) {
		kinds |= kg.SetOf(kg.KindOfType(t.Name))
	}
	return kinds &^ kg.SetOf(kg.NoKind)
}

func isConnection(def *ast.Definition) bool { return strings.HasSuffix(def.Name, "Connection") }

// nodeType gives the type of a connection's nodes.
func nodeType(schema *ast.Schema, connection *ast.Definition) *ast.Definition {
	return schema.Types[connection.Fields.ForName("nodes").Type.Name()]
}

// edgeType gives the type of a connection's edges.
func edgeType(schema *ast.Schema, connection *ast.Definition) *ast.Definition {
	return schema.Types[connection.Fields.ForName("edges").Type.Name()]
}

// relation reads from @follows how a relation field walks; ok is false where the field is none.
func relation(def *ast.FieldDefinition) (r kg.Relation, ok bool) {
	d := def.Directives.ForName("follows")
	if d == nil {
		return r, false
	}
	return kg.Relation{
		Way:  kg.WayNamed(d.Arguments.ForName("way").Value.Raw),
		Fact: kg.KindNamed(d.Arguments.ForName("fact").Value.Raw),
	}, true
}

// related is a relation as a filter names it.
type related struct {
	kg.Relation
	to     kg.KindSet
	many   bool // whether the field is a connection, filtered by some, none and atLeast
	byFact bool // whether each of its edges has the fact, so that the filter is on facts, with the other end's under `node`
}

// relationNamed finds a relation by the name of its field, on the first of the kinds whose type has it.
func (c *compiler) relationNamed(kinds kg.KindSet, name string) (r related, ok bool) {
	for _, k := range kinds.Kinds() {
		def := c.schema.Types[k.Decl().Type].Fields.ForName(name)
		if def == nil {
			continue
		}
		if r.Relation, ok = relation(def); !ok {
			continue
		}
		result := c.schema.Types[def.Type.Name()]
		if r.many = isConnection(result); r.many {
			r.byFact = edgeType(c.schema, result).Fields.ForName("fact") != nil
			result = nodeType(c.schema, result)
		}
		r.to = kindsOf(c.schema, result)
		return r, true
	}
	return r, false
}

// enumName writes a field's name as the values of order and facet enums do: foundedOn is FOUNDED_ON, areaKm2 AREA_KM2.
func enumName(field string) string {
	var b strings.Builder
	for i, r := range field {
		if i > 0 && 'A' <= r && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}
