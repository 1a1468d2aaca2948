package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
)

// TestHistoryPagesToItsEnd: changes of one moment are the rule, as an import records much at once, and a page must not lose
// those that share it.
func TestHistoryPagesToItsEnd(t *testing.T) {
	type history struct {
		Nodes    []json.RawMessage
		PageInfo struct {
			EndCursor   *string
			HasNextPage bool
		}
	}
	x := New(demoCatalog(t), testNow)
	read := func(args string) history {
		t.Helper()
		var answer struct {
			Data struct{ Entity struct{ History history } }
		}
		query := fmt.Sprintf(`{ entity(id: "city:fr-rennes") { history(%s) { nodes { at kind field fact { id } } pageInfo { endCursor hasNextPage } } } }`, args)
		if err := json.Unmarshal([]byte(run(t, x, query, nil)), &answer); err != nil {
			t.Fatal(err)
		}
		return answer.Data.Entity.History
	}
	all := read("first: 100").Nodes
	var paged []json.RawMessage
	page := read("first: 5")
	for range all {
		paged = append(paged, page.Nodes...)
		if !page.PageInfo.HasNextPage {
			break
		}
		page = read(fmt.Sprintf("first: 5, after: %q", *page.PageInfo.EndCursor))
	}
	if len(all) < 10 || !slices.EqualFunc(paged, all, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
		t.Errorf("in pages of 5 came %d changes, at once %d:\n%s\n%s", len(paged), len(all), paged, all)
	}
}

// TestLineage: no document of the demo says what replaced what, so the graph of this question is made here.
func TestLineage(t *testing.T) {
	const records = `{"entity":"agreement:a","name":"Treaty of 1990","type":"TRADE","signedOn":"1990","inForceOn":"1991"}
{"entity":"agreement:b","name":"Protocol of 2000","type":"TRADE","signedOn":"2000"}
{"entity":"agreement:c","name":"Treaty of 2010","type":"TRADE","signedOn":"2010","inForceOn":"2011"}
{"fact":"RELATES_TO","from":"agreement:c","to":"agreement:a","type":"REPLACES"}
{"fact":"RELATES_TO","from":"agreement:b","to":"agreement:a","type":"AMENDS"}
`
	c := kg.NewCatalog(storetest.Reference(), testNow)
	if report, err := ingest.Load(context.Background(), c, ingest.Bytes("treaties.jsonl", []byte(records))); err != nil || report.Problems != nil {
		t.Fatalf("%v %v", err, report.Problems)
	}
	got := both(t, c, `{ entity(id: "agreement:b") { ... on Agreement { lineage { type from { name } } } } node(id: "agreement:a") { ... on Agreement { a: status(on: "2005-01-01") { value } b: status { value } } } }`, nil)
	const want = `{"data":{"entity":{"lineage":[{"type":"AMENDS","from":{"name":"Protocol of 2000"}},{"type":"REPLACES","from":{"name":"Treaty of 2010"}}]},"node":{"a":{"value":"IN_FORCE"},"b":{"value":"REPLACED"}}}}`
	if strings.TrimSpace(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
