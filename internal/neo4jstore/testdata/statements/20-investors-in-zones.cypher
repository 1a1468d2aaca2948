RETURN [null,
COLLECT {
MATCH (n2:Country) USING INDEX n2:Country(iso2) WHERE n2.iso2 IN $p0
MATCH (n2)<-[x3:ZONE_IN_COUNTRY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE EXISTS {
MATCH (n1)<-[r5:INVESTS_IN]-(n4)
RETURN n4 }
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p4 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p4 THEN $p4 ELSE size(the_n1) END - 1) AS i17
WITH size(the_n1) AS t16, the_n1[i17] AS n1
WITH t16, n1, [COUNT {
MATCH (n1)<-[r7:INVESTS_IN]-(n6) },
COLLECT {
MATCH (n1)<-[r7:INVESTS_IN]-(n6)
WITH n6, r7 ORDER BY n6.name_key, n6.id, r7.id LIMIT $p3 + 1
WITH collect(n6) AS the_n6, collect(r7) AS the_r7
UNWIND range(0, CASE WHEN size(the_n6) > $p3 THEN $p3 ELSE size(the_n6) END - 1) AS i14
WITH size(the_n6) AS t13, the_n6[i14] AS n6, the_r7[i14] AS r7
WITH t13, n6, r7, CASE WHEN n6:Company THEN [null,
COLLECT {
MATCH (n6)-[x9:COMPANY_IN_COUNTRY]->(n8:Country) WHERE coalesce(x9.from_day, -2147483648) <= $day AND coalesce(x9.to_day, 2147483647) >= $day
RETURN [[n8.id, n8.name, n8.name_key, [n8.iso2, n8.iso3, n8.m49, n8.population]]] }] END AS x10, [r7.evidence, [COLLECT {
UNWIND coalesce(r7.ev_source[..$p2], []) AS s11_id
WITH DISTINCT s11_id
MATCH (s11:Source {id: s11_id})
RETURN [[s11.id, s11.title, s11.title_key, s11.publisher, s11.language, s11.class, s11.publishedOn, s11.reliability, s11.recordedAt]] }]] AS x12
RETURN [t13, [[[n6.id, n6.name, n6.name_key, CASE WHEN n6:Company THEN [n6.lei, n6.foundedOn] WHEN n6:Institution THEN [n6.type] END], x10], [[r7.id, startNode(r7).id, endNode(r7).id, [r7.amount, r7.currency, r7.mode], r7.key, r7.since, r7.until, r7.state, r7.confidence, r7.recordedAt], x12]]] }] AS x15
RETURN [t16, [[n1.id, n1.name, n1.name_key, [n1.type, n1.level, n1.establishedOn, n1.areaKm2]], x15]] }] AS answer

