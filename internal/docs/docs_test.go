// Package docs is pages for people who use Entente. Its tests run what the pages show.
package docs

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/graph/graphtest"
	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
	"github.com/ententegraph/entente/schema"
)

// pages lists the pages by their paths.
func pages(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d pages, %v", len(names), err)
	}
	return names
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// blocks gives the blocks of a page that are in a language, each with the number of the line before it.
func blocks(page []byte, lang string) (texts []string, lines []int) {
	for _, at := range regexp.MustCompile("(?ms)^```"+lang+"\n(.*?)^```").FindAllSubmatchIndex(page, -1) {
		texts = append(texts, string(page[at[2]:at[3]]))
		lines = append(lines, 1+bytes.Count(page[:at[0]], []byte("\n")))
	}
	return texts, lines
}

// load makes a graph of the records of a page, all of which have to be right. A page without records speaks of the demo graph.
func load(t *testing.T, page []byte) (*kg.Catalog, *ingest.Report) {
	t.Helper()
	store := storetest.Reference()
	c := kg.NewCatalog(store, time.Now)
	records, _ := blocks(page, "json")
	if len(records) == 0 {
		if err := graphtest.LoadDemo(store); err != nil {
			t.Fatal(err)
		}
		return c, &ingest.Report{}
	}
	report, err := ingest.Load(t.Context(), c, ingest.Bytes("lyon.jsonl", []byte(strings.Join(records, ""))))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Errorf("%v\n%s", p, p.Text)
	}
	return c, report
}

// TestPressRelease loads the records that the page has its reader write: every line is right, and the quotes are found.
func TestPressRelease(t *testing.T) {
	_, report := load(t, read(t, "press-release.md"))
	if report.Facts != 9 || report.Entities != 7 {
		t.Errorf("loaded %d facts and %d entities, want 9 and 7", report.Facts, report.Entities)
	}
	if report.BareFacts != 1 || report.BareEntities != 7 {
		t.Errorf("%d facts and %d entities rest on the file alone, want 1 and 7", report.BareFacts, report.BareEntities)
	}
}

// TestQueries asks what the pages ask, of the records that they show: every query is valid, and is answered by something.
func TestQueries(t *testing.T) {
	asked := 0
	for _, name := range pages(t) {
		page := read(t, name)
		queries, lines := blocks(page, "graphql")
		if len(queries) == 0 {
			continue
		}
		c, _ := load(t, page)
		for i, query := range queries {
			asked++
			if _, errs := gqlparser.LoadQueryWithRules(schema.Load(), query, nil); errs != nil {
				t.Errorf("%s:%d: %v", name, lines[i], errs)
				continue
			}
			answer, errs := ask(t, c, query)
			if errs != "" {
				t.Errorf("%s:%d: %s", name, lines[i], errs)
			}
			for field, value := range answer {
				if string(value) == "null" {
					t.Errorf("%s:%d: %s is null: the page's records do not answer its question", name, lines[i], field)
				}
			}
		}
	}
	if asked == 0 {
		t.Error("the pages ask nothing")
	}
}

// TestQuestions holds the page of questions to those that GraphiQL offers beside the first fourteen, word for word and in their
// order.
func TestQuestions(t *testing.T) {
	asked, _ := blocks(read(t, "questions.md"), "graphql")
	offered := demo.Questions()[14:]
	if len(asked) != len(offered) {
		t.Fatalf("the page has %d questions, and GraphiQL offers %d", len(asked), len(offered))
	}
	for i, q := range offered {
		if asked[i] != q.Query {
			t.Errorf("%s stands in the page as\n%s", q.Name, asked[i])
		}
	}
}

// ask gives the fields of an answer, and the errors in one text.
func ask(t *testing.T, c *kg.Catalog, query string) (fields map[string]json.RawMessage, errs string) {
	t.Helper()
	e := executor.New(graph.New(c, time.Now))
	ctx := graphql.StartOperationTrace(t.Context())
	op, list := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
	if list != nil {
		return nil, list.Error()
	}
	next, ctx := e.DispatchOperation(ctx, op)
	response := next(ctx)
	if response.Errors != nil {
		return nil, response.Errors.Error()
	}
	if err := json.Unmarshal(response.Data, &fields); err != nil {
		t.Fatalf("%v: %s", err, response.Data)
	}
	return fields, ""
}

var (
	// code is what stands in a page as it is, and links to nothing.
	code    = regexp.MustCompile("(?ms)^```.*?^```|`[^`\n]*`")
	link    = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)[^)]*\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

// TestLinks follows the links from the pages and the README to files, and to headings in them.
func TestLinks(t *testing.T) {
	followed := 0
	for _, name := range append(pages(t), filepath.Join("..", "..", "README.md")) {
		for _, found := range link.FindAllSubmatch(code.ReplaceAll(read(t, name), nil), -1) {
			target := string(found[1])
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue // not ours
			}
			followed++
			path, anchor, _ := strings.Cut(target, "#")
			if path = filepath.Join(filepath.Dir(name), filepath.FromSlash(path)); strings.HasPrefix(target, "#") {
				path = name
			}
			text, err := os.ReadFile(path)
			if info, missing := os.Stat(path); missing == nil && info.IsDir() {
				err = nil
			}
			if err != nil {
				t.Errorf("%s links to %s: %v", name, target, err)
			} else if anchor != "" && !hasHeading(text, anchor) {
				t.Errorf("%s links to %s, where no heading has that name", name, target)
			}
		}
	}
	if followed == 0 {
		t.Error("the pages have no links")
	}
}

// hasHeading says whether a page has a heading that an anchor leads to, as GitHub names them.
func hasHeading(page []byte, anchor string) bool {
	for _, found := range heading.FindAllSubmatch(page, -1) {
		name := regexp.MustCompile(`[^\p{L}\p{N}_ -]`).ReplaceAllString(strings.ToLower(string(found[1])), "")
		if strings.ReplaceAll(strings.TrimSpace(name), " ", "-") == anchor {
			return true
		}
	}
	return false
}
