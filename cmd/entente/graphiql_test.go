package main

import (
	"regexp"
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
