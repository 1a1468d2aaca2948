RETURN [COUNT {
MATCH (n1:City) WHERE EXISTS {
MATCH (n1)-[r3:PARTNERS_WITH]-(n2)
RETURN n2 } AND (any(x5 IN CASE WHEN n1.location IS NOT NULL THEN [n1.location] ELSE
COLLECT {
MATCH p7 = (n1)-[rs8:LOCATED_IN*1..]->(n4) WHERE all(x10 IN nodes(p7) WHERE single(y11 IN nodes(p7) WHERE y11 = x10)) AND n4.location IS NOT NULL
WITH n4 AS x6 ORDER BY [r9 IN rs8 | [CASE WHEN coalesce(r9.since_from, -2147483648) <= $day AND coalesce(r9.until_to, 2147483647) >= $day THEN 0 ELSE 1 END, -r9.confidence, -coalesce(r9.since_from, -2147483649), -coalesce(r9.since_to, -2147483649), r9.id]] LIMIT 1
RETURN x6.location } END WHERE any(h IN [sin(radians($p1 - x5.latitude) / 2) ^ 2 + cos(radians(x5.latitude)) * cos(radians($p1)) * sin(radians($p2 - x5.longitude) / 2) ^ 2] WHERE 2 * 6371.0088 * asin(sqrt(CASE WHEN h > 1.0 THEN 1.0 ELSE h END)) <= $p3)))
RETURN n1 },
COLLECT {
MATCH (n1:City) USING INDEX n1:City(name_key) WHERE n1.name_key >= $p4 AND EXISTS {
MATCH (n1)-[r13:PARTNERS_WITH]-(n12)
RETURN n12 } AND (any(x15 IN CASE WHEN n1.location IS NOT NULL THEN [n1.location] ELSE
COLLECT {
MATCH p17 = (n1)-[rs18:LOCATED_IN*1..]->(n14) WHERE all(x20 IN nodes(p17) WHERE single(y21 IN nodes(p17) WHERE y21 = x20)) AND n14.location IS NOT NULL
WITH n14 AS x16 ORDER BY [r19 IN rs18 | [CASE WHEN coalesce(r19.since_from, -2147483648) <= $day AND coalesce(r19.until_to, 2147483647) >= $day THEN 0 ELSE 1 END, -r19.confidence, -coalesce(r19.since_from, -2147483649), -coalesce(r19.since_to, -2147483649), r19.id]] LIMIT 1
RETURN x16.location } END WHERE any(h IN [sin(radians($p5 - x15.latitude) / 2) ^ 2 + cos(radians(x15.latitude)) * cos(radians($p5)) * sin(radians($p6 - x15.longitude) / 2) ^ 2] WHERE 2 * 6371.0088 * asin(sqrt(CASE WHEN h > 1.0 THEN 1.0 ELSE h END)) <= $p7)))
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p9 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p9 THEN $p9 ELSE size(the_n1) END - 1) AS i26
WITH size(the_n1) AS t25, the_n1[i26] AS n1
WITH t25, n1, [null,
COLLECT {
MATCH (n1)-[r23:PARTNERS_WITH]-(n22)
WITH n22, r23 ORDER BY n22.name_key, n22.id, r23.id LIMIT $p8
RETURN [[[n22.id, n22.name, n22.name_key, CASE WHEN n22:Country THEN [n22.iso2, n22.iso3, n22.m49, n22.population] WHEN n22:Region THEN [n22.isoCode, n22.population] WHEN n22:City THEN [n22.population] WHEN n22:Zone THEN [n22.type, n22.level, n22.establishedOn, n22.areaKm2] WHEN n22:Company THEN [n22.lei, n22.foundedOn] WHEN n22:Institution THEN [n22.type] END]], [[r23.id, startNode(r23).id, endNode(r23).id, [r23.type, r23.basis, r23.assertedBy], r23.key, r23.since, r23.until, r23.state, r23.confidence, r23.recordedAt]]] }] AS x24
RETURN [t25, [[n1.id, n1.name, n1.name_key, [n1.population], n1.location], x24]] }] AS answer

