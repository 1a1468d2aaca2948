package graph

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ententegraph/entente/internal/demo"
)

// FuzzOperation compiles and answers whatever passes for an operation, by the writer and by gqlgen's executor: both say the same,
// and neither ends the program. Longer texts than these are the guard's to bound.
func FuzzOperation(f *testing.F) {
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil || len(files) == 0 {
		f.Fatalf("no operations in testdata: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, q := range demo.Questions() {
		f.Add(q.Query)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) <= 2_000 {
			both(t, demoCatalog(t), text, nil)
		}
	})
}
