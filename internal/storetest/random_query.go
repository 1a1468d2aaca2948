package storetest

import (
	"time"

	"github.com/ententegraph/entente/internal/kg"
)

// query makes a question of any sort.
func (c *chance) query() *kg.Query {
	q := &kg.Query{Today: today, AsOf: c.day()}
	if c.in(3) {
		q.KnownAt = one(c, early.Add(-time.Hour), c.moment())
	}
	switch c.IntN(6) {
	case 0:
		q.IDs = append(ids(), several(c, 5, c.anyID)...)
		q.List = kg.List{States: one(c, kg.OnlyAccepted, kg.AnyState), First: -1, Total: c.in(2), Select: c.follows(kg.Agreement, 2)}
		if c.in(4) {
			q.Kinds = kg.SetOf(kg.City, kg.Agreement, kg.PartyTo)
		}
	case 1:
		q.List = kg.List{States: kg.OnlyAccepted, First: -1, Select: c.follows(kg.City, 1)}
		c.walk(q)
	case 2:
		kind := c.kind(kg.Facts)
		q.List = c.list(kind, 2)
		q.States = kg.StatesOf(q.Where)
		q.Facets = several(c, 2, c.facetOfFacts)
		if c.in(4) {
			q.Kinds = kg.Facts
		}
	case 3:
		q.List = c.list(kg.SourceKind, 2)
	default:
		kind := c.kind(kg.Entities)
		q.List = c.list(kind, 2)
		q.Facets = several(c, 2, func() kg.Facet { return c.facet(kind) })
		if c.in(4) {
			q.Kinds |= kg.SetOf(c.kind(kg.Entities))
		}
	}
	return q
}

// search makes a search for names, or for words that quotes hold.
func (c *chance) search() *search {
	s := &search{c.name(), 0, one(c, 0, kg.SetOf(c.kind(kg.Entities))), nil, one(c, 1, 2, 100)}
	if c.in(2) {
		s.in = one(c, kg.InQuotes, kg.InNames, kg.InDescriptions, kg.InDescriptions|kg.InQuotes)
		s.text = one(c, s.text, "twin", "of jinan", "jinan twi", "济南", "南", "the city")
	}
	if c.in(3) {
		s.where = kg.Has{Relation: way(kg.Up, kg.LocatedIn), Kinds: kg.SetOf(kg.Country), Node: c.filter(kg.Country, 0), AtLeast: 1}
	}
	return s
}

func (c *chance) walk(q *kg.Query) {
	from := several(c, 3, c.entityOrAlias)
	switch c.IntN(6) {
	case 0:
		fact := c.filter(c.kind(kg.Facts), 1)
		q.Walk = kg.Around{IDs: from, Depth: 1 + c.IntN(3), PerNode: one(c, 1, 2, 10), Limit: one(c, 1, 3, 8, 100), Fact: fact, States: kg.StatesOf(fact), Hidden: c.in(2)}
	case 1:
		q.Walk = kg.Comparing{IDs: from, Shared: one(c, -1, 0, 2), Only: one(c, -1, 1)}
		q.Total = c.in(2)
	case 2:
		w := kg.Happening{IDs: from, From: kg.MinDay, To: kg.MaxDay}
		if c.in(3) {
			w.From = c.someDay()
		}
		q.Walk, q.Order, q.First, q.Total = w, kg.MomentOrder, one(c, -1, 0, 3), c.in(2)
	case 3:
		q.Walk = c.linking()
	case 4:
		c.differing(q, from)
	default:
		q.Walk = kg.Counts{Coverage: c.in(2)}
	}
}

// differing asks what became of facts between two moments of knowledge.
func (c *chance) differing(q *kg.Query, of []kg.ID) {
	moments := []time.Time{early.Add(-time.Hour), early, early.Add(time.Second), later, late, {}}
	from := c.IntN(len(moments) - 1)
	to := from + 1 + c.IntN(len(moments)-from-1)
	kind := c.kind(kg.Facts)
	w := kg.Differing{From: moments[from], To: moments[to], Fact: c.filter(kind, 2)}
	if c.in(2) {
		w.IDs = append(ids(), of...)
	}
	if c.in(4) {
		w.Kinds = append([]kg.DifferenceKind{}, several(c, 3, func() kg.DifferenceKind { return one(c, kg.DifferenceKinds...) })...)
	}
	q.AsOf, q.KnownAt = nil, w.To
	q.Walk, q.Order, q.First, q.Total, q.Select = w, kg.DifferenceOrder, one(c, -1, 0, 1, 3), c.in(2), c.follows(kind, 1)
	if c.in(2) {
		q.Facets = []kg.Facet{{By: "KIND", Field: kg.FieldDifference, First: -1}}
	}
}

