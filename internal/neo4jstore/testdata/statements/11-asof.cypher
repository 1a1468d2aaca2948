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
MATCH (n1)-[r3:PARTNERS_WITH]-(n2) WHERE coalesce(r3.since_from, -2147483648) <= $day AND coalesce(r3.until_to, 2147483647) >= $day
WITH collect(n2) AS all_n2, collect(r3) AS all_r3
WITH all_n2, all_r3, size(all_n2) AS x5,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i4
WITH all_n2[i4] AS n2, all_r3[i4] AS r3
WITH n2, r3 ORDER BY n2.order_key, r3.id LIMIT $p2
RETURN [[n2.id, n2.name]] } AS x6
RETURN [x5, x6] } AS x7
RETURN [n1_id, [[n1.id], x7]] } AS answer0

