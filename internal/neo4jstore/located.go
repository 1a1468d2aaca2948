package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// Where an entity is, is decided by formulas of kg, since those of Neo4j differ: point.distance takes another sphere, and
// point.withinBBox an antimeridian with one name. Its index on locations says where to look.

// inCircle writes the condition that an entity is in a circle, by the haversine formula.
func (c *compiler) inCircle(n node, f kg.Within) string {
	return c.isAt(n, func(x string) string {
		return fmt.Sprintf("sin(radians(%[1]s.latitude - %[2]s) / 2) ^ 2 + cos(radians(%[2]s)) * cos(radians(%[1]s.latitude)) * sin(radians(%[1]s.longitude - %[3]s) / 2) ^ 2 <= %[4]s",
			x, c.param(f.Lat), c.param(f.Lon), c.param(f.Haversine()))
	})
}

// inBox writes the condition that an entity is in a box.
func (c *compiler) inBox(n node, f kg.WithinBox) string {
	return c.isAt(n, func(x string) string {
		r := c.variable("x")
		return fmt.Sprintf("any(%[1]s IN %[2]s WHERE %[1]s[0] <= %[3]s.latitude <= %[1]s[2] AND %[1]s[1] <= %[3]s.longitude <= %[1]s[3])",
			r, c.param(rectangles(f.Rectangles())), x)
	})
}

// isAt writes a condition on where an entity is: where it says itself, or else the nearest above it that does.
func (c *compiler) isAt(n node, condition func(location string) string) string {
	if n.class != anEntity {
		return "false"
	}
	above, x, x0 := c.entity(0), c.variable("x"), c.variable("x")
	up := c.climb(n, above, kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}, nil, kg.OnlyAccepted, 1)
	nearest := fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN [%s] ELSE COLLECT { %s WHERE %s AND %s IS NOT NULL WITH %s AS %s ORDER BY %s LIMIT 1 RETURN %s.location } END",
		n.prop("location"), n.prop("location"), up.match, up.where, above.prop("location"), above.name, x0, up.order, x0)
	return fmt.Sprintf("any(%s IN %s WHERE %s)", x, nearest, condition(x))
}

// startIn binds all that may be in one of some rectangles: what has its own location there, by the index on locations, and what has
// none and lies below such a place without another that has one between them. Which of these are, the filter still has to say.
func (c *compiler) startIn(n node, in []kg.Rectangle) start {
	b, p := c.variable("x"), c.variable("n")
	var s strings.Builder
	fmt.Fprintf(&s, "UNWIND %[1]s AS %[2]s MATCH (%[3]s:Entity) USING POINT INDEX %[3]s:Entity(location)"+
		" WHERE point.withinBBox(%[3]s.location, point({latitude: %[2]s[0], longitude: %[2]s[1]}), point({latitude: %[2]s[2], longitude: %[2]s[3]}))",
		c.param(rectangles(in)), b, p)
	if n.kinds&chainEnds(kg.LocatedIn, kg.Down) == 0 { // nothing of these kinds lies below anything
		fmt.Fprintf(&s, " WITH DISTINCT %s AS %s", p, n.name)
		return start{s.String(), true, false}
	}
	q, last := c.variable("n"), c.fact(kg.SetOf(kg.LocatedIn))
	label, kinds := c.label(n)
	fmt.Fprintf(&s, " WITH DISTINCT %s %s WITH DISTINCT %s", p, c.throughPlaces(p, q, relation{Relation: kg.Relation{Way: kg.Down, Fact: kg.LocatedIn}, states: kg.OnlyAccepted},
		func(x string) string { return x + ".location IS NULL" }), q)
	fmt.Fprintf(&s, " CALL (%[1]s) { RETURN %[1]s AS %[2]s UNION MATCH (%[1]s)<-[%[3]s:%[4]s]-(%[2]s%[5]s)%[6]s RETURN %[2]s }",
		q, n.name, last.name, c.types(last.kinds, kg.OnlyAccepted), label, whereAny(append(c.shown(last, kg.OnlyAccepted), n.prop("location")+" IS NULL", kinds)))
	return start{s.String(), false, false}
}

// rectangles gives each as its south, west, north and east.
func rectangles(list []kg.Rectangle) [][]float64 {
	out := make([][]float64, len(list))
	for i, r := range list {
		out[i] = []float64{r.South, r.West, r.North, r.East}
	}
	return out
}
