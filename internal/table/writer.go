package table

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/export"
)

// Writer writes records to a file. It keeps little: what has been written may be read while more is written.
type Writer interface {
	Write(record any) error
	// Flush hands on what was written so far.
	Flush() error
	// End writes what makes the file whole.
	End() error
}

// Formats are those that a Listing is written in, each with its media type.
var Formats = map[string]string{
	"csv":     "text/csv; charset=utf-8; header=present",
	"jsonl":   "application/x-ndjson",
	"geojson": "application/geo+json",
}

// Writer makes a writer of a format. Nothing is written until a record is, or the end.
func (l *Listing) Writer(format string, to io.Writer) (Writer, error) {
	out := bufio.NewWriterSize(to, 64<<10)
	switch format {
	case "csv":
		return &csvWriter{out: csv.NewWriter(out), below: out, columns: l.columns}, nil
	case "jsonl":
		return &linesWriter{out}, nil
	case "geojson":
		if len(l.places) == 0 {
			return nil, fmt.Errorf("a map needs places: select location { lat lon } of what %s lists, of what that lies in (city { location { lat lon } }), or of both ends of a fact", l.Name)
		}
		return &featuresWriter{export.NewFeatures(out), out, l}, nil
	}
	if format == "" {
		return nil, errors.New("say in which format: csv, jsonl or geojson")
	}
	return nil, errors.New("there is no such format: write csv, jsonl or geojson")
}

// csvWriter writes a table, RFC 4180, under a row that names the columns.
type csvWriter struct {
	out     *csv.Writer
	below   *bufio.Writer
	columns []string
	headed  bool
}

func (w *csvWriter) head() error {
	if w.headed {
		return nil
	}
	w.headed = true
	return w.out.Write(w.columns)
}

func (w *csvWriter) Write(record any) error {
	if err := w.head(); err != nil {
		return err
	}
	row := make([]string, len(w.columns))
	for _, c := range Flatten(record) {
		if at := slices.Index(w.columns, c.Column); at >= 0 {
			row[at] = export.Harmless(strings.Join(c.Lines, "; "))
		}
	}
	return w.out.Write(row)
}

func (w *csvWriter) Flush() error {
	if w.out.Flush(); w.out.Error() != nil {
		return w.out.Error()
	}
	return w.below.Flush()
}

func (w *csvWriter) End() error {
	if err := w.head(); err != nil {
		return err
	}
	return w.Flush()
}

// linesWriter writes a JSON object a line.
type linesWriter struct{ *bufio.Writer }

func (w *linesWriter) Write(record any) error {
	_, err := w.Writer.Write(append(appendValue(nil, record), '\n'))
	return err
}

func (w *linesWriter) End() error { return w.Flush() }

// featuresWriter writes a map.
type featuresWriter struct {
	features *export.Features
	out      *bufio.Writer
	of       *Listing
}

func (w *featuresWriter) Flush() error { return w.out.Flush() }

func (w *featuresWriter) End() error {
	if err := w.features.End(); err != nil {
		return err
	}
	return w.Flush()
}

// Write writes a record as a feature: the id of what it is about, where that is, and all else as properties.
func (w *featuresWriter) Write(record any) error {
	o, _ := record.(Object)
	properties := w.properties(nil, nil, o)
	var id string
	for i, m := range properties {
		if text, ok := m.Value.(string); ok && m.Key == "id" {
			id, properties = text, slices.Delete(properties, i, i+1)
			break
		}
	}
	return w.features.Write(id, w.geometry(o), appendValue(nil, properties))
}

// geometry is a line between the ends of a fact, where their locations are selected, or else the first location that is known.
func (w *featuresWriter) geometry(o Object) export.Geometry {
	var any, from, to export.Geometry
	ends := false
	for _, p := range w.of.places {
		at, ok := p.in(o)
		ends = ends || p.end != ""
		switch {
		case !ok:
		case p.end == "from" && from == nil:
			from = export.Geometry{at}
		case p.end == "to" && to == nil:
			to = export.Geometry{at}
		case p.end == "" && any == nil:
			any = export.Geometry{at}
		}
	}
	switch {
	case !ends:
		return any
	case from == nil || to == nil:
		return nil
	}
	return append(from, to...)
}

// in gives the longitude and latitude that a record holds there.
func (p place) in(o Object) (at [2]json.Number, ok bool) {
	for _, key := range p.path {
		if o, ok = o.Get(key).(Object); !ok {
			return at, false
		}
	}
	lon, isLon := o.Get(p.lon).(json.Number)
	lat, isLat := o.Get(p.lat).(json.Number)
	return [2]json.Number{lon, lat}, isLon && isLat
}

// properties are the scalars of a record under dotted names, and its lists, but for the places of its geometry. Of an edge, those of
// its node have no prefix.
func (w *featuresWriter) properties(out Object, path []string, o Object) Object {
	list, rest, found := Elements(o)
	name := func(path []string) string {
		if w.of.elements == "edges" && len(path) > 1 && path[0] == "node" {
			path = path[1:]
		}
		return strings.Join(path, ".")
	}
	for _, m := range rest {
		at := append(slices.Clone(path), m.Key)
		inner, nested := m.Value.(Object)
		switch {
		case slices.ContainsFunc(w.of.places, func(p place) bool { return slices.Equal(p.path, at) }):
		case nested:
			out = w.properties(out, at, inner)
		case slices.Contains(w.of.columns, strings.Join(at, ".")): // else an object that is null
			out = append(out, Member{name(at), m.Value})
		}
	}
	if found {
		out = append(out, Member{name(path), list})
	}
	return out
}
