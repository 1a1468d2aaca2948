package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// record is what was observed since the start.
type record struct {
	mu         sync.Mutex
	requests   []string
	outside    []string
	errors     []string
	violations []string
}

// Requests gives every URL that the page requested, in order.
func (r *record) Requests() []string { return r.list(&r.requests) }

// Outside gives all that the page and its workers requested from anywhere but a loopback address. None of it was answered.
func (r *record) Outside() []string { return r.list(&r.outside) }

// ConsoleErrors gives the errors in the console: those that scripts wrote, uncaught exceptions, and the browser's own,
// such as a resource that could not be loaded.
func (r *record) ConsoleErrors() []string { return r.list(&r.errors) }

// Violations gives what the page's Content-Security-Policy stopped.
func (r *record) Violations() []string { return r.list(&r.violations) }

// Seen is the whole record in words, for failure messages.
func (r *record) Seen() string {
	return fmt.Sprintf("requests: %q\noutside: %q\nconsole errors: %q\nviolations: %q",
		r.Requests(), r.Outside(), r.ConsoleErrors(), r.Violations())
}

func (r *record) list(from *[]string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(*from)
}

func (r *record) add(to *[]string, format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	*to = append(*to, fmt.Sprintf(format, args...))
}

// observe runs on the goroutine that reads the browser's messages, so it does nothing but write down.
func (r *record) observe(event any) {
	switch event := event.(type) {
	case *network.EventRequestWillBeSent:
		r.add(&r.requests, "%s", event.Request.URL)
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError {
			r.add(&r.errors, "%s: %s %s", event.Entry.Source, event.Entry.Text, event.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		r.add(&r.errors, "exception: %s", exceptionText(event.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.ConsoleAPICalledTypeError {
			r.add(&r.errors, "console.error: %s", argumentsText(event.Args))
		}
	case *audits.EventIssueAdded:
		if issue := event.Issue.Details.ContentSecurityPolicyIssueDetails; issue != nil {
			r.add(&r.violations, "%s %s", issue.ViolatedDirective, issue.BlockedURL)
		}
	}
}

// leave writes down a request on its way out. It comes from the page or from a worker; the events that observe gets know
// nothing of workers.
func (r *record) leave(req *http.Request) {
	r.add(&r.outside, "%s %s", req.Method, req.URL)
}

func ignore(*http.Request) {}

// proxy answers 502 to everything, after it told seen, and gives its address. A browser sends it all that is not for a
// loopback address, so nothing gets out.
func proxy(t testing.TB, seen func(*http.Request)) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		seen(req)
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func exceptionText(details *runtime.ExceptionDetails) string {
	if e := details.Exception; e != nil && e.Description != "" {
		return e.Description
	}
	return details.Text
}

func argumentsText(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		if arg.Description != "" {
			words = append(words, arg.Description)
		} else {
			words = append(words, string(arg.Value))
		}
	}
	return strings.Join(words, " ")
}
