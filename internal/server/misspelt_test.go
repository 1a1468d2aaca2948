package server

import (
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/ententegraph/entente/internal/telemetry"
)

// misspelt are documents in which a name is wrong, and the first error of each.
var misspelt = []struct{ query, want string }{
	{"{helo}", `Cannot query field "helo" on type "Query". Did you mean hello?`},
	{"{node(id:1){Freinds{id}}}", `Cannot query field "Freinds" on type "Node". Did you mean friends?`},
	{"{node(id:1){age}}", `Cannot query field "age" on type "Node".`},
	{"{named{nmae}}", `Cannot query field "nmae" on type "Named". Did you mean name?`},
	{"{named{poeple}}", `Cannot query field "poeple" on type "Named". Did you mean people? City, Country, Region and others have it: write ... on City { people }`},
	{"{named{mayro{id}}}", `Cannot query field "mayro" on type "Named". Did you mean mayor? City has it: write ... on City { mayor { … } }`},
	{"{either{...on City{people} poeple}}", `Cannot query field "poeple" on type "Either". Did you mean people? City, Village have it: write ... on City { people }`},
	{"{hello(nmae:1)}", `Unknown argument "nmae" on field "Query.hello". Did you mean name?`},
	{"{hello(x:1)}", `Unknown argument "x" on field "Query.hello".`},
	{"{__typename(nmae:1)}", `Unknown argument "nmae" on field "Query.__typename".`},
	{`{__type(nmae:1,name:"x"){kind}}`, `Unknown argument "nmae" on field "Query.__type". Did you mean name?`},
	{`{__type(name:"x"){__typename(x:1)}}`, `Unknown argument "x" on field "__Type.__typename".`},
	{"{hello @skip(iff:true, if:true)}", `Unknown argument "iff" on directive "@skip". Did you mean if?`},
	{"{named{...on Citty{people}}}", `Unknown type "Citty". Did you mean City?`},
	{"{named{...f}} fragment f on Vilage{people}", `Unknown type "Vilage". Did you mean Village?`},
	{"query($a:Fliter){hello(where:$a)}", `Unknown type "Fliter". Did you mean Filter?`},
	{"query($a:Strnig){hello(name:$a)}", `Unknown type "Strnig". Did you mean String?`},
	{"query($a:Type){hello(name:$a)}", `Unknown type "Type".`},
	{`{hello(where:{nam:"x"})}`, `Field "nam" is not defined by type "Filter". Did you mean name?`},
	{`{hello(where:{and:[{colour:"x"}]})}`, `Field "colour" is not defined by type "Filter". There are and, name, tags.`},
	{`{hello(where:"x")}`, `Expected value of type "Filter", found "x". Write { … } with some of and, name, tags.`},
	{"{nodes(order:name){id}}", `Value "name" does not exist in "Order" enum. Did you mean NAME?`},
	{"{nodes(order:AGE){id}}", `Value "AGE" does not exist in "Order" enum. There are NAME, SIZE.`},
	{"{sorted(by:[NAME,SIEZ]){id}}", `Value "SIEZ" does not exist in "Order!" enum. Did you mean SIZE?`},
	{`{nodes(order:"NAME"){id}}`, `Enum "Order" cannot represent non-enum value: "NAME". Did you mean NAME?`},
	{`{nodes(order:"` + longName + `"){id}}`, `Enum "Order" cannot represent non-enum value: "` + longName[:60] + `…". There are NAME, SIZE.`},
	{`{nodes(order:"a\"b é\u0000"){id}}`, `Enum "Order" cannot represent non-enum value: "a\"b é\u0000". There are NAME, SIZE.`},
	{`{nodes(order:"""NAME"""){id}}`, `Enum "Order" cannot represent non-enum value: "NAME". Did you mean NAME?`},
	{"{type}", `Cannot query field "type" on type "Query".`},
	{"{node(id:1)}", `Field "node" of type "Node" must have a selection of subfields. Did you mean node { … }?`},
	{"{nodes}", `Field "nodes" of type "[Node]" must have a selection of subfields. Did you mean nodes { … }?`},
}

var longName = strings.Repeat("a", 61)

