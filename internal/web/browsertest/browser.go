// Package browsertest drives a real Chromium in tests of the pages, and writes down what a user would not see: what the
// page asked of the network, what it wrote to the console, and what its Content-Security-Policy stopped.
//
// It is for tests alone, and fetches nothing: the browser has to be on the machine, as Debian's package chromium is.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

const (
	// lifetime bounds a browser, so that a page that hangs fails its test instead of the whole run.
	lifetime = 3 * time.Minute
	// patience bounds one wait. The machine may be busy with other tests, and a page loads megabytes of script.
	patience = 45 * time.Second
)

// A Browser is a Chromium with a fresh profile and one page.
type Browser struct {
	t   testing.TB
	ctx context.Context
	record
}

// Start starts a browser and stops it when the test ends. Where there is none the test is skipped, or fails if CI is
// "true": there, a browser is part of what must be installed.
func Start(t testing.TB) *Browser {
	t.Helper()
	binary := find()
	if binary == "" {
		const missing = "no browser on this machine, so nothing was seen of how the page behaves in one: " +
			"install one (on Debian: apt-get install chromium), or name its binary in $CHROME"
		if os.Getenv("CI") == "true" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}

	b := &Browser{t: t}
	ctx, stopClock := context.WithTimeout(context.Background(), lifetime)
	t.Cleanup(stopClock)
	ctx, freeAllocator := chromedp.NewExecAllocator(ctx, flags(binary, proxy(t, ignore))...)
	t.Cleanup(freeAllocator)
	ctx, stopBrowser := chromedp.NewContext(ctx, chromedp.WithErrorf(t.Logf))
	t.Cleanup(stopBrowser)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting %s: %v", binary, err)
	}

	// The page gets a context of its own, so that its proxy, and that of its workers, is not the browser's.
	pageProxy := proxy(t, b.leave)
	b.ctx, _ = chromedp.NewContext(ctx, chromedp.WithListener(b.observe), chromedp.WithNewBrowserContext(
		func(p *target.CreateBrowserContextParams) { p.ProxyServer = pageProxy },
	))
	if _, err := chromedp.Call(b.ctx, audits.Enable, cdp.Empty{}); err != nil {
		t.Fatalf("opening a page in %s: %v", binary, err)
	}
	return b
}

func find() string {
	for _, name := range []string{os.Getenv("CHROME"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// flags are chromedp's, which make a headless browser with a temporary profile, and what keeps it quiet: no GPU, and as
// little conversation of its own with the outside as can be had. What is left of that ends at the proxy.
func flags(binary, proxy string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(binary),
		chromedp.WindowSize(1280, 800),
		// Containers mostly lack what the sandbox needs, and all that is loaded is our own.
		chromedp.Flag("no-sandbox", true),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// chromedp's own two, and autofill, which asks its maker about every page with a text field.
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,AutofillServerCommunication"),
		chromedp.Flag("proxy-server", proxy),
	)
}

// Do performs the steps, or fails the test.
func (b *Browser) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("driving the page: %v\n%s", err, b.Seen())
	}
}

// Open loads the address and waits for its load event.
func (b *Browser) Open(url string) {
	b.t.Helper()
	b.Do(chromedp.Navigate(url))
}

// Wait waits until the JavaScript expression is true, or fails the test, which then says what was waited for.
// chromedp.Poll would do it from within the page, by means that a strict Content-Security-Policy forbids.
func (b *Browser) Wait(what, expression string) {
	b.t.Helper()
	b.WaitFor(what, func() bool { return Eval[bool](b, "Boolean("+expression+")") })
}

// WaitFor is Wait for what only the test can tell.
func (b *Browser) WaitFor(what string, done func() bool) {
	b.t.Helper()
	if !poll(done) {
		b.t.Fatalf("waited %v in vain: %s\n%s", patience, what, b.Seen())
	}
}

// poll asks until done or out of patience.
func poll(done func() bool) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if done() {
			return true
		}
	}
	return false
}

// Eval gives the value of a JavaScript expression in the page; a promise is awaited.
func Eval[T any](b *Browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("evaluating %s: %v\n%s", expression, err, b.Seen())
	}
	return value
}
