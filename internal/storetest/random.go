package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// chance makes up graphs and questions. All that it makes is right in itself, as the Catalog would let it through, and drawn
// from so few things that they meet often: three entities of a kind, four moments, a handful of names and dates.
type chance struct {
	*rand.Rand
	facts []kg.ID // of the facts made so far
}

// one picks one of some things.
func one[T any](c *chance, from ...T) T { return from[c.IntN(len(from))] }

// in says yes once in n times.
func (c *chance) in(n int) bool { return c.IntN(n) == 0 }

// several picks from none to so many, which may repeat.
func several[T any](c *chance, most int, pick func() T) []T {
	var picked []T
	for range c.IntN(most + 1) {
		picked = append(picked, pick())
	}
	return picked
}

func (c *chance) kind(of kg.KindSet) kg.Kind { return one(c, of.Kinds()...) }
func (c *chance) entity(of kg.KindSet) kg.ID {
	return kg.ID(fmt.Sprintf("%s:%d", c.kind(of).Decl().Prefix, 1+c.IntN(3)))
}
func (c *chance) source() kg.ID     { return kg.ID(fmt.Sprintf("source:%d", 1+c.IntN(3))) }
func (c *chance) moment() time.Time { return one(c, early, early.Add(time.Second), later, late) }
func (c *chance) name() string {
	return one(c, "Jinan", "jínan", "Jinan East", "济南", "Zürich", "Zurich", "a", "Å", "𠮷野")
}

// anyID picks an id of any class, an alias, or one that names nothing.
func (c *chance) anyID() kg.ID {
	switch {
	case c.in(8):
		return one(c, c.source(), "city:none", "source:none", "located_in:none")
	case c.in(5) && len(c.facts) > 0:
		return one(c, c.facts...)
	}
	return c.entityOrAlias()
}

func (c *chance) entityOrAlias() kg.ID {
	if c.in(6) {
		return kg.ID(fmt.Sprintf("city:alias-%d", 1+c.IntN(2)))
	}
	return c.entity(kg.Entities)
}

// batch makes records of some kinds each; what of them names what is not there is left out when it is applied.
func (c *chance) batch() *kg.Batch {
	b := &kg.Batch{
		At:       c.moment(),
		Sources:  several(c, 1, c.sourceRecord),
		Entities: several(c, 3, c.entityRecord),
		Facts:    several(c, 4, c.factRecord),
	}
	if c.in(4) {
		b.Aliases = []kg.AliasRecord{{Alias: kg.ID(fmt.Sprintf("city:alias-%d", 1+c.IntN(2))), Of: c.entity(kg.SetOf(kg.City))}}
	}
	if c.in(3) && len(c.facts) > 0 {
		b.Retract = []kg.RetractRecord{{Fact: one(c, c.facts...), At: c.moment(), Reason: "wrong"}}
	}
	// An entity comes once in a batch, as the Catalog merges its records; and a source too.
	slices.SortFunc(b.Entities, func(x, y *kg.Entity) int { return cmp.Compare(x.ID, y.ID) })
	b.Entities = slices.CompactFunc(b.Entities, func(x, y *kg.Entity) bool { return x.ID == y.ID })
	for _, e := range b.Entities {
		if c.in(3) {
			b.Changes = map[kg.ID][]kg.Change{e.ID: several(c, 3, c.change)} // of one of them is enough
		}
	}
	return b
}

// change makes one that a record of an entity tells of.
func (c *chance) change() kg.Change {
	if c.in(3) {
		return kg.Change{At: c.moment(), By: kg.ByImport, Type: kg.EntityCreated}
	}
	before := c.in(2)
	return kg.Change{At: c.moment(), By: kg.ByImport, Type: kg.EntityUpdated, Field: one(c, "name", "location"), Before: fmt.Sprint(before), After: fmt.Sprint(!before)}
}

// founding makes the batch that a story begins with: most of what there can be, and many facts among it.
func (c *chance) founding() *kg.Batch {
	b := &kg.Batch{At: early}
	for i := range 3 {
		s := c.sourceRecord()
		s.ID = kg.ID(fmt.Sprintf("source:%d", i+1))
		b.Sources = append(b.Sources, s)
		for _, kind := range kg.Entities.Kinds() {
			if !c.in(5) {
				b.Entities = append(b.Entities, c.entityNamed(kg.ID(fmt.Sprintf("%s:%d", kind.Decl().Prefix, i+1))))
			}
		}
	}
	for range 25 {
		b.Facts = append(b.Facts, c.factRecord())
	}
	return b
}

func (c *chance) sourceRecord() *kg.Source {
	title := c.name()
	s := &kg.Source{
		ID: c.source(), Title: title, Key: kg.SortKey(title), Class: one(c, "NEWS", "DATASET"),
		Reliability: one(c, 0.5, 0.8, 1), RecordedAt: c.moment(),
	}
	if c.in(2) {
		s.PublishedOn = c.date(0)
	}
	if c.in(4) {
		s.BasedOn = &kg.Original{Title: "t"} // so that two sources may be reprints of one
	}
	return s
}

