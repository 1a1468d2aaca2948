package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/sqlitestore"
	"github.com/ententegraph/entente/internal/telemetry"
)

// BenchmarkGuard asks the nested question of the demo graph with the guard and without it, in turns, and says how much more it
// takes with it: where the document has been asked before, as it mostly has, and where each request brings a new one, which is
// then also parsed and validated.
func BenchmarkGuard(b *testing.B) {
	ctx := b.Context()
	store, err := sqlitestore.Open(ctx, filepath.Join(b.TempDir(), "graph.entente"))
	if err != nil {
		b.Fatal(err)
	}
	catalog := kg.NewCatalog(store, time.Now)
	defer catalog.Close()
	var files []ingest.File
	for _, f := range demo.Graph() {
		files = append(files, ingest.Bytes(f.Name, f.Data))
	}
	if _, err := ingest.Import(ctx, catalog, ingest.Options{}, files...); err != nil {
		b.Fatal(err)
	}
	var nested string
	for _, q := range demo.Questions() {
		if q.Name == "02-nested" {
			nested = q.Query
		}
	}
	o := Options{Schema: graph.New(catalog, time.Now), Telemetry: telemetry.Off(), Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Limits: Limits{}.withDefaults(), Timeouts: Timeouts{}.withDefaults()}
	sides := map[bool]http.Handler{true: newAPI(o), false: unguarded(o, newDocuments())}
	n := 0
	ask := func(side http.Handler, fresh bool) {
		query := nested
		if fresh { // its length is that of all others
			n++
			query = fmt.Sprintf("# %09d\n%s", n, nested)
		}
		body, err := json.Marshal(map[string]string{"query": query})
		if err != nil {
			b.Fatal(err)
		}
		r := httptest.NewRequest("POST", pathGraphQL, bytes.NewReader(body))
		r.Header.Set("Content-Type", typeJSON)
		w := httptest.NewRecorder()
		side.ServeHTTP(w, r)
		if w.Code != http.StatusOK || strings.Contains(w.Body.String(), `"errors"`) {
			b.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	for _, of := range []struct {
		name  string
		fresh bool
	}{{"document asked before", false}, {"new document", true}} {
		b.Run(of.name, func(b *testing.B) {
			const turns, each = 101, 50
			var took [2][]time.Duration
			for turn := range turns {
				for _, guarded := range []bool{turn%2 == 0, turn%2 != 0} {
					began := time.Now()
					for range each {
						ask(sides[guarded], of.fresh)
					}
					side := 0
					if guarded {
						side = 1
					}
					took[side] = append(took[side], time.Since(began)/each)
				}
			}
			for i := range took {
				slices.Sort(took[i])
			}
			without, with := took[0][turns/2], took[1][turns/2]
			b.ReportMetric(100*(float64(with)/float64(without)-1), "%more")
			b.ReportMetric(float64(without.Nanoseconds()), "ns/unguarded")
			b.ReportMetric(float64(with.Nanoseconds()), "ns/guarded")
			b.ReportMetric(0, "ns/op")
		})
	}
}
