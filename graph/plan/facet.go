package plan

import (
	"strings"

	"github.com/ententegraph/entente/internal/kg"
)

// maxFacets bounds by how many things one connection counts, all of its `facets` together.
const maxFacets = 10

// facets compiles a field that counts a connection's nodes by some of their fields.
func (c *compiler) facets(f *Field, g group, list *kg.List) error {
	def := g.first().ObjectDefinition.Fields.ForName("facets")
	args, err := c.arguments(g.first(), def)
	if err != nil {
		return c.fail(g.first(), err)
	}
	first, err := pageSize(args, maxPage)
	if err != nil {
		return c.fail(g.first(), err)
	}
	f.Facet[0] = len(list.Facets)
	for _, v := range asList(args["by"]) {
		name, _ := v.(string)
		facet := c.facet(list.Kinds, name)
		facet.By, facet.First = name, first
		list.Facets = append(list.Facets, facet)
	}
	f.Facet[1] = len(list.Facets)
	if len(list.Facets) > maxFacets {
		return c.fail(g.first(), kg.Errorf(kg.BadInput, "a connection counts by %d things at most", maxFacets).In("by"))
	}
	f.Sub, err = c.structsBelow(g.sets(), c.schema.Types["Facet"], nil)
	return err
}

// facet finds what a facet enum's value counts by: a field of the nodes' own; the year or month that they are known by; what a
// relation of theirs leads to; where they, their ends or their parties lie; or what sort their partnerships or parties are of.
func (c *compiler) facet(kinds kg.KindSet, name string) kg.Facet {
	if name == "DIFFERENCE" {
		return kg.Facet{Field: kg.FieldDifference}
	}
	k := kinds.Kinds()[0]
	switch name {
	case "YEAR":
		return kg.Facet{Field: dateOf(k)}
	case "MONTH":
		return kg.Facet{Field: dateOf(k), Months: true}
	case "SOURCE":
		return kg.Facet{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.EvidenceOf}, {Way: kg.SourceOf}}, Kinds: kg.SetOf(kg.SourceKind)}
	case "STATUS":
		return kg.Facet{Field: kg.StatusKind.Decl().Field("value"), Through: []kg.Relation{{Way: kg.StatusOf}}, Kinds: kg.SetOf(kg.StatusKind)}
	case "ROLE":
		return c.sorts(kinds, "parties", "participants")
	case "PARTNERSHIP":
		return c.sorts(kinds, "partners")
	}
	if f := orderField(k, name); f != nil {
		return kg.Facet{Field: f}
	}
	if place := kg.KindNamed(name); kg.Places.Has(place) {
		return kg.Facet{Field: kg.FieldID, Through: c.upTo(k), Kinds: kg.SetOf(place)}
	}
	field := strings.ToLower(name)
	r, ok := c.relationNamed(kinds, field)
	if !ok {
		r, _ = c.relationNamed(kinds, field+"s")
	}
	return kg.Facet{Field: kg.FieldID, Through: []kg.Relation{r.Relation}, Kinds: r.to}
}

// dateOf is the date that nodes of a kind are known by.
func dateOf(k kg.Kind) *kg.Field {
	switch {
	case k == kg.SourceKind:
		return kg.FieldPublished
	case k.IsFact():
		return kg.FieldSince
	}
	return kg.FieldDay
}

// sorts counts by the types or roles of the facts that the first of some relations follows.
func (c *compiler) sorts(kinds kg.KindSet, relations ...string) kg.Facet {
	for _, name := range relations {
		if r, ok := c.relationNamed(kinds, name); ok {
			return kg.Facet{Field: r.Fact.Decl().Detail, Through: []kg.Relation{{Way: kg.FactsOf}}, Kinds: kg.SetOf(r.Fact)}
		}
	}
	return kg.Facet{}
}

// upTo leads to where nodes of a kind lie: themselves, either end of a fact, or, of what lies nowhere, its parties.
func (c *compiler) upTo(k kg.Kind) []kg.Relation {
	up := kg.Relation{Way: kg.Up, Fact: kg.LocatedIn}
	switch {
	case k.IsFact():
		return []kg.Relation{{Way: kg.EitherEnd}, up}
	case kg.Places.Has(k) || kg.LocatedIn.Decl().MayJoin(k, kg.Country):
		return []kg.Relation{up}
	}
	parties, _ := c.relationNamed(kg.SetOf(k), "parties")
	return []kg.Relation{parties.Relation, up}
}

// SourceClass is the field that the statistics count facts by.
var SourceClass = kg.SourceKind.Decl().Field("class")

// Labelled gives the buckets of a field with labels for people.
func Labelled(f *kg.Field, buckets []kg.Bucket) []kg.Bucket {
	out := make([]kg.Bucket, len(buckets))
	for i, b := range buckets {
		out[i] = b.Labelled(f)
	}
	return out
}
