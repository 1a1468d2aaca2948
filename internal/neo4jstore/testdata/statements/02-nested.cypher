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
WITH n2, r3 ORDER BY n2.order_key, r3.id LIMIT $p4
WITH n2, r3, CASE WHEN n2:City THEN
COLLECT {
MATCH (n2)-[x5:CITY_IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name]] } END AS x6, CASE WHEN n2:City THEN
COLLECT {
MATCH (n2)<-[:PLACE_IN_PLACE*0..]-(n9)
WITH DISTINCT n2, n9
MATCH (n9)<-[r8:LOCATED_IN]-(n7:Company)
WITH DISTINCT n7
WITH n7 ORDER BY n7.order_key LIMIT $p3
WITH n7,
COLLECT {
MATCH (n7)-[r12:ACTIVE_IN]->(n11)
WITH DISTINCT n11
WITH n11 ORDER BY n11.order_key LIMIT $p2
RETURN [[n11.id, n11.name]] } AS x13
RETURN [[n7.id, n7.name], x13] } END AS x14
RETURN [[[n2.id, n2.name], x6, x14], [[r3.id, r3.type, r3.since]]] } AS x15
RETURN [n1_id, [[n1.id, n1.name], x15]] } AS answer0

