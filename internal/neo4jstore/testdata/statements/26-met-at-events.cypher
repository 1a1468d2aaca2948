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
MATCH (n1)-[r3:TOOK_PART_IN]->(n2) WHERE coalesce(n2.startsOn_to >= $p1, false)
WITH n2, r3 ORDER BY n2.startsOn_from, n2.startsOn_to, n2.id, r3.id LIMIT $p3 + 1
WITH collect(n2) AS the_n2, collect(r3) AS the_r3
UNWIND range(0, CASE WHEN size(the_n2) > $p3 THEN $p3 ELSE size(the_n2) END - 1) AS i8
WITH size(the_n2) AS t7, the_n2[i8] AS n2, the_r3[i8] AS r3
WITH t7, n2, r3, [null,
COLLECT {
MATCH (n2)<-[r5:TOOK_PART_IN]-(n4)
WITH n4, r5 ORDER BY n4.name_key, n4.id, r5.id LIMIT $p2
RETURN [[[n4.id, n4.name, n4.name_key, CASE WHEN n4:Country THEN [n4.iso2, n4.iso3, n4.m49, n4.population] WHEN n4:Region THEN [n4.isoCode, n4.population] WHEN n4:City THEN [n4.population] WHEN n4:Zone THEN [n4.type, n4.level, n4.establishedOn, n4.areaKm2] WHEN n4:Company THEN [n4.lei, n4.foundedOn] WHEN n4:Institution THEN [n4.type] END]], [[r5.id, startNode(r5).id, endNode(r5).id, [r5.role], r5.key, r5.since, r5.until, r5.state, r5.confidence, r5.recordedAt]]] }] AS x6
RETURN [t7, [[[n2.id, n2.name, n2.name_key, [n2.type, n2.startsOn, n2.endsOn, n2.attendance]], x6], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.role], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt]]]] }] AS x9
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.population]], x9]] } AS answer0

