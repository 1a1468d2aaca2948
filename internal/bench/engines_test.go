package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// BenchmarkEngines asks the same graph of both engines, in turns: ten times the throughput of Entente over Neo4j is what the
// embedded engine is to have. ENTENTE_BENCH_FACTS says how large it is; ENTENTE_BENCH_STORE and ENTENTE_BENCH_LOADED, together,
// name a store and a Neo4j that hold it already.
func BenchmarkEngines(b *testing.B) {
	ctx := context.Background()
	path, uri := os.Getenv("ENTENTE_BENCH_STORE"), os.Getenv("ENTENTE_BENCH_LOADED")
	if path == "" || uri == "" {
		lines := filepath.Join(b.TempDir(), "generated.jsonl")
		if _, err := writeGraph(ctx, lines, benchFacts(b)); err != nil {
			b.Fatal(err)
		}
		path, uri = filepath.Join(b.TempDir(), "graph.entente"), neo4jtest.Start(b, neo4jtest.Options{HeapMB: 2048, PageCacheMB: 2048}).URI
		if _, err := importInto(ctx, path, ingest.Path(lines)); err != nil {
			b.Fatal(err)
		}
		if err := importIntoNeo4j(ctx, uri, ingest.Path(lines)); err != nil {
			b.Fatal(err)
		}
	}
	m, _, err := openBench(ctx, path)
	if err != nil {
		b.Fatal(err)
	}
	defer m.closeEmbedded()
	catalog, over, err := serve(ctx, uri)
	if err != nil {
		b.Fatal(err)
	}
	defer catalog.Close()
	defer over.Close()

	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "question\tclients\tembedded p50\tp99\t/s\tNeo4j p50\tp99\t/s\ttimes as many\t")
	for _, q := range pairs {
		urls := []string{m.http.URL, over.URL}
		for i, began := 0, time.Now(); i < 20 || time.Since(began) < 5*time.Second; i++ {
			for _, url := range urls {
				if err := m.ask(ctx, url, q.graphql, q.vars(&m.sample, i)); err != nil {
					b.Fatalf("%s: %v", q.name, err)
				}
			}
		}
		for _, clients := range []int{1, 16} {
			var took [2][]figures
			for range 3 {
				for side, url := range urls {
					f, err := m.measureBare(ctx, url, &q, clients)
					if err != nil {
						b.Fatalf("%s: %v", q.name, err)
					}
					took[side] = append(took[side], f)
				}
			}
			e, n := middle(took[0]), middle(took[1])
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%.0f\t%s\t%s\t%.0f\t%.1f\t\n", q.name, clients, short(e.p50), short(e.p99), e.perSecond, short(n.p50), short(n.p99), n.perSecond, e.perSecond/n.perSecond)
		}
	}
	w.Flush()
}

// measureBare lets clients ask for a second, which take next to nothing of the machine themselves: each writes what was made before
// to a connection. Clients of net/http take as long as the embedded engine, so that it would be them that are compared.
func (b *bench) measureBare(ctx context.Context, url string, q *pair, clients int) (figures, error) {
	address := strings.TrimPrefix(url, "http://")
	var requests [200][]byte
	for i := range requests {
		requests[i] = requestTo(address, q.graphql, q.vars(&b.sample, i))
	}
	connections := make(chan *connection, clients)
	for range clients {
		c, err := dial(address)
		if err != nil {
			return figures{}, err
		}
		defer c.Close()
		connections <- c
	}
	return measure(ctx, clients, time.Second, func(_ context.Context, i int) error {
		c := <-connections
		defer func() { connections <- c }()
		return c.ask(requests[i%len(requests)])
	})
}

// importIntoNeo4j brings a file into a Neo4j.
func importIntoNeo4j(ctx context.Context, uri string, file ingest.File) error {
	store, err := neo4jstore.Open(ctx, neo4jstore.Config{URI: uri})
	if err != nil {
		return err
	}
	catalog := kg.NewCatalog(store, time.Now)
	report, err := ingest.Import(ctx, catalog, ingest.Options{}, file)
	if err == nil && len(report.Problems) > 0 {
		err = fmt.Errorf("a generated line was refused: %v", report.Problems[0])
	}
	return errors.Join(err, catalog.Close())
}
