package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/ententegraph/entente/graph/plan"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/sqlitestore"
	"github.com/ententegraph/entente/schema"
)

// BenchmarkEmbedded asks the embedded engine over HTTP what BenchmarkNeo4j asks of Neo4j, and beside it the nested question of a
// handler that is written for it alone, over the same engine. ENTENTE_BENCH_FACTS says how large the graph is, a million unless it
// says otherwise; ENTENTE_BENCH_STORE names a store that holds such a graph already, which is only read.
func BenchmarkEmbedded(b *testing.B) {
	ctx := context.Background()
	path := benchStore(ctx, b, benchFacts(b))
	began := time.Now()
	store, err := sqlitestore.Open(ctx, path)
	if err != nil {
		b.Fatal(err)
	}
	opened := time.Since(began)
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	fmt.Printf("\n%s, %d cores, %s: opened in %v, %d MB of heap\n\n", runtime.GOARCH, runtime.NumCPU(), runtime.Version(), opened.Round(time.Millisecond), memory.HeapAlloc>>20)
	m := &bench{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}, catalog: kg.NewCatalog(store, time.Now)}
	defer m.catalog.Close()
	if m.http, err = serveCatalog(m.catalog); err != nil {
		b.Fatal(err)
	}
	defer m.http.Close()
	if m.sample, err = sampleOf(ctx, m.catalog); err != nil {
		b.Fatal(err)
	}
	const each = 3 * time.Second
	for _, part := range []func(context.Context, time.Duration) error{m.besideByHand, m.pairsAlone, m.questions} {
		if err := part(ctx, each); err != nil {
			b.Fatal(err)
		}
	}
}