func TestMisspelt(t *testing.T) {
	site := newSite(t)
	for _, c := range misspelt {
		got := site.post(t, question(t, c.query, "", "{}"))
		if got.message() != c.want || got.code() != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s\ngot  %s\nwant %s", c.query, got.body, c.want)
		}
	}
}

func TestFieldsOfSomeTypes(t *testing.T) {
	site := newSite(t)
	for _, c := range []struct{ query, want string }{
		{"{named{id}}", `Cannot query field "id" on type "Named". Node has it: write ... on Node { id }`},
		{"{named{mayor{id}}}", `Cannot query field "mayor" on type "Named". City has it: write ... on City { mayor { … } }`},
		{"{named{twin{name}}}", `Cannot query field "twin" on type "Named". City, Region, Village have it: write ... on City { twin { … } }`},
		{"{named{people}}", `Cannot query field "people" on type "Named". City, Country, Region and others have it: write ... on City { people }`},
		{"{named{nothing}}", `Cannot query field "nothing" on type "Named".`},
		{"{node(id:1){people}}", `Cannot query field "people" on type "Node".`},
		{"{named{" + longName + "}}", `Cannot query field "` + longName[:60] + `…" on type "Named".`},
	} {
		got := site.post(t, question(t, c.query, "", "{}"))
		if got.message() != c.want || got.code() != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s: got %s, want %q", c.query, got.body, c.want)
		}
	}
}

// Types are a map, and equally near ones must not change from one answer to the next.
func TestMisspeltIsTheSameEachTime(t *testing.T) {
	site := newSite(t)
	body := question(t, "{named{...on Tie0{name}}}", "", "{}")
	for range 20 {
		if got := site.post(t, body); got.message() != `Unknown type "Tie0". Did you mean Tie1?` {
			t.Fatalf("got %s", got.body)
		}
	}
}

// FuzzMisspelt: whatever is wrong with a document, it is explained, and the next time in the same words.
func FuzzMisspelt(f *testing.F) {
	for _, c := range misspelt {
		f.Add(c.query)
	}
	a := newAPI(Options{Schema: newSchema(f), Telemetry: telemetry.Off(), Limits: Limits{}.withDefaults(), Now: time.Now})
	f.Fuzz(func(t *testing.T, query string) {
		ctx := graphql.StartOperationTrace(t.Context())
		_, errs := a.prepare(ctx, &graphql.RawParams{Query: query})
		_, again := a.prepare(ctx, &graphql.RawParams{Query: query})
		if errs.Error() != again.Error() {
			t.Errorf("%s\nfirst %v\nthen  %v", query, errs, again)
		}
	})
}

// BenchmarkMisspelt measures documents in which as many names are wrong as may be, each almost right, on the program's own schema.
func BenchmarkMisspelt(b *testing.B) {
	site := newSite(b, overDemo(b, 1000))
	for _, c := range []struct{ name, query string }{
		{"one", "{entity(id:1){contry}}"},
		{"fields of an object", "{entity(id:1){...on City{" + numbered("locate%[1]d ", 900) + "}}}"},
		{"fields of an interface", "{entity(id:1){" + numbered("locate%[1]d ", 900) + "}}"},
		{"types", "{entity(id:1){" + numbered("...on CityFilt%[1]d{id%[1]d}", 240) + "}}"},
		{"arguments", "{cities(" + numbered("firs%[1]d:1 ", 400) + "){totalCount}}"},
		{"fields of inputs", "{cities(where:{" + numbered("name%[1]d:1 ", 400) + "}){totalCount}}"},
		{"long names", "{entity(id:1){" + numbered(strings.Repeat("a", 100)+"%[1]d ", 290) + "}}"},
		{"a name of 30 KB", "{entity(id:1){" + strings.Repeat("a", 30_000) + "}}"},
	} {
		b.Run(c.name, func(b *testing.B) {
			body := document(c.query)
			for b.Loop() {
				if got := site.post(b, body); got.code() != "GRAPHQL_VALIDATION_FAILED" {
					b.Fatalf("%d %.500s", got.status, got.body)
				}
			}
		})
	}
}
