package main

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/web/browsertest"
)

// A question that comes with the program is run in a real browser, with the network cut off, and answered on the page with
// the sentence that a fact rests on.
func TestGraphiQLAnswers(t *testing.T) {
	b := browsertest.Start(t)
	server := start(t, nil)
	page := b.OpenGraphiQL(server.base + "/graphiql")
	page.SelectTab("Source")
	page.Run()
	page.WaitResult(`"quote": "` + quoteIn(t, server, "Source"))

	if outside := b.Outside(); len(outside) > 0 {
		t.Errorf("requested from outside the server: %q", outside)
	}
	if violations := b.Violations(); len(violations) > 0 {
		t.Errorf("violations of the Content-Security-Policy: %q", violations)
	}
	if errors := b.ConsoleErrors(); len(errors) > 0 {
		t.Errorf("errors in the console: %q", errors)
	}
}

// quoteIn gives how the first quote begins that answers a question of the demo graph.
func quoteIn(t *testing.T, server *process, title string) string {
	t.Helper()
	for _, q := range demo.Questions() {
		if q.Title != title {
			continue
		}
		body := readBody(t, post(t, server.base, q.Query))
		if quote := regexp.MustCompile(`"quote":"([^"\\]{20})`).FindStringSubmatch(body); quote != nil {
			return quote[1]
		}
		t.Fatalf("%s is answered without a quote: %s", title, body)
	}
	t.Fatalf("there is no question %s", title)
	return ""
}

// A name that is markup is shown as it is written, and so is a query that has some in it.
func TestGraphiQLRunsNoContent(t *testing.T) {
	b := browsertest.Start(t)
	file := filepath.Join(t.TempDir(), "hostile.jsonl")
	const harm = `<img src=x onerror=window.harmed=1></script><script>window.harmed=1</script>`
	if err := os.WriteFile(file, []byte(`{"entity":"city:x","name":"`+harm+`","description":"</pre></textarea>`+harm+`"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	server := start(t, nil, file)
	query := `{ harm: cities(where: {name: {is: ["` + harm + `"]}}) { nodes { name description } } }`
	page := b.OpenGraphiQL(server.base + "/graphiql?query=" + url.QueryEscape(query))
	page.Run()
	page.WaitResult(`"name": "<img src=x onerror=window.harmed=1></`) // and on in the next line
	if browsertest.Eval[bool](b, `window.harmed === 1 || document.querySelector("img[src=x]") !== null`) {
		t.Error("the page did what a name says")
	}
	if outside := b.Outside(); len(outside) > 0 {
		t.Errorf("requested from outside the server: %q", outside)
	}
	if violations := b.Violations(); len(violations) > 0 {
		t.Errorf("violations of the Content-Security-Policy: %q", violations)
	}
	for _, request := range b.Requests() {
		if strings.HasSuffix(request, "/x") {
			t.Errorf("the page fetched %s", request)
		}
	}
}
