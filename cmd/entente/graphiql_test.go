package main

import (
	"testing"

	"github.com/ententegraph/entente/internal/web/browsertest"
)

// A question that comes with the program is run in a real browser, with the network cut off, and answered on the page with
// the sentence that a fact rests on.
func TestGraphiQLAnswers(t *testing.T) {
	b := browsertest.Start(t)
	server := start(t, nil)
	page := b.OpenGraphiQL(server.base + "/graphiql")
	page.SelectTab("Source")
	// GraphiQL reads the editor, and keeps what is in it, a tenth of a second after that has changed. A run before then would
	// ask for the operation of the tab that was left.
	page.Wait("GraphiQL to read the question", `localStorage.getItem("graphiql:query")?.includes("query Source")`)
	page.Run()
	page.WaitResult(`"quote": "Jinan presented its industrial strengths in new energy`)

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
