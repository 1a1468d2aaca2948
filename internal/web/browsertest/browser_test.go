package browsertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/web/browsertest"
)

// What the other tests rely on finding nothing has to be found here.
func TestTheRecord(t *testing.T) {
	b := browsertest.Start(t)

	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><img src="http://page.invalid/a.png"><script>
			console.error("said so", 7);
			new Worker("/worker.js").onmessage = message => document.title = message.data;
			setTimeout(() => { throw new Error("thrown") });
		</script>`)
	})
	mux.HandleFunc("/worker.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `fetch("http://worker.invalid/b").finally(() => postMessage("done"))`)
	})
	mux.HandleFunc("/strict", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		fmt.Fprint(w, `<!doctype html><p style="color: red">red</p>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	b.Open(server.URL + "/")
	b.Wait("the worker's answer", `document.title === "done"`)
	b.Open(server.URL + "/strict")
	// Issues arrive after the load event; the page cannot tell when.
	b.WaitFor("a violation", func() bool { return len(b.Violations()) > 0 })

	checkHas(t, "requests", b.Requests(), server.URL+"/")
	checkHas(t, "outside", b.Outside(), "page.invalid/a.png")
	checkHas(t, "outside", b.Outside(), "worker.invalid/b")
	checkHas(t, "console errors", b.ConsoleErrors(), `"said so" 7`)
	checkHas(t, "console errors", b.ConsoleErrors(), "Error: thrown")
	checkHas(t, "violations", b.Violations(), "style-src")
}

func checkHas(t *testing.T, what string, all []string, part string) {
	t.Helper()
	for _, one := range all {
		if strings.Contains(one, part) {
			return
		}
	}
	t.Errorf("%s: %q, want one with %s", what, all, part)
}
