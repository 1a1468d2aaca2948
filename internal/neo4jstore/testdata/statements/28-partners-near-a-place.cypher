RETURN
COLLECT {
UNWIND $p0 AS x2
MATCH (n3:Entity) USING POINT INDEX n3:Entity(location) WHERE point.withinBBox(n3.location, point({latitude: x2[0], longitude: x2[1]}), point({latitude: x2[2], longitude: x2[3]}))
WITH DISTINCT n3
MATCH p7 = (n3)<-[:PLACE_IN_PLACE*0..]-(n4) WHERE all(x6 IN nodes(p7) WHERE x6 = n3 OR x6.location IS NULL)
WITH DISTINCT n4
CALL (n4) {
RETURN n4 AS n1 UNION
MATCH (n4)<-[r5:LOCATED_IN]-(n1:City) WHERE n1.location IS NULL
RETURN n1 }
WITH DISTINCT n1 WHERE n1:City AND EXISTS {
MATCH (n1)-[r9:PARTNERS_WITH]-(n8)
RETURN n8 } AND (any(x11 IN CASE WHEN n1.location IS NOT NULL THEN [n1.location] ELSE
COLLECT {
MATCH p13 = (n1)-[rs14:LOCATED_IN*1..]->(n10) WHERE all(x16 IN nodes(p13) WHERE single(y17 IN nodes(p13) WHERE y17 = x16)) AND n10.location IS NOT NULL
WITH n10 AS x12 ORDER BY [r15 IN rs14 | [CASE WHEN coalesce(r15.since_from, -2147483648) <= $day AND coalesce(r15.until_to, 2147483647) >= $day THEN 0 ELSE 1 END, -r15.confidence, -coalesce(r15.since_from, -2147483649), -coalesce(r15.since_to, -2147483649), r15.id]] LIMIT 1
RETURN x12.location } END WHERE sin(radians(x11.latitude - $p2) / 2) ^ 2 + cos(radians($p2)) * cos(radians(x11.latitude)) * sin(radians(x11.longitude - $p3) / 2) ^ 2 <= $p4))
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x22,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.order_key LIMIT $p6
WITH n1,
COLLECT {
MATCH (n1)-[r19:PARTNERS_WITH]-(n18)
WITH n18, r19 ORDER BY n18.order_key, r19.id LIMIT $p5
RETURN [[[n18.id, n18.name]], [[r19.id, r19.type]]] } AS x20
RETURN [[n1.id, n1.name, n1.population, n1.location], x20] } AS x23
RETURN [x22, x23] } AS answer

