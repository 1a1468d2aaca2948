package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// fixture is a store with a graph in the making. Its methods add to a batch, which apply gives to the store.
//
// What a case does not say is the same everywhere: facts are accepted, recorded at the moment early, and rest on a place of
// their own in the source paper.
type fixture struct {
	t      *testing.T
	store  kg.Store
	batch  kg.Batch
	labels map[kg.ID]string // what the cases call the facts
	places int              // in the source, given out so far
}

// The source that facts rest on unless they say otherwise, and how reliable it is.
const (
	paper            = kg.ID("source:paper")
	paperReliability = 0.8
)

// Moments of recording, a year apart.
var (
	early = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)
	later = early.AddDate(1, 0, 0)
	late  = early.AddDate(2, 0, 0)
)

func newFixture(t *testing.T, open opener) *fixture {
	t.Helper()
	g := &fixture{t: t, store: open(t), labels: map[kg.ID]string{}}
	t.Cleanup(func() {
		if err := g.store.Close(); err != nil {
			t.Errorf("Close() = %v, want nil", err)
		}
	})
	g.source(paper, paperReliability)
	return g
}

// apply gives the store what has been added since the last time.
func (g *fixture) apply() {
	g.t.Helper()
	batch := g.batch
	if batch.At.IsZero() {
		batch.At = early
	}
	g.batch = kg.Batch{}
	if err := g.store.Apply(g.t.Context(), &batch); err != nil {
		g.t.Fatalf("Apply(%s) = %v, want nil", describeBatch(&batch), err)
	}
}

// source adds a source, titled as its key.
func (g *fixture) source(id kg.ID, reliability float64, set ...func(*kg.Source)) kg.ID {
	_, key, _ := kg.ParseID(string(id))
	s := &kg.Source{ID: id, Title: key, Key: kg.SortKey(key), Class: "NEWS", Reliability: reliability, RecordedAt: early}
	for _, f := range set {
		f(s)
	}
	g.batch.Sources = append(g.batch.Sources, s)
	return id
}

// add adds entities without anything but a name, which is their key.
func (g *fixture) add(ids ...kg.ID) {
	for _, id := range ids {
		_, key, _ := kg.ParseID(string(id))
		g.entity(id, key)
	}
}

// entity adds an entity of the kind that its id names.
func (g *fixture) entity(id kg.ID, name string, set ...func(*kg.Entity)) kg.ID {
	kind := kg.KindOf(id)
	e := &kg.Entity{
		ID:     id,
		Kind:   kind,
		Names:  []kg.Name{{Value: name, Kind: kg.Primary}},
		Key:    kg.SortKey(name),
		Values: make([]kg.Value, len(kind.Decl().Fields)),
	}
	for _, f := range set {
		f(e)
	}
	g.batch.Entities = append(g.batch.Entities, e)
	return id
}

// holding sets one of an entity's own fields.
func holding(field string, v any) func(*kg.Entity) {
	return func(e *kg.Entity) { setValue(e.Kind, e.Values, field, v) }
}

// at sets an entity's location.
func at(lat, lon float64) func(*kg.Entity) {
	return func(e *kg.Entity) { e.Location = &kg.Point{Lat: lat, Lon: lon} }
}

// fact adds an assertion of a fact, which the cases then call by its label, and gives the fact's id.
func (g *fixture) fact(label string, kind kg.Kind, from, to kg.ID, set ...func(*kg.FactRecord)) kg.ID {
	g.t.Helper()
	d := kind.Decl()
	if d.Symmetric && from > to {
		from, to = to, from
	}
	if !d.MayJoin(kg.KindOf(from), kg.KindOf(to)) {
		g.t.Fatalf("fact %s: no %s leads from %s to %s", label, kind, from, to)
	}
	g.places++
	r := kg.FactRecord{Kind: kind, From: from, To: to, Assertion: kg.Assertion{
		RecordedAt: early,
		State:      kg.Accepted,
		Values:     make([]kg.Value, len(d.Fields)),
		Evidence:   []kg.Evidence{{Source: paper, Locator: fmt.Sprintf("paper.csv:%d", g.places), Confidence: 1, Method: "IMPORTED"}},
	}}
	if d.Identity != nil {
		with(d.Identity.Name, d.Identity.Enum[0])(&r)
	}
	for _, f := range set {
		f(&r)
	}
	r.ID = kg.FactID(kind, from, to, r.Identity, r.Key)
	if old, ok := g.labels[r.ID]; ok && old != label {
		g.t.Fatalf("fact %s is the same as fact %s: give it a key", label, old)
	}
	g.labels[r.ID] = label
	g.batch.Facts = append(g.batch.Facts, r)
	return r.ID
}

// with sets one of a fact's own fields.
func with(field string, v any) func(*kg.FactRecord) {
	return func(r *kg.FactRecord) {
		setValue(r.Kind, r.Values, field, v)
		if d := r.Kind.Decl(); d.Identity != nil && d.Identity.Name == field {
			r.Identity = v.(string)
		}
	}
}

func key(key string) func(*kg.FactRecord)   { return func(r *kg.FactRecord) { r.Key = key } }
func since(s string) func(*kg.FactRecord)   { return func(r *kg.FactRecord) { r.Since = date(s) } }
func until(s string) func(*kg.FactRecord)   { return func(r *kg.FactRecord) { r.Until = date(s) } }
func state(s kg.State) func(*kg.FactRecord) { return func(r *kg.FactRecord) { r.State = s } }

func recorded(at time.Time) func(*kg.FactRecord) {
	return func(r *kg.FactRecord) { r.RecordedAt = at }
}

// from lets a fact rest on a source instead of paper.
func from(source kg.ID) func(*kg.FactRecord) {
	return func(r *kg.FactRecord) { r.Evidence[0].Source = source }
}

// sure sets how sure the reading of the fact's evidence is.
func sure(p float64) func(*kg.FactRecord) {
	return func(r *kg.FactRecord) { r.Evidence[0].Confidence = p }
}

// retract adds the retraction of a fact.
func (g *fixture) retract(id kg.ID, at time.Time) {
	g.batch.Retract = append(g.batch.Retract, kg.RetractRecord{Fact: id, At: at, Reason: "wrong"})
}

// setValue puts a value where a kind keeps the field of that name. A text stands for a date where the field holds one.
func setValue(kind kg.Kind, values []kg.Value, name string, v any) {
	i := slices.IndexFunc(kind.Decl().Fields, func(f *kg.Field) bool { return f.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("a %s has no field %s", kind, name))
	}
	switch text, ok := v.(string); {
	case ok && kind.Decl().Fields[i].Type == kg.Dated:
		v = date(text)
	default:
		if n, ok := v.(int); ok {
			v = int64(n)
		}
	}
	values[i] = v
}

// own gives one of a kind's own fields.
func own(kind kg.Kind, name string) *kg.Field {
	f := kind.Decl().Field(name)
	if f == nil {
		panic(fmt.Sprintf("a %s has no field %s", kind, name))
	}
	return f
}

func date(s string) kg.Date {
	d, err := kg.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func day(s string) kg.Day {
	d, err := kg.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func pointer[T any](v T) *T { return &v }

// idOf gives the id of the fact with a label.
func (g *fixture) idOf(label string) kg.ID {
	for id, l := range g.labels {
		if l == label {
			return id
		}
	}
	panic("no fact is called " + label)
}
