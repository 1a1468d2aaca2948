package web_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/ententegraph/entente/internal/web"
	"github.com/ententegraph/entente/internal/web/browsertest"
)

// servePage serves the page alone: what it shows, keeps and asks for is this package's; that it shows the answers of the
// real server is tested where that is, in cmd/entente. /graphql is missing, which the page has to say.
func servePage(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	page := web.GraphiQL(tabs)
	mux.Handle("/graphiql", page)
	mux.Handle("/graphiql/", page)
	server := httptest.NewServer(web.SecurityHeaders(mux))
	t.Cleanup(server.Close)
	return server
}

func checkTabs(t *testing.T, page browsertest.GraphiQL, want ...string) {
	t.Helper()
	if got := page.Tabs(); !slices.Equal(got, want) {
		t.Errorf("open tabs: %q, want %q", got, want)
	}
}

func checkContained(t *testing.T, b *browsertest.Browser) {
	t.Helper()
	if len(b.Requests()) == 0 {
		t.Error("no request was recorded")
	}
	if outside := b.Outside(); len(outside) > 0 {
		t.Errorf("requested from outside the server: %q", outside)
	}
	if violations := b.Violations(); len(violations) > 0 {
		t.Errorf("violations of the Content-Security-Policy: %q", violations)
	}
}

func TestFirstVisitShowsTheTabs(t *testing.T) {
	b := browsertest.Start(t)
	server := servePage(t)

	page := b.OpenGraphiQL(server.URL + "/graphiql")
	page.WaitTab("Entity")
	checkTabs(t, page, "Entity", "Facets", "Search")
	page.WaitQuery(tabs[0].Query)
	page.WaitVariables(tabs[0].Variables)
	if title := browsertest.Eval[string](b, "document.title"); title != "Entente · GraphiQL" {
		t.Errorf("title: %q", title)
	}

	page.SelectTab("Search")
	page.WaitQuery(tabs[2].Query)

	page.FocusQuery()
	page.PressTab()
	if page.QueryHasFocus() {
		t.Error("the Tab key does not leave the query editor")
	}

	checkContained(t, b)
}

func TestSecondVisitKeepsWhatWasTyped(t *testing.T) {
	b := browsertest.Start(t)
	server := servePage(t)

	page := b.OpenGraphiQL(server.URL + "/graphiql")
	page.WaitTab("Entity")
	page.SelectTab("Facets")
	page.WaitQuery(tabs[1].Query)
	page.TypeIntoQuery("# mine")
	page.WaitQuery("# mine " + tabs[1].Query)
	page.WaitKept("# mine\nquery Facets")

	page = b.OpenGraphiQL(server.URL + "/graphiql/")
	page.WaitTab("Facets")
	checkTabs(t, page, "Entity", "Facets", "Search")
	page.WaitQuery("# mine " + tabs[1].Query)

	// An example that is open is shown as it was left.
	page = b.OpenGraphiQL(server.URL + "/graphiql?example=Entity")
	page.WaitTab("Entity")
	page.WaitVariables(tabs[0].Variables)
	page.WaitKept("query Entity")
	page = b.OpenGraphiQL(server.URL + "/graphiql?example=Facets")
	page.WaitTab("Facets")
	page.WaitQuery("# mine " + tabs[1].Query)
	checkTabs(t, page, "Entity", "Facets", "Search")
	page.WaitKept("query Facets")

	// A query from the address gets a tab beside the others.
	page = b.OpenGraphiQL(server.URL + "/graphiql?query=query+Shared+%7B+__typename+%7D")
	page.WaitTab("Shared")
	page.WaitQuery("query Shared { __typename }")
	checkTabs(t, page, "Entity", "Facets", "Search", "Shared")
	page.WaitKept("query Shared")

	// A tab that was closed stays so until its example is asked for.
	page.SelectTab("Search")
	page.CloseTab()
	page.WaitTab("Facets")
	page.Wait("the closed tab to be forgotten", `!localStorage.getItem("graphiql:tabState").includes("query Search")`)
	page.WaitKept("query Facets")
	page = b.OpenGraphiQL(server.URL + "/graphiql")
	checkTabs(t, page, "Entity", "Facets", "Shared")
	page = b.OpenGraphiQL(server.URL + "/graphiql?example=Search")
	page.WaitTab("Search")
	page.WaitQuery(tabs[2].Query)
	checkTabs(t, page, "Entity", "Facets", "Shared", "Search")
}

func TestPanelOpensQuestions(t *testing.T) {
	b := browsertest.Start(t)
	page := b.OpenGraphiQL(servePage(t).URL + "/graphiql")
	page.WaitTab("Entity")
	page.OpenQuestion("Who are the partners?", "Partners")
	page.WaitQuery(tabs[3].Query)
	page.WaitVariables(tabs[3].Variables)
	checkTabs(t, page, "Entity", "Facets", "Search", "Partners")

	// What is open is shown as it is; a question without words of its own is listed by its title.
	page.OpenQuestion("Facets", "Facets")
	page.OpenQuestion("Who are the partners?", "Partners")
	checkTabs(t, page, "Entity", "Facets", "Search", "Partners")
	checkContained(t, b)
}

func TestFirstVisitByAddress(t *testing.T) {
	b := browsertest.Start(t)
	// A server each: what the page keeps, it keeps by origin, and the port is part of that.
	t.Run("example", func(t *testing.T) {
		page := b.OpenGraphiQL(servePage(t).URL + "/graphiql?example=Search")
		page.WaitTab("Search")
		page.WaitQuery(tabs[2].Query)
		checkTabs(t, page, "Entity", "Facets", "Search")
	})
	t.Run("unknown example", func(t *testing.T) {
		page := b.OpenGraphiQL(servePage(t).URL + "/graphiql?example=Nothing")
		waitNotice(b, "There is no example named “Nothing”. There are: Entity, Facets, Search, Partners.")
		page.WaitTab("Entity")
	})
	t.Run("query", func(t *testing.T) {
		page := b.OpenGraphiQL(servePage(t).URL +
			"/graphiql?query=query+Shared($n:Int)+%7B+__typename+%7D&variables=%7B%22n%22:1%7D")
		page.WaitTab("Shared")
		page.WaitQuery("query Shared($n:Int) { __typename }")
		page.WaitVariables(`{"n":1}`)
		checkTabs(t, page, "Shared", "Entity", "Facets", "Search")
	})
}

func TestPageSaysWhatCannotBeReached(t *testing.T) {
	b := browsertest.Start(t)
	server := servePage(t)

	// Nobody answers as a GraphQL server at /graphql.
	page := b.OpenGraphiQL(server.URL + "/graphiql")
	waitNotice(b, "/graphql did not answer as a GraphQL server: 404 Not Found")

	// Nobody answers at all.
	server.Close()
	page.Run()
	waitNotice(b, "The server cannot be reached at "+server.URL+"/graphql. Is it still running?")
	page.WaitResult("The server cannot be reached")

	// The questions cannot be fetched.
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/graphiql/tabs.json" {
			http.Error(w, "no", http.StatusServiceUnavailable)
			return
		}
		web.GraphiQL(tabs).ServeHTTP(w, r)
	}))
	t.Cleanup(broken.Close)
	b.Open(broken.URL + "/graphiql")
	waitNotice(b, "The questions cannot be fetched from /graphiql/tabs.json: 503 Service Unavailable")
}

func waitNotice(b *browsertest.Browser, text string) {
	b.Wait("the notice "+text, `[...document.querySelectorAll("[role=alert]")].some(line => line.textContent === `+"`"+text+"`)")
}
