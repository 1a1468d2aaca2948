RETURN [COUNT {
MATCH (n1:City) WHERE NOT EXISTS {
MATCH (n1)-[r3:PARTY_TO]->(n2)
RETURN n2 } AND EXISTS {
MATCH (n1)-[r5:PARTNERS_WITH]-(n4) WHERE coalesce(r5.type IN $p0, false)
RETURN n4 }
RETURN n1 },
COLLECT {
MATCH (n1:City) USING INDEX n1:City(name_key) WHERE n1.name_key >= $p1 AND NOT EXISTS {
MATCH (n1)-[r7:PARTY_TO]->(n6)
RETURN n6 } AND EXISTS {
MATCH (n1)-[r9:PARTNERS_WITH]-(n8) WHERE coalesce(r9.type IN $p2, false)
RETURN n8 }
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p6 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p6 THEN $p6 ELSE size(the_n1) END - 1) AS i17
WITH size(the_n1) AS t16, the_n1[i17] AS n1
WITH t16, n1, [null,
COLLECT {
MATCH (n1)-[x11:CITY_IN_COUNTRY]->(n10:Country) WHERE coalesce(x11.from_day, -2147483648) <= $day AND coalesce(x11.to_day, 2147483647) >= $day
RETURN [[n10.id, n10.name, n10.name_key, [n10.iso2, n10.iso3, n10.m49, n10.population]]] }] AS x12, [null,
COLLECT {
MATCH (n1)-[r14:PARTNERS_WITH]-(n13) WHERE coalesce(r14.type IN $p4, false)
WITH n13, r14 ORDER BY n13.name_key, n13.id, r14.id LIMIT $p5
RETURN [[[n13.id, n13.name, n13.name_key, CASE WHEN n13:Country THEN [n13.iso2, n13.iso3, n13.m49, n13.population] WHEN n13:Region THEN [n13.isoCode, n13.population] WHEN n13:City THEN [n13.population] WHEN n13:Zone THEN [n13.type, n13.level, n13.establishedOn, n13.areaKm2] WHEN n13:Company THEN [n13.lei, n13.foundedOn] WHEN n13:Institution THEN [n13.type] END]], [[r14.id, startNode(r14).id, endNode(r14).id, [r14.type, r14.basis, r14.assertedBy], r14.key, r14.since, r14.until, r14.state, r14.confidence, r14.recordedAt]]] }] AS x15
RETURN [t16, [[n1.id, n1.name, n1.name_key, [n1.population]], x12, x15]] }] AS answer

