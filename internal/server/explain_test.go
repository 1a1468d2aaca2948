package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// question is the body of a POST.
func question(t testing.TB, query, operation, variables string) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "operationName": operation, "variables": json.RawMessage(variables)})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestOperationNames(t *testing.T) {
	site := newSite(t)
	long := strings.Repeat("a", 5000)
	const two = "query A{hello} query B{hello}"
	for range 2 { // the second time the documents that passed are known
		for _, c := range []struct{ query, operation, want string }{
			{"{hello}", "", ""},
			{"query A{hello}", "", ""},
			{two, "B", ""},
			{two, "", "the document has several operations: name one in operationName"},
			{two, "X", `no operation "X": the document has A, B`},
			{"query A{hello}", "X", `no operation "X": the document has A`},
			{"# {hello}", "", "the document has no operation: write one, such as { statistics { facts } }"},
			{"{hello}", "X", `no operation "X": the document's only one has no name, so leave operationName out`},
			{numbered("query A%[1]d{hello} ", 9), "X", `no operation "X": the document has A0, A1, A2, A3, A4 and 4 more`},
			{two, long, `no operation "` + long[:60] + `…": the document has A, B`},
			{two, "\x00\n", `no operation "\x00\n": the document has A, B`},
			{"query " + long + "{hello} query B{hello}", "X", `no operation "X": the document has ` + long[:60] + `…, B`},
		} {
			got := site.post(t, question(t, c.query, c.operation, "{}"))
			if got.message() != c.want || c.want != "" && got.code() != "GRAPHQL_VALIDATION_FAILED" {
				t.Errorf("%.60q of %.60s: got %s, want %q", c.operation, c.query, got.body, c.want)
			}
		}
	}
}

func TestVariables(t *testing.T) {
	site := newSite(t)
	long := strings.Repeat("a", 5000)
	for _, c := range []struct{ declared, given, want string }{
		{"$a: Int", `{"a": 2.5}`, "The variable $a is 2.5: it must be of type Int."},
		{"$a: Int!", `{"a": true}`, "The variable $a is true: it must be of type Int!."},
		{"$a: Int", `{"a": 123456789012345678901234567890}`, "The variable $a is 123456789012345678901234567890: it must be of type Int."},
		{"$a: Int", `{"a": "` + long + `"}`, `The variable $a is "` + long[:60] + `…": it must be of type Int.`},
		{"$a: Int", `{"a": {"b": 1}}`, "The variable $a is an object: it must be of type Int."},
		{"$a: Int", `{"a": [1]}`, "The variable $a is a list: it must be of type Int."},
		{"$a: ID!", `{}`, "The variable $a is missing: it must be of type ID!."},
		{"$a: ID!", `{"a": null}`, "The variable $a is null: it must be of type ID!."},
		{"$a: [ID!]", `{"a": ["x", null]}`, "The variable $a[1] is null: it must be of type ID!."},
		{"$a: [ID!]", `{"a": true}`, "The variable $a is true: it must be of type ID!."},
		{"$a: Order", `{"a": "AGE"}`, `The variable $a is "AGE": it must be of type Order. There are NAME, SIZE.`},
		{"$a: Order", `{"a": "SIZES"}`, `The variable $a is "SIZES": it must be of type Order. Did you mean SIZE?`},
		{"$a: Order", `{"a": "` + long + `"}`, `The variable $a is "` + long[:60] + `…": it must be of type Order. There are NAME, SIZE.`},
		{"$a: Order", `{"a": true}`, `The variable $a is true: it must be of type Order. There are NAME, SIZE.`},
		{"$a: Filter", `{"a": "x"}`, `The variable $a is "x": it must be of type Filter.`},
		{"$a: Filter", `{"a": {"and": [{}, {"name": false}]}}`, "The variable $a.and[1].name is false: it must be of type String."},
		{"$a: Filter", `{"a": {"and": [{}, {"size": 1}]}}`, "The variable $a.and[1] is not right: Filter has no field size."},
		{"$a: Filter", `{"a": {"and": [{"nmae": "x"}]}}`, "The variable $a.and[0] is not right: Filter has no field nmae. Did you mean name?"},
		{"$a: Filter", `{"a": {"` + long + `": 1}}`, "The variable $a is not right: Filter has no field " + long[:60] + "…."},
	} {
		uses := map[string]string{"Int": "nodes(first: $a)", "ID!": "node(id: $a)", "[ID!]": "nodes(ids: $a)", "Order": "nodes(order: $a)", "Filter": "hello(where: $a)"}
		field := uses[strings.TrimPrefix(c.declared, "$a: ")]
		if field == "" {
			field = uses["Int"]
		}
		if strings.HasPrefix(field, "node") {
			field += "{id}"
		}
		got := site.post(t, question(t, fmt.Sprintf("query(%s) { %s }", c.declared, field), "", c.given))
		if got.message() != c.want || got.code() != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(got.body, `"locations":[{"line":1,"column":`) {
			t.Errorf("%s, given %.60s:\ngot  %s\nwant %s", c.declared, c.given, got.body, c.want)
		}
	}
}

// What the program's schema refuses of variables beyond gqlparser is said in the same words.
func TestVariablesOfTheSchema(t *testing.T) {
	site := newSite(t, overDemo(t, 1000))
	for _, c := range []struct{ declared, given, want string }{
		{"$a: [CityOrder!]", `{"a": [{"field": "NAME", "direction": "desc"}]}`, `The variable $a[0].direction is "desc": it must be of type Direction!. Did you mean DESC?`},
		{"$a: [CityOrder!]", `{"a": {"field": "name"}}`, `The variable $a.field is "name": it must be of type CityOrderField!. Did you mean NAME?`},
		{"$a: [CityOrder!]", `{"a": {"field": "first"}}`, `The variable $a.field is "first": it must be of type CityOrderField!. There are `},
	} {
		got := site.post(t, question(t, "query("+c.declared+"){cities(orderBy:$a){totalCount}}", "", c.given))
		if !strings.HasPrefix(got.message(), c.want) || got.code() != "GRAPHQL_VALIDATION_FAILED" || got.status != 400 || strings.Contains(got.body, `"path"`) {
			t.Errorf("%s: got %d %s, want %s", c.given, got.status, got.body, c.want)
		}
	}
	// An error that is no variable's may have a path that looks like one's.
	got := site.post(t, question(t, "{variable:entity(id:\"city:cn-jinan\"){... on City{a:partners(first:1000){totalCount}}}}", "", "{}"))
	if got.code() != "BAD_INPUT" || !strings.Contains(got.body, `"path":["variable","a"]`) {
		t.Errorf("got %s", got.body)
	}
}
