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
MATCH (n1)-[r3:TOOK_PART_IN]->(n2) WHERE coalesce(n2.startsOn_to >= $p1, false)
WITH n2, r3 ORDER BY n2.startsOn_from, n2.startsOn_to, n2.id, r3.id LIMIT $p3
WITH n2, r3,
COLLECT {
MATCH (n2)<-[r5:TOOK_PART_IN]-(n4)
WITH n4, r5 ORDER BY n4.order_key, r5.id LIMIT $p2
RETURN [[[n4.id, n4.name]], [[r5.id, r5.role]]] } AS x6
RETURN [[[n2.id, n2.name, n2.startsOn], x6], [[r3.id, r3.role]]] } AS x7
RETURN [n1_id, [[n1.id, n1.name], x7]] } AS answer0

