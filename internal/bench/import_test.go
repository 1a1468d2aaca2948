package bench

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/generate"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
)

// measureImport imports a generated graph, and beside that creates bare facts as somebody does who writes a script for it:
// UNWIND of 5,000 between the same entities, with four properties and no evidence.
func measureImport(ctx context.Context, uri string, facts int) error {
	file, err := os.CreateTemp("", "entente-bench-*.jsonl")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	began := time.Now()
	if _, err := generate.Write(ctx, file, generate.Options{Facts: facts, Seed: 1}); err != nil {
		return err
	}
	file.Close()
	fmt.Printf("generated in %.1f s\n", time.Since(began).Seconds())

	store, err := neo4jstore.Open(ctx, neo4jstore.Config{URI: uri})
	if err != nil {
		return err
	}
	catalog := kg.NewCatalog(store, time.Now)
	defer catalog.Close()
	bring := func(what string) error {
		began := time.Now()
		report, err := ingest.Import(ctx, catalog, ingest.Options{}, ingest.Path(file.Name()))
		if err != nil {
			return err
		}
		if len(report.Problems) > 0 {
			return fmt.Errorf("a generated line was refused: %v", report.Problems[0])
		}
		took := time.Since(began).Seconds()
		records := report.Sources + report.Entities + report.Facts + report.Retractions
		fmt.Printf("%s: %d records, %d facts, in %.1f s: %.0f records/s\n", what, records, report.Facts, took, float64(records)/took)
		return nil
	}
	if err := bring("imported with evidence"); err != nil {
		return err
	}
	if err := bring("imported again, nothing changes"); err != nil {
		return err
	}
	return plainImport(ctx, uri)
}

// plainImport creates facts of a type that Entente does not know, with a unique id, and deletes them again.
func plainImport(ctx context.Context, uri string) error {
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	run := func(cypher string, params map[string]any) error {
		session := driver.NewSession(ctx, neo4j.SessionConfig{})
		defer session.Close(ctx)
		result, err := session.Run(ctx, cypher, params)
		if err == nil {
			_, err = result.Consume(ctx)
		}
		return err
	}
	if err := run("CREATE CONSTRAINT plain_id IF NOT EXISTS FOR ()-[r:PLAIN]-() REQUIRE r.id IS UNIQUE", nil); err != nil {
		return err
	}
	const batches, size = 20, 5_000
	var rows [batches][]any
	result, err := neo4j.ExecuteQuery(ctx, driver, "MATCH (n:Entity) WHERE n:City OR n:Company OR n:Agreement RETURN collect(n.id) AS ids", nil, neo4j.EagerResultTransformer)
	if err != nil {
		return err
	}
	ids := result.Records[0].Values[0].([]any)
	for i := range batches * size {
		// Half of the ends are hubs.
		from, to := ids[i*7919%len(ids)], ids[i*104_729%max(len(ids)/(1+i%2*99), 1)]
		rows[i/size] = append(rows[i/size], []any{from, to, map[string]any{"id": fmt.Sprint("plain:", i), "type": "TWIN", "since": "2002", "since_from": 11_688}})
	}
	began := time.Now()
	for _, batch := range rows {
		if err := run("UNWIND $rows AS row MATCH (a:Entity {id: row[0]}), (b:Entity {id: row[1]}) CREATE (a)-[r:PLAIN]->(b) SET r = row[2]", map[string]any{"rows": batch}); err != nil {
			return err
		}
	}
	took := time.Since(began).Seconds()
	fmt.Printf("plain UNWIND of 5,000 without evidence: %d facts in %.1f s: %.0f facts/s\n\n", batches*size, took, batches*size/took)
	if err := run("MATCH ()-[r:PLAIN]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS", nil); err != nil {
		return err
	}
	return run("DROP CONSTRAINT plain_id", nil)
}
