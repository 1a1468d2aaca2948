package server

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// checkHosts refuses requests under a name that is neither this machine's nor of an
// allowed origin. A page may have its own name resolved to 127.0.0.1 (DNS
// rebinding); its requests then reach a server here with an Origin and a Host that
// agree, and to a browser they are of one site. The name is what gives them away.
//
// The status is 403 and not 421, which invites to ask again over another
// connection: that would change nothing.
func checkHosts(next http.Handler, allowed []string) http.Handler {
	known := map[string]bool{"localhost": true}
	for _, origin := range allowed {
		if u, err := url.Parse(origin); err == nil { // checkOrigins refuses the others
			known[strings.ToLower(u.Hostname())] = true
		}
	}
	refused := &badRequest{status: http.StatusForbidden, code: codeForeignHost,
		sentence: "This server answers this machine alone, under the names localhost and 127.0.0.1. " +
			"For it to answer under another, start it with --allow-origin and the origin of that name, or with --public-read."}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := (&url.URL{Host: r.Host}).Hostname()
		address, err := netip.ParseAddr(host)
		if err == nil && address.IsLoopback() || known[strings.ToLower(strings.TrimSuffix(host, "."))] {
			next.ServeHTTP(w, r)
			return
		}
		refuseWhere(w, r, refused)
	})
}
