package export

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// GraphML writes what a graph holds now as GraphML: entities as nodes, the facts that are asserted as edges between them, and their
// fields as attributes that the file declares first, as Gephi, yEd and NetworkX want it. A character that XML can't hold becomes
// U+FFFD.
type GraphML struct {
	out  *bufio.Writer
	keys map[string]string // of attributes, to their ids
}

// attribute is one that a file declares.
type attribute struct{ of, name, kind string }

// attributes of nodes and of edges, in the order of the file.
func attributes() []attribute {
	var out []attribute
	declare := func(of string, named [][2]string, fields []*kg.Field) {
		for _, n := range named {
			out = append(out, attribute{of, n[0], n[1]})
		}
		for _, f := range fields {
			kind := "string"
			switch f.Type {
			case kg.Int:
				kind = "long"
			case kg.Float:
				kind = "double"
			}
			out = append(out, attribute{of, f.Name, kind})
		}
	}
	// Gephi shows label, and places by latitude and longitude.
	declare("node", [][2]string{{"label", "string"}, {"kind", "string"}, {"description", "string"}, {"latitude", "double"}, {"longitude", "double"}}, ownFields(kg.Entities))
	declare("edge", [][2]string{{"kind", "string"}, {"since", "string"}, {"until", "string"}, {"confidence", "double"}, {"sources", "string"}, {"quote", "string"}}, ownFields(kg.Facts))
	return out
}

// NewGraphML begins a file.
func NewGraphML(to io.Writer) *GraphML {
	g := &GraphML{bufio.NewWriterSize(to, 64<<10), map[string]string{}}
	g.out.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	for _, a := range attributes() {
		id := a.of + "_" + a.name
		g.keys[a.of+a.name] = id
		g.out.WriteString(`<key id="` + id + `" for="` + a.of + `" attr.name="` + a.name + `" attr.type="` + a.kind + "\"/>\n")
	}
	g.out.WriteString("<graph id=\"entente\" edgedefault=\"directed\">\n")
	return g
}

// Source implements Part. Nodes are entities alone; an edge names its sources.
func (g *GraphML) Source(*kg.Source) error { return nil }

// Entity implements Part.
func (g *GraphML) Entity(e *kg.Entity) error {
	g.out.WriteString(`<node id="`)
	g.text(string(e.ID))
	g.out.WriteString(`">`)
	g.data("node", "label", e.Names[0].Value)
	g.data("node", "kind", e.Kind.String())
	g.data("node", "description", e.Description)
	if p := e.Location; p != nil {
		g.data("node", "latitude", decimal(p.Lat))
		g.data("node", "longitude", decimal(p.Lon))
	}
	g.fields("node", e.Kind, e.Values)
	_, err := g.out.WriteString("</node>\n")
	return err
}

// Fact implements Part.
func (g *GraphML) Fact(f *kg.Fact) error {
	g.out.WriteString(`<edge id="`)
	g.text(string(f.ID))
	g.out.WriteString(`" source="`)
	g.text(string(f.From))
	g.out.WriteString(`" target="`)
	g.text(string(f.To))
	if f.Kind.Decl().Symmetric {
		g.out.WriteString(`" directed="false`)
	}
	g.out.WriteString(`">`)
	g.data("edge", "kind", f.Kind.String())
	g.data("edge", "since", f.Since.Text)
	g.data("edge", "until", f.Until.Text)
	g.data("edge", "confidence", decimal(f.Confidence))
	g.data("edge", "sources", strings.Join(sourcesOf(f), " "))
	g.data("edge", "quote", bestEvidence(f).Quote)
	g.fields("edge", f.Kind, f.Values)
	_, err := g.out.WriteString("</edge>\n")
	return err
}

// End implements Part.
func (g *GraphML) End() error {
	g.out.WriteString("</graph>\n</graphml>\n")
	return g.out.Flush()
}

func (g *GraphML) fields(of string, k kg.Kind, values []kg.Value) {
	for i, f := range k.Decl().Fields {
		g.data(of, f.Name, plain(values[i]))
	}
}

// data writes an attribute, if it is known.
func (g *GraphML) data(of, name, value string) {
	if value == "" {
		return
	}
	g.out.WriteString(`<data key="` + g.keys[of+name] + `">`)
	g.text(value)
	g.out.WriteString("</data>")
}

func (g *GraphML) text(s string) { _ = xml.EscapeText(g.out, []byte(s)) } // an error comes again at the end
