package sqlitestore

import (
	"github.com/ententegraph/entente/internal/kg"
)

// What is resident stands on disk in blocks of 32 things that follow each other by number. SQLite writes whole pages anyway,
// and a row for each would take ten times as long to read when the store is opened.

// class says what a block is of.
type class uint8

const (
	classSources class = iota + 1
	classEntities
	classAliases
	classFacts
)

// blockID is where a block stands.
func blockID(c class, n uint32) int64 { return int64(c)<<40 | int64(n) }

const blockItems = 32

// encodeBlock writes a block of a graph.
func (g *graph) encodeBlock(c class, block uint32) []byte {
	var e encoder
	size := map[class]uint32{classSources: g.sources.n, classEntities: g.entities.n, classAliases: g.aliases.n, classFacts: g.facts.n}[c]
	from := block * blockItems
	to := min(from+blockItems, size)
	e.uint(uint64(to - from))
	for n := from; n < to; n++ {
		switch c {
		case classSources:
			e.source(g.sources.at(n))
		case classEntities:
			e.entity(g.entities.at(n))
		case classAliases:
			a := g.aliases.at(n)
			e.text(string(a.id))
			e.uint(uint64(a.of))
		case classFacts:
			e.fact(g, g.facts.at(n))
		}
	}
	return e.sealed()
}

func (e *encoder) source(s *source) {
	e.text(string(s.ID))
	e.text(s.Title)
	e.text(s.Key)
	e.text(s.URL)
	e.text(s.Publisher)
	e.date(s.PublishedOn)
	e.text(s.Language)
	e.text(s.Licence)
	e.text(s.SHA256)
	e.text(s.Class)
	e.bool(s.BasedOn != nil)
	if o := s.BasedOn; o != nil {
		e.text(o.Title)
		e.text(o.Publisher)
		e.text(o.URL)
		e.date(o.PublishedOn)
	}
	e.float(s.Reliability)
	e.time(s.RecordedAt)
	e.int(s.body)
}

// source reads a source. What many of them share is kept once.
func (d *decoder) source(share *sharer) source {
	s := &kg.Source{
		ID: kg.ID(d.text()), Title: d.text(), Key: d.text(), URL: d.text(), Publisher: share.text(d.bytes()), PublishedOn: d.date(),
		Language: share.text(d.bytes()), Licence: share.text(d.bytes()), SHA256: d.text(), Class: share.text(d.bytes()),
	}
	if d.bool() {
		s.BasedOn = &kg.Original{Title: d.text(), Publisher: d.text(), URL: d.text(), PublishedOn: d.date()}
	}
	s.Reliability = d.float()
	s.RecordedAt = d.time()
	return source{Source: s, body: d.int()}
}

func (e *encoder) entity(x *entity) {
	e.text(string(x.ID))
	e.byte(byte(x.Kind))
	e.uint(uint64(len(x.Names)))
	for _, n := range x.Names {
		e.text(n.Value)
		e.text(n.Lang)
		e.text(string(n.Kind))
	}
	if x.Key == x.Names[0].Value {
		e.bool(true)
	} else {
		e.bool(false)
		e.text(x.Key)
	}
	e.text(x.Description)
	e.uint(uint64(len(x.Others)))
	for _, o := range x.Others {
		e.text(o.Scheme)
		e.text(o.Value)
	}
	e.bool(x.Location != nil)
	if p := x.Location; p != nil {
		e.float(p.Lat)
		e.float(p.Lon)
	}
	e.values(x.Values)
	e.int(x.body)
}

// entity reads an entity into a graph that is being built. What many of them share is kept once.
func (d *decoder) entity(g *graph, in *interner, share *sharer) entity {
	text := func() string { return g.texts.keep(d.bytes()) }
	x := &kg.Entity{ID: kg.ID(text()), Kind: kg.Kind(d.byte())}
	x.Names = make([]kg.Name, d.count())
	for i := range x.Names {
		x.Names[i] = kg.Name{Value: text(), Lang: share.text(d.bytes()), Kind: kg.NameKind(share.text(d.bytes()))}
	}
	if len(x.Names) == 0 || int(x.Kind) >= maxKinds || !x.Kind.IsEntity() {
		d.fail()
		return entity{Entity: x}
	}
	if d.bool() {
		x.Key = x.Names[0].Value
	} else {
		x.Key = text()
	}
	x.Description = text()
	if n := d.count(); n > 0 {
		x.Others = make([]kg.Identifier, n)
		for i := range x.Others {
			x.Others[i] = kg.Identifier{Scheme: share.text(d.bytes()), Value: text()}
		}
	}
	if d.bool() {
		x.Location = &kg.Point{Lat: d.float(), Lon: d.float()}
	}
	fields, begin := x.Kind.Decl().Fields, d.b
	if n, _ := d.length(); n != len(fields) {
		d.fail()
		return entity{Entity: x}
	}
	values := make([]kg.Value, len(fields))
	for i, f := range fields {
		if comesAgain(f) {
			values[i] = *g.values.at(d.ref(g, in))
		} else {
			values[i] = d.value()
		}
	}
	x.Values = share.list(begin[:len(begin)-len(d.b)], values)
	return entity{Entity: x, body: d.int()}
}

