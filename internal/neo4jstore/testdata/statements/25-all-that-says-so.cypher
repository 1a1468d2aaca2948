RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1, [null,
COLLECT {
MATCH (n1)-[r3:PARTNERS_WITH]-(n2) WHERE (n2.id IN $p1 OR EXISTS {
MATCH (a4:Alias)-[:ALIAS_OF]->(n2) WHERE a4.id IN $p1 })
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p3 + 1
WITH collect(n2) AS the_n2, collect(r3) AS the_r3
UNWIND range(0, CASE WHEN size(the_n2) > $p3 THEN $p3 ELSE size(the_n2) END - 1) AS i8
WITH size(the_n2) AS t7, the_n2[i8] AS n2, the_r3[i8] AS r3
WITH t7, n2, r3, [r3.evidence, [COLLECT {
UNWIND coalesce(r3.ev_source[..$p2], []) AS s5_id
WITH DISTINCT s5_id
MATCH (s5:Source {id: s5_id})
RETURN [[s5.id, s5.title, s5.title_key, s5.publisher, s5.language, s5.class, s5.publishedOn, s5.reliability, s5.recordedAt, s5.url, s5.licence, s5.sha256, s5.basedOn]] }]] AS x6
RETURN [t7, [[[n2.id, n2.name, n2.name_key, CASE WHEN n2:Country THEN [n2.iso2, n2.iso3, n2.m49, n2.population] WHEN n2:Region THEN [n2.isoCode, n2.population] WHEN n2:City THEN [n2.population] WHEN n2:Zone THEN [n2.type, n2.level, n2.establishedOn, n2.areaKm2] WHEN n2:Company THEN [n2.lei, n2.foundedOn] WHEN n2:Institution THEN [n2.type] END]], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.type, r3.basis, r3.assertedBy], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt], x6]]] }] AS x9
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.population]], x9]] } AS answer0