func (c *chance) linking() kg.Linking {
	fact := one(c, nil, c.filter(c.kind(kg.Facts), 1))
	w := kg.Linking{Places: one(c, kg.Country, kg.City), Fact: fact, States: kg.StatesOf(fact), First: one(c, 1, 3, 100)}
	if c.in(2) {
		w.With = append(ids(), several(c, 2, func() kg.ID { return c.entity(kg.SetOf(w.Places)) })...)
	}
	w.By = several(c, 4, func() kg.Relation {
		kind := c.kind(kg.Facts)
		return way(one(c, kg.Both, kg.In, kg.Out), kind)
	})
	return w
}

// list makes a list of nodes of one kind.
func (c *chance) list(kind kg.Kind, deep int) kg.List {
	return kg.List{
		Kinds: kg.SetOf(kind), Where: c.filter(kind, deep), States: kg.OnlyAccepted, Order: c.order(kind),
		First: one(c, -1, -1, 0, 1, 2, 3), Unpaged: c.in(3), Total: c.in(2), Select: c.follows(kind, deep-1),
	}
}

// order makes an order of nodes of one kind.
func (c *chance) order(kind kg.Kind) []kg.Order {
	var fields []*kg.Field
	switch {
	case kind.IsEntity():
		fields = []*kg.Field{kg.FieldName, kg.FieldDay}
	case kind.IsFact():
		fields = []*kg.Field{kg.FieldSince, kg.FieldUntil, kg.FieldConfidence, kg.FieldRecordedAt, kg.FieldKind}
	case kind == kg.SourceKind:
		fields = []*kg.Field{kg.FieldPublished, own(kind, "title")}
	default:
		return nil
	}
	for _, f := range kind.Decl().Fields {
		if f.Type != kg.Ref && f.Type != kg.Refs {
			fields = append(fields, f)
		}
	}
	return several(c, 2, func() kg.Order { return kg.Order{Field: one(c, fields...), Desc: c.in(2)} })
}

func (c *chance) facet(kind kg.Kind) kg.Facet {
	f := kg.Facet{By: "by", Field: kg.FieldID, First: one(c, -1, 2)}
	switch c.IntN(4) {
	case 0:
		f.Field = kg.FieldKind
	case 1:
		f.Field, f.Months = kg.FieldDay, c.in(2)
	case 2:
		f.Field, f.Through = own(kg.StatusKind, "value"), []kg.Relation{{Way: kg.StatusOf, On: c.day()}}
	default:
		to := c.relation(kind)
		f.Through, f.Kinds = []kg.Relation{to.Relation}, to.Kinds
		if c.in(2) {
			f.Through, f.Kinds = append(f.Through, way(kg.Up, kg.LocatedIn)), kg.SetOf(kg.Country)
		}
	}
	return f
}

func (c *chance) facetOfFacts() kg.Facet {
	f := kg.Facet{By: "by", Field: kg.FieldID, First: one(c, -1, 2)}
	switch c.IntN(3) {
	case 0:
		f.Field, f.Months = kg.FieldSince, c.in(2)
	case 1:
		f.Field = own(kg.LocatedIn, "detail")
	default:
		f.Through, f.Kinds = []kg.Relation{{Way: kg.EitherEnd}, way(kg.Up, kg.LocatedIn)}, one(c, kg.SetOf(kg.Country), kg.SetOf(kg.Region))
	}
	return f
}

// follows makes what is asked of nodes of a kind: what is read, and what is followed; nil as often as not.
func (c *chance) follows(kind kg.Kind, deep int) *kg.Select {
	if deep < 0 || c.in(2) {
		return nil
	}
	s := &kg.Select{Degrees: c.in(3), Follow: several(c, 2, func() kg.Follow { return c.follow(kind, deep) })}
	if c.in(2) {
		s.Fields, s.Without = append([]*kg.Field{}, several(c, 3, func() *kg.Field { return one(c, kind.Decl().AllFields()...) })...), kg.Parts(c.IntN(int(kg.AllParts)+1))
	}
	return s
}

func (c *chance) follow(kind kg.Kind, deep int) kg.Follow {
	f := c.step(kind)
	f.Owners = one(c, kg.SetOf(kind), kg.Entities|kg.Facts|kg.SetOf(kg.SourceKind, kg.EvidenceKind, kg.ChangeKind, kg.StatusKind))
	at := c.kindAt(f)
	kinds := f.Kinds
	f.List = c.list(at, deep)
	f.Kinds = kinds
	if f.Way.ByFact() {
		f.Fact = c.filter(f.Relation.Fact, 1)
		f.States = kg.StatesOf(f.Fact)
		f.Lead = c.follows(f.Relation.Fact, deep-1)
	}
	switch f.Way {
	case kg.FactsOf:
		f.States = kg.StatesOf(f.Where)
	case kg.LineageOf:
		f.Order = kg.LineageOrder
	case kg.ChangesOf:
		f.Order = kg.ChangeOrder
	case kg.Out, kg.In, kg.Both:
		if f.Distinct = c.in(4); !f.Distinct && c.in(2) {
			f.Order = append(c.orderOfFact(), f.Order...)
		}
	}
	if c.in(4) && (f.Way.ByFact() && f.Way != kg.Down || f.Way == kg.FromEnd || f.Way == kg.ToEnd) {
		f.Single, f.Distinct, f.First, f.Order, f.Total = true, false, 1, nil, false
	}
	return f
}

