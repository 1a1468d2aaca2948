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
MATCH (n1)<-[r3:PART_OF]-(n2)
WITH DISTINCT n2
WITH n2 ORDER BY n2.startsOn_from, n2.startsOn_to, n2.id LIMIT $p3
WITH n2,
COLLECT {
MATCH (n2)-[r5:LOCATED_IN]->(n4)
WITH n4, r5 ORDER BY CASE WHEN coalesce(r5.since_from, -2147483648) <= $day AND coalesce(r5.until_to, 2147483647) >= $day THEN 0 ELSE 1 END, -r5.confidence, -coalesce(r5.since_from, -2147483649), -coalesce(r5.since_to, -2147483649), r5.id LIMIT 1
WITH n4, r5 ORDER BY n4.id, r5.id LIMIT $p2
RETURN [[n4.id, n4.name]] } AS x6
RETURN [[n2.id, n2.name, n2.attendance], x6] } AS x7, [COUNT {
MATCH (n1)<-[r9:TOOK_PART_IN]-(n8) },
COLLECT {
MATCH (n1)<-[r9:TOOK_PART_IN]-(n8)
WITH n8, r9 ORDER BY n8.order_key, r9.id LIMIT $p4
RETURN [[[n8.id, n8.name]], [[r9.id, r9.role]]] }] AS x10,
COLLECT {
MATCH (n1)-[r12:CONCERNS]->(n11)
WITH n11, r12 ORDER BY n11.order_key, r12.id LIMIT $p5
RETURN [[n11.id, n11.name]] } AS x13,
COLLECT {
MATCH (n1)-[r15:RESULTED_IN]->(n14)
WITH n14, r15 ORDER BY n14.order_key, r15.id LIMIT $p6
RETURN [[n14.id, n14.name]] } AS x16
RETURN [n1_id, [[n1.id, n1.name, n1.type, n1.startsOn, n1.endsOn], x7, x10, x13, x16]] } AS answer0

