RETURN
COLLECT {
CALL () {
UNWIND $p0 AS sought
CALL db.index.fulltext.queryNodes('entities_by_gram', sought.query) YIELD node, score WHERE score >= sought.least
RETURN node AS n, sum(score) AS held, sum(sought.words) AS words }
WITH n, held, words WHERE words = $p1 AND true
WITH n, held, COUNT { (n)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree ORDER BY held DESC, degree DESC, n.id LIMIT $p2
RETURN [n.id, degree] } AS found, [] AS quoted

RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, n1.lei, n1.foundedOn, n1.names, n1.description, n1.identifiers]]] } AS answer0

