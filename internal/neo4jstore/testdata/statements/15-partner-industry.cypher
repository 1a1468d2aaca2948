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
MATCH (n1)-[r3:PARTNERS_WITH]-(n2:City)
WITH collect(n2) AS all_n2, collect(r3) AS all_r3
WITH all_n2, all_r3, size(all_n2) AS x31,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i30
WITH all_n2[i30] AS n2, all_r3[i30] AS r3
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p4 + 1
WITH collect(n2) AS the_n2, collect(r3) AS the_r3
UNWIND range(0, CASE WHEN size(the_n2) > $p4 THEN $p4 ELSE size(the_n2) END - 1) AS i29
WITH size(the_n2) AS t28, the_n2[i29] AS n2, the_r3[i29] AS r3
WITH t28, n2, r3, [null,
COLLECT {
MATCH (n2)-[x5:CITY_IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name, n4.name_key, [n4.iso2, n4.iso3, n4.m49, n4.population]]] }] AS x6, [COUNT {
MATCH p8 = (n2)<-[rs9:LOCATED_IN*0..]-(n12) WHERE all(x13 IN nodes(p8) WHERE (x13:Country OR x13:Region OR x13:City OR x13:Zone))
WITH DISTINCT n2, n12
MATCH (n12)<-[r11:LOCATED_IN]-(n7:Company)
WITH DISTINCT n2, n7 WHERE n7 <> n2 AND n7:Company
RETURN n7 }, null] AS x14,
COLLECT {
MATCH p18 = (n2)<-[rs19:LOCATED_IN*0..]-(n22) WHERE all(x23 IN nodes(p18) WHERE (x23:Country OR x23:Region OR x23:City OR x23:Zone))
WITH DISTINCT n2, n22
MATCH (n22)<-[r21:LOCATED_IN]-(n15:Company)
WITH DISTINCT n2, n15 WHERE n15 <> n2 AND n15:Company AND EXISTS {
MATCH (n15)-[r17:ACTIVE_IN]->(n16) WHERE n16.name_key CONTAINS $p2
RETURN n16 }
WITH collect(n15) AS all_n15
WITH all_n15, size(all_n15) AS x25,
COLLECT {
UNWIND all_n15 AS n15
WITH n15
WITH n15 ORDER BY n15.name_key, n15.id LIMIT $p3
RETURN [[n15.id, n15.name, n15.name_key, [n15.lei, n15.foundedOn]]] } AS x26
RETURN [x25, x26] } AS x27
RETURN [t28, [[[n2.id, n2.name, n2.name_key, [n2.population]], x6, x14, x27], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.type, r3.basis, r3.assertedBy], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt]]]] } AS x32
RETURN [x31, x32] } AS x33
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.population]], x33]] } AS answer0

