package kg_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/ententegraph/entente/graph"
	"github.com/ententegraph/entente/internal/ingest"
	"github.com/ententegraph/entente/internal/kg"
	"github.com/ententegraph/entente/internal/storetest"
	"github.com/ententegraph/entente/schema"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// TestNewKind adds a kind of entity and a kind of fact by what the README says that it takes, an entry in the table and the
// SDL, and has them imported, stored, filtered, ordered, followed and answered by code that has never heard of them.
func TestNewKind(t *testing.T) {
	const port, calls kg.Kind = 30, 31
	kg.Declare(true, kg.Decl{Kind: port, Name: "PORT", Fields: []*kg.Field{{Name: "depth", Type: kg.Float, Max: 100}}})
	kg.Declare(false, kg.Decl{Kind: calls, Name: "CALLS_AT", Joins: []kg.Join{{From: kg.SetOf(kg.Company), To: kg.SetOf(port)}},
		Fields: []*kg.Field{{Name: "ships", Type: kg.Int}}})
	s, err := gqlparser.LoadSchema(append(schema.Sources(), &ast.Source{Name: "port.graphqls", Input: portSDL})...)
	if err != nil {
		t.Fatal(err)
	}
	catalog := kg.NewCatalog(storetest.Reference(), time.Now)
	report, err := ingest.Load(context.Background(), catalog, ingest.Bytes("ports.jsonl", []byte(portRecords)))
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("the records are not taken: %v %v", err, report.Problems)
	}
	es := graph.NewFor(s, catalog, time.Now)

	for query, want := range map[string]string{
		`{ ports(where: {depth: {gte: 15}, country: {iso2: "FR"}}, orderBy: [{field: DEPTH, direction: DESC}]) { totalCount nodes { __typename kind name depth country { name } } } }`: `{"ports":{"totalCount":2,"nodes":[{"__typename":"Port","kind":"PORT","name":"Le Havre","depth":17,"country":{"name":"France"}},{"__typename":"Port","kind":"PORT","name":"Dunkirk","depth":16.5,"country":{"name":"France"}}]}}`,
		`{ node(id: "port:fr-dunkirk") { ... on Port { callers { edges { node { name } fact { ships evidence { locator } } } } } } }`:                                                  `{"node":{"callers":{"edges":[{"node":{"name":"CMA CGM"},"fact":{"ships":12,"evidence":[{"locator":"ports.jsonl:6"}]}}]}}}`,
		`{ cities { nodes { name ports(where: {callers: {some: {ships: {gte: 10}}}}) { nodes { name } } } } }`:                                                                         `{"cities":{"nodes":[{"name":"Dunkirk","ports":{"nodes":[{"name":"Dunkirk"}]}}]}}`,
		`{ statistics { byFact { key count } } }`: `{"statistics":{"byFact":[{"key":"LOCATED_IN","count":3},{"key":"CALLS_AT","count":1}]}}`,
	} {
		if got := ask(t, es, query); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
	_, err = catalog.Apply(context.Background(), []kg.Record{{Entity: &kg.Entity{ID: "port:deep", Names: []kg.Name{{Value: "Deep"}}, Values: []kg.Value{101.0}}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, es, `{ node(id: "port:deep") { id } }`); got != `{"node":null}` {
		t.Errorf("a port that is too deep for its field was taken: %s", got)
	}
}

func ask(t *testing.T, es graphql.ExecutableSchema, query string) string {
	t.Helper()
	e := executor.New(es)
	ctx := graphql.StartOperationTrace(context.Background())
	oc, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
	if errs != nil {
		t.Fatalf("%s: %v", query, errs)
	}
	handler, ctx := e.DispatchOperation(ctx, oc)
	resp := handler(ctx)
	if resp.Errors != nil || !json.Valid(resp.Data) {
		t.Fatalf("%s: %v %s", query, resp.Errors, resp.Data)
	}
	return string(resp.Data)
}

const portRecords = `{"entity":"country:fr","name":"France","iso2":"FR"}
{"entity":"city:fr-dunkirk","name":"Dunkirk"}
{"entity":"port:fr-dunkirk","name":"Dunkirk","depth":16.5}
{"entity":"port:fr-le-havre","name":"Le Havre","depth":17}
{"entity":"company:cma-cgm","name":"CMA CGM"}
{"fact":"CALLS_AT","from":"company:cma-cgm","to":"port:fr-dunkirk","ships":12}
{"fact":"LOCATED_IN","from":"port:fr-dunkirk","to":"city:fr-dunkirk"}
{"fact":"LOCATED_IN","from":"city:fr-dunkirk","to":"country:fr"}
{"fact":"LOCATED_IN","from":"port:fr-le-havre","to":"country:fr"}
`

// portSDL is what schema/port.graphqls and a line in four other files would be.
var portSDL = strings.ReplaceAll(strings.ReplaceAll(`
extend enum EntityKind { PORT }
extend enum FactKind { CALLS_AT }
type Port implements Node & Entity {
  ENTITY
  depth: Float
  country: Country @follows(fact: LOCATED_IN, way: UP)
  callers(where: CallerFilter, orderBy: [RelationOrder!], first: Int = 20, after: String): CallerConnection! @follows(fact: CALLS_AT, way: IN)
}
type PortConnection { edges: [PortEdge!]! nodes: [Port!]! pageInfo: PageInfo! totalCount: Int! }
type PortEdge { cursor: String! node: Port! via: [Fact!]! }
input PortOrder { field: PortOrderField!, direction: Direction! = ASC }
enum PortOrderField { NAME DEPTH }
input PortFilter { id: [ID!] depth: FloatRange country: CountryFilter callers: CallerMatch }
type CallsAt implements Fact & Node { FACT ships: Int }
type CallerConnection { edges: [CallerEdge!]! nodes: [Company!]! pageInfo: PageInfo! totalCount: Int! }
type CallerEdge { cursor: String! node: Company! fact: CallsAt! }
input CallerFilter { ships: IntRange since: DateRange state: [FactState!] node: CompanyFilter }
input CallerMatch { some: CallerFilter none: CallerFilter atLeast: Int }
extend type City { ports(where: PortFilter, orderBy: [PortOrder!], first: Int = 20, after: String): PortConnection! @follows(fact: LOCATED_IN, way: DOWN) }
extend type Query { ports(where: PortFilter, orderBy: [PortOrder!], first: Int = 20, after: String): PortConnection! }
`, "ENTITY", fieldsOf("Entity")), "FACT", fieldsOf("Fact"))

// fieldsOf copies an interface's fields, as a type that implements it must.
func fieldsOf(name string) string {
	for _, src := range schema.Sources() {
		if _, after, ok := strings.Cut(src.Input, "\ninterface "+name+" implements Node {"); ok {
			fields, _, _ := strings.Cut(after, "\n}")
			return fields
		}
	}
	panic("no interface " + name)
}
