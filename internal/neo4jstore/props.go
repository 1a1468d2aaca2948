package neo4jstore

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"github.com/ententegraph/entente/internal/kg"
)

// props are the properties of a node or relationship. A nil takes one away.
type props map[string]any

func (p props) text(name, s string) {
	if s != "" {
		p[name] = s
	}
}

// keyed puts a text with its sort key.
func (p props) keyed(name, s string) {
	if s != "" {
		p[name], p[name+suffixKey] = s, kg.SortKey(s)
	}
}

func (p props) date(name string, d kg.Date) {
	if d.Known() {
		p[name], p[name+suffixFrom], p[name+suffixTo] = d.Text, int64(d.First), int64(d.Last)
	}
}

func (p props) moment(name string, t time.Time) {
	if !t.IsZero() {
		p[name] = t.UTC()
	}
}

// json puts what has no form of its own in Neo4j, whose lists hold no nulls and no lists.
func (p props) json(name string, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // text and numbers alone
	}
	p[name] = string(b)
}

// fields puts the values of a kind's own fields.
func (p props) fields(k kg.Kind, values []kg.Value) {
	for i, f := range k.Decl().Fields {
		switch v := values[i].(type) {
		case nil:
		case kg.Date:
			p.date(f.Name, v)
		case kg.ID:
			p[f.Name] = string(v)
		case []kg.ID:
			p[f.Name] = texts(v)
		case string:
			if f.Type == kg.Text {
				p.keyed(f.Name, v)
			} else {
				p[f.Name] = v
			}
		default:
			p[f.Name] = v
		}
	}
}

type nameJSON struct {
	Value string      `json:"value"`
	Lang  string      `json:"lang,omitempty"`
	Kind  kg.NameKind `json:"kind"`
}

type identifierJSON struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

func entityProps(e *kg.Entity, changes []kg.Change) props {
	p := props{"id": string(e.ID), "name": e.Names[0].Value, "name_key": e.Key, "order_key": orderKey(e.Key, e.ID)}
	if first := e.Names[0]; len(e.Names) > 1 || first.Lang != "" || first.Kind != kg.Primary {
		names := make([]nameJSON, len(e.Names))
		for i, n := range e.Names {
			names[i] = nameJSON(n)
		}
		p.json("names", names)
	}
	p.keyed("description", e.Description)
	if len(e.Others) > 0 {
		ids := make([]identifierJSON, len(e.Others))
		for i, id := range e.Others {
			ids[i] = identifierJSON(id)
		}
		p.json("identifiers", ids)
	}
	if ids := e.Identifiers(); len(ids) > 0 {
		list := make([]string, len(ids))
		for i, id := range ids {
			list[i] = identified(id)
		}
		p["identified"] = list
	}
	if e.Location != nil {
		p["location"] = dbtype.Point2D{X: e.Location.Lon, Y: e.Location.Lat, SpatialRefId: 4326}
	}
	if len(e.Evidence) > 0 {
		p["evidence"], p["ev_source"] = encodeEvidence(e.Evidence)
	}
	p.fields(e.Kind, e.Values)
	p["grams"] = strings.Join(kg.Grams(e), " ")
	p.changes(changes)
	return p
}

// orderKey orders as a name's sort key does, and those of one name by their ids: neither holds a NUL. A list by name reads it of all
// that it orders, in place of both.
func orderKey(name string, id kg.ID) string { return name + "\x00" + string(id) }

// changes puts what has changed of an entity, in lists side by side.
func (p props) changes(changes []kg.Change) {
	n := len(changes)
	if n == 0 {
		return
	}
	at, types, fields, before, after := make([]time.Time, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, c := range changes {
		at[i], types[i], fields[i], before[i], after[i] = c.At.UTC(), string(c.Type), c.Field, c.Before, c.After
	}
	p["changed_at"], p["changed_type"], p["changed_field"], p["changed_before"], p["changed_after"] = at, types, fields, before, after
}

func sourceProps(s *kg.Source) props {
	p := props{"id": string(s.ID), "title": s.Title, "title_key": s.Key, "class": s.Class, "reliability": s.Reliability, "recordedAt": s.RecordedAt.UTC()}
	p.text("url", s.URL)
	p.keyed("publisher", s.Publisher)
	p.date("publishedOn", s.PublishedOn)
	p.text("language", s.Language)
	p.text("licence", s.Licence)
	p.text("sha256", s.SHA256)
	p.text("text", s.Text)
	if o := s.BasedOn; o != nil {
		p.json("basedOn", map[string]string{"title": o.Title, "publisher": o.Publisher, "url": o.URL, "publishedOn": o.PublishedOn.Text})
	}
	return p
}

// version is a fact as the graph held it from one moment on, up to another; until is zero for the present.
type version struct {
	fact        *kg.Fact
	from, until time.Time
}

// factProps gives the properties of one version of a fact; the history is that of the present one. source finds a source by id.
func factProps(v version, h *kg.History, source func(kg.ID) *kg.Source) props {
	f := v.fact
	p := props{"id": string(f.ID), "state": f.State.String(), "confidence": f.Confidence, "recordedAt": f.RecordedAt.UTC()}
	p.text("key", f.Key)
	p.fields(f.Kind, f.Values)
	p.date("since", f.Since)
	p.date("until", f.Until)
	p.moment("acceptedAt", f.AcceptedAt)
	p.moment("retractedAt", f.RetractedAt)
	p["evidence"], p["ev_source"] = encodeEvidence(f.Evidence)
	if kg.Quoted(f.Evidence) {
		p["quoted"] = true
	}
	if kg.Corroborated(f.Evidence, source) {
		p["corroborated"] = true
	}
	if f.State == kg.Accepted && v.until.IsZero() {
		p.text("quote_grams", strings.Join(kg.QuoteGrams(f.Evidence), " "))
	}
	if !v.from.Equal(f.RecordedAt) {
		p["known_from"] = v.from.UTC()
	}
	if !v.until.IsZero() {
		p["known_to"] = v.until.UTC()
	}
	if h != nil && !plainHistory(h, f) {
		p["history"] = encodeHistory(h)
		changes := h.Changes()
		at, types := make([]time.Time, len(changes)), make([]string, len(changes))
		for i, c := range changes {
			at[i], types[i] = c.At.UTC(), string(c.Type)
		}
		p["changed_at"], p["changed_type"] = at, types
	}
	return p
}
