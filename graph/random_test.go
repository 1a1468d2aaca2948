package graph

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
	"github.com/ententegraph/entente/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

var (
	randomSeed = flag.Uint64("seed", 1, "seed of the random operations")
	randomRuns = flag.Int("operations", 400, "how many random operations to compare")
)

// TestWriterEqualsOracleOnRandomOperations compares the two on operations made from the schema: every field, arguments,
// aliases, fragments, conditions, directives, the same field twice. Both read nothing but what is selected.
func TestWriterEqualsOracleOnRandomOperations(t *testing.T) {
	r := demoCatalog(t)
	sparse := New(kg.NewCatalog(storetest.Sparse(demoStore(t)), testNow), testNow)
	for i := range *randomRuns {
		seed := *randomSeed + uint64(i)
		g := &generator{rand: rand.New(rand.NewPCG(seed, 0)), schema: schema.Load(), fields: 60}
		query := g.operation()
		answer := both(t, r, query, nil)
		if thin := run(t, sparse, query, nil); thin != answer {
			t.Errorf("where a store gives only what is selected, the answer to\n%s\nis another: %s\nwhole: %s", query, thin, answer)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// generator makes a random operation that is valid under the schema.
type generator struct {
	rand   *rand.Rand
	schema *ast.Schema
	fields int // how many more fields may be selected

	names     int
	fragments strings.Builder
}

func (g *generator) operation() string {
	body := g.selection(g.schema.Query, 0)
	return "query " + body + g.fragments.String()
}

func (g *generator) chance(percent int) bool { return g.rand.IntN(100) < percent }

func (g *generator) name(prefix string) string {
	g.names++
	return fmt.Sprintf("%s%d", prefix, g.names)
}

// selection makes a selection set on a type.
func (g *generator) selection(def *ast.Definition, depth int) string {
	var b strings.Builder
	b.WriteString("{ ")
	if g.chance(20) || depth > 0 && g.fields <= 0 {
		b.WriteString("__typename ")
	}
	n := 1 + g.rand.IntN(4)
	wrote := b.Len() > 2
	for range n {
		if s := g.one(def, depth); s != "" {
			b.WriteString(s + " ")
			wrote = true
		}
	}
	if !wrote {
		b.WriteString("__typename ")
	}
	b.WriteString("}")
	return b.String()
}

// one makes a field, or a fragment with some.
func (g *generator) one(def *ast.Definition, depth int) string {
	if depth > 0 && g.chance(20) {
		on := def
		if types := g.schema.GetPossibleTypes(def); len(types) > 1 {
			on = types[g.rand.IntN(len(types))]
		} else if len(def.Interfaces) > 0 && g.chance(50) {
			on = g.schema.Types[def.Interfaces[g.rand.IntN(len(def.Interfaces))]]
		}
		if g.chance(50) {
			return fmt.Sprintf("... on %s%s %s", on.Name, g.directive(), g.selection(on, depth))
		}
		name := g.name("F")
		fmt.Fprintf(&g.fragments, " fragment %s on %s %s", name, on.Name, g.selection(on, depth))
		if g.chance(30) {
			return "..." + name + " ..." + name
		}
		return "..." + name
	}
	var fields ast.FieldList
	for _, f := range def.Fields {
		leaf := g.schema.Types[f.Type.Name()].IsLeafType()
		if strings.HasPrefix(f.Name, "__") || (depth > 12 || g.fields <= 0) && !leaf {
			continue
		}
		fields = append(fields, f)
	}
	if len(fields) == 0 {
		return ""
	}
	f := fields[g.rand.IntN(len(fields))]
	return g.field(f, depth)
}

func (g *generator) field(f *ast.FieldDefinition, depth int) string {
	g.fields--
	text := g.name("a") + ": " + f.Name + g.arguments(f) + g.directive()
	def := g.schema.Types[f.Type.Name()]
	if def.IsLeafType() {
		return text
	}
	if g.chance(15) { // the same field twice, to be merged
		return text + " " + g.selection(def, depth+1) + " " + text + " " + g.selection(def, depth+1)
	}
	return text + " " + g.selection(def, depth+1)
}

func (g *generator) directive() string {
	switch g.rand.IntN(20) {
	case 0:
		return " @include(if: true)"
	case 1:
		return " @skip(if: true)"
	}
	return ""
}

var ids = []string{"city:cn-jinan", "city:fr-rennes", "country:fi", "event:2024-jinan-europe-visit", "company:edf", "city:no-such"}

func (g *generator) arguments(f *ast.FieldDefinition) string {
	var args []string
	for _, a := range f.Arguments {
		required := a.Type.NonNull && a.DefaultValue == nil
		if !required && g.chance(50) {
			continue
		}
		if v := g.value(a.Name, a.Type, 0); v != "" {
			args = append(args, a.Name+": "+v)
		}
	}
	if args == nil {
		return ""
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// value makes a value for an argument or a field of an input; "" where it would rather not.
func (g *generator) value(name string, t *ast.Type, depth int) string {
	if name == "ids" { // some walks want two that differ
		return fmt.Sprintf("[%q, %q]", ids[0], ids[1+g.rand.IntN(5)])
	}
	if t.Elem != nil {
		if v := g.value(name, t.Elem, depth); v != "" {
			return "[" + v + "]"
		}
		return ""
	}
	def := g.schema.Types[t.NamedType]
	switch {
	case def.Kind == ast.Enum:
		return def.EnumValues[g.rand.IntN(len(def.EnumValues))].Name
	case def.Kind == ast.InputObject:
		var parts []string
		for _, f := range def.Fields {
			if !f.Type.NonNull && (depth > 3 || g.chance(80)) {
				continue
			}
			if v := g.value(f.Name, f.Type, depth+1); v != "" {
				parts = append(parts, f.Name+": "+v)
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	switch t.NamedType {
	case "ID":
		if name == "to" {
			return fmt.Sprintf("%q", ids[0])
		}
		return fmt.Sprintf("%q", ids[1+g.rand.IntN(len(ids)-1)])
	case "Int":
		switch name {
		case "depth", "perNode", "limit", "maxHops":
			return fmt.Sprint(1 + g.rand.IntN(3))
		case "gte":
			return "0"
		}
		return fmt.Sprint(g.rand.IntN(4))
	case "Float":
		if name == "gte" {
			return "0.1"
		}
		if name == "lte" {
			return "0.9"
		}
		return fmt.Sprintf("%.2f", g.rand.Float64())
	case "Boolean":
		return fmt.Sprint(g.chance(50))
	case "Date":
		return `"2024-10-10"`
	case "DateTime":
		if name == "from" {
			return `"2026-11-01T00:00:00Z"`
		}
		return `"2026-12-01T00:00:00Z"`
	}
	switch name {
	case "lang":
		return []string{`"zh"`, `"fr"`}[g.rand.IntN(2)]
	case "detail":
		return []string{`"TWIN"`, `"HOST"`, `"OTHER"`}[g.rand.IntN(3)]
	case "startsWith", "contains", "is":
		return []string{`"J"`, `"a"`, `"France"`}[g.rand.IntN(3)]
	}
	return "" // cursors and codes are tested by hand
}
