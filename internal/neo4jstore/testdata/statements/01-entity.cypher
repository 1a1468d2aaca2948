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
MATCH (n1)<-[:PLACE_IN_PLACE*1..]-(n5)
WITH DISTINCT n5 WHERE n5:Zone
WITH collect(n5) AS all_n5
WITH all_n5, size(all_n5) AS x7,
COLLECT {
UNWIND all_n5 AS n5
WITH n5
WITH n5 ORDER BY n5.order_key LIMIT $p2
RETURN [[n5.id, n5.name, n5.type]] } AS x8
RETURN [x7, x8] } AS x9,
COLLECT {
MATCH (n1)-[r11:PARTNERS_WITH]-(n10) WHERE coalesce(r11.type IN $p3, false)
WITH collect(n10) AS all_n10, collect(r11) AS all_r11
WITH all_n10, all_r11, size(all_n10) AS x18,
COLLECT {
UNWIND range(0, size(all_n10) - 1) AS i17
WITH all_n10[i17] AS n10, all_r11[i17] AS r11
WITH n10, r11 ORDER BY n10.order_key, r11.id LIMIT $p6
WITH n10, r11,
COLLECT {
MATCH (n10)-[x13s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n12:Country) WHERE all(x13 IN x13s WHERE coalesce(x13.from_day, -2147483648) <= $day AND coalesce(x13.to_day, 2147483647) >= $day)
WITH n12 ORDER BY n12.id LIMIT $p4
RETURN [[n12.id, n12.name]] } AS x14, [r11.evidence, [COLLECT {
UNWIND coalesce(r11.ev_source[..$p5], []) AS s15_id
WITH DISTINCT s15_id
MATCH (s15:Source {id: s15_id})
RETURN [[s15.id, s15.publishedOn, s15.title, s15.basedOn]] }]] AS x16
RETURN [[[n10.id, n10.name], x14], [[r11.id, r11.type, r11.since, r11.confidence], x16]] } AS x19
RETURN [x18, x19] } AS x20
RETURN [n1_id, [[n1.id, n1.name, n1.population, n1.names], x4, x9, x20]] } AS answer0

