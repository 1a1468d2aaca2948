package bench

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

func TestMain(m *testing.M) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // as the program does while it imports and serves
	}
	neo4jtest.Main(m)
}

// BenchmarkNeo4j writes its tables as it goes. ENTENTE_BENCH_FACTS says how many facts the graph has (a million if it is not
// set); ENTENTE_BENCH_LOADED names a Neo4j that holds such a graph already, in which case nothing is imported.
func BenchmarkNeo4j(b *testing.B) {
	facts := benchFacts(b)
	const each = 4 * time.Second
	ctx := context.Background()
	fmt.Printf("\n%s, %d cores, %s, Neo4j %s, %d facts\n\n", runtime.GOARCH, runtime.NumCPU(), runtime.Version(), neo4jtest.Version, facts)
	uri := os.Getenv("ENTENTE_BENCH_LOADED")
	if uri == "" {
		uri = neo4jtest.Start(b, neo4jtest.Options{HeapMB: 2048, PageCacheMB: 2048}).URI
		if err := measureImport(ctx, uri, facts); err != nil {
			b.Fatal(err)
		}
	}
	m, err := newBench(ctx, uri)
	if err != nil {
		b.Fatal(err)
	}
	defer m.close()
	for _, part := range []func() error{
		func() error { return m.compare(ctx, each) },
		func() error { return m.questions(ctx, each) },
		func() error { return m.slowWire(ctx, b, uri) },
	} {
		if err := part(); err != nil {
			b.Fatal(err)
		}
	}
}

// benchFacts says how many facts the graph has: a million, or as many as ENTENTE_BENCH_FACTS says.
func benchFacts(b *testing.B) int {
	text := os.Getenv("ENTENTE_BENCH_FACTS")
	if text == "" {
		return 1_000_000
	}
	facts, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("ENTENTE_BENCH_FACTS is %q: write a number", text)
	}
	return facts
}
