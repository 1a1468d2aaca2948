RETURN
COLLECT {
UNWIND $p0 AS x2
MATCH (n3:Entity) USING POINT INDEX n3:Entity(location) WHERE point.withinBBox(n3.location, point({latitude: x2[0], longitude: x2[1]}), point({latitude: x2[2], longitude: x2[3]}))
WITH DISTINCT n3
MATCH p4 = (n3)<-[rs5:LOCATED_IN*0..]-(n6) WHERE all(x7 IN nodes(p4) WHERE x7 = n3 OR x7.location IS NULL AND ((x7:Country OR x7:Region OR x7:City OR x7:Zone)))
WITH DISTINCT n6
CALL (n6) {
RETURN n6 AS n1 UNION
MATCH (n6)<-[r9:LOCATED_IN]-(n1:City) WHERE n1.location IS NULL
RETURN n1 }
WITH DISTINCT n1 WHERE n1:City AND EXISTS {
MATCH (n1)-[r11:PARTNERS_WITH]-(n10)
RETURN n10 } AND (any(x13 IN CASE WHEN n1.location IS NOT NULL THEN [n1.location] ELSE
COLLECT {
MATCH p15 = (n1)-[rs16:LOCATED_IN*1..]->(n12) WHERE all(x18 IN nodes(p15) WHERE single(y19 IN nodes(p15) WHERE y19 = x18)) AND n12.location IS NOT NULL
WITH n12 AS x14 ORDER BY [r17 IN rs16 | [CASE WHEN coalesce(r17.since_from, -2147483648) <= $day AND coalesce(r17.until_to, 2147483647) >= $day THEN 0 ELSE 1 END, -r17.confidence, -coalesce(r17.since_from, -2147483649), -coalesce(r17.since_to, -2147483649), r17.id]] LIMIT 1
RETURN x14.location } END WHERE sin(radians(x13.latitude - $p2) / 2) ^ 2 + cos(radians($p2)) * cos(radians(x13.latitude)) * sin(radians(x13.longitude - $p3) / 2) ^ 2 <= $p4))
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x24,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p6
WITH n1,
COLLECT {
MATCH (n1)-[r21:PARTNERS_WITH]-(n20)
WITH n20, r21 ORDER BY n20.name_key, n20.id, r21.id LIMIT $p5
RETURN [[[n20.id, n20.name]], [[r21.id, r21.type]]] } AS x22
RETURN [[n1.id, n1.name, n1.population, n1.location], x22] } AS x25
RETURN [x24, x25] } AS answer

