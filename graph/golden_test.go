package graph

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

var update = flag.Bool("update", false, "write the goldens anew; read the difference before you commit it")

// TestGolden runs every operation of testdata, and the demo's questions, over the demo graph, through the writer and through
// gqlgen's executor, and compares the answer and the number of store calls with the golden beside it: more than one a root
// field, but for search and paths, fails a test instead of a user.
//
// A file may give its variables in a comment: # variables: {"id": "city:cn-jinan"}
func TestGolden(t *testing.T) {
	for _, q := range demo.Questions() {
		t.Run(q.Name, func(t *testing.T) { golden(t, q.Query, filepath.Join("testdata", "question-"+q.Name+".golden")) })
	}
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no operations in testdata: %v", err)
	}
	for _, file := range files {
		query, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(file, ".graphql")
		t.Run(filepath.Base(name), func(t *testing.T) { golden(t, string(query), name+".golden") })
	}
}

func golden(t *testing.T, query, file string) {
	vars := variables(t, query)
	answer := both(t, demoCatalog(t), query, vars)
	store := demoStore(t)
	counted := storetest.Counting(store)
	run(t, New(kg.NewCatalog(counted, testNow), testNow), query, vars)

	var got bytes.Buffer
	fmt.Fprintf(&got, "# reads: %d\n", counted.Reads())
	if err := json.Indent(&got, []byte(answer), "", "  "); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the answer is not the one in %s:\n%s", file, got.Bytes())
	}
}

func variables(t *testing.T, query string) (vars map[string]any) {
	for line := range strings.Lines(query) {
		if text, ok := strings.CutPrefix(line, "# variables: "); ok {
			dec := json.NewDecoder(strings.NewReader(text))
			dec.UseNumber()
			if err := dec.Decode(&vars); err != nil {
				t.Fatal(err)
			}
		}
	}
	return vars
}
