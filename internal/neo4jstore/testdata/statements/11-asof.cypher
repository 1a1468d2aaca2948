RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1,
COLLECT {
MATCH (n1)-[r3:PARTNERS_WITH]-(n2) WHERE coalesce(r3.since_from, -2147483648) <= $day AND coalesce(r3.until_to, 2147483647) >= $day
WITH collect(n2) AS all_n2, collect(r3) AS all_r3
WITH all_n2, all_r3, size(all_n2) AS x5,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i4
WITH all_n2[i4] AS n2, all_r3[i4] AS r3
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p2
RETURN [[[n2.id, n2.name, n2.name_key, CASE WHEN n2:Country THEN [n2.iso2, n2.iso3, n2.m49, n2.population] WHEN n2:Region THEN [n2.isoCode, n2.population] WHEN n2:City THEN [n2.population] WHEN n2:Zone THEN [n2.type, n2.level, n2.establishedOn, n2.areaKm2] WHEN n2:Company THEN [n2.lei, n2.foundedOn] WHEN n2:Institution THEN [n2.type] END]], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.type, r3.basis, r3.assertedBy], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt]]] } AS x6
RETURN [x5, x6] } AS x7
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.population]], x7]] } AS answer0

