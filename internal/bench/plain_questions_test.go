package bench

import (
	"regexp"
	"strconv"

	"github.com/ententegraph/entente/internal/kg"
)

// plainQuestions are the questions as somebody writes them in SQL who knows the graph, each for itself: what lies in a country
// lies in a city that lies there. Each gives the data of the answer as JSON, and takes the question's variables by their names.
// That of a path gives how long it is, and plainPaths which one it is. Names in braces stand for the numbers of kinds.
var plainQuestions = map[string]string{
	"point": `SELECT json_object('entity', json_object('id', e.id, 'name', e.name, 'population', e.population, 'country', json((
			SELECT json_object('name', c.name, 'iso2', c.iso2) FROM fact l JOIN entity c ON c.n = l.to_n
			WHERE l.from_n = e.n AND l.kind = {LOCATED_IN} AND c.kind = {COUNTRY} LIMIT 1))))
		FROM entity e WHERE e.id = :id`,

	"nested": `SELECT json_object('entity', json_object('id', e.id, 'name', e.name, 'partners', json_object('edges', json((
			SELECT json_group_array(json_object('fact', json_object('since', f.since, 'type', f.type), 'node', json_object('id', p.id, 'name', p.name,
				'country', json((SELECT json_object('name', c.name) FROM fact l JOIN entity c ON c.n = l.to_n
					WHERE l.from_n = p.n AND l.kind = {LOCATED_IN} AND c.kind = {COUNTRY} LIMIT 1)),
				'companies', json_object('nodes', json((
					SELECT json_group_array(json_object('id', k.id, 'name', k.name, 'sectors', json_object('nodes', json((
						SELECT json_group_array(json_object('name', name)) FROM (
							SELECT s.name FROM fact a JOIN entity s ON s.n = a.to_n WHERE a.from_n = k.n AND a.kind = {ACTIVE_IN} ORDER BY s.name_key LIMIT 20))))))
					FROM (SELECT k.n, k.id, k.name FROM fact l JOIN entity k ON k.n = l.from_n
						WHERE l.to_n = p.n AND l.kind = {LOCATED_IN} AND k.kind = {COMPANY} ORDER BY k.name_key, k.id LIMIT 5) k))))))
			FROM (SELECT f, p FROM (
					SELECT f.n AS f, f.id, p.n AS p, p.name_key, p.id AS pid FROM fact f JOIN entity p ON p.n = f.to_n
					WHERE f.from_n = e.n AND f.kind = {PARTNERS_WITH} AND p.kind = {CITY}
					UNION ALL SELECT f.n, f.id, p.n, p.name_key, p.id FROM fact f JOIN entity p ON p.n = f.from_n
					WHERE f.to_n = e.n AND f.kind = {PARTNERS_WITH} AND p.kind = {CITY})
				ORDER BY name_key, pid, id LIMIT 10) best
			CROSS JOIN fact f ON f.n = best.f CROSS JOIN entity p ON p.n = best.p)))))
		FROM entity e WHERE e.id = :id`,

	"list": `SELECT json_object('companies', json_object('nodes', json_group_array(json_object('id', id, 'name', name, 'foundedOn', founded_on, 'city', json((
			SELECT json_object('name', c.name) FROM fact l JOIN entity c ON c.n = l.to_n
			WHERE l.from_n = k.n AND l.kind = {LOCATED_IN} AND c.kind = {CITY} LIMIT 1))))))
		FROM (SELECT n, id, name, founded_on FROM entity WHERE kind = {COMPANY} AND name_key >= :prefix AND name_key < :prefix || char(1114111)
			ORDER BY name_key, id LIMIT 20) k`,

	// The cities are put into order first, so that no more of them are asked for agreements than a page takes.
	"filter": `WITH c AS MATERIALIZED (SELECT c.n, c.id, c.name
			FROM entity k JOIN fact l ON l.to_n = k.n AND l.kind = {LOCATED_IN} JOIN entity c ON c.n = l.from_n
			WHERE k.iso2 = :iso2 AND c.kind = {CITY} ORDER BY c.name_key, c.id)
		SELECT json_object('cities', json_object('nodes', json_group_array(json_object('id', id, 'name', name, 'agreements', json_object('edges', json((
			SELECT json_group_array(json_object('fact', json_object('role', type), 'node', json_object('id', id, 'name', name, 'signedOn', signed_on)))
			FROM (SELECT f.type, a.id, a.name, a.signed_on FROM fact f JOIN entity a ON a.n = f.to_n
				WHERE f.from_n = c.n AND f.kind = {PARTY_TO} AND a.type = 'TRADE' ORDER BY a.name_key, a.id, f.id LIMIT 3))))))))
		FROM (SELECT n, id, name FROM c WHERE EXISTS (
			SELECT 1 FROM fact f JOIN entity a ON a.n = f.to_n WHERE f.from_n = c.n AND f.kind = {PARTY_TO} AND a.type = 'TRADE') LIMIT 20) c`,

	"filter by a city":    plainInvestorsIn,
	"filter by a company": plainInvestorsIn,

	"count": `SELECT json_object('cities', json_object('totalCount', count(*)))
		FROM entity k JOIN fact l ON l.to_n = k.n AND l.kind = {LOCATED_IN} JOIN entity c ON c.n = l.from_n
		WHERE k.iso2 = :iso2 AND c.kind = {CITY}`,

	"facets": `WITH RECURSIVE
		within(n) AS (SELECT n FROM entity WHERE iso2 = :iso2
			UNION SELECT l.from_n FROM within JOIN fact l ON l.to_n = within.n AND l.kind = {LOCATED_IN}),
		a AS MATERIALIZED (SELECT a.n, a.type, substr(a.signed_on, 1, 4) AS year
			FROM (SELECT DISTINCT f.to_n FROM within CROSS JOIN fact f ON f.from_n = within.n AND f.kind = {PARTY_TO}) f CROSS JOIN entity a ON a.n = f.to_n),
` + plainFacets,

	"facets of all": `WITH
		a AS MATERIALIZED (SELECT n, type, substr(signed_on, 1, 4) AS year FROM entity WHERE kind = {AGREEMENT}),
` + plainFacets,

	"neighbourhood, and what is hidden": `WITH
		start(n) AS MATERIALIZED (SELECT n FROM entity WHERE id = :id),
		found0(n, place) AS (SELECT other, min(place) FROM (
				SELECT other, row_number() OVER (ORDER BY l.confidence DESC, l.since_first DESC NULLS LAST, l.since_last DESC, o.degree, l.fact) AS place
				FROM start CROSS JOIN link l ON l.n = start.n CROSS JOIN entity o ON o.n = l.other)
			WHERE place <= 25 GROUP BY other),
		one(n, place, steps) AS MATERIALIZED (SELECT n, 0, 0 FROM start UNION ALL SELECT n, place, 1 FROM found0),
		found1(n, place) AS (SELECT other, min(100 * first + place) FROM (
				SELECT other, one.place AS first, row_number() OVER (PARTITION BY one.n
					ORDER BY l.confidence DESC, l.since_first DESC NULLS LAST, l.since_last DESC, o.degree, l.fact) AS place
				FROM one CROSS JOIN link l ON l.n = one.n CROSS JOIN entity o ON o.n = l.other WHERE steps = 1)
			WHERE place <= 25 AND other NOT IN (SELECT n FROM one) GROUP BY other),
		shown(n, place, steps) AS MATERIALIZED (SELECT n, place, steps FROM one
			UNION ALL SELECT n, place, 2 FROM (SELECT n, place FROM found1 ORDER BY place LIMIT 200 - (SELECT count(*) FROM one)))
		SELECT json_object('neighborhood', json_object(
			'truncated', json(iif(
				EXISTS (SELECT 1 FROM one CROSS JOIN link l ON l.n = one.n WHERE l.other NOT IN (SELECT n FROM shown))
				OR EXISTS (SELECT 1 FROM start CROSS JOIN link l ON l.n = start.n WHERE l.other IN (SELECT n FROM shown WHERE steps > 1)), 'true', 'false')),
			'omitted', json((SELECT json_group_array(json_object('id', e.id, 'count', count) ORDER BY steps, place) FROM (
				SELECT n, steps, place, (SELECT count(DISTINCT other) FROM link WHERE link.n = s.n AND other NOT IN (SELECT n FROM shown)) AS count
				FROM shown s) o CROSS JOIN entity e ON e.n = o.n WHERE count > 0)),
			'nodes', json((SELECT json_group_array(json_object('id', e.id, 'name', e.name) ORDER BY s.steps, s.place) FROM shown s CROSS JOIN entity e ON e.n = s.n)),
			'facts', json((SELECT json_group_array(json_object('id', id, 'from', json_object('id', a), 'to', json_object('id', b))) FROM (
				SELECT f.id, a.id AS a, b.id AS b FROM shown s CROSS JOIN link l ON l.n = s.n
				CROSS JOIN fact f ON f.n = l.fact CROSS JOIN entity a ON a.n = f.from_n CROSS JOIN entity b ON b.n = f.to_n
				WHERE l.n < l.other AND l.other IN (SELECT n FROM shown) ORDER BY f.n)))))`,

	// How far it is, breadth first: a recursive statement takes what it found first first, and ends at the first end. It begins at
	// the company, around which there is less.
	"path": `WITH RECURSIVE
		a(n) AS MATERIALIZED (SELECT n FROM entity WHERE id = :id),
		near(n) AS MATERIALIZED (SELECT other FROM link WHERE n = (SELECT n FROM a)),
		walk(n, steps) AS (SELECT n, 0 FROM entity WHERE id = :other
			UNION SELECT l.other, steps + 1 FROM walk CROSS JOIN link l ON l.n = walk.n WHERE steps < 3 AND l.other_kind NOT IN ({COUNTRY}, {SECTOR}))
		SELECT steps + 1 FROM walk WHERE n IN (SELECT n FROM near) LIMIT 1`,
}

