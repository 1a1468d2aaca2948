RETURN [null,
COLLECT {
MATCH (n3:Country) USING INDEX n3:Country(iso2) WHERE n3.iso2 IN $p0
MATCH (n3)<-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]-(n2) WHERE (n2:Country OR n2:Region OR n2:City OR n2:Zone OR n2:Company OR n2:Institution) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
WITH DISTINCT n2
MATCH (n1:City)-[r5:PARTNERS_WITH]-(n2)
WITH DISTINCT n1 WHERE (EXISTS {
MATCH (n1)-[r7:PARTNERS_WITH]-(n6) WHERE EXISTS {
MATCH (n6)-[x9s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n8:Country) WHERE coalesce(n8.iso2 IN $p2, false) AND all(x9 IN x9s WHERE coalesce(x9.from_day, -2147483648) <= $day AND coalesce(x9.to_day, 2147483647) >= $day)
RETURN n8 }
RETURN n6 })
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p7 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p7 THEN $p7 ELSE size(the_n1) END - 1) AS i26
WITH size(the_n1) AS t25, the_n1[i26] AS n1
WITH t25, n1, [null,
COLLECT {
MATCH (n1)-[x11:CITY_IN_COUNTRY]->(n10:Country) WHERE coalesce(x11.from_day, -2147483648) <= $day AND coalesce(x11.to_day, 2147483647) >= $day
RETURN [[n10.id, n10.name, n10.name_key, [n10.iso2, n10.iso3, n10.m49, n10.population]]] }] AS x12, [null,
COLLECT {
MATCH (n1)-[r14:PARTNERS_WITH]-(n13) WHERE ((EXISTS {
MATCH (n13)-[x16s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n15:Country) WHERE coalesce(n15.iso2 IN $p3, false) AND all(x16 IN x16s WHERE coalesce(x16.from_day, -2147483648) <= $day AND coalesce(x16.to_day, 2147483647) >= $day)
RETURN n15 }) OR (EXISTS {
MATCH (n13)-[x18s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n17:Country) WHERE coalesce(n17.iso2 IN $p4, false) AND all(x18 IN x18s WHERE coalesce(x18.from_day, -2147483648) <= $day AND coalesce(x18.to_day, 2147483647) >= $day)
RETURN n17 }))
WITH n13, r14 ORDER BY n13.name_key, n13.id, r14.id LIMIT $p6 + 1
WITH collect(n13) AS the_n13, collect(r14) AS the_r14
UNWIND range(0, CASE WHEN size(the_n13) > $p6 THEN $p6 ELSE size(the_n13) END - 1) AS i23
WITH size(the_n13) AS t22, the_n13[i23] AS n13, the_r14[i23] AS r14
WITH t22, n13, r14, [null,
COLLECT {
MATCH (n13)-[x20s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n19:Country) WHERE all(x20 IN x20s WHERE coalesce(x20.from_day, -2147483648) <= $day AND coalesce(x20.to_day, 2147483647) >= $day)
WITH n19 ORDER BY n19.id LIMIT $p5
RETURN [[n19.id, n19.name, n19.name_key, [n19.iso2, n19.iso3, n19.m49, n19.population]]] }] AS x21
RETURN [t22, [[[n13.id, n13.name, n13.name_key, CASE WHEN n13:Country THEN [n13.iso2, n13.iso3, n13.m49, n13.population] WHEN n13:Region THEN [n13.isoCode, n13.population] WHEN n13:City THEN [n13.population] WHEN n13:Zone THEN [n13.type, n13.level, n13.establishedOn, n13.areaKm2] WHEN n13:Company THEN [n13.lei, n13.foundedOn] WHEN n13:Institution THEN [n13.type] END], x21], [[r14.id, startNode(r14).id, endNode(r14).id, [r14.type, r14.basis, r14.assertedBy], r14.key, r14.since, r14.until, r14.state, r14.confidence, r14.recordedAt]]]] }] AS x24
RETURN [t25, [[n1.id, n1.name, n1.name_key, [n1.population]], x12, x24]] }] AS answer