func (c *chance) orderOfFact() []kg.Order {
	return []kg.Order{{Field: one(c, kg.FieldSince, kg.FieldConfidence), OfFact: true, Desc: c.in(2)}}
}

// step picks a way that leads from nodes of a kind, and which kinds of node are wanted at its end.
func (c *chance) step(kind kg.Kind) kg.Follow {
	to := func(rel kg.Relation, kinds kg.KindSet) kg.Follow {
		return kg.Follow{Relation: rel, List: kg.List{Kinds: kinds}}
	}
	switch {
	case kind.IsFact():
		of := []kg.Follow{to(kg.Relation{Way: kg.FromEnd}, 0), to(kg.Relation{Way: kg.ToEnd}, 0), to(kg.Relation{Way: kg.EvidenceOf}, 0)}
		if kind == kg.PartnersWith {
			of = append(of, to(kg.Relation{Way: kg.ByField, Field: one(c, own(kind, "basis"), own(kind, "assertedBy"))}, 0))
		}
		return one(c, of...)
	case kind == kg.SourceKind:
		return to(kg.Relation{Way: kg.FactsOf}, 0)
	case kind == kg.EvidenceKind:
		return to(kg.Relation{Way: kg.SourceOf}, 0)
	case kind == kg.ChangeKind:
		return to(kg.Relation{Way: kg.FactOf}, 0)
	case kind == kg.StatusKind:
		return to(kg.Relation{Way: kg.EvidenceOf}, 0)
	}
	switch c.IntN(8) {
	case 0:
		return to(kg.Relation{Way: one(c, kg.ChangesOf, kg.FactsOf, kg.EvidenceOf)}, 0)
	case 1, 2:
		if kind == kg.Agreement {
			return one(c, to(kg.Relation{Way: kg.StatusOf, On: c.day()}, 0), to(kg.Relation{Way: kg.LineageOf}, 0))
		}
		if fields := kind.Decl().Fields; c.in(2) && len(fields) > 0 {
			return to(kg.Relation{Way: kg.EvidenceOf, Field: one(c, fields...)}, 0)
		}
	}
	return c.relation(kind)
}

// relation picks a way from an entity that facts lead along.
func (c *chance) relation(kind kg.Kind) kg.Follow {
	to := func(rel kg.Relation, kinds kg.KindSet) kg.Follow {
		return kg.Follow{Relation: rel, List: kg.List{Kinds: kinds}}
	}
	if c.in(3) {
		return to(way(one(c, kg.Up, kg.Down), one(c, kg.LocatedIn, kg.LocatedIn, kg.PartOf)), one(c, 0, kg.SetOf(kg.Country), kg.SetOf(kg.Region), kg.SetOf(kg.City, kg.Zone), kg.SetOf(kind)))
	}
	out := joining(kind, func(j kg.Join) kg.KindSet { return j.From })
	in := joining(kind, func(j kg.Join) kg.KindSet { return j.To })
	if len(in) > 0 && (len(out) == 0 || c.in(2)) {
		return c.oneStep(one(c, in...), kg.In)
	}
	return c.oneStep(one(c, out...), kg.Out)
}

// oneStep goes along facts of a kind, either way along symmetric ones.
func (c *chance) oneStep(fact kg.Kind, w kg.Way) kg.Follow {
	if fact.Decl().Symmetric {
		w = kg.Both
	}
	return kg.Follow{Relation: way(w, fact), List: kg.List{Kinds: one(c, 0, 0, kg.SetOf(kg.City, kg.Agreement, kg.Company))}}
}

// kindAt guesses the kind of the nodes that a step leads to, for filters and orders: any will do, as what does not have a
// field is unknown there.
func (c *chance) kindAt(f kg.Follow) kg.Kind {
	switch f.Way {
	case kg.FactsOf, kg.FactOf:
		return c.kind(kg.Facts)
	case kg.LineageOf:
		return kg.RelatesTo
	case kg.EvidenceOf:
		return kg.EvidenceKind
	case kg.SourceOf:
		return kg.SourceKind
	case kg.StatusOf:
		return kg.StatusKind
	case kg.ChangesOf:
		return kg.ChangeKind
	}
	if f.Kinds != 0 {
		return c.kind(f.Kinds)
	}
	return c.kind(kg.Entities)
}
