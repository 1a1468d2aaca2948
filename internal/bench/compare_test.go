package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/internal/demo"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
	"github.com/ententegraph/entente/internal/server"
	"github.com/ententegraph/entente/schema"
)

// bench is both sides, over one database.
type bench struct {
	driver  neo4j.DriverWithContext
	catalog *kg.Catalog
	http    *httptest.Server // Entente
	byHand  *httptest.Server // a server written for the pairs' questions alone
	client  *http.Client
	sample  sample
}

// sample is what is asked about: some large cities, and companies at random.
type sample struct{ cities, companies []string }

func newBench(ctx context.Context, uri string) (*bench, error) {
	b := &bench{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	var err error
	if b.driver, err = neo4j.NewDriverWithContext(uri, neo4j.NoAuth()); err != nil {
		return nil, err
	}
	if b.catalog, b.http, err = serve(ctx, uri); err != nil {
		return nil, err
	}
	b.byHand = httptest.NewServer(http.HandlerFunc(b.answerByHand))
	for _, of := range []struct {
		cypher string
		into   *[]string
	}{
		{"MATCH (n:City) WITH n ORDER BY n.population DESC LIMIT 200 RETURN collect(n.id)", &b.sample.cities},
		{"MATCH (n:Company) WITH n ORDER BY n.id LIMIT 400 RETURN collect(n.id)", &b.sample.companies},
	} {
		values, err := b.run(ctx, of.cypher, nil)
		if err != nil {
			return nil, err
		}
		for _, id := range values[0].([]any) {
			*of.into = append(*of.into, id.(string))
		}
	}
	return b, nil
}

// serve starts the server over a store.
func serve(ctx context.Context, uri string) (*kg.Catalog, *httptest.Server, error) {
	store, err := neo4jstore.Open(ctx, neo4jstore.Config{URI: uri, ReadTimeout: 30 * time.Second})
	if err != nil {
		return nil, nil, err
	}
	catalog := kg.NewCatalog(store, time.Now)
	s, err := serveCatalog(catalog)
	return catalog, s, err
}

func serveCatalog(catalog *kg.Catalog) (*httptest.Server, error) {
	handler, err := server.New(server.Options{
		Schema: graph.New(catalog, time.Now), SDL: schema.SDL(), Ready: catalog.Ping, GraphiQL: http.NotFoundHandler(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		return nil, err
	}
	return httptest.NewServer(handler), nil
}

func (b *bench) close() {
	b.http.Close()
	b.byHand.Close()
	b.catalog.Close()
	b.driver.Close(context.Background())
}

// run asks by Cypher, as somebody does who knows that one round trip is enough.
func (b *bench) run(ctx context.Context, cypher string, vars map[string]any) ([]any, error) {
	return firstRecord(ctx, b.driver, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead}, cypher, vars)
}

// firstRecord gives the values of the first record that a statement of its own session brings; nil where there is none.
func firstRecord(ctx context.Context, driver neo4j.DriverWithContext, c neo4j.SessionConfig, cypher string, vars map[string]any) ([]any, error) {
	session := driver.NewSession(ctx, c)
	defer session.Close(ctx)
	result, err := session.Run(ctx, cypher, vars)
	if err != nil {
		return nil, err
	}
	records, err := result.Collect(ctx)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	return records[0].Values, nil
}

// answerByHand answers over HTTP as somebody does who writes a handler for one question: it reads the variables, runs the Cypher
// of the pair that the query names, and writes as JSON what comes.
func (b *bench) answerByHand(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Query     string
		Variables map[string]any
	}
	err := json.NewDecoder(r.Body).Decode(&asked)
	if err == nil {
		i := slices.IndexFunc(pairs, func(p pair) bool { return p.name == asked.Query })
		var values []any
		if values, err = b.run(r.Context(), pairs[i].cypher, asked.Variables); err == nil {
			w.Header().Set("Content-Type", "application/json")
			err = json.NewEncoder(w).Encode(map[string]any{"data": values})
		}
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// ask asks over HTTP: Entente by GraphQL, the server by hand by the name of a pair.
func (b *bench) ask(ctx context.Context, url, query string, vars map[string]any) error {
	_, err := b.answer(ctx, url, query, vars)
	return err
}

// answer is ask, with what was answered.
func (b *bench) answer(ctx context.Context, url, query string, vars map[string]any) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", bytes.NewReader(asJSON(query, vars)))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := b.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK || bytes.Contains(answer[:min(len(answer), 20)], []byte(`"errors"`)) || !bytes.Contains(answer, []byte(`"data"`)) {
		return nil, fmt.Errorf("the answer was %s: %.300s", response.Status, answer)
	}
	return answer, nil
}

// figures are what a side took.
type figures struct {
	p50, p99  time.Duration
	perSecond float64
}

// measure lets clients ask for a while.
func measure(ctx context.Context, clients int, each time.Duration, ask func(context.Context, int) error) (figures, error) {
	var mu sync.Mutex
	var took []time.Duration
	var failed error
	var next atomic.Int64
	var asking sync.WaitGroup
	began := time.Now()
	for range clients {
		asking.Go(func() {
			for time.Since(began) < each {
				i := int(next.Add(1))
				start := time.Now()
				err := ask(ctx, i)
				mu.Lock()
				took = append(took, time.Since(start))
				if err != nil {
					failed = err
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	asking.Wait()
	if failed != nil {
		return figures{}, failed
	}
	slices.Sort(took)
	return figures{took[len(took)/2], took[min(len(took)*99/100, len(took)-1)], float64(len(took)) / time.Since(began).Seconds()}, nil
}

// compare measures the sides of each pair: Cypher through the driver, the same behind a handler of its own, Entente. They take
// turns in short spells, so that what the machine does otherwise meets all. Two ratios of p50 are shown, of Entente to each.
func (b *bench) compare(ctx context.Context, each time.Duration) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "question\tclients\tCypher p50\tp99\t/s\tserved p50\tp99\t/s\tEntente p50\tp99\t/s\tto Cypher\tto served\t")
	for _, p := range pairs {
		byHand := func(ctx context.Context, i int) error {
			_, err := b.run(ctx, p.cypher, p.vars(&b.sample, i))
			return err
		}
		served := func(ctx context.Context, i int) error {
			return b.ask(ctx, b.byHand.URL, p.name, p.vars(&b.sample, i))
		}
		entente := func(ctx context.Context, i int) error {
			return b.ask(ctx, b.http.URL, p.graphql, p.vars(&b.sample, i))
		}
		sides := []func(context.Context, int) error{byHand, served, entente}
		// All are planned, their pages are in memory, and the JVM has compiled what it runs.
		for i, began := 0, time.Now(); i < 50 || time.Since(began) < 2*each; i++ {
			for _, ask := range sides {
				if err := ask(ctx, i); err != nil {
					return fmt.Errorf("%s: %w", p.name, err)
				}
			}
		}
		for _, clients := range []int{1, 16} {
			const turns = 4
			took := make([][]figures, len(sides))
			for range turns {
				for side, ask := range sides {
					f, err := measure(ctx, clients, each/turns, ask)
					if err != nil {
						return fmt.Errorf("%s: %w", p.name, err)
					}
					took[side] = append(took[side], f)
				}
			}
			fmt.Fprintf(w, "%s\t%d\t", p.name, clients)
			for side := range sides {
				f := middle(took[side])
				fmt.Fprintf(w, "%s\t%s\t%.0f\t", ms(f.p50), ms(f.p99), f.perSecond)
			}
			ours := float64(middle(took[2]).p50)
			remark := ""
			if p.bounded {
				remark = " (bounded)"
			}
			fmt.Fprintf(w, "%.2f\t%.2f%s\t\n", ours/float64(middle(took[0]).p50), ours/float64(middle(took[1]).p50), remark)
		}
	}
	w.Flush()
	fmt.Println()
	return nil
}

// middle is the turn in the middle by its p50.
func middle(turns []figures) figures {
	slices.SortFunc(turns, func(a, b figures) int { return int(a.p50 - b.p50) })
	return turns[len(turns)/2]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond)) }

// questions measures the demo's questions word for word, on things of this graph.
func (b *bench) questions(ctx context.Context, each time.Duration) error {
	var asked []pair
	for _, q := range demo.Questions() {
		asked = append(asked, pair{name: q.Name, graphql: q.Query, vars: func(s *sample, i int) map[string]any {
			city := s.cities[i%len(s.cities)]
			vars := map[string]any{}
			for name, value := range map[string]any{
				"id: ID": city, "ids: [ID": []string{city, s.cities[(i+1)%len(s.cities)]}, "from: ID": city, "to: ID": s.companies[i%len(s.companies)], "text: String": "Meridian",
			} {
				if strings.Contains(q.Query, "$"+name) {
					name, _, _ = strings.Cut(name, ":")
					vars[name] = value
				}
			}
			return vars
		}})
	}
	return b.alone(ctx, each, asked)
}

// alone measures what Entente takes for each of some questions.
func (b *bench) alone(ctx context.Context, each time.Duration, asked []pair) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "question\tclients\tp50\tp99\t/s\t")
	for _, q := range asked {
		ask := func(ctx context.Context, i int) error {
			return b.ask(ctx, b.http.URL, q.graphql, q.vars(&b.sample, i))
		}
		var err error
		for i := 0; i < 20 && err == nil; i++ { // it is planned, and its pages are in memory
			err = ask(ctx, i)
		}
		for _, clients := range []int{1, 16} {
			var f figures
			if err == nil {
				f, err = measure(ctx, clients, each/2, ask)
			}
			switch {
			case err == nil:
				fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%.0f\t\n", q.name, clients, ms(f.p50), ms(f.p99), f.perSecond)
			case strings.Contains(err.Error(), `"TIMEOUT"`): // which is a finding, and no reason to ask no more
				fmt.Fprintf(w, "%s\t%d\ttook too long\t\t\t\n", q.name, clients)
			default:
				return fmt.Errorf("%s: %w", q.name, err)
			}
		}
	}
	w.Flush()
	fmt.Println()
	return nil
}
