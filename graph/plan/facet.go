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

// facet finds what a facet enum's value counts by: a field of the nodes' own; the year that they are known by; or what a
// relation of theirs leads to.
func (c *compiler) facet(kinds kg.KindSet, name string) kg.Facet {
	if name == "DIFFERENCE" {
		return kg.Facet{Field: kg.FieldDifference}
	}
	k := kinds.Kinds()[0]
	switch {
	case name == "YEAR" && kinds == kg.SetOf(kg.SourceKind):
		return kg.Facet{Field: kg.FieldPublished}
	case name == "YEAR" && k.IsFact():
		return kg.Facet{Field: kg.FieldSince}
	case name == "YEAR":
		return kg.Facet{Field: kg.FieldDay}
	case name == "SOURCE":
		return kg.Facet{Field: kg.FieldID, Through: []kg.Relation{{Way: kg.EvidenceOf}, {Way: kg.SourceOf}}, Kinds: kg.SetOf(kg.SourceKind)}
	case name == "STATUS":
		return kg.Facet{Field: kg.StatusKind.Decl().Field("value"), Through: []kg.Relation{{Way: kg.StatusOf}}, Kinds: kg.SetOf(kg.StatusKind)}
	}
	if f := orderField(k, name); f != nil {
		return kg.Facet{Field: f}
	}
	// A country is the node's own, or, of an agreement, its parties'.
	field := strings.ToLower(name)
	if r, ok := c.relationNamed(kinds, field); ok {
		return kg.Facet{Field: kg.FieldID, Through: []kg.Relation{r.Relation}, Kinds: r.to}
	}
	if r, ok := c.relationNamed(kinds, field+"s"); ok {
		return kg.Facet{Field: kg.FieldID, Through: []kg.Relation{r.Relation}, Kinds: r.to}
	}
	parties, _ := c.relationNamed(kinds, "parties")
	r, _ := c.relationNamed(kg.Parties, field)
	return kg.Facet{Field: kg.FieldID, Through: []kg.Relation{parties.Relation, r.Relation}, Kinds: r.to}
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
