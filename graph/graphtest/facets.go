package graphtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/ententegraph/entente/internal/kg"
)

// bucketFilters say by which filter a list keeps what a bucket of a facet counts; KEY is the bucket's key. A facet that one type
// counts otherwise than the rest is named with its enum.
var bucketFilters = map[string]string{
	"CITY":        `{city: {id: "KEY"}}`,
	"CLASS":       `{class: KEY}`,
	"COUNTRY":     `{country: {id: "KEY"}}`,
	"DETAIL":      `{detail: "KEY"}`,
	"FORM":        `{form: KEY}`,
	"KIND":        `{kind: KEY}`,
	"LANGUAGE":    `{language: "KEY"}`,
	"LEVEL":       `{level: KEY}`,
	"PARENT":      `{parent: {id: "KEY"}}`,
	"PARTNERSHIP": `{partners: {some: {type: KEY}}}`,
	"PUBLISHER":   `{publisher: {is: "KEY"}}`,
	"REGION":      `{region: {id: "KEY"}}`,
	"SCHEME":      `{scheme: KEY}`,
	"SECTOR":      `{sectors: {some: {id: "KEY"}}}`,
	"SOURCE":      `{source: "KEY"}`,
	"STAGE":       `{stage: KEY}`,
	"STATE":       `{state: KEY}`,
	"STATUS":      `{status: {is: KEY}}`,
	"TYPE":        `{type: KEY}`,

	"AgreementFacet.COUNTRY": `{parties: {some: {node: {country: {id: "KEY"}}}}}`,
	"AgreementFacet.REGION":  `{parties: {some: {node: {region: {id: "KEY"}}}}}`,
	"AgreementFacet.ROLE":    `{parties: {some: {role: KEY}}}`,
	"EventFacet.ROLE":        `{participants: {some: {role: KEY}}}`,
	"FactFacet.COUNTRY":      `{or: [{from: {country: {id: "KEY"}}}, {to: {country: {id: "KEY"}}}]}`,
	"FactFacet.REGION":       `{or: [{from: {region: {id: "KEY"}}}, {to: {region: {id: "KEY"}}}]}`,
}

// notFiltered are the facets that no filter asks for bucket by bucket, and why.
var notFiltered = map[string]string{
	"YEAR":       "an imprecise date counts once, and fits every range that it may lie in",
	"MONTH":      "as YEAR",
	"DIFFERENCE": "an argument of its own, kinds, asks for it",
}

// Facets holds every facet of every list of the demo graph to the filter that asks for one of its buckets: what it leaves of the list
// is as much as the bucket says, and what fits none of these filters is what counts under "".
func Facets(t *testing.T, s kg.Store, schema Schema) {
	es := schema(kg.NewCatalog(s, Now))
	met := map[string]bool{}
	for _, list := range es.Schema().Query.Fields {
		def := es.Schema().Types[list.Type.Name()].Fields.ForName("facets")
		if def == nil {
			continue
		}
		enum := es.Schema().Types[def.Arguments.ForName("by").Type.Name()]
		for _, v := range enum.EnumValues {
			name := enum.Name + "." + v.Name
			if _, own := bucketFilters[name]; !own {
				name = v.Name
			}
			met[name] = true
			switch filter := bucketFilters[name]; {
			case filter != "":
				t.Run(enum.Name+"."+v.Name, func(t *testing.T) { facet(t, es, list.Name, v.Name, filter) })
			case notFiltered[name] == "":
				t.Errorf("%s.%s: say here by which filter a bucket of it is asked for, or why by none", enum.Name, v.Name)
			}
		}
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(bucketFilters)), slices.Collect(maps.Keys(notFiltered))) {
		if !met[name] {
			t.Errorf("there is no facet %s", name)
		}
	}
}

func facet(t *testing.T, es graphql.ExecutableSchema, list, by, filter string) {
	buckets := lists(t, es, fmt.Sprintf("all: %s(first: 0) { facets(by: %s, first: 100) { buckets { key count } } }", list, by))["all"].Facets[0].Buckets
	if len(buckets) == 0 || len(buckets) == 1 && buckets[0].Key == "" { // the demo graph has none of it, and so none of this
		key := "OTHER"
		if strings.Contains(filter, `"KEY"`) {
			key = "sector:none"
		}
		buckets = append(buckets, bucket{Key: key})
	}
	wheres := make([]string, len(buckets))
	for i, b := range buckets {
		if b.Key != "" {
			wheres[i] = strings.ReplaceAll(filter, "KEY", b.Key)
		}
	}
	each := strings.Join(wheres, " ")
	var fields strings.Builder
	for i := range wheres {
		if wheres[i] == "" {
			wheres[i] = fmt.Sprintf("{not: {or: [%s]}}", each)
		}
		fmt.Fprintf(&fields, "b%d: %s(where: %s, first: 0) { totalCount } ", i, list, wheres[i])
	}
	found := lists(t, es, fields.String())
	for i, b := range buckets {
		if n := found[fmt.Sprintf("b%d", i)].TotalCount; n != b.Count {
			t.Errorf("the bucket %q has %d, and by %s there are %d", b.Key, b.Count, wheres[i], n)
		}
	}
}

// listed is what is asked of a list.
type listed struct {
	TotalCount int
	Facets     []struct{ Buckets []bucket }
}

type bucket struct {
	Key   string
	Count int
}

func lists(t *testing.T, es graphql.ExecutableSchema, fields string) map[string]listed {
	t.Helper()
	var answer struct {
		Errors gqlerror.List
		Data   map[string]listed
	}
	text := Run(t, es, "{ "+fields+" }", nil, graphql.DefaultErrorPresenter)
	if err := json.Unmarshal([]byte(text), &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%v %v", err, answer.Errors)
	}
	return answer.Data
}
