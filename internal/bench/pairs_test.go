package bench

// pair is one question asked in two ways: as Entente is asked, and as somebody who knows the graph writes it in Cypher for
// this question alone. Both bring the same things, unless the name says what more Entente is asked for.
type pair struct {
	name    string
	graphql string
	cypher  string
	vars    func(*sample, int) map[string]any // of both
	// bounded questions are not held to the ratio: what they do costs what the graph is like, and Cypher has no form that is
	// bounded as Entente's is.
	bounded bool
}

var pairs = []pair{
	{
		name:    "point",
		graphql: `query Q($id: ID!) { entity(id: $id) { id name ... on City { population country { name iso2 } } } }`,
		cypher:  `MATCH (n:Entity {id:$id}) RETURN n{.id,.name,.population, country: COLLECT { MATCH (n)-[:LOCATED_IN]->(c:Country) RETURN c{.name,.iso2} }}`,
		vars:    oneCity,
	},
	{
		name: "nested",
		graphql: `query Q($id: ID!) { entity(id: $id) { id name ... on City { partners(where: {node: {kind: CITY}}, first: 10, orderBy: [{field: NODE_NAME}]) {
			edges { fact { since type } node { id name ... on City { country { name } companies(first: 5, orderBy: [{field: NAME}]) { nodes { id name sectors { nodes { name } } } } } } } } } } }`,
		cypher: `MATCH (n:Entity {id:$id}) RETURN n{.id,.name, twins: COLLECT { MATCH (n)-[r:PARTNERS_WITH]-(m:City) WITH r, m ORDER BY m.name_key LIMIT 10
			RETURN {since:r.since, type:r.type, node: m{.id,.name, country: COLLECT { MATCH (m)-[:LOCATED_IN]->(c:Country) RETURN c.name },
			companies: COLLECT { MATCH (k:Company)-[:LOCATED_IN]->(m) WITH k ORDER BY k.name_key LIMIT 5 RETURN k{.id,.name, sectors: COLLECT { MATCH (k)-[:ACTIVE_IN]->(s:Sector) RETURN s.name }} }}} }}`,
		vars: oneCity,
	},
	{
		name:    "list",
		graphql: `query Q($prefix: String!) { companies(where: {name: {startsWith: $prefix}}, orderBy: [{field: NAME}], first: 20) { nodes { id name foundedOn city { name } } } }`,
		cypher: `MATCH (n:Company) WHERE n.name_key STARTS WITH $prefix WITH n ORDER BY n.name_key LIMIT 20
			RETURN n{.id,.name,.foundedOn, city: COLLECT { MATCH (n)-[:LOCATED_IN]->(c:City) RETURN c.name }}`,
		vars: func(_ *sample, i int) map[string]any { return map[string]any{"prefix": string(rune('a' + i%20))} },
	},
	{
		name: "filter",
		graphql: `query Q($iso2: String!) { cities(where: {country: {iso2: [$iso2]}, agreements: {some: {node: {type: [TRADE]}}}}, orderBy: [{field: NAME}], first: 20) {
			nodes { id name agreements(where: {node: {type: [TRADE]}}, first: 3) { edges { fact { role } node { id name signedOn } } } } } }`,
		cypher: `MATCH (n:City)-[:LOCATED_IN]->(:Country {iso2:$iso2}) WHERE EXISTS { (n)-[:PARTY_TO]->(:Agreement {type:'TRADE'}) } WITH n ORDER BY n.name_key LIMIT 20
			RETURN n{.id,.name, agreements: COLLECT { MATCH (n)-[r:PARTY_TO]->(a:Agreement {type:'TRADE'}) WITH r,a LIMIT 3 RETURN {role:r.role, id:a.id, name:a.name, signedOn:a.signedOn} }}`,
		vars: oneCountry,
	},
	{
		name:    "count",
		graphql: `query Q($iso2: String!) { cities(where: {country: {iso2: [$iso2]}}) { totalCount } }`,
		cypher:  `MATCH (n:City)-[:LOCATED_IN]->(:Country {iso2:$iso2}) RETURN count(n)`,
		vars:    oneCountry,
	},
	{
		name:    "facets",
		graphql: `query Q($iso2: String!) { agreements(where: {parties: {some: {node: {country: {iso2: [$iso2]}}}}}) { totalCount facets(by: [TYPE, YEAR, SECTOR]) { by buckets { key label count } } } }`,
		cypher: `MATCH (:Country {iso2:$iso2})<-[:LOCATED_IN*0..3]-(p:Entity)-[:PARTY_TO]->(a:Agreement) WITH collect(DISTINCT a) AS ags
			CALL { WITH ags UNWIND ags AS a WITH a.type AS k, count(*) AS n RETURN collect([k,n]) AS types }
			CALL { WITH ags UNWIND ags AS a WITH left(a.signedOn,4) AS k, count(*) AS n RETURN collect([k,n]) AS years }
			CALL { WITH ags UNWIND ags AS a MATCH (a)-[:CONCERNS]->(s:Sector) WITH s.name AS k, count(*) AS n RETURN collect([k,n]) AS sectors }
			RETURN size(ags), types, years, sectors`,
		vars: oneCountry,
	},
	{
		name:    "neighbourhood",
		graphql: `query Q($id: ID!) { neighborhood(ids: [$id], depth: 2, perNode: 25, limit: 200) { nodes { id name } facts { id from { id } to { id } } } }`,
		cypher:  neighbourhood,
		vars:    oneCity,
	},
	{
		name:    "neighbourhood, and what is hidden",
		graphql: `query Q($id: ID!) { neighborhood(ids: [$id], depth: 2, perNode: 25, limit: 200) { truncated omitted { id count } nodes { id name } facts { id from { id } to { id } } } }`,
		cypher:  neighbourhood,
		vars:    oneCity,
	},
	{
		name:    "path",
		graphql: `query Q($id: ID!, $other: ID!) { paths(from: $id, to: $other, maxHops: 4, first: 1) { exhausted paths { nodes { id name } facts { id kind } } } }`,
		cypher:  `MATCH (a:Entity {id:$id}),(b:Entity {id:$other}) MATCH p=shortestPath((a)-[*..4]-(b)) RETURN [x IN nodes(p)|x{.id,.name}], [r IN relationships(p)|type(r)]`,
		vars: func(s *sample, i int) map[string]any {
			return map[string]any{"id": s.cities[i%len(s.cities)], "other": s.companies[i*7%len(s.companies)]}
		},
		bounded: true,
	},
}

const neighbourhood = `MATCH (n:Entity {id:$id})-[*1..2]-(m:Entity) WITH n, collect(DISTINCT m)[..200] AS ms WITH ms+[n] AS ms UNWIND ms AS a MATCH (a)-[r]->(b) WHERE b IN ms
	RETURN collect(DISTINCT a{.id,.name}), collect({t:type(r), f:a.id, o:b.id})`

func oneCity(s *sample, i int) map[string]any { return map[string]any{"id": s.cities[i%len(s.cities)]} }

func oneCountry(_ *sample, i int) map[string]any {
	return map[string]any{"iso2": []string{"FR", "CN", "FI", "ES", "DE", "BR", "JP", "IN"}[i%8]}
}
