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
UNWIND range(0, CASE WHEN size(the_n2) > $p4 THEN $p4 ELSE size(the_n2) END - 1) AS i21
WITH size(the_n2) AS t20, the_n2[i21] AS n2, the_r3[i21] AS r3
WITH t20, n2, r3, CASE WHEN n2:City THEN [null,
COLLECT {
MATCH (n2)-[x5:CITY_IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name, n4.name_key, [n4.iso2, n4.iso3, n4.m49, n4.population]]] }] END AS x6, CASE WHEN n2:City THEN [null,
COLLECT {
MATCH p8 = (n2)<-[rs9:LOCATED_IN*0..]-(n12) WHERE all(x13 IN nodes(p8) WHERE (x13:Country OR x13:Region OR x13:City OR x13:Zone))
WITH DISTINCT n2, n12
MATCH (n12)<-[r11:LOCATED_IN]-(n7:Company)
WITH DISTINCT n2, n7 WHERE n7 <> n2 AND n7:Company
WITH n7 ORDER BY n7.name_key, n7.id LIMIT $p3 + 1
WITH collect(n7) AS the_n7
UNWIND range(0, CASE WHEN size(the_n7) > $p3 THEN $p3 ELSE size(the_n7) END - 1) AS i18
WITH size(the_n7) AS t17, the_n7[i18] AS n7
WITH t17, n7, [null,
COLLECT {
MATCH (n7)-[r15:ACTIVE_IN]->(n14)
WITH DISTINCT n14
WITH n14 ORDER BY n14.name_key, n14.id LIMIT $p2
RETURN [[n14.id, n14.name, n14.name_key, [n14.scheme, n14.code]]] }] AS x16
RETURN [t17, [[n7.id, n7.name, n7.name_key, [n7.lei, n7.foundedOn]], x16]] }] END AS x19
RETURN [t20, [[[n2.id, n2.name, n2.name_key, CASE WHEN n2:Country THEN [n2.iso2, n2.iso3, n2.m49, n2.population] WHEN n2:Region THEN [n2.isoCode, n2.population] WHEN n2:City THEN [n2.population] WHEN n2:Zone THEN [n2.type, n2.level, n2.establishedOn, n2.areaKm2] WHEN n2:Company THEN [n2.lei, n2.foundedOn] WHEN n2:Institution THEN [n2.type] END], x6, x19], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.type, r3.basis, r3.assertedBy], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt]]]] }] AS x22
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.population]], x22]] } AS answer0

