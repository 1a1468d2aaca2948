package storetest

import (
	"slices"
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// filter makes a filter for nodes of one class that have the fields of a kind; nil as often as not, and for what has no id.
func (c *chance) filter(kind kg.Kind, deep int) kg.Filter {
	if c.in(2) || !(kg.Entities | kg.Facts | kg.SetOf(kg.SourceKind)).Has(kind) {
		return nil
	}
	return c.some(kind, deep)
}

func (c *chance) some(kind kg.Kind, deep int) kg.Filter {
	part := func() kg.Filter { return c.some(kind, deep-1) }
	if deep > 0 && c.in(4) {
		return one[kg.Filter](c, kg.And(several(c, 2, part)), kg.Or(several(c, 3, part)), kg.Not{Filter: part()})
	}
	var of []func() kg.Filter
	switch {
	case kind.IsEntity():
		of = []func() kg.Filter{
			func() kg.Filter { return kg.IDIn(several(c, 4, c.entityOrAlias)) },
			func() kg.Filter { return kg.KindIn{Kinds: kg.SetOf(kind, c.kind(kg.Entities))} },
			func() kg.Filter { return c.words(kg.FieldName) },
			func() kg.Filter { return c.words(kind.Decl().Field("description")) },
			func() kg.Filter { return c.during(kg.FieldDay) },
			func() kg.Filter { return kg.Within{Lat: 36.6, Lon: one(c, 117, -179.5), Km: one(c, 1.0, 8000, 20000)} },
			func() kg.Filter {
				return kg.WithinBox{South: one(c, -90, 0.0, 36.6), West: one(c, -180, 11.5, 117, 180), North: one(c, 36.6, 60, 90), East: one(c, -180, -179.5, 117, 180)}
			},
			func() kg.Filter { return kg.Located{} },
			func() kg.Filter { return c.detail(kind) },
			func() kg.Filter {
				return kg.Identified{Scheme: one(c, "WIKIDATA", "ISO_3166_1"), Value: one(c, "Q1", "FR")}
			},
			func() kg.Filter { return kg.StatusIs{Values: several(c, 3, c.status), On: c.day()} },
			func() kg.Filter { return c.has(kind, deep) },
			func() kg.Filter { return c.has(kind, deep) },
		}
	case kind.IsFact():
		of = []func() kg.Filter{
			func() kg.Filter { return kg.IDIn(several(c, 4, c.anyID)) },
			func() kg.Filter { return kg.KindIn{Kinds: kg.SetOf(kind, c.kind(kg.Facts))} },
			func() kg.Filter { return c.detail(kind) },
			func() kg.Filter { return kg.OneOf{Field: kg.FieldState, Values: []string{"PROPOSED", "ACCEPTED"}} },
			func() kg.Filter { return kg.Between{Field: kg.FieldConfidence, Min: pointer(one(c, 0.2, 0.5, 0.8))} },
			func() kg.Filter { return c.during(one(c, kg.FieldSince, kg.FieldUntil)) },
			func() kg.Filter { return kg.RestsOn(several(c, 2, c.source)) },
			func() kg.Filter { return kg.Touches(several(c, 2, c.entityOrAlias)) },
			func() kg.Filter {
				end := kg.Relation{Way: one(c, kg.FromEnd, kg.ToEnd, kg.EitherEnd)}
				return kg.Has{Relation: end, Node: c.filter(c.kind(kg.Parties), deep-1), AtLeast: 1, None: c.in(4)}
			},
		}
	default:
		return one[kg.Filter](c, kg.IDIn(several(c, 3, c.source)), kg.OneOf{Field: own(kind, "class"), Values: []string{"NEWS"}}, c.during(kg.FieldPublished))
	}
	for _, f := range kind.Decl().Fields {
		switch f.Type {
		case kg.Enum:
			of = append(of, func() kg.Filter {
				return kg.OneOf{Field: f, Values: several(c, 2, func() string { return one(c, f.Enum[:2]...) })}
			})
		case kg.Text:
			of = append(of, func() kg.Filter { return kg.OneOf{Field: f, Values: []string{"FR"}} })
		case kg.Int, kg.Float:
			of = append(of, func() kg.Filter {
				return kg.Between{Field: f, Min: pointer(one(c, 0, 0.2)), Max: pointer(one(c, 0.5, 5))}
			})
		case kg.Dated:
			of = append(of, func() kg.Filter { return c.during(f) })
		}
	}
	return one(c, of...)()
}

func (c *chance) has(kind kg.Kind, deep int) kg.Filter {
	f := c.relation(kind)
	if c.in(5) {
		f = kg.Follow{Relation: kg.Relation{Way: kg.FactsOf}}
	}
	h := kg.Has{Relation: f.Relation, Kinds: f.Kinds, AtLeast: 1 + c.IntN(2), None: c.in(4)}
	if deep > 0 {
		h.Node = c.filter(c.kindAt(f), deep-1)
		h.Fact = c.filter(f.Relation.Fact, deep-1)
	}
	return h
}

// detail asks for the type, role or mode under its common name: for words of a kind, and one of others.
func (c *chance) detail(kind kg.Kind) kg.Filter {
	words := []string{"OTHER"}
	if f := kind.Decl().Detail; f != nil {
		words = append(words, f.Enum[:2]...)
	}
	return kg.OneOf{Field: own(kind, "detail"), Values: several(c, 2, func() string { return one(c, words...) })}
}

func (c *chance) words(f *kg.Field) kg.Filter {
	key := kg.SortKey(c.name())
	first, _, _ := strings.Cut(key, " ")
	return one(c,
		kg.Words{Field: f, Is: []string{key, kg.SortKey(c.name())}},
		kg.Words{Field: f, StartsWith: first},
		kg.Words{Field: f, Contains: string([]rune(key)[len([]rune(key))-1:])},
	)
}

func (c *chance) during(f *kg.Field) kg.Filter {
	from := c.someDay()
	d := kg.During{Field: f, From: kg.MinDay, To: kg.MaxDay}
	if c.in(2) {
		d.From = from
	}
	if c.in(2) {
		d.To = from + kg.Day(c.IntN(1000))
	}
	if c.in(3) {
		d.Known = pointer(c.in(2))
	}
	return d
}

func (c *chance) status() string { return one(c, kg.StatusValues...) }

func (c *chance) someDay() kg.Day {
	return day(one(c, "1990-06-01", "1992-02-03", "1996-07-01", "2007-01-01"))
}

// day is none as often as not.
func (c *chance) day() *kg.Day {
	if c.in(2) {
		return nil
	}
	return pointer(c.someDay())
}

// joining lists the kinds of fact that one end of may be of a kind.
func joining(kind kg.Kind, end func(kg.Join) kg.KindSet) []kg.Kind {
	return slices.DeleteFunc(kg.Facts.Kinds(), func(fact kg.Kind) bool {
		return !slices.ContainsFunc(fact.Decl().Joins, func(j kg.Join) bool { return end(j).Has(kind) })
	})
}
