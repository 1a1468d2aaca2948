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
MATCH (n1)-[r3:PARTNERS_WITH]-(n2) WHERE (n2.id IN $p1 OR EXISTS {
MATCH (a4:Alias)-[:ALIAS_OF]->(n2) WHERE a4.id IN $p1 })
WITH n2, r3 ORDER BY n2.order_key, r3.id LIMIT $p3
WITH n2, r3, [r3.evidence, [COLLECT {
UNWIND coalesce(r3.ev_source[..$p2], []) AS s5_id
WITH DISTINCT s5_id
MATCH (s5:Source {id: s5_id})
RETURN [[s5.id, s5.publishedOn, s5.title, s5.class, s5.reliability, s5.basedOn]] }]] AS x6
RETURN [[[n2.id, n2.name]], [[r3.id, r3.type, r3.since, r3.until, r3.confidence, r3.recordedAt], x6]] } AS x7
RETURN [n1_id, [[n1.id, n1.name], x7]] } AS answer0

