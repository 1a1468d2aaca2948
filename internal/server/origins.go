package server

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/rs/cors"
)

// checkOrigins refuses requests that another site's page makes in a browser: all
// that could change something, and the reading of answers, unless the origin is
// named. Programs that are no browsers are not concerned.
func checkOrigins(next http.Handler, allowed []string) (http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	refused := &badRequest{status: http.StatusForbidden, code: codeForeignOrigin,
		sentence: "A page of another site may not ask here, unless the server was told its origin."}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { refuseWhere(w, r, refused) }))
	for _, origin := range allowed {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("server: an allowed origin: %w", err)
		}
		if strings.Contains(origin, "*") { // a pattern to rs/cors, a host to net/http
			return nil, fmt.Errorf("server: an allowed origin: %q is a pattern; name each origin", origin)
		}
	}
	protected := protection.Handler(next)
	if len(allowed) == 0 {
		return protected, nil
	}
	return cors.New(cors.Options{
		AllowedOrigins: allowed,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type"},
		ExposedHeaders: []string{"Retry-After", "WWW-Authenticate", "X-Request-Id"},
		MaxAge:         600,
	}).Handler(protected), nil
}

// secured sets the headers that fit JSON and plain text: nothing may be loaded,
// framed, taken for another type, or kept by a cache. GraphiQL replaces the policy by
// its own, and what may be kept says so.
func secured(next http.Handler) http.Handler {
	safe := http.Header{}
	safe.Set("Cache-Control", "no-store")
	safe.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	safe.Set("Cross-Origin-Opener-Policy", "same-origin")
	safe.Set("Cross-Origin-Resource-Policy", "same-origin")
	safe.Set("Referrer-Policy", "same-origin")
	safe.Set("X-Content-Type-Options", "nosniff")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		for name, values := range safe {
			header[name] = values
		}
		next.ServeHTTP(w, r)
	})
}
