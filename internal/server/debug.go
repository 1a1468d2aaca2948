package server

import (
	"net/http"
	"net/http/pprof"

	"github.com/ententegraph/entente/internal/telemetry"
)

// Debug is Go's pprof and the figures, for a listener that this machine alone can
// reach: what it shows is what is in memory. No page of another site gets at it by
// a name of its own.
func Debug(t *telemetry.Telemetry) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	mux.Handle(pathMetrics, t.Metrics())
	return checkHosts(reads(mux), nil)
}