// plainFacets count agreements, which a has.
const plainFacets = `
		bucket(by, key, label, count) AS MATERIALIZED (
			SELECT 'TYPE', type, upper(substr(type, 1, 1)) || lower(replace(substr(type, 2), '_', ' ')), count(*) FROM a GROUP BY type
			UNION ALL SELECT 'YEAR', year, year, count(*) FROM a GROUP BY year
			UNION ALL SELECT 'SECTOR', coalesce(s.id, ''), coalesce(s.name, 'none'), count FROM (
				SELECT f.to_n AS n, count(DISTINCT a.n) AS count FROM a LEFT JOIN fact f ON f.from_n = a.n AND f.kind = {CONCERNS} GROUP BY f.to_n) c LEFT JOIN entity s ON s.n = c.n)
		SELECT json_object('agreements', json_object('totalCount', (SELECT count(*) FROM a), 'facets', json((
			SELECT json_group_array(json_object('by', by.column1, 'buckets', json((
				SELECT json_group_array(json_object('key', key, 'label', label, 'count', count))
				FROM (SELECT key, label, count FROM bucket WHERE bucket.by = by.column1 ORDER BY count DESC, key LIMIT 20)))))
			FROM (VALUES ('TYPE'), ('YEAR'), ('SECTOR')) by))))`

