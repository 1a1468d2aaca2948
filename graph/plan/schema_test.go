package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

var (
	s         = schema.Load()
	nodeKinds = (kg.Entities | kg.Facts | kg.SetOf(kg.SourceKind, kg.EvidenceKind, kg.ChangeKind, kg.StatusKind)).Kinds()
)

// TestSchemaAndTableAgreeOnFields: every field of a kind is in the schema, every scalar of the schema is in the table, and
// both say the same of what it holds.
func TestSchemaAndTableAgreeOnFields(t *testing.T) {
	for _, k := range nodeKinds {
		def := s.Types[k.Decl().Type]
		if def == nil {
			t.Errorf("the schema has no type %s", k.Decl().Type)
			continue
		}
		for _, f := range k.Decl().Fields {
			sdl := def.Fields.ForName(f.Name)
			if sdl == nil {
				t.Errorf("%s.%s is declared in kg and is not in the schema", def.Name, f.Name)
				continue
			}
			if f.Required != sdl.Type.NonNull && f.Type != kg.Refs {
				t.Errorf("%s.%s: required in kg is %t, in the schema %t", def.Name, f.Name, f.Required, sdl.Type.NonNull)
			}
			checkType(t, def.Name, f, sdl)
		}
		for _, sdl := range def.Fields {
			result := s.Types[sdl.Type.Name()]
			if !result.IsLeafType() || slices.Contains([]string{"name", "certain", "distanceKm"}, sdl.Name) {
				continue
			}
			f := k.Decl().Field(sdl.Name)
			if f == nil {
				t.Errorf("%s.%s is in the schema and is not declared in kg", def.Name, sdl.Name)
			} else {
				checkType(t, def.Name, f, sdl)
			}
		}
	}
}

func checkType(t *testing.T, owner string, f *kg.Field, sdl *ast.FieldDefinition) {
	t.Helper()
	want := map[kg.FieldType]string{kg.Int: "Int", kg.Float: "Float", kg.Dated: "Date", kg.Instant: "DateTime"}[f.Type]
	result := s.Types[sdl.Type.Name()]
	switch {
	case f.Type == kg.Enum:
		if result.Kind != ast.Enum || !slices.Equal(enumValues(result), f.Enum) && f.Name != "kind" {
			t.Errorf("%s.%s: the values in kg are %v, in the schema %s %v", owner, f.Name, f.Enum, result.Name, enumValues(result))
		}
	case f.Type == kg.Ref || f.Type == kg.Refs:
		if kinds := kindsOf(s, result); kinds != f.Refers {
			t.Errorf("%s.%s: names %s in kg, %s in the schema", owner, f.Name, f.Refers, kinds)
		}
	case f.Type == kg.Text:
		if result.Name != "String" && result.Name != "ID" {
			t.Errorf("%s.%s is text in kg and %s in the schema", owner, f.Name, result.Name)
		}
	case result.Name != want:
		t.Errorf("%s.%s is %s in the schema and should be %s", owner, f.Name, result.Name, want)
	}
}

func enumValues(def *ast.Definition) (names []string) {
	for _, v := range def.EnumValues {
		names = append(names, v.Name)
	}
	return names
}

// TestKindEnums: the enums of the kinds are the table's.
func TestKindEnums(t *testing.T) {
	for name, set := range map[string]kg.KindSet{"EntityKind": kg.Entities, "FactKind": kg.Facts} {
		var want []string
		for _, k := range set.Kinds() {
			want = append(want, k.String())
		}
		if got := enumValues(s.Types[name]); !slices.Equal(got, want) {
			t.Errorf("enum %s is %v in the schema, %v in kg", name, got, want)
		}
	}
	for name, set := range map[string]kg.KindSet{"Entity": kg.Entities, "Fact": kg.Facts, "Party": kg.Parties, "Place": kg.Places} {
		if got := kindsOf(s, s.Types[name]); got != set {
			t.Errorf("interface %s is of %s in the schema, of %s in kg", name, got, set)
		}
	}
}

