package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// The endings of properties that stand beside a field's own.
const (
	suffixKey  = "_key"  // the sort key of a text
	suffixFrom = "_from" // the first day that a date can mean
	suffixTo   = "_to"   // the last
)

// holding gives the property that holds a field for nodes of each kind; none where the kind does not have it.
func holding(k kg.Kind, f *kg.Field) *kg.Field {
	d := k.Decl()
	if f == nil || d.Field(f.Name) != f {
		return nil
	}
	switch {
	case f == kg.FieldDay:
		return d.Day
	case f.Name == "detail" && f.Type == kg.Text:
		return d.Detail
	}
	return f
}

// perKind writes an expression over the property that holds a field, and says which of the node's kinds have one. Where kinds
// hold it in different properties, the expression goes by the kind.
func (c *compiler) perKind(n node, f *kg.Field, write func(own *kg.Field) string) (string, kg.KindSet) {
	var fields []*kg.Field // of different names
	by := map[string]kg.KindSet{}
	var have kg.KindSet
	for _, k := range n.kinds.Kinds() {
		own := holding(k, f)
		if own == nil {
			continue
		}
		have |= kg.SetOf(k)
		if by[own.Name] == 0 {
			fields = append(fields, own)
		}
		by[own.Name] |= kg.SetOf(k)
	}
	switch len(fields) {
	case 0:
		return "", 0
	case 1:
		return write(fields[0]), have
	}
	var b strings.Builder
	b.WriteString("CASE")
	for _, own := range fields {
		fmt.Fprintf(&b, " WHEN %s THEN %s", c.is(n, by[own.Name]), write(own))
	}
	b.WriteString(" END")
	return b.String(), have
}

// value writes what a node holds in a field that is not a date: text, a number, a moment. The expression is to be read where
// the node is of the kinds given.
func (c *compiler) value(n node, f *kg.Field) (string, kg.KindSet) {
	return c.perKind(n, f, func(own *kg.Field) string {
		switch {
		case f == kg.FieldKind:
			return c.kindName(n)
		case f == kg.FieldName:
			return n.prop("name" + suffixKey)
		}
		return n.prop(own.Name)
	})
}

// kindName writes the name of a node's kind. An id begins with its kind.
func (c *compiler) kindName(n node) string {
	if kinds := n.kinds.Kinds(); len(kinds) == 1 {
		return "'" + kinds[0].Decl().Name + "'"
	}
	return fmt.Sprintf("toUpper(split(%s, ':')[0])", n.prop("id"))
}

// sortKey writes the folded form of a text, by which it is compared and ordered.
func (c *compiler) sortKey(n node, f *kg.Field) (string, kg.KindSet) {
	if f == nil || f.Type != kg.Text && f.Type != kg.Enum {
		return "", 0
	}
	return c.perKind(n, f, func(own *kg.Field) string {
		switch {
		case f == kg.FieldID || f == kg.FieldKind: // which fold to themselves but for case
			value, _ := c.value(n, f)
			return "toLower(" + value + ")"
		case own.Type == kg.Enum:
			return "toLower(" + n.prop(own.Name) + ")"
		}
		return n.prop(own.Name + suffixKey)
	})
}

// days writes the first and the last day that a date can mean.
func (c *compiler) days(n node, f *kg.Field) (from, to string, kinds kg.KindSet) {
	if f == nil || f.Type != kg.Dated {
		return "", "", 0
	}
	from, kinds = c.perKind(n, f, func(own *kg.Field) string { return n.prop(own.Name + suffixFrom) })
	to, _ = c.perKind(n, f, func(own *kg.Field) string { return n.prop(own.Name + suffixTo) })
	return from, to, kinds
}

// text writes a date as it was written.
func (c *compiler) text(n node, f *kg.Field) (string, kg.KindSet) {
	return c.perKind(n, f, func(own *kg.Field) string { return n.prop(own.Name) })
}
