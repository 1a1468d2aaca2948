package neo4jstore

import (
	"fmt"

	"github.com/ententegraph/entente/internal/kg"
)

// degrees counts the accepted facts of an entity by kind and direction. Where all that have the type count, Neo4j has the number
// with the node, and looks at no fact.
func (c *compiler) degrees(n node) code[[]kg.Degree] {
	var counts []string
	var of []kg.Degree
	for _, kind := range kg.Facts.Kinds() {
		ways := []kg.Way{kg.Out, kg.In}
		if kind.Decl().Symmetric {
			ways = []kg.Way{kg.Both}
		}
		for _, way := range ways {
			if otherEnd(n.kinds, kind, way) == 0 {
				continue
			}
			f := c.fact(kg.SetOf(kind))
			left, right := arrows(way)
			types, name := c.types(f.kinds, kg.OnlyAccepted), ""
			cond := where(c.shown(f, kg.OnlyAccepted)...)
			if cond != "" {
				name = f.name
			}
			counts = append(counts, fmt.Sprintf("COUNT { (%s)%s[%s:%s]%s()%s }", n.name, left, name, types, right, cond))
			of = append(of, kg.Degree{Fact: kind, Way: way})
		}
	}
	return code[[]kg.Degree]{"[" + joined(counts) + "]", func(v any) []kg.Degree {
		degrees := []kg.Degree{}
		for i, n := range v.([]any) {
			if d := of[i]; n.(int64) > 0 {
				d.Count = int(n.(int64))
				degrees = append(degrees, d)
			}
		}
		return degrees
	}}
}
