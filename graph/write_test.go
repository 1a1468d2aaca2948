package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/ententegraph/entente/graph/model"
	"github.com/ententegraph/entente/internal/kg"
)

// broken answers with what its function gives, or fails: a store whose data is not what the model promises.
type broken func(q *kg.Query) (*kg.Page, error)

func (b broken) Read(_ context.Context, q *kg.Query) (*kg.Page, error) { return b(q) }

// TestNullsAndErrors compares with gqlgen's executor what becomes of missing values that must not be null, and of a store
// that fails: where the null ends up, which errors there are, and their paths.
func TestNullsAndErrors(t *testing.T) {
	down := kg.Errorf(kg.Unavailable, "the store does not answer")
	city := &kg.Entity{ID: "city:cn-jinan", Kind: kg.City, Names: []kg.Name{{Value: "Jinan"}}, Values: []kg.Value{nil}}
	zone := &kg.Entity{ID: "zone:a", Kind: kg.Zone, Names: []kg.Name{{Value: "A"}}, Values: make([]kg.Value, 4)} // without its type
	fact := &kg.Fact{ID: "located_in:a", Kind: kg.LocatedIn}
	fails := broken(func(*kg.Query) (*kg.Page, error) { return nil, down })
	zones := broken(func(q *kg.Query) (*kg.Page, error) {
		return &kg.Page{Rows: []kg.Row{{Entity: zone}, {Entity: zone}}}, nil
	})

	for name, c := range map[string]struct {
		reader      Reader
		query, want string
	}{
		"a failing store nulls a field that may be null": {fails, `{ entity(id: "city:a") { id } }`,
			`{"errors":[{"message":"the store does not answer","path":["entity"],"locations":[{"line":1,"column":3}]}],"data":{"entity":null}}`},
		"and the whole answer where it may not": {fails, `{ __typename cities { totalCount } }`,
			`{"errors":[{"message":"the store does not answer","path":["cities"],"locations":[{"line":1,"column":14}]}],"data":null}`},
		"a missing value goes up to what may be null": {zones, `{ node(id: "zone:a") { id ... on Zone { type } } }`,
			`{"errors":[{"message":"must not be null","path":["node","type"]}],"data":{"node":null}}`},
		"elements of a list that may be null are": {zones, `{ nodes(ids: ["zone:a", "zone:a"]) { id ... on Zone { type } } }`,
			`{"errors":[{"message":"must not be null","path":["nodes",0,"type"]},{"message":"must not be null","path":["nodes",1,"type"]}],"data":{"nodes":[null,null]}}`},
		"elements that may not take all with them": {zones, `{ zones { edges { node { id type } } } }`,
			`{"errors":[{"message":"must not be null","path":["zones","edges",0,"node","type"]},{"message":"must not be null","path":["zones","edges",1,"node","type"]}],"data":null}`},
		"a fact without its end": {
			broken(func(q *kg.Query) (*kg.Page, error) {
				return &kg.Page{Rows: []kg.Row{{Fact: fact, Pages: []kg.Page{{Rows: []kg.Row{{Entity: city}}}, {}}}}}, nil
			}),
			`{ node(id: "located_in:a") { ... on Fact { from { id } to { id } } } }`,
			`{"errors":[{"message":"must not be null","path":["node","to"]}],"data":{"node":null}}`},
		"what may be null is": {
			broken(func(q *kg.Query) (*kg.Page, error) {
				return &kg.Page{Rows: []kg.Row{{Entity: city, Pages: make([]kg.Page, 1)}}}, nil
			}),
			`{ entity(id: "city:a") { description detail ... on City { population location { lat } country { id } } } }`,
			`{"data":{"entity":{"description":null,"detail":null,"population":null,"location":null,"country":null}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.TrimSpace(both(t, c.reader, c.query, nil)); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
			}
		})
	}
}

// TestAnswerIsBounded: pages are bounded by number, but what they hold may be long.
func TestAnswerIsBounded(t *testing.T) {
	long := &kg.Source{ID: "source:long", Text: strings.Repeat("x", 9<<20)}
	r := broken(func(*kg.Query) (*kg.Page, error) {
		return &kg.Page{Rows: []kg.Row{{Source: long}, {Source: long}, {Source: long}}}, nil
	})
	const want = `{"errors":[{"message":"the answer has over 16 MB: ask for smaller pages (first), fewer levels or no texts"}],"data":null}`
	if got := strings.TrimSpace(run(t, New(r, testNow), `{ sources { nodes { text } } }`, nil)); got != want {
		t.Errorf("got %.200s\nwant %s", got, want)
	}
}

// FuzzAppendString holds the writer's strings to gqlgen's, and both to what encoding/json reads back.
func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "Jinan", "济南", "a\"b\\c", "\x00\x1f\t\r\n", "\u2028<>&", "👩‍🚀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "") // nothing else enters the graph
		var want bytes.Buffer
		graphql.MarshalString(s).MarshalGQL(&want)
		got := appendString(nil, s)
		if !bytes.Equal(got, want.Bytes()) {
			t.Errorf("appendString(%q) = %s, gqlgen writes %s", s, got, want.Bytes())
		}
		var back string
		if err := json.Unmarshal(got, &back); err != nil || back != s {
			t.Errorf("appendString(%q) = %s reads back as %q, %v", s, got, back, err)
		}
	})
}

func TestAppendFloat(t *testing.T) {
	for _, x := range []float64{0, 1, -1, 0.7, 36.65, 1e-6, 9e-7, 1e8, 123456789, 1e20, 1e21, 1.5e300, 5e-324} {
		var want float64
		b := model.AppendFloat(nil, x)
		if err := json.Unmarshal(b, &want); err != nil || want != x {
			t.Errorf("AppendFloat(%v) = %s, which reads back as %v, %v", x, b, want, err)
		}
	}
	if got := string(model.AppendFloat(nil, 1e8)); got != "100000000" {
		t.Errorf("AppendFloat(1e8) = %s, want 100000000", got)
	}
}
