package bench

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/ententegraph/entente/internal/generate"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/neo4jstore"
)

// measureImport imports a generated graph, and beside that creates facts of it as somebody does who writes a script for it:
// by UNWIND of 5,000, without evidence.
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

// plainImport creates facts of the graph once more, between the same entities, with the same properties but those that tell of
// evidence and history, and with unique ids; under types that Entente does not know. It deletes them again.
func plainImport(ctx context.Context, uri string) error {
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	run := func(cypher string, params map[string]any) ([]any, error) {
		return firstRecord(ctx, driver, neo4j.SessionConfig{}, cypher, params)
	}
	const size, most = 5_000, 20_000 // of a batch, and of a kind
	var facts int
	var took time.Duration
	for _, kind := range kg.Facts.Kinds() {
		name := kind.Decl().Name
		values, err := run("MATCH (a)-[r:"+name+"]->(b) WITH a, r, b LIMIT $most RETURN collect([a.id, b.id, properties(r)])", map[string]any{"most": most})
		if err != nil {
			return err
		}
		rows := values[0].([]any)
		for _, row := range rows {
			p := row.([]any)[2].(map[string]any)
			for _, of := range []string{"evidence", "ev_source", "quoted", "corroborated", "quote_grams", "history", "changed_at", "changed_type"} {
				delete(p, of)
			}
		}
		if _, err := run("CREATE CONSTRAINT plain_id IF NOT EXISTS FOR ()-[r:PLAIN_"+name+"]-() REQUIRE r.id IS UNIQUE", nil); err != nil {
			return err
		}
		began := time.Now()
		for batch := range slices.Chunk(rows, size) {
			if _, err := run("UNWIND $rows AS row MATCH (a:Entity {id: row[0]}) MATCH (b:Entity {id: row[1]}) CREATE (a)-[r:PLAIN_"+name+"]->(b) SET r = row[2]", map[string]any{"rows": batch}); err != nil {
				return err
			}
		}
		took += time.Since(began)
		facts += len(rows)
		if _, err := run("MATCH ()-[r:PLAIN_"+name+"]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS", nil); err != nil {
			return err
		}
		if _, err := run("DROP CONSTRAINT plain_id", nil); err != nil {
			return err
		}
	}
	fmt.Printf("the same by plain UNWIND of %d, without evidence: %d facts in %.1f s: %.0f facts/s\n\n", size, facts, took.Seconds(), float64(facts)/took.Seconds())
	return nil
}
