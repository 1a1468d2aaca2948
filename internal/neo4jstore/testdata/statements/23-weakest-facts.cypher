RETURN
COLLECT {
CALL () {
MATCH (e:Entity) USING INDEX SEEK e:Entity(id) WHERE e.id IN $p1
RETURN e UNION
MATCH (a:Alias) USING INDEX SEEK a:Alias(id) WHERE a.id IN $p1
MATCH (a)-[:ALIAS_OF]->(e)
RETURN e }
WITH e AS n2
MATCH (n2)-[r3:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-() WHERE (coalesce(r3.confidence IS NOT NULL AND r3.confidence <= $p0, false))
WITH DISTINCT r3
WITH collect(r3) AS all_r3
WITH all_r3, size(all_r3) AS x11,
COLLECT {
UNWIND all_r3 AS r3
WITH r3
WITH r3 ORDER BY r3.confidence, r3.id LIMIT $p3
WITH r3,
COLLECT {
MATCH (n4)-[r3]->()
RETURN [[n4.id, n4.name]] } AS x5,
COLLECT {
MATCH (n6)<-[r3]-()
RETURN [[n6.id, n6.name]] } AS x7, [r3.evidence, [COLLECT {
UNWIND coalesce(r3.ev_source[..$p2], []) AS s8_id
WITH DISTINCT s8_id
MATCH (s8:Source {id: s8_id})
RETURN [[s8.id, s8.title, s8.class, s8.reliability]] }]] AS x9
RETURN [[r3.id, r3.confidence], x5, x7, x9] } AS x12,
COLLECT {
CALL (all_r3) {
UNWIND all_r3 AS r3
WITH r3
WITH coalesce(toUpper(split(r3.id, ':')[0]), '') AS k14, coalesce(toUpper(split(r3.id, ':')[0]), '') AS k15
WITH k14, min(k15) AS k15, count(*) AS n ORDER BY n DESC, k14 LIMIT $p4
RETURN [k14, k15, n] AS k16 }
RETURN k16 } AS x13
RETURN [x11, x12, x13] } AS answer

