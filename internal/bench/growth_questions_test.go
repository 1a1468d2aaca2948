package bench

import (
	"fmt"
	"slices"
)

// growthQuestions are asked at every size.
var growthQuestions = slices.Concat(pairs, []pair{
	{
		name:    "facets of all",
		graphql: `{ agreements { totalCount facets(by: [TYPE, YEAR, SECTOR]) { by buckets { key label count } } } }`,
		vars:    nothing,
	},
	// These two differ in how much they find alone.
	{name: "filter by a city", graphql: investorsIn, vars: oneCity},
	{name: "filter by a company", graphql: investorsIn, vars: func(s *sample, i int) map[string]any { return map[string]any{"id": s.companies[i%len(s.companies)]} }},
	{
		name:    "search",
		graphql: `query Q($text: String!) { search(text: $text, first: 10) { edges { matched node { id kind name } } } }`,
		vars:    text("shanghai", "Meridian Robotics", "helios", "jinan high-tech", "hikari trad", "Chamber of Commerce Lyon", "silkw", "Kestrell"),
	},
	{
		name:    "search in quotes",
		graphql: `query Q($text: String!) { search(text: $text, in: [QUOTES], first: 10) { edges { matched node { id kind name } fact { id kind } } } }`,
		vars:    text("shanghai", "joined protocol", "meridian invested", "2004 jinan", "round table paris", "silkway", "letter of intent madrid", "kestrel solar"),
	},
	{
		name:    "links of all countries",
		graphql: `{ countryLinks(first: 100) { from { id } to { id } partnerships agreements investments total } }`,
		vars:    nothing,
	},
	{
		name: "diff, a city's year",
		graphql: `query Q($id: ID!, $from: DateTime!, $to: DateTime!) { diff(from: $from, to: $to, ids: [$id], first: 20) { totalCount
			nodes { kind at fact { id kind from { name } to { name } } } } }`,
		vars: func(s *sample, i int) map[string]any {
			vars := span(2020+i%5, 1, 2021+i%5, 1)
			vars["id"] = s.cities[i%len(s.cities)]
			return vars
		},
	},
	{
		name: "diff, all of a month",
		graphql: `query Q($from: DateTime!, $to: DateTime!) { diff(from: $from, to: $to, first: 20) { totalCount
			nodes { kind at fact { id kind from { name } to { name } } } } }`,
		vars: func(_ *sample, i int) map[string]any { return span(2022, 1+i%11, 2022, 2+i%11) },
	},
})

func nothing(*sample, int) map[string]any { return map[string]any{} }

const investorsIn = `query Q($id: ID!) { companies(where: {investments: {some: {node: {id: [$id]}}}}, orderBy: [{field: NAME}], first: 20) { totalCount nodes { id name } } }`

func text(texts ...string) func(*sample, int) map[string]any {
	return func(_ *sample, i int) map[string]any { return map[string]any{"text": texts[i%len(texts)]} }
}

// span is from the first of one month to that of another.
func span(year, month, toYear, toMonth int) map[string]any {
	day := func(y, m int) string { return fmt.Sprintf("%d-%02d-01T00:00:00Z", y, m) }
	return map[string]any{"from": day(year, month), "to": day(toYear, toMonth)}
}
