package neo4jstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore/neo4jtest"
)

// The graph of [BenchmarkApply].
const (
	loadEntities = 20_000 // of each kind
	loadFacts    = 200_000
	loadBatch    = 5_000
)

// BenchmarkApply loads facts with evidence, and once more what is there already, beside the same facts without evidence,
// history or uniqueness by plain Cypher. It runs once alone, with -benchtime 1x: a second load is not a first one.
//
//	go test ./internal/neo4jstore -run '^$' -bench Apply -benchtime 1x
func BenchmarkApply(b *testing.B) {
	batches := loadBatches()
	for _, workers := range []int{1, 2} {
		s := openFounded(b)
		run := func(name string, load func(*kg.Batch) error) {
			b.Run(fmt.Sprintf("%s/%dWorkers", name, workers), func(b *testing.B) { measureLoad(b, batches, workers, load) })
		}
		run("plain", func(batch *kg.Batch) error { return s.plainly(b.Context(), batch) })
		apply := func(batch *kg.Batch) error { return s.Apply(b.Context(), batch) }
		run("apply", apply)
		run("again", apply)
		// So much at once is more than a small server deletes with its nodes.
		neo4jtest.Run(b, neo4jtest.URI(b), "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS")
	}
}

func measureLoad(b *testing.B, batches []*kg.Batch, workers int, load func(*kg.Batch) error) {
	b.Helper()
	for range b.N {
		begin := time.Now()
		queue := make(chan *kg.Batch)
		var wait sync.WaitGroup
		for range workers {
			wait.Go(func() {
				for batch := range queue {
					if err := load(batch); err != nil {
						b.Error(err)
					}
				}
			})
		}
		for _, batch := range batches {
			queue <- batch
		}
		close(queue)
		wait.Wait()
		b.ReportMetric(float64(len(batches))*loadBatch/time.Since(begin).Seconds(), "facts/s")
	}
}

// plainly creates the facts of a batch, with their dates and nothing else that costs anything.
func (s *Store) plainly(ctx context.Context, batch *kg.Batch) error {
	rows := map[kg.Kind][]any{}
	for i := range batch.Facts {
		f := &batch.Facts[i]
		p := props{"id": string(f.ID), "state": f.State.String()}
		p.fields(f.Kind, f.Values)
		p.date("since", f.Since)
		rows[f.Kind] = append(rows[f.Kind], []any{string(f.From), string(f.To), map[string]any(p)})
	}
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(ctx)
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		for k, rows := range rows {
			text := "UNWIND $rows AS row MATCH (a:Entity {id: row[0]}) MATCH (b:Entity {id: row[1]}) CREATE (a)-[r:PLAIN_" + k.Decl().Name + "]->(b) SET r = row[2] RETURN count(*)"
			if _, err := run(ctx, tx, text, map[string]any{"rows": rows}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	return err
}

// openFounded opens a store that holds the entities and sources that the facts need.
func openFounded(b *testing.B) *Store {
	s := openEmpty(b)
	m := crowd{rand.New(rand.NewPCG(1, 9))}
	batch := &kg.Batch{}
	for i := range 200 {
		batch.Sources = append(batch.Sources, m.source(fmt.Sprint("load-", i)))
	}
	for _, k := range []kg.Kind{kg.City, kg.Company, kg.Agreement, kg.Sector} {
		for i := range loadEntities {
			batch.Entities = append(batch.Entities, m.entity(k, loadID(k, i)))
			if len(batch.Entities) == loadBatch {
				if err := s.Apply(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
				batch = &kg.Batch{}
			}
		}
	}
	if err := s.Apply(b.Context(), batch); err != nil {
		b.Fatal(err)
	}
	return s
}

func loadID(k kg.Kind, i int) kg.ID { return kg.ID(fmt.Sprintf("%s:%d", k.Decl().Prefix, i)) }

// loadBatches makes facts of five kinds, each kind together as an import brings them. Some ends have thousands, most a few.
func loadBatches() []*kg.Batch {
	m := crowd{rand.New(rand.NewPCG(1, 8))}
	hub := func(k kg.Kind) kg.ID { u := m.Float64(); return loadID(k, int(u*u*u*loadEntities)) }
	any := func(k kg.Kind) kg.ID { return loadID(k, m.IntN(loadEntities)) }
	met := map[kg.ID]bool{}
	var out []*kg.Batch
	batch := &kg.Batch{}
	for n := 0; n < loadFacts; {
		var r kg.FactRecord
		switch n * 20 / loadFacts {
		case 0, 1: // a tenth
			r = m.fact(kg.LocatedIn, any(kg.Company), hub(kg.City), "")
		case 2, 3, 4, 5:
			r = m.fact(kg.PartyTo, any(kg.Company), any(kg.Agreement), "SIGNATORY")
		case 6, 7, 8, 9, 10, 11, 12:
			r = m.fact(kg.InvestsIn, any(kg.Company), hub(kg.City), "")
		case 13, 14, 15:
			r = m.fact(kg.ActiveIn, any(kg.Company), hub(kg.Sector), "")
		default:
			r = m.fact(kg.Concerns, any(kg.Agreement), hub(kg.Sector), "")
		}
		if met[r.ID] {
			continue
		}
		met[r.ID] = true
		if r.State != kg.Accepted && m.IntN(8) > 0 {
			r.State = kg.Accepted
		}
		quote := fmt.Sprintf("In %s %s and %s agreed on it in so many words, as was reported.", r.Since.Text, r.From, r.To)
		r.Evidence = []kg.Evidence{{Source: kg.ID(fmt.Sprint("source:load-", m.IntN(200))), Quote: quote, Start: n, End: n + len(quote), Confidence: 0.9, Method: "EXTRACTED"}}
		batch.Facts = append(batch.Facts, r)
		if n++; len(batch.Facts) == loadBatch {
			out = append(out, batch)
			batch = &kg.Batch{}
		}
	}
	return out
}