func (c *chance) entityRecord() *kg.Entity { return c.entityNamed(c.entity(kg.Entities)) }

func (c *chance) entityNamed(id kg.ID) *kg.Entity {
	kind := kg.KindOf(id)
	name := c.name()
	e := &kg.Entity{ID: id, Kind: kind, Key: kg.SortKey(name), Names: []kg.Name{{Value: name, Kind: kg.Primary}}, Values: c.values(kind)}
	for _, more := range several(c, 2, c.name) {
		n := kg.Name{Value: more, Lang: one(c, "", "zh"), Kind: one(c, kg.Alias, kg.Former)}
		if !slices.ContainsFunc(e.Names, func(o kg.Name) bool { return o.Value == n.Value }) {
			e.Names = append(e.Names, n)
		}
	}
	if c.in(3) {
		e.Description = "Near " + c.name()
	}
	if c.in(3) {
		e.Location = &kg.Point{Lat: one(c, 0.0, 48.1, 36.6, 90), Lon: one(c, 0.0, 11.5, 117, 180, -180, -179.5)}
	}
	if c.in(3) {
		e.Others = []kg.Identifier{{Scheme: one(c, "WIKIDATA", "OTHER"), Value: one(c, "Q1", "Q2")}}
	}
	e.Evidence = several(c, 2, c.evidence)
	for i := range e.Evidence {
		e.Evidence[i].RecordedAt = c.moment()
		if fields := kind.Decl().Fields; c.in(2) && len(fields) > 0 {
			e.Evidence[i].Field = one(c, fields...).Name
		}
	}
	return e
}

func (c *chance) factRecord() kg.FactRecord {
	kind := one(c, c.kind(kg.Facts), kg.LocatedIn, kg.PartnersWith, kg.PartyTo, kg.RelatesTo) // which chains and statuses are made of
	d := kind.Decl()
	join := one(c, d.Joins...)
	r := kg.FactRecord{Kind: kind, From: c.entity(join.From), To: c.entity(join.To), Key: one(c, "", "", "2")}
	for r.From == r.To {
		r.To = c.entity(join.To)
	}
	if d.Symmetric && r.From > r.To {
		r.From, r.To = r.To, r.From
	}
	r.Assertion = kg.Assertion{
		RecordedAt: c.moment(), Dated: c.in(2), Values: c.values(kind),
		State:    one(c, kg.Accepted, kg.Accepted, kg.Accepted, kg.Proposed, kg.Rejected),
		Evidence: append(several(c, 1, c.evidence), c.evidence()),
	}
	if len(d.Since) == 0 && c.in(2) {
		r.Since = c.date(0)
	}
	if len(d.Until) == 0 && c.in(3) {
		r.Until = c.date(3)
	}
	for i, f := range d.Fields {
		if f == d.Identity {
			r.Identity = r.Values[i].(string)
		}
	}
	r.ID = kg.FactID(kind, r.From, r.To, r.Identity, r.Key)
	c.facts = append(c.facts, r.ID)
	return r
}

func (c *chance) evidence() kg.Evidence {
	ev := kg.Evidence{Source: c.source(), Confidence: one(c, 0.25, 0.5, 1), Method: "IMPORTED", Disputes: c.in(8)}
	if c.in(3) {
		ev.Quote = one(c, "quote", "Twin city of Jinan.", "济南 is a twin of the city", "Jinan's twins")
		ev.End = len([]rune(ev.Quote))
	} else {
		ev.Locator = one(c, "f:1", "f:2")
	}
	return ev
}

// values makes a kind's own fields: all that are required, and half of the others.
func (c *chance) values(kind kg.Kind) []kg.Value {
	values := make([]kg.Value, len(kind.Decl().Fields))
	for i, f := range kind.Decl().Fields {
		if f.Required || c.in(2) {
			values[i] = c.value(f, i)
		}
	}
	return values
}

func (c *chance) value(f *kg.Field, i int) kg.Value {
	switch f.Type {
	case kg.Text:
		return one(c, "FR", "fr", "250")
	case kg.Enum:
		return one(c, f.Enum[:2]...)
	case kg.Int:
		return one(c, int64(0), 5, 1000)
	case kg.Float:
		return one(c, 0, 0.25, 1)
	case kg.Dated:
		return c.date(i)
	case kg.Ref:
		return c.entity(f.Refers)
	case kg.Refs:
		return ids(c.entity(f.Refers))
	}
	panic(fmt.Sprintf("no value is made up for the type of %s", f.Name))
}

// date makes a date that lies before all of a later field, so that no span is turned around.
func (c *chance) date(field int) kg.Date {
	year := 1990 + 5*field
	return date(fmt.Sprintf(one(c, "%d", "%d-02", "%d-02-03", "%d~", "%d/..", "../%d"), year+1+c.IntN(2)))
}
