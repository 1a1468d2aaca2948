package ingest

import "github.com/ententegraph/entente/internal/kg"

// names reads an entity's names, the primary one first. `name` is the primary one; the first entry of `names` that has the
// same value says its language. Of the other entries those without a kind are aliases, but the first in another language is
// primary in that language.
func names(f *fields) []kg.Name {
	primary := kg.Name{Value: f.text("name"), Kind: kg.Primary}
	var others []kg.Name
	same := false
	f.objects("names", "names", func(f *fields) {
		n := kg.Name{Value: f.text("value"), Lang: f.text("lang"), Kind: kg.NameKind(f.text("kind"))}
		if n.Value == "" && f.err == nil {
			f.fail("value", kg.Errorf(kg.BadInput, "it is missing: write the name"))
		}
		switch {
		case n.Value != primary.Value || same:
			others = append(others, n)
		case n.Kind != "" && n.Kind != kg.Primary:
			f.fail("kind", kg.Errorf(kg.BadInput, "this is the primary name: leave the kind out, or make another name the primary one"))
		default:
			same = true
			primary.Lang = n.Lang
		}
	})
	names := append([]kg.Name{primary}, others...)
	for i := range names {
		if names[i].Kind == "" {
			names[i].Kind = kg.DefaultNameKind(names[:i], names[i].Lang)
		}
	}
	return names
}
