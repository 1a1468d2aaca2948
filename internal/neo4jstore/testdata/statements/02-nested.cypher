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
MATCH (n1)-[r3:PARTNERS_WITH]-(n2)
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p4
WITH n2, r3, CASE WHEN n2:City THEN
COLLECT {
MATCH (n2)-[x5:CITY_IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name]] } END AS x6, CASE WHEN n2:City THEN
COLLECT {
CALL (n2) {
MATCH (n2)<-[r14:LOCATED_IN]-(n7:Company)
RETURN n7
UNION ALL
MATCH (n2)<-[r15:LOCATED_IN]-(n11) WHERE (n11:Country OR n11:Region OR n11:City OR n11:Zone)
WITH DISTINCT n11
MATCH p8 = (n11)<-[rs9:LOCATED_IN*0..]-(n12) WHERE all(x13 IN nodes(p8) WHERE (x13:Country OR x13:Region OR x13:City OR x13:Zone))
WITH DISTINCT n12
MATCH (n12)<-[r16:LOCATED_IN]-(n7:Company)
RETURN n7 }
WITH DISTINCT n2, n7 WHERE n7 <> n2 AND n7:Company
WITH n7 ORDER BY n7.name_key, n7.id LIMIT $p3
WITH n7,
COLLECT {
MATCH (n7)-[r18:ACTIVE_IN]->(n17)
WITH DISTINCT n17
WITH n17 ORDER BY n17.name_key, n17.id LIMIT $p2
RETURN [[n17.id, n17.name]] } AS x19
RETURN [[n7.id, n7.name], x19] } END AS x20
RETURN [[[n2.id, n2.name], x6, x20], [[r3.id, r3.type, r3.since]]] } AS x21
RETURN [n1_id, [[n1.id, n1.name], x21]] } AS answer0

