RETURN
COLLECT {
CALL () {
MATCH (n:Entity) USING INDEX n:Entity(folded) WHERE n.folded CONTAINS $p0 AND true
RETURN n UNION
MATCH (n:LongText) WHERE n.folded_long CONTAINS $p0 AND true
RETURN n }
WITH n ORDER BY n.id LIMIT $p1
RETURN n.id } AS ids

RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.lei, n1.foundedOn], n1.names, n1.description]]] } AS answer0

