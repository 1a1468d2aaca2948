package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ententegraph/entente/internal/generate"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/sqlitestore"
)

// grown is what was measured of a graph of one size.
type grown struct {
	facts, entities int           // that the graph has, facts of any state
	imported        time.Duration // parsed, checked and made durable
	opened          time.Duration // all of it read and checked
	file            int64         // bytes of the store
	// Bytes that the graph takes, the index of searches among them: of the heap after a collection, and of the process. Of the
	// heap, things is what a graph of the same sources and entities takes that has no facts.
	heap, resident, things int
	answers                []figures // by growthQuestions
	found                  []float64 // by these: how many there are of what is asked for, on average; 0 where the answer does not say
	plain                  []figures // of the same in plain SQL; no figures where there is none
	beside                 []figures // of Entente, taken in turns with it
}

// BenchmarkGrowth measures the embedded engine on graphs of several sizes, made alike, and asks the same of the same graphs in
// plain tables of SQLite. It writes tables for internal/docs/growth.md; ENTENTE_BENCH_SIZES lists how many facts the graphs
// have (10000,100000,1000000 if it is not set), and ENTENTE_BENCH_PLOT names a file for the plot.
func BenchmarkGrowth(b *testing.B) {
	ctx := context.Background()
	var all []*grown
	for _, facts := range growthSizes(b) {
		g, err := growTo(ctx, b, facts)
		if g == nil {
			b.Fatalf("%d facts: %v", facts, err)
		} else if err != nil {
			b.Errorf("%d facts: %v", facts, err)
		}
		all = append(all, g)
	}
	fmt.Printf("\n%s, %d cores, %s\n\n", runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	writeSizes(os.Stdout, all)
	writeAnswers(os.Stdout, all)
	writePlain(os.Stdout, all)
	if path := os.Getenv("ENTENTE_BENCH_PLOT"); path != "" {
		if err := os.WriteFile(path, plot(all), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

func growthSizes(b *testing.B) (sizes []int) {
	text := os.Getenv("ENTENTE_BENCH_SIZES")
	if text == "" {
		return []int{10_000, 100_000, 1_000_000}
	}
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < generate.MinFacts {
			b.Fatalf("ENTENTE_BENCH_SIZES has %q: write numbers from %d, with commas between them", part, generate.MinFacts)
		}
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	return sizes
}

// growTo makes a graph and measures it.
func growTo(ctx context.Context, b *testing.B, facts int) (*grown, error) {
	dir := b.TempDir()
	defer os.RemoveAll(dir) // before the next graph, which may need the room
	lines, path := filepath.Join(dir, "generated.jsonl"), filepath.Join(dir, "graph.entente")
	things, err := writeGraph(ctx, lines, facts)
	if err != nil {
		return nil, err
	}
	g := &grown{plain: make([]figures, len(growthQuestions)), beside: make([]figures, len(growthQuestions))}
	base, err := heapWhileOpen(ctx, filepath.Join(dir, "empty.entente")) // what serving takes
	if err != nil {
		return nil, err
	}
	if _, err := importInto(ctx, filepath.Join(dir, "things.entente"), things); err != nil {
		return nil, err
	}
	if g.things, err = heapWhileOpen(ctx, filepath.Join(dir, "things.entente")); err != nil {
		return nil, err
	}
	g.things -= base

	if g.imported, err = importInto(ctx, path, ingest.Path(lines)); err != nil {
		return nil, err
	}
	if err := os.Remove(lines); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	g.file = info.Size()
	before := residentNow()
	m, took, err := openBench(ctx, path)
	if err != nil {
		return nil, err
	}
	defer m.closeEmbedded()
	g.opened = took
	g.heap, g.resident = heapInUse()-base, residentNow()-before
	if g.facts, g.entities, err = countAll(ctx, m.catalog); err != nil {
		return nil, err
	}
	fmt.Printf("%d facts: imported in %v, opened in %v\n", g.facts, g.imported.Round(time.Millisecond), g.opened.Round(time.Millisecond))

	if err := m.readySearches(ctx); err != nil {
		return nil, err
	}
	for _, q := range growthQuestions {
		f, found, err := m.oneByOne(ctx, q)
		if err != nil { // such as that it takes longer than a server lets it: the others can be asked all the same
			f, found = figures{}, 0
			fmt.Printf("%s: %v\n", q.name, err)
		}
		fmt.Printf("%s: %s, %s\n", q.name, ms(f.p50), ms(f.p99))
		g.answers, g.found = append(g.answers, f), append(g.found, found)
	}
	return g, m.besidePlain(ctx, filepath.Join(dir, "plain.sqlite"), g)
}

// writeGraph generates a graph into a file, and gives the part of it that comes before the facts.
func writeGraph(ctx context.Context, path string, facts int) (things ingest.File, err error) {
	file, err := os.Create(path)
	if err != nil {
		return things, err
	}
	_, err = generate.Write(ctx, file, generate.Options{Facts: facts, Seed: 1})
	if err := errors.Join(err, file.Close()); err != nil {
		return things, err
	}
	in, err := os.Open(path)
	if err != nil {
		return things, err
	}
	defer in.Close()
	length, lines := int64(0), bufio.NewReaderSize(in, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil || bytes.HasPrefix(line, []byte(`{"fact"`)) {
			break
		}
		length += int64(len(line))
	}
	open := func() (io.ReadCloser, error) {
		in, err := os.Open(path)
		return struct {
			io.Reader
			io.Closer
		}{io.LimitReader(in, length), in}, err
	}
	return ingest.File{Name: path, Open: open}, nil
}

// importInto makes a store of a file.
func importInto(ctx context.Context, path string, file ingest.File) (time.Duration, error) {
	store, err := sqlitestore.Open(ctx, path)
	if err != nil {
		return 0, err
	}
	catalog := kg.NewCatalog(store, time.Now)
	began := time.Now()
	report, err := ingest.Import(ctx, catalog, ingest.Options{}, file)
	took := time.Since(began)
	if err == nil && len(report.Problems) > 0 {
		err = fmt.Errorf("a generated line was refused: %v", report.Problems[0])
	}
	return took, errors.Join(err, catalog.Close())
}

// openBench opens a store, serves it, and waits until it can search.
func openBench(ctx context.Context, path string) (*bench, time.Duration, error) {
	began := time.Now()
	store, err := sqlitestore.Open(ctx, path)
	if err != nil {
		return nil, 0, err
	}
	took := time.Since(began)
	m := &bench{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}, catalog: kg.NewCatalog(store, time.Now)}
	if m.http, err = serveCatalog(m.catalog); err != nil {
		return nil, 0, err
	}
	if m.sample, err = sampleOf(ctx, m.catalog); err != nil {
		return nil, 0, err
	}
	return m, took, m.patiently(ctx, `{ search(text: "meridian", first: 1) { edges { matched } } }`)
}

func (b *bench) closeEmbedded() error {
	b.http.Close()
	return b.catalog.Close()
}

// heapWhileOpen gives what is in use of the heap while a store is served.
func heapWhileOpen(ctx context.Context, path string) (int, error) {
	m, _, err := openBench(ctx, path)
	if err != nil {
		return 0, err
	}
	inUse := heapInUse()
	return inUse, m.closeEmbedded()
}

// countAll counts facts of any state, and entities.
func countAll(ctx context.Context, c *kg.Catalog) (facts, entities int, err error) {
	for _, of := range []struct {
		kinds kg.KindSet
		into  *int
	}{{kg.Facts, &facts}, {kg.Entities, &entities}} {
		page, err := c.Read(ctx, &kg.Query{List: kg.List{Kinds: of.kinds, States: kg.AnyState, Total: true, Unpaged: true}})
		if err != nil {
			return 0, 0, err
		}
		*of.into = page.Total
	}
	return facts, entities, nil
}

// readySearches waits until quotes can be searched.
func (b *bench) readySearches(ctx context.Context) error {
	return b.patiently(ctx, `{ search(text: "joined", in: [QUOTES], first: 1) { edges { matched } } }`)
}

// patiently asks what waits for an index, again and again where the index takes longer than an operation may.
func (b *bench) patiently(ctx context.Context, query string) (err error) {
	for range 60 {
		if err = b.ask(ctx, b.http.URL, query, nil); err == nil || !strings.Contains(err.Error(), `"TIMEOUT"`) {
			break
		}
	}
	return err
}

// What one client asks, one after another, for so long and at least so often, but for no longer than a slow question may take.
const (
	growthSpell   = 2 * time.Second
	growthLeast   = 100
	growthLongest = 20 * time.Second
)

func enough(asked int, began time.Time) bool {
	took := time.Since(began)
	return took > growthSpell && asked >= growthLeast || took > growthLongest
}

// oneByOne measures a question at one client, and says how many it finds.
func (b *bench) oneByOne(ctx context.Context, q pair) (f figures, found float64, err error) {
	const first = 20 // its pages are in memory then, and it is compiled
	for i := range first {
		answer, err := b.answer(ctx, b.http.URL, q.graphql, q.vars(&b.sample, i))
		if err != nil {
			return f, 0, err
		}
		if said := totalCount.FindSubmatch(answer); said != nil {
			n, _ := strconv.Atoi(string(said[1]))
			found += float64(n) / first
		}
	}
	var took []time.Duration
	for began := time.Now(); !enough(len(took), began); {
		asked := time.Now()
		if err := b.ask(ctx, b.http.URL, q.graphql, q.vars(&b.sample, len(took))); err != nil {
			return f, 0, err
		}
		took = append(took, time.Since(asked))
	}
	return figuresOf(took), found, nil
}

var totalCount = regexp.MustCompile(`"totalCount":([0-9]+)`)

func figuresOf(took []time.Duration) figures {
	slices.Sort(took)
	return figures{p50: took[len(took)/2], p99: took[min(len(took)*99/100, len(took)-1)]}
}

// heapInUse gives what is reachable on the heap, in bytes.
func heapInUse() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what the first one finalized
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// residentNow gives the bytes of the process that are in memory, once what is free has been given back; 0 where the system does
// not say.
func residentNow() int {
	debug.FreeOSMemory()
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, _ := strconv.Atoi(strings.Fields(after + " 0")[0])
	return kilobytes << 10
}
