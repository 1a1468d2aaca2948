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
MATCH (n1)-[r3:PARTNERS_WITH]-(n2)
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p4 + 1
WITH collect(n2) AS the_n2, collect(r3) AS the_r3
UNWIND range(0, CASE WHEN size(the_n2) > $p4 THEN $p4 ELSE size(the_n2) END - 1) AS i17
WITH size(the_n2) AS t16, the_n2[i17] AS n2, the_r3[i17] AS r3
WITH t16, n2, r3, CASE WHEN n2:City THEN [null,
COLLECT {
MATCH (n2)-[x5:IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name, n4.name_key, [n4.iso2, n4.iso3, n4.m49, n4.population]]] }] END AS x6, CASE WHEN n2:City THEN [null,
COLLECT {
MATCH (n2)<-[rs9:LOCATED_IN*1..]-(n7)
WITH DISTINCT n7 WHERE n7 <> n2 AND n7:Company
WITH n7 ORDER BY n7.name_key, n7.id LIMIT $p3 + 1
WITH collect(n7) AS the_n7
UNWIND range(0, CASE WHEN size(the_n7) > $p3 THEN $p3 ELSE size(the_n7) END - 1) AS i14
WITH size(the_n7) AS t13, the_n7[i14] AS n7
WITH t13, n7, [null,
COLLECT {
MATCH (n7)-[r11:ACTIVE_IN]->(n10)
WITH DISTINCT n10
WITH n10 ORDER BY n10.name_key, n10.id LIMIT $p2
RETURN [[n10.id, n10.name, n10.name_key, [n10.scheme, n10.code]]] }] AS x12
RETURN [t13, [[n7.id, n7.name, n7.name_key, [n7.lei, n7.foundedOn]], x12]] }] END AS x15
RETURN [t16, [[[n2.id, n2.name, n2.name_key, CASE WHEN n2:Country THEN [n2.iso2, n2.iso3, n2.m49, n2.population] WHEN n2:Region THEN [n2.isoCode, n2.population] WHEN n2:City THEN [n2.population] WHEN n2:Zone THEN [n2.type, n2.level, n2.establishedOn, n2.areaKm2] WHEN n2:Company THEN [n2.lei, n2.foundedOn] WHEN n2:Institution THEN [n2.type] END], x6, x15], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.type, r3.basis, r3.assertedBy], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt]]]] }] AS x18
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.population]], x18]] } AS answer0