func (e *encoder) fact(g *graph, f *fact) {
	e.text(string(g.idOf(f)))
	e.byte(byte(f.kind))
	e.byte(byte(f.state))
	e.byte(byte(f.flags))
	e.text(g.texts.at(f.key, int(f.keyLen)))
	e.uint(uint64(f.from))
	e.uint(uint64(f.to))
	e.value(*g.values.at(f.since))
	e.value(*g.values.at(f.until))
	if f.values == 0 {
		e.bool(false)
	} else {
		e.bool(true)
		for i := range f.kind.Decl().Fields {
			e.value(*g.values.at(*g.tuples.at(f.values + uint32(i))))
		}
	}
	e.sources(g, f.sources)
	if e.bool(f.ever == f.sources); f.ever != f.sources {
		e.sources(g, f.ever)
	}
	e.uint(uint64(f.confidence))
	e.moment(f.recorded)
	e.moment(f.accepted)
	e.moment(f.retracted)
	e.moment(f.last)
	e.int(f.body)
}

// fact reads a fact into a graph that is being built.
func (d *decoder) fact(g *graph, in *interner, tuples *tupler) (f fact) {
	id := d.bytes()
	f.id, f.idLen = g.texts.add(string(id)), uint8(len(id))
	f.kind, f.state, f.flags = kg.Kind(d.byte()), kg.State(d.byte()), factFlags(d.byte())
	if int(f.kind) >= maxKinds || !f.kind.IsFact() || f.state > kg.Retracted || len(id) > 255 {
		d.fail()
		return f
	}
	if key := d.bytes(); len(key) > 0 {
		f.key, f.keyLen = g.texts.add(string(key)), uint8(len(key))
	}
	f.from, f.to = uint32(d.uint()), uint32(d.uint())
	f.since, f.until = d.ref(g, in), d.ref(g, in)
	if d.bool() {
		var refs [maxFields]uint32
		n := len(f.kind.Decl().Fields)
		for i := range n {
			refs[i] = d.ref(g, in)
		}
		f.values = tuples.values(&g.tuples, refs[:n])
	}
	f.sources = d.sources(g, tuples)
	if f.ever = f.sources; !d.bool() {
		f.ever = d.sources(g, tuples)
	}
	f.confidence = uint16(d.uint())
	f.recorded, f.accepted, f.retracted, f.last = d.moment(), d.moment(), d.moment(), d.moment()
	f.body = d.int()
	if f.from >= g.entities.n || f.to >= g.entities.n {
		d.fail()
	}
	return f
}

// sources writes a list of sources, by their numbers.
func (e *encoder) sources(g *graph, at uint32) {
	n := *g.tuples.at(at)
	e.uint(uint64(n))
	for i := range n {
		e.uint(uint64(*g.tuples.at(at + 1 + i)))
	}
}

func (d *decoder) sources(g *graph, tuples *tupler) uint32 {
	var few [4]uint32
	sources := few[:0]
	for range d.count() {
		n := uint32(d.uint())
		if n >= g.sources.n {
			d.fail()
			return 0
		}
		sources = append(sources, n)
	}
	return tuples.sources(&g.tuples, sources)
}

// ref reads a value and gives its number. What is known is not made again.
func (d *decoder) ref(g *graph, in *interner) uint32 {
	if len(d.b) > 0 {
		switch rest := d.b[1:]; d.b[0] {
		case tagNone:
			d.b = rest
			return 0
		case tagText:
			d.b = rest
			text := d.bytes()
			if n, ok := in.texts[string(text)]; ok {
				return n
			}
			return in.text(&g.values, string(text))
		case tagDate:
			d.b = rest
			text := d.bytes()
			first, last := kg.Day(d.int()), kg.Day(d.int())
			if n, ok := in.dates[string(text)]; ok {
				return n
			}
			return in.date(&g.values, kg.Date{Text: string(text), First: first, Last: last})
		}
	}
	return in.ref(&g.values, d.value())
}
