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
MATCH p8 = (n2)<-[rs9:LOCATED_IN*0..]-(n12) WHERE all(x13 IN nodes(p8) WHERE (x13:Country OR x13:Region OR x13:City OR x13:Zone))
WITH DISTINCT n2, n12
MATCH (n12)<-[r11:LOCATED_IN]-(n7:Company)
WITH DISTINCT n2, n7 WHERE n7 <> n2 AND n7:Company
WITH n7 ORDER BY n7.name_key, n7.id LIMIT $p3
WITH n7,
COLLECT {
MATCH (n7)-[r15:ACTIVE_IN]->(n14)
WITH DISTINCT n14
WITH n14 ORDER BY n14.name_key, n14.id LIMIT $p2
RETURN [[n14.id, n14.name]] } AS x16
RETURN [[n7.id, n7.name], x16] } END AS x17
RETURN [[[n2.id, n2.name], x6, x17], [[r3.id, r3.type, r3.since]]] } AS x18
RETURN [n1_id, [[n1.id, n1.name], x18]] } AS answer0

