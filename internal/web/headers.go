package web

import "net/http"

// StrictCSP is the Content-Security-Policy of every answer but those of [GraphiQL]. svelte-trusted-html is the name
// under which Svelte, which the explorer is to be built with, makes its templates.
const StrictCSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
	"font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types svelte-trusted-html"

// GraphiQLCSP is that of [GraphiQL], which asks for more: Monaco writes style elements while it runs, GraphiQL's own style
// sheet brings its fonts as data: (the build leaves them out), and neither knows Trusted Types. Scripts and workers come
// from our own origin alone, as everywhere.
const GraphiQLCSP = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"connect-src 'self'; font-src 'self' data:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; " +
	"frame-ancestors 'none'"

// SecurityHeaders puts [StrictCSP] and its companions on all that h answers.
func SecurityHeaders(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w.Header(), StrictCSP)
		h.ServeHTTP(w, r)
	})
}

func setSecurityHeaders(header http.Header, csp string) {
	header.Set("Content-Security-Policy", csp)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
}
