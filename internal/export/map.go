package export

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/ententegraph/entente/internal/kg"
)

// Map writes what a graph holds now as GeoJSON: entities that have a location as points, and the facts between two of these as lines.
// The locations are all that is kept in memory.
type Map struct {
	features *Features
	out      *bufio.Writer
	places   map[kg.ID]kg.Point
}

// NewMap begins a map.
func NewMap(to io.Writer) *Map {
	out := bufio.NewWriterSize(to, 64<<10)
	return &Map{NewFeatures(out), out, map[kg.ID]kg.Point{}}
}

// Source implements Part. A map has no place for it; a line names its sources.
func (m *Map) Source(*kg.Source) error { return nil }

// Entity implements Part.
func (m *Map) Entity(e *kg.Entity) error {
	if e.Location == nil {
		return nil
	}
	m.places[e.ID] = *e.Location
	o := newObject()
	o.text("kind", e.Kind.String())
	o.text("name", e.Names[0].Value)
	o.text("description", e.Description)
	writeValues(o, e.Kind, e.Values)
	return m.write(string(e.ID), Geometry{lonLat(*e.Location)}, o)
}

// Fact implements Part.
func (m *Map) Fact(f *kg.Fact) error {
	from, known := m.places[f.From]
	to, both := m.places[f.To]
	if !known || !both {
		return nil
	}
	o := newObject()
	o.text("kind", f.Kind.String())
	o.text("from", string(f.From))
	o.text("to", string(f.To))
	writeValues(o, f.Kind, f.Values)
	o.date("since", f.Since)
	o.date("until", f.Until)
	o.put("confidence", f.Confidence)
	o.put("sources", sourcesOf(f))
	return m.write(string(f.ID), Geometry{lonLat(from), lonLat(to)}, o)
}

func (m *Map) write(id string, at Geometry, o *object) error {
	properties, err := o.end()
	if err != nil {
		return err
	}
	return m.features.Write(id, at, properties)
}

// End implements Part.
func (m *Map) End() error {
	if err := m.features.End(); err != nil {
		return err
	}
	return m.out.Flush()
}

func lonLat(p kg.Point) [2]json.Number {
	return [2]json.Number{json.Number(decimal(p.Lon)), json.Number(decimal(p.Lat))}
}