// TestRelationsFollowFactsThatMayBe: every field that leads to other nodes says how, and what it follows may join the field's
// owner with what it leads to.
func TestRelationsFollowFactsThatMayBe(t *testing.T) {
	relations := 0
	for _, k := range nodeKinds {
		def := s.Types[k.Decl().Type]
		for _, f := range def.Fields {
			result := s.Types[f.Type.Name()]
			if isConnection(result) {
				result = nodeType(s, result)
			}
			to := kindsOf(s, result)
			if to == 0 {
				continue
			}
			r, follows := relation(f)
			if !follows {
				if field := k.Decl().Field(f.Name); !slices.Contains([]string{"facts", "evidence", "from", "to", "source", "fact", "history", "status", "lineage", "decidedBy"}, f.Name) && field == nil {
					t.Errorf("%s.%s leads to %s and does not say how: add @follows", def.Name, f.Name, result.Name)
				}
				continue
			}
			relations++
			if r.Way == 0 || !r.Fact.IsFact() {
				t.Errorf("%s.%s follows nothing that kg knows: %s", def.Name, f.Name, r)
				continue
			}
			for _, other := range to.Kinds() {
				if !mayLead(r, k, other) && to == kg.SetOf(other) {
					t.Errorf("%s.%s follows %s, which can't lead from %s to %s", def.Name, f.Name, r, k, other)
				}
			}
			if !slices.ContainsFunc(to.Kinds(), func(other kg.Kind) bool { return mayLead(r, k, other) }) {
				t.Errorf("%s.%s follows %s, which leads from %s to none of %s", def.Name, f.Name, r, k, to)
			}
		}
	}
	if relations < 60 {
		t.Errorf("only %d relations were checked", relations)
	}
}

func mayLead(r kg.Relation, from, to kg.Kind) bool {
	d := r.Fact.Decl()
	switch r.Way {
	case kg.Out:
		return d.MayJoin(from, to)
	case kg.In:
		return d.MayJoin(to, from)
	case kg.Both:
		return d.Symmetric && d.MayJoin(from, to)
	case kg.Up: // by a chain, or because it is one itself
		return d.MayJoin(from, to) || from == to
	case kg.Down:
		return d.MayJoin(to, from)
	}
	return false
}

// TestInputsAreRead: every field of a filter and every value of an order enum is one that the compiler finds.
func TestInputsAreRead(t *testing.T) {
	c := &compiler{schema: s}
	inputs := 0
	for name, def := range s.Types {
		base, isFilter := strings.CutSuffix(name, "Filter")
		kinds := filterKinds(base)
		if !isFilter || kinds == 0 || kinds == kg.SetOf(kg.StatusKind) {
			continue
		}
		for _, f := range def.Fields {
			inputs++
			switch f.Name {
			case "and", "or", "not", "id", "kind", "source", "entity", "from", "to", "node", "within", "withinBox", "status":
				continue
			}
			_, isRelation := c.relationNamed(kinds, f.Name)
			if !isRelation && kinds.Kinds()[0].Decl().Field(f.Name) == nil {
				t.Errorf("%s.%s is neither a relation nor a field of %s", name, f.Name, kinds)
			}
		}
	}
	if inputs < 150 {
		t.Errorf("only %d fields of filters were checked", inputs)
	}
	for name, def := range s.Types {
		base, isOrder := strings.CutSuffix(name, "OrderField")
		if !isOrder || base == "Relation" {
			continue
		}
		for _, v := range enumValues(def) {
			if orderField(filterKinds(base).Kinds()[0], v) == nil {
				t.Errorf("%s.%s names no field", name, v)
			}
		}
	}
	for name, def := range s.Types {
		base, isFacet := strings.CutSuffix(name, "Facet")
		if !isFacet || base == "" {
			continue
		}
		for _, v := range enumValues(def) {
			f := c.facet(filterKinds(base), v)
			if f.Field == nil || len(f.Through) > 0 && (f.Kinds == 0 || f.Through[0].Way == 0) {
				t.Errorf("%s.%s counts by nothing: %+v", name, v, f)
			}
		}
	}
	for _, v := range enumValues(s.Types["RelationOrderField"]) {
		if !strings.HasPrefix(v, "NODE_") && orderField(kg.PartyTo, v) == nil {
			t.Errorf("RelationOrderField.%s names no field of a fact", v)
		}
	}
}

// filterKinds gives the kinds that an input is about by its name: a type's, or that of the facts of the connection named.
func filterKinds(base string) kg.KindSet {
	if def := s.Types[base]; def != nil {
		return kindsOf(s, def)
	}
	if def := s.Types[base+"Edge"]; def != nil {
		return kindsOf(s, s.Types[def.Fields.ForName("fact").Type.Name()])
	}
	return 0
}

// TestSchemaBudget: the schema grows by use and not by habit, and its descriptions are the manual.
func TestSchemaBudget(t *testing.T) {
	lines, types := 0, 0
	for _, src := range schema.Sources() {
		lines += strings.Count(src.Input, "\n")
	}
	plumbing := []string{"Edge", "Connection", "Order", "OrderField", "Match", "Filter"}
	for name, def := range s.Types {
		if def.BuiltIn {
			continue
		}
		types++
		described := def.Description != "" || slices.ContainsFunc(plumbing, func(p string) bool { return strings.HasSuffix(name, p) })
		if !described {
			t.Errorf("%s has no description", name)
		}
	}
	t.Logf("%d lines, %d types", lines, types)
	if lines > 2500 || types > 230 {
		t.Errorf("the schema has %d lines and %d types; its budget is 2,500 and 230", lines, types)
	}
}
