RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1, [null,
COLLECT {
MATCH (n1)-[x3:CITY_IN_COUNTRY]->(n2:Country) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
RETURN [[n2.id, n2.name, n2.name_key, [n2.iso2, n2.iso3, n2.m49, n2.population]]] }] AS x4,
COLLECT {
MATCH (n1)<-[rs7:LOCATED_IN*1..]-(n5)
WITH DISTINCT n5 WHERE n5 <> n1 AND n5:Zone
WITH collect(n5) AS all_n5
WITH all_n5, size(all_n5) AS x9,
COLLECT {
UNWIND all_n5 AS n5
WITH n5
WITH n5 ORDER BY n5.name_key, n5.id LIMIT $p2
RETURN [[n5.id, n5.name, n5.name_key, [n5.type, n5.level, n5.establishedOn, n5.areaKm2]]] } AS x10
RETURN [x9, x10] } AS x11,
COLLECT {
MATCH (n1)-[r13:PARTNERS_WITH]-(n12) WHERE coalesce(r13.type IN $p3, false)
WITH collect(n12) AS all_n12, collect(r13) AS all_r13
WITH all_n12, all_r13, size(all_n12) AS x22,
COLLECT {
UNWIND range(0, size(all_n12) - 1) AS i21
WITH all_n12[i21] AS n12, all_r13[i21] AS r13
WITH n12, r13 ORDER BY n12.name_key, n12.id, r13.id LIMIT $p6 + 1
WITH collect(n12) AS the_n12, collect(r13) AS the_r13
UNWIND range(0, CASE WHEN size(the_n12) > $p6 THEN $p6 ELSE size(the_n12) END - 1) AS i20
WITH size(the_n12) AS t19, the_n12[i20] AS n12, the_r13[i20] AS r13
WITH t19, n12, r13, [null,
COLLECT {
MATCH (n12)-[x15s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n14:Country) WHERE all(x15 IN x15s WHERE coalesce(x15.from_day, -2147483648) <= $day AND coalesce(x15.to_day, 2147483647) >= $day)
WITH n14 ORDER BY n14.id LIMIT $p4
RETURN [[n14.id, n14.name, n14.name_key, [n14.iso2, n14.iso3, n14.m49, n14.population]]] }] AS x16, [r13.evidence, [COLLECT {
UNWIND coalesce(r13.ev_source[..$p5], []) AS s17_id
WITH DISTINCT s17_id
MATCH (s17:Source {id: s17_id})
RETURN [[s17.id, s17.title, s17.title_key, s17.publisher, s17.language, s17.class, s17.publishedOn, s17.reliability, s17.recordedAt, s17.url, s17.licence, s17.sha256, s17.basedOn]] }]] AS x18
RETURN [t19, [[[n12.id, n12.name, n12.name_key, CASE WHEN n12:Country THEN [n12.iso2, n12.iso3, n12.m49, n12.population] WHEN n12:Region THEN [n12.isoCode, n12.population] WHEN n12:City THEN [n12.population] WHEN n12:Zone THEN [n12.type, n12.level, n12.establishedOn, n12.areaKm2] WHEN n12:Company THEN [n12.lei, n12.foundedOn] WHEN n12:Institution THEN [n12.type] END], x16], [[r13.id, startNode(r13).id, endNode(r13).id, [r13.type, r13.basis, r13.assertedBy], r13.key, r13.since, r13.until, r13.state, r13.confidence, r13.recordedAt], x18]]] } AS x23
RETURN [x22, x23] } AS x24
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.population], n1.names], x4, x11, x24]] } AS answer0