// benchStore gives the store that ENTENTE_BENCH_STORE names, or makes one of a generated graph.
func benchStore(ctx context.Context, b *testing.B, facts int) string {
	b.Helper()
	if path := os.Getenv("ENTENTE_BENCH_STORE"); path != "" {
		return path
	}
	path, err := importedStore(ctx, b, facts)
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// importedStore makes a store of a generated graph.
func importedStore(ctx context.Context, b *testing.B, facts int) (string, error) {
	lines, path := filepath.Join(b.TempDir(), "generated.jsonl"), filepath.Join(b.TempDir(), "graph.entente")
	if _, err := writeGraph(ctx, lines, facts); err != nil {
		return "", err
	}
	took, err := importInto(ctx, path, ingest.Path(lines))
	fmt.Printf("imported with evidence in %.1f s\n", took.Seconds())
	return path, err
}

// sampleOf finds the large cities, and some companies.
func sampleOf(ctx context.Context, c *kg.Catalog) (s sample, err error) {
	for _, of := range []struct {
		kind  kg.Kind
		order kg.Order
		n     int
		into  *[]string
	}{
		{kg.City, kg.Order{Field: kg.City.Decl().Field("population"), Desc: true}, 200, &s.cities},
		{kg.Company, kg.Order{Field: kg.FieldID}, 400, &s.companies},
	} {
		page, err := c.Read(ctx, &kg.Query{List: kg.List{Kinds: kg.SetOf(of.kind), First: of.n, Order: []kg.Order{of.order}}})
		if err != nil {
			return s, err
		}
		for i := range page.Rows {
			*of.into = append(*of.into, string(page.Rows[i].ID()))
		}
	}
	return s, nil
}

// besideByHand measures the nested question beside a handler that serves the same bytes from the same engine.
func (b *bench) besideByHand(ctx context.Context, each time.Duration) error {
	var nested pair
	for _, p := range pairs {
		if p.name == "nested" {
			nested = p
		}
	}
	byHand, err := nestedByHand(b.catalog, nested.graphql)
	if err != nil {
		return err
	}
	hand := httptest.NewServer(byHand)
	defer hand.Close()
	for i := range 50 {
		vars := nested.vars(&b.sample, i)
		got, err := b.answer(ctx, b.http.URL, nested.graphql, vars)
		if err != nil {
			return err
		}
		want, err := b.answer(ctx, hand.URL, nested.graphql, vars)
		if err != nil {
			return err
		}
		data, _, _ := bytes.Cut(got, []byte(`,"extensions":`)) // the handler says nothing of what it cost
		if string(data) != strings.TrimSuffix(string(want), "}") {
			return fmt.Errorf("by hand it is\n%.2000s\nand Entente says\n%.2000s", want, got)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "nested\tclients\tby hand p50\tp99\t/s\tEntente p50\tp99\t/s\tof its throughput\t")
	for _, clients := range []int{1, 16} {
		var took [2][]figures
		for range 4 {
			for side, url := range []string{hand.URL, b.http.URL} {
				f, err := measure(ctx, clients, each/4, func(ctx context.Context, i int) error {
					return b.ask(ctx, url, nested.graphql, nested.vars(&b.sample, i))
				})
				if err != nil {
					return err
				}
				took[side] = append(took[side], f)
			}
		}
		h, e := middle(took[0]), middle(took[1])
		fmt.Fprintf(w, "\t%d\t%s\t%s\t%.0f\t%s\t%s\t%.0f\t%.2f\t\n", clients, ms(h.p50), ms(h.p99), h.perSecond, ms(e.p50), ms(e.p99), e.perSecond, e.perSecond/h.perSecond)
	}
	w.Flush()
	fmt.Println()
	return nil
}

// pairsAlone measures the questions that Neo4j is measured by.
func (b *bench) pairsAlone(ctx context.Context, each time.Duration) error {
	return b.alone(ctx, each, pairs)
}

// nestedByHand is a handler as somebody writes it for the nested question: it has the question to the engine ready, and structs
// for the answer.
func nestedByHand(c *kg.Catalog, query string) (http.Handler, error) {
	doc, errs := gqlparser.LoadQueryWithRules(schema.Load(), query, rules.NewDefaultRules())
	if errs != nil {
		return nil, errs
	}
	op, err := plan.Compile(schema.Load(), doc, doc.Operations[0], map[string]any{"id": "city:a"})
	if err != nil {
		return nil, err
	}
	type named struct {
		Name string `json:"name"`
	}
	type nodes[T any] struct {
		Nodes []T `json:"nodes"`
	}
	type company struct {
		ID      kg.ID        `json:"id"`
		Name    string       `json:"name"`
		Sectors nodes[named] `json:"sectors"`
	}
	type city struct {
		ID        kg.ID          `json:"id"`
		Name      string         `json:"name"`
		Country   *named         `json:"country"`
		Companies nodes[company] `json:"companies"`
	}
	type fact struct {
		Since *string  `json:"since"`
		Type  kg.Value `json:"type"`
	}
	type edge struct {
		Fact fact `json:"fact"`
		Node city `json:"node"`
	}
	type root struct {
		ID       kg.ID  `json:"id"`
		Name     string `json:"name"`
		Partners struct {
			Edges []edge `json:"edges"`
		} `json:"partners"`
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Variables struct{ ID kg.ID } }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		q := *op.Roots[0].Query
		q.IDs = []kg.ID{asked.Variables.ID}
		page, err := c.Read(r.Context(), &q)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		row := &page.Rows[0]
		out := root{ID: row.Entity.ID, Name: row.Entity.Name()}
		out.Partners.Edges = []edge{}
		for _, p := range row.Pages[0].Rows {
			f := p.Lead[0].Fact
			e := edge{Fact: fact{Type: f.Values[0]}, Node: city{ID: p.Entity.ID, Name: p.Entity.Name()}}
			if f.Since.Known() {
				since := f.Since.String()
				e.Fact.Since = &since
			}
			if countries := p.Pages[0].Rows; len(countries) > 0 {
				e.Node.Country = &named{countries[0].Entity.Name()}
			}
			e.Node.Companies.Nodes = []company{}
			for _, k := range p.Pages[1].Rows {
				of := company{ID: k.Entity.ID, Name: k.Entity.Name()}
				of.Sectors.Nodes = []named{}
				for _, s := range k.Pages[0].Rows {
					of.Sectors.Nodes = append(of.Sectors.Nodes, named{s.Entity.Name()})
				}
				e.Node.Companies.Nodes = append(e.Node.Companies.Nodes, of)
			}
			out.Partners.Edges = append(out.Partners.Edges, e)
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		var text bytes.Buffer
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(false)
		if err := e.Encode(map[string]any{"data": map[string]any{"entity": out}}); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
	}), nil
}
