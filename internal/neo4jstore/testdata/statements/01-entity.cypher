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
MATCH (n1)-[x3:CITY_IN_COUNTRY]->(n2:Country) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
RETURN [[n2.id, n2.name, n2.iso2]] } AS x4,
COLLECT {
MATCH (n1)<-[rs7:LOCATED_IN*1..]-(n5)
WITH DISTINCT n5 WHERE n5 <> n1 AND n5:Zone
WITH collect(n5) AS all_n5
WITH all_n5, size(all_n5) AS x9,
COLLECT {
UNWIND all_n5 AS n5
WITH n5
WITH n5 ORDER BY n5.name_key, n5.id LIMIT $p2
RETURN [[n5.id, n5.name, n5.type]] } AS x10
RETURN [x9, x10] } AS x11,
COLLECT {
MATCH (n1)-[r13:PARTNERS_WITH]-(n12) WHERE coalesce(r13.type IN $p3, false)
WITH collect(n12) AS all_n12, collect(r13) AS all_r13
WITH all_n12, all_r13, size(all_n12) AS x20,
COLLECT {
UNWIND range(0, size(all_n12) - 1) AS i19
WITH all_n12[i19] AS n12, all_r13[i19] AS r13
WITH n12, r13 ORDER BY n12.name_key, n12.id, r13.id LIMIT $p6
WITH n12, r13,
COLLECT {
MATCH (n12)-[x15s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n14:Country) WHERE all(x15 IN x15s WHERE coalesce(x15.from_day, -2147483648) <= $day AND coalesce(x15.to_day, 2147483647) >= $day)
WITH n14 ORDER BY n14.id LIMIT $p4
RETURN [[n14.id, n14.name]] } AS x16, [r13.evidence, [COLLECT {
UNWIND coalesce(r13.ev_source[..$p5], []) AS s17_id
WITH DISTINCT s17_id
MATCH (s17:Source {id: s17_id})
RETURN [[s17.id, s17.publishedOn, s17.title, s17.basedOn]] }]] AS x18
RETURN [[[n12.id, n12.name], x16], [[r13.id, r13.type, r13.since, r13.confidence], x18]] } AS x21
RETURN [x20, x21] } AS x22
RETURN [n1_id, [[n1.id, n1.name, n1.population, n1.names], x4, x11, x22]] } AS answer0

