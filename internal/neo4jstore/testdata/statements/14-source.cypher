RETURN
COLLECT {
MATCH (s1:Source)
WITH s1 ORDER BY s1.publishedOn_from IS NULL, s1.publishedOn_from DESC, s1.publishedOn_to DESC, s1.id LIMIT $p2
WITH s1,
COLLECT {
CALL db.index.fulltext.queryRelationships('facts_by_source', '"' + s1.id + '"') YIELD relationship AS r2
WITH DISTINCT r2 WHERE type(r2) IN $p0
WITH collect(r2) AS all_r2
WITH all_r2, size(all_r2) AS x9,
COLLECT {
UNWIND all_r2 AS r2
WITH r2
WITH r2 ORDER BY r2.since_from IS NULL, r2.since_from DESC, r2.since_to DESC, r2.id LIMIT $p1
WITH r2,
COLLECT {
MATCH (n3)-[r2]->()
RETURN [[n3.id, n3.name]] } AS x4,
COLLECT {
MATCH (n5)<-[r2]-()
RETURN [[n5.id, n5.name]] } AS x6, [r2.evidence, null] AS x7
RETURN [[r2.id], x4, x6, x7] } AS x10
RETURN [x9, x10] } AS x11
RETURN [[s1.id, s1.publishedOn, s1.title, s1.publisher], x11] } AS answer

