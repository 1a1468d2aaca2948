RETURN
COLLECT {
MATCH (n2:Country) USING INDEX n2:Country(iso2) WHERE n2.iso2 IN $p0
MATCH (n2)<-[x3:CITY_IN_COUNTRY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE NOT EXISTS {
MATCH (n1)-[r5:TOOK_PART_IN]->(n4) WHERE coalesce(n4.startsOn_to >= $p2, false)
RETURN n4 } AND EXISTS {
MATCH (n1)-[r7:PARTNERS_WITH]-(n6)
RETURN n6 }
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x22,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p6 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p6 THEN $p6 ELSE size(the_n1) END - 1) AS i20
WITH size(the_n1) AS t19, the_n1[i20] AS n1
WITH t19, n1, [COUNT {
MATCH (n1)-[r9:PARTNERS_WITH]-(n8) },
COLLECT {
MATCH (n1)-[r9:PARTNERS_WITH]-(n8)
WITH n8, r9 ORDER BY n8.name_key, n8.id, r9.id LIMIT $p4 + 1
WITH collect(n8) AS the_n8, collect(r9) AS the_r9
UNWIND range(0, CASE WHEN size(the_n8) > $p4 THEN $p4 ELSE size(the_n8) END - 1) AS i14
WITH size(the_n8) AS t13, the_n8[i14] AS n8, the_r9[i14] AS r9
WITH t13, n8, r9, [null,
COLLECT {
MATCH (n8)-[x11s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n10:Country) WHERE all(x11 IN x11s WHERE coalesce(x11.from_day, -2147483648) <= $day AND coalesce(x11.to_day, 2147483647) >= $day)
WITH n10 ORDER BY n10.id LIMIT $p3
RETURN [[n10.id, n10.name, n10.name_key, [n10.iso2, n10.iso3, n10.m49, n10.population]]] }] AS x12
RETURN [t13, [[[n8.id, n8.name, n8.name_key, CASE WHEN n8:Country THEN [n8.iso2, n8.iso3, n8.m49, n8.population] WHEN n8:Region THEN [n8.isoCode, n8.population] WHEN n8:City THEN [n8.population] WHEN n8:Zone THEN [n8.type, n8.level, n8.establishedOn, n8.areaKm2] WHEN n8:Company THEN [n8.lei, n8.foundedOn] WHEN n8:Institution THEN [n8.type] END], x12], [[r9.id, startNode(r9).id, endNode(r9).id, [r9.type, r9.basis, r9.assertedBy], r9.key, r9.since, r9.until, r9.state, r9.confidence, r9.recordedAt]]]] }] AS x15, [null,
COLLECT {
MATCH (n1)-[r17:TOOK_PART_IN]->(n16)
WITH n16, r17 ORDER BY n16.startsOn_from IS NULL, n16.startsOn_from DESC, n16.startsOn_to DESC, n16.id, r17.id LIMIT $p5
RETURN [[[n16.id, n16.name, n16.name_key, [n16.type, n16.startsOn, n16.endsOn, n16.attendance]]], [[r17.id, startNode(r17).id, endNode(r17).id, [r17.role], r17.key, r17.since, r17.until, r17.state, r17.confidence, r17.recordedAt]]] }] AS x18
RETURN [t19, [[n1.id, n1.name, n1.name_key, [n1.population]], x15, x18]] } AS x23
RETURN [x22, x23] } AS answer

