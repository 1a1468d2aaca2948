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
	}{{"asked before", false}, {"new each time", true}} {
		const turns, each = 201, 40
		var without, with []time.Duration
		var ratios []float64
		for turn := range turns + 5 {
			var took [2]time.Duration
			for i := range took { // each is first as often as the other
				guarded := i ^ turn%2
				began := time.Now()
				for range each {
					ask(sides[guarded == 1], of.fresh)
				}
				took[guarded] = time.Since(began) / each
			}
			if turn < 5 { // it is not warm
				continue
			}
			without, with = append(without, took[0]), append(with, took[1])
			ratios = append(ratios, float64(took[1])/float64(took[0]))
		}
		slices.Sort(without)
		slices.Sort(with)
		slices.Sort(ratios)
		fmt.Printf("nested question, document %s: %v without the guard, %v with it; of %d pairs of turns the middle one takes %.1f %% more\n",
			of.name, without[turns/2], with[turns/2], turns, 100*(ratios[turns/2]-1))
	}
}
