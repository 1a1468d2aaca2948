package export

import (
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"
)

// Features writes a map as GeoJSON (RFC 7946): one collection, a feature a line. Until it has ended it is no JSON, so that half of one
// never looks whole.
type Features struct {
	out   io.Writer
	begun bool
}

// Geometry is a place or a line between two, each as its longitude and latitude; nil is nowhere.
type Geometry [][2]json.Number

// NewFeatures makes a collection, to be written to a buffer.
func NewFeatures(out io.Writer) *Features { return &Features{out: out} }

// Write writes a feature. properties is a JSON object; an id of "" is none.
func (f *Features) Write(id string, at Geometry, properties []byte) error {
	b := []byte(",\n")
	if !f.begun {
		f.begun = true
		b = []byte(collection)
	}
	b = append(b, `{"type":"Feature",`...)
	if id != "" {
		text, err := json.Marshal(id)
		if err != nil {
			return err
		}
		b = append(append(append(b, `"id":`...), text...), ',')
	}
	b = append(append(b, `"geometry":`...), at.json()...)
	b = append(append(b, `,"properties":`...), properties...)
	_, err := f.out.Write(append(b, '}'))
	return err
}

// End writes what makes the collection whole.
func (f *Features) End() error {
	end := "\n]}\n"
	if !f.begun {
		end = collection + end
	}
	_, err := io.WriteString(f.out, end)
	return err
}

const collection = "{\"type\":\"FeatureCollection\",\"features\":[\n"

func (g Geometry) json() string {
	switch len(g) {
	case 0:
		return "null"
	case 1:
		return `{"type":"Point","coordinates":` + position(g[0]) + `}`
	}
	parts := cut(g[0], g[1])
	lines := make([]string, len(parts))
	for i, l := range parts {
		lines[i] = "[" + position(l[0]) + "," + position(l[1]) + "]"
	}
	if len(lines) > 1 {
		return `{"type":"MultiLineString","coordinates":[` + strings.Join(lines, ",") + "]}"
	}
	return `{"type":"LineString","coordinates":` + lines[0] + "}"
}

func position(p [2]json.Number) string { return "[" + string(p[0]) + "," + string(p[1]) + "]" }

// cut gives the shorter line between two places, in two parts where it crosses the antimeridian (RFC 7946, section 3.1.9).
func cut(from, to [2]json.Number) []Geometry {
	x0, y0, x1, y1 := number(from[0]), number(from[1]), number(to[0]), number(to[1])
	switch {
	case math.Abs(x1-x0) <= 180:
		return []Geometry{{from, to}}
	case math.Abs(x0) == 180: // which has two names
		return []Geometry{{{text(-x0), from[1]}, to}}
	case math.Abs(x1) == 180:
		return []Geometry{{from, {text(-x1), to[1]}}}
	}
	side := math.Copysign(180, x0)
	lat := text(math.Round((y0+(y1-y0)*(side-x0)/(x1+2*side-x0))*1e6) / 1e6)
	return []Geometry{{from, {text(side), lat}}, {{text(-side), lat}, to}}
}

func number(n json.Number) float64 { x, _ := n.Float64(); return x }

func text(x float64) json.Number { return json.Number(strconv.FormatFloat(x, 'f', -1, 64)) }
