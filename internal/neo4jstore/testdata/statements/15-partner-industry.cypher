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
WITH all_n2, all_r3, size(all_n2) AS x29,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i28
WITH all_n2[i28] AS n2, all_r3[i28] AS r3
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p4
WITH n2, r3,
COLLECT {
MATCH (n2)-[x5:CITY_IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name]] } AS x6, COUNT {
MATCH p8 = (n2)<-[rs9:LOCATED_IN*0..]-(n12) WHERE all(x13 IN nodes(p8) WHERE (x13:Country OR x13:Region OR x13:City OR x13:Zone))
WITH DISTINCT n2, n12
MATCH (n12)<-[r11:LOCATED_IN]-(n7:Company)
WITH DISTINCT n2, n7 WHERE n7 <> n2 AND n7:Company
RETURN n7 } AS x14,
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
RETURN [[n15.id, n15.name]] } AS x26
RETURN [x25, x26] } AS x27
RETURN [[[n2.id, n2.name], x6, x14, x27], [[r3.id, r3.type, r3.since]]] } AS x30
RETURN [x29, x30] } AS x31
RETURN [n1_id, [[n1.id, n1.name], x31]] } AS answer0