const plainInvestorsIn = `WITH k AS MATERIALIZED (SELECT DISTINCT k.n, k.id, k.name, k.name_key
		FROM entity e JOIN fact f ON f.to_n = e.n AND f.kind = {INVESTS_IN} JOIN entity k ON k.n = f.from_n
		WHERE e.id = :id AND k.kind = {COMPANY})
	SELECT json_object('companies', json_object('totalCount', (SELECT count(*) FROM k), 'nodes', json((
		SELECT json_group_array(json_object('id', id, 'name', name)) FROM (SELECT id, name FROM k ORDER BY name_key, id LIMIT 20)))))`

// plainPaths bring the surest path of so many hops: the numbers of its entities, then those of its facts.
var plainPaths = [...]string{
	1: pathHead + `
		SELECT a.n, b.n, f.fact FROM a CROSS JOIN b CROSS JOIN link f ON f.n = a.n AND f.other = b.n
		ORDER BY f.confidence DESC LIMIT 1`,
	2: pathHead + `
		SELECT a.n, f.other, b.n, f.fact, g.fact
		FROM a CROSS JOIN b CROSS JOIN link g ON g.n = b.n CROSS JOIN link f ON f.n = a.n AND f.other = g.other
		WHERE f.other_kind NOT IN ({COUNTRY}, {SECTOR})
		ORDER BY f.confidence * g.confidence DESC, f.other LIMIT 1`,
	3: pathHead + `
		SELECT a.n, f.other, g.other, b.n, f.fact, h.fact, g.fact
		FROM a CROSS JOIN b CROSS JOIN link g ON g.n = b.n CROSS JOIN link h ON h.n = g.other CROSS JOIN link f ON f.n = a.n AND f.other = h.other
		WHERE g.other_kind NOT IN ({COUNTRY}, {SECTOR}) AND h.other_kind NOT IN ({COUNTRY}, {SECTOR})
		ORDER BY f.confidence * h.confidence * g.confidence DESC, f.other, g.other LIMIT 1`,
	4: pathHead + `,
		beyond AS MATERIALIZED (SELECT * FROM (
			SELECT h.other AS m, g.other AS x, g.fact AS g, h.fact AS h, g.confidence * h.confidence AS sure,
				row_number() OVER (PARTITION BY h.other ORDER BY g.confidence * h.confidence DESC, g.other) AS place
			FROM b CROSS JOIN link g ON g.n = b.n CROSS JOIN link h ON h.n = g.other
			WHERE g.other_kind NOT IN ({COUNTRY}, {SECTOR}) AND h.other_kind NOT IN ({COUNTRY}, {SECTOR}))
			WHERE place = 1)
		SELECT a.n, f.other, w.m, w.x, b.n, f.fact, i.fact, w.h, w.g
		FROM a CROSS JOIN b CROSS JOIN beyond w CROSS JOIN link i ON i.n = w.m CROSS JOIN link f ON f.n = a.n AND f.other = i.other
		WHERE i.other_kind NOT IN ({COUNTRY}, {SECTOR})
		ORDER BY f.confidence * i.confidence * w.sure DESC, f.other, w.m LIMIT 1`,
}

// pathHead are the two ends.
const pathHead = "WITH a AS MATERIALIZED (SELECT n FROM entity WHERE id = :id), b AS MATERIALIZED (SELECT n FROM entity WHERE id = :other)"

var kindName = regexp.MustCompile(`\{[A-Z_]+\}`)

// plainStatements and plainPathStatements are the same with the numbers of kinds.
var (
	plainStatements     = map[string]string{}
	plainPathStatements [len(plainPaths)]string
)

func init() {
	for name, sql := range plainQuestions {
		plainStatements[name] = withKinds(sql)
	}
	for i, sql := range plainPaths {
		plainPathStatements[i] = withKinds(sql)
	}
}

// withKinds puts the numbers of kinds for their names.
func withKinds(sql string) string {
	numbers := map[string]string{}
	for _, k := range (kg.Entities | kg.Facts).Kinds() {
		numbers["{"+k.String()+"}"] = strconv.Itoa(int(k))
	}
	return kindName.ReplaceAllStringFunc(sql, func(name string) string { return numbers[name] })
}
