RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1, [COUNT {
MATCH (n1)-[r3:PARTNERS_WITH]-(n2) },
COLLECT {
MATCH (n1)-[r3:PARTNERS_WITH]-(n2)
WITH n2, r3 ORDER BY n2.order_key, r3.id LIMIT $p1
WITH n2, r3, [COUNT { (n2)-[:LOCATED_IN]->() }, COUNT { (n2)<-[:LOCATED_IN]-() }, COUNT { (n2)-[:PART_OF]->() }, COUNT { (n2)<-[:PART_OF]-() }, COUNT { (n2)-[:PARTNERS_WITH]-() }, COUNT { (n2)-[:PARTY_TO]->() }, COUNT { (n2)-[:TOOK_PART_IN]->() }, COUNT { (n2)<-[:CONCERNS]-() }, COUNT { (n2)-[:ACTIVE_IN]->() }, COUNT { (n2)-[:INVESTS_IN]->() }, COUNT { (n2)<-[:INVESTS_IN]-() }, COUNT { (n2)-[:REPRESENTS]->() }, COUNT { (n2)<-[:REPRESENTS]-() }] AS x17
RETURN [[n2.id, n2.name], x17] }] AS x18, [COUNT { (n1)-[:LOCATED_IN]->() }, COUNT { (n1)<-[:LOCATED_IN]-() }, COUNT { (n1)-[:PARTNERS_WITH]-() }, COUNT { (n1)-[:PARTY_TO]->() }, COUNT { (n1)-[:TOOK_PART_IN]->() }, COUNT { (n1)<-[:CONCERNS]-() }, COUNT { (n1)-[:ACTIVE_IN]->() }, COUNT { (n1)<-[:INVESTS_IN]-() }] AS x27
RETURN [n1_id, [[n1.id, n1.name], x18, x27]] } AS answer0

