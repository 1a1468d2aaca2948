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
MATCH (n1)-[r3:TOOK_PART_IN]->(n2) WHERE EXISTS {
MATCH (n2)-[r5:RESULTED_IN]->(n4)
RETURN n4 }
WITH collect(n2) AS all_n2, collect(r3) AS all_r3
WITH all_n2, all_r3, size(all_n2) AS x11,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i10
WITH all_n2[i10] AS n2, all_r3[i10] AS r3
WITH n2, r3 ORDER BY n2.startsOn_from IS NULL, n2.startsOn_from DESC, n2.startsOn_to DESC, n2.id, r3.id LIMIT $p2
WITH n2, r3,
COLLECT {
MATCH (n2)-[r7:RESULTED_IN]->(n6)
WITH n6, r7 ORDER BY n6.order_key, r7.id LIMIT $p1
WITH n6, r7, [r7.evidence, null] AS x8
RETURN [[[n6.id, n6.name, CASE WHEN n6:Agreement THEN [n6.type] WHEN n6:Project THEN [n6.type] END]], [[r7.id], x8]] } AS x9
RETURN [[[n2.id, n2.name, n2.startsOn], x9], [[r3.id, r3.role]]] } AS x12
RETURN [x11, x12] } AS x13
RETURN [n1_id, [[n1.id, n1.name], x13]] } AS answer0

