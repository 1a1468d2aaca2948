// Package schema is Entente's API in GraphQL's schema definition language, one file a noun. Its descriptions are the manual.
//
// A relation field says by @follows which facts it walks, and which way; internal/kg declares the same kinds, facts and
// fields, and a test of package plan holds the two together.
package schema

import (
	"embed"
	"sort"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

//go:embed *.graphqls
var files embed.FS

// Load parses the files and gives the schema, the same one each time: it must not be changed. A field of an interface is
// described once, there; types that implement it take the description over.
var Load = sync.OnceValue(func() *ast.Schema {
	s := gqlparser.MustLoadSchema(Sources()...)
	for _, def := range s.Types {
		for _, name := range def.Interfaces {
			for _, f := range s.Types[name].Fields {
				if own := def.Fields.ForName(f.Name); own != nil && own.Description == "" {
					own.Description = f.Description
				}
			}
		}
	}
	return s
})

// Sources are the files, by name.
func Sources() []*ast.Source {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // embedded
	}
	var out []*ast.Source
	for _, e := range entries {
		b, err := files.ReadFile(e.Name())
		if err != nil {
			panic(err)
		}
		out = append(out, &ast.Source{Name: e.Name(), Input: string(b)})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// SDL prints the loaded schema as one document, as clients see it.
var SDL = sync.OnceValue(func() string {
	var b strings.Builder
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(Load())
	return b.String()
})
