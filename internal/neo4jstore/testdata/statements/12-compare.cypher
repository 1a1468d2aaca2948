CALL () {
UNWIND range(0, size($p0) - 1) AS i
CALL (i) {
MATCH (e:Entity {id: $p0[i]})
RETURN e
UNION ALL
MATCH (:Alias {id: $p0[i]})-[:ALIAS_OF]->(e:Entity)
RETURN e }
WITH e, min(i) AS first ORDER BY first
RETURN collect(e) AS es, collect(first) AS es_at }
CALL (es) {
UNWIND range(0, size(es) - 1) AS k
WITH k, es[k] AS x
MATCH (x)-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-(n2) WHERE NOT n2 IN es
WITH n2, collect(k) AS ks, collect(r1) AS rs, collect(DISTINCT k) AS by
RETURN collect(n2) AS ys, collect(ks) AS kss, collect(rs) AS rss, collect(by) AS sharing }
WITH es, es_at, ys, kss, rss, sharing, [i IN range(0, size(ys) - 1) WHERE size(sharing[i]) > 1 | i] AS common
WITH es, es_at, ys, kss, rss, sharing, common,
COLLECT {
UNWIND common AS i
WITH ys[i] AS n2, kss[i] AS k, rss[i] AS rk, size(sharing[i]) AS by ORDER BY by DESC, n2.order_key LIMIT $p1
WITH n2, k, rk,
COLLECT {
UNWIND range(0, size(rk) - 1) AS j
WITH k[j] AS of, rk[j] AS r3
RETURN [of, [[r3.id, CASE WHEN (r3:PART_OF OR r3:PART_OF_UNASSERTED OR r3:PART_OF_PAST) THEN [r3.share] END, r3.since, r3.until, r3.confidence]]] } AS x4
RETURN [[[n2.id, n2.name]], x4] } AS shared
WITH es, es_at, ys, kss, rss, sharing, common, shared,
COLLECT {
UNWIND range(0, size(es) - 1) AS own
WITH own, [i IN range(0, size(ys) - 1) WHERE sharing[i] = [own] | i] AS mine
WITH own, mine,
COLLECT {
UNWIND mine AS i
WITH ys[i] AS n2, kss[i] AS k, rss[i] AS rk, size(sharing[i]) AS by ORDER BY by DESC, n2.order_key LIMIT $p2
WITH n2, k, rk,
COLLECT {
UNWIND range(0, size(rk) - 1) AS j
WITH k[j] AS of, rk[j] AS r3
RETURN [of, [[r3.id, CASE WHEN (r3:PART_OF OR r3:PART_OF_UNASSERTED OR r3:PART_OF_PAST) THEN [r3.share] END, r3.since, r3.until, r3.confidence]]] } AS x4
RETURN [[[n2.id, n2.name]], x4] } AS alone
RETURN [size(mine), alone] } AS only
WITH *,
COLLECT {
UNWIND es AS n5
WITH n5
RETURN [n5.id, n5.name, n5.name_key, CASE WHEN n5:Country THEN [n5.iso2, n5.iso3, n5.m49, n5.population] WHEN n5:Region THEN [n5.isoCode, n5.population] WHEN n5:City THEN [n5.population] WHEN n5:Zone THEN [n5.type, n5.level, n5.establishedOn, n5.areaKm2] WHEN n5:Company THEN [n5.lei, n5.foundedOn] WHEN n5:Institution THEN [n5.type] WHEN n5:Agreement THEN [n5.type, n5.form, n5.signedOn, n5.inForceOn, n5.endedOn, n5.ending, n5.survivesUntil] WHEN n5:Event THEN [n5.type, n5.startsOn, n5.endsOn, n5.attendance] WHEN n5:Project THEN [n5.type, n5.stage, n5.startedOn, n5.openedOn] WHEN n5:Sector THEN [n5.scheme, n5.code] END, n5.names, n5.description, n5.identifiers, n5.location, n5.evidence] } AS entities
RETURN entities, size(common) AS common, shared, only, es_at

