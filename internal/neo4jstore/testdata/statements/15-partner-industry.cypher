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
WITH all_n2, all_r3, size(all_n2) AS x23,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i22
WITH all_n2[i22] AS n2, all_r3[i22] AS r3
WITH n2, r3 ORDER BY n2.order_key, r3.id LIMIT $p4
WITH n2, r3,
COLLECT {
MATCH (n2)-[x5:CITY_IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name]] } AS x6, COUNT {
MATCH (n2)<-[:PLACE_IN_PLACE*0..]-(n9)
WITH DISTINCT n2, n9
MATCH (n9)<-[r8:LOCATED_IN]-(n7:Company)
WITH DISTINCT n7
RETURN n7 } AS x11,
COLLECT {
MATCH (n2)<-[:PLACE_IN_PLACE*0..]-(n16)
WITH DISTINCT n2, n16
MATCH (n16)<-[r15:LOCATED_IN]-(n12:Company)
WITH DISTINCT n12 WHERE EXISTS {
MATCH (n12)-[r14:ACTIVE_IN]->(n13) WHERE n13.name_key CONTAINS $p2
RETURN n13 }
WITH collect(n12) AS all_n12
WITH all_n12, size(all_n12) AS x19,
COLLECT {
UNWIND all_n12 AS n12
WITH n12
WITH n12 ORDER BY n12.order_key LIMIT $p3
RETURN [[n12.id, n12.name]] } AS x20
RETURN [x19, x20] } AS x21
RETURN [[[n2.id, n2.name], x6, x11, x21], [[r3.id, r3.type, r3.since]]] } AS x24
RETURN [x23, x24] } AS x25
RETURN [n1_id, [[n1.id, n1.name], x25]] } AS answer0

