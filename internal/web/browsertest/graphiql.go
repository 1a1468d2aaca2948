package browsertest

import (
	"encoding/json"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A GraphiQL is the page at /graphiql, driven as a user would: by what is seen and clicked and typed.
type GraphiQL struct{ *Browser }

// OpenGraphiQL loads the page and waits until it can be typed into.
func (b *Browser) OpenGraphiQL(url string) GraphiQL {
	b.t.Helper()
	b.Open(url)
	b.Wait("the editors of GraphiQL at "+url,
		`document.querySelectorAll(".graphiql-editor .monaco-editor .view-lines").length >= 3`)
	return GraphiQL{b}
}

// Tabs gives the names of the open tabs, from left to right.
func (g GraphiQL) Tabs() []string {
	g.t.Helper()
	return Eval[[]string](g.Browser, `[...document.querySelectorAll(".graphiql-tab-button")].map(tab => tab.textContent)`)
}

// SelectTab clicks on the tab and waits until it is in front.
func (g GraphiQL) SelectTab(name string) {
	g.t.Helper()
	g.Do(chromedp.Click(chromedp.CSS(".graphiql-tab-button[title=" + quote(name) + "]")))
	g.WaitTab(name)
}

// CloseTab closes the tab in front.
func (g GraphiQL) CloseTab() {
	g.t.Helper()
	g.Do(chromedp.Click(chromedp.CSS(".graphiql-tab-active .graphiql-tab-close")))
}

// WaitTab waits until the tab is in front.
func (g GraphiQL) WaitTab(name string) {
	g.t.Helper()
	g.Wait("tab "+name+" in front", `document.querySelector(".graphiql-tab-active .graphiql-tab-button")?.textContent === `+quote(name))
}

// OpenQuestion clicks on a question in the panel of questions, which it opens where it is closed, and waits for the tab.
func (g GraphiQL) OpenQuestion(asks, tab string) {
	g.t.Helper()
	if Eval[bool](g.Browser, `document.querySelector("[aria-label='Show Questions']") !== null`) {
		g.Do(chromedp.Click(chromedp.CSS("[aria-label='Show Questions']")))
	}
	const questions = `[...document.querySelectorAll("[aria-label=Questions] button")]`
	g.Wait("the question "+asks, questions+`.some(button => button.textContent === `+quote(asks)+`)`)
	Eval[bool](g.Browser, `(`+questions+`.find(button => button.textContent === `+quote(asks)+`).click(), true)`)
	g.WaitTab(tab)
}

// Run presses the button that executes the operation.
func (g GraphiQL) Run() {
	g.t.Helper()
	g.Do(chromedp.Click(chromedp.CSS(".graphiql-execute-button")))
}

// WaitQuery waits until the query editor shows the text, and WaitVariables and WaitResult do so for theirs. Only what is
// scrolled into view counts, as it does for a user, and any run of white space is one space.
func (g GraphiQL) WaitQuery(text string) {
	g.t.Helper()
	g.waitShown("the query", ".graphiql-query-editor", text)
}

// WaitVariables is described at WaitQuery.
func (g GraphiQL) WaitVariables(text string) {
	g.t.Helper()
	g.waitShown("the variables", ".graphiql-editor-tool .graphiql-editor:not(.hidden)", text)
}

// WaitResult is described at WaitQuery.
func (g GraphiQL) WaitResult(text string) {
	g.t.Helper()
	g.waitShown("the result", ".result-window", text)
}

func (g GraphiQL) waitShown(pane, editor, text string) {
	g.t.Helper()
	want, shown := oneLine(text), ""
	if !poll(func() bool {
		shown = oneLine(strings.Join(Eval[[]string](g.Browser, `(`+linesShown+`)(`+quote(editor)+`)`), "\n"))
		return strings.Contains(shown, want)
	}) {
		g.t.Fatalf("waited %v in vain for %s to show\n%s\nIt shows\n%s\n%s", patience, pane, want, shown, g.Seen())
	}
}

// linesShown reads the lines of an editor from top to bottom. Monaco places them by style, in any order in the document, and
// GraphiQL hides a pane by moving it out of the window.
const linesShown = `editor => [...document.querySelectorAll(editor + " .view-line")]
	.filter(line => line.getBoundingClientRect().left >= 0)
	.sort((a, b) => parseInt(a.style.top) - parseInt(b.style.top))
	.map(line => line.textContent)`

// oneLine makes one space of any run of white space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// WaitKept waits until GraphiQL has written down, for the next visit, that the tab in front holds the text. It writes the
// tab and what the editors hold at different moments after a change; what is left in between opens twice.
func (g GraphiQL) WaitKept(text string) {
	g.t.Helper()
	g.Wait("GraphiQL to keep "+text, `(() => {
		const {tabs, activeTabIndex} = JSON.parse(localStorage.getItem("graphiql:tabState"));
		const {query, variables} = tabs[activeTabIndex];
		return query?.includes(`+quote(text)+`) && query === localStorage.getItem("graphiql:query") &&
			(variables || null) === localStorage.getItem("graphiql:variables");
	})()`)
}

// TypeIntoQuery puts the text, in one line, at the very start of the query.
func (g GraphiQL) TypeIntoQuery(line string) {
	g.t.Helper()
	g.FocusQuery()
	g.Do(
		chromedp.KeyEvent(kb.Home, chromedp.KeyModifiers(chromedp.ModifierCtrl)),
		chromedp.KeyEvent(line+kb.Enter),
	)
}

// FocusQuery clicks into the query editor.
func (g GraphiQL) FocusQuery() {
	g.t.Helper()
	g.Do(chromedp.Click(chromedp.CSS(".graphiql-query-editor .monaco-editor .view-lines")))
	g.Wait("focus in the query editor", inQueryEditor)
}

// QueryHasFocus says whether what is typed goes into the query editor.
func (g GraphiQL) QueryHasFocus() bool {
	g.t.Helper()
	return Eval[bool](g.Browser, inQueryEditor)
}

const inQueryEditor = `document.activeElement.closest(".graphiql-query-editor .monaco-editor") !== null`

// PressTab presses the Tab key.
func (g GraphiQL) PressTab() {
	g.t.Helper()
	g.Do(chromedp.KeyEvent(kb.Tab))
}

func quote(s string) string {
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(quoted)
}
