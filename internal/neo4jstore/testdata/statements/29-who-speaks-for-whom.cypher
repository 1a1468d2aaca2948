RETURN
COLLECT {
CALL () {
MATCH (e:Entity) USING INDEX SEEK e:Entity(id) WHERE e.id IN $p0
RETURN e UNION
MATCH (a:Alias) USING INDEX SEEK a:Alias(id) WHERE a.id IN $p0
MATCH (a)-[:ALIAS_OF]->(e)
RETURN e }
WITH e AS n2
WITH n2 WHERE n2:City
MATCH (n2)<-[x3:INSTITUTION_IN_CITY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE EXISTS {
MATCH (n1)-[r5:REPRESENTS]->(n4)
RETURN n4 }
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x13,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.order_key LIMIT $p4
WITH n1,
COLLECT {
MATCH (n1)-[r7:REPRESENTS]->(n6)
WITH DISTINCT n6
WITH n6 ORDER BY n6.order_key LIMIT $p2
RETURN [[n6.id, n6.name, n6.iso2]] } AS x8,
COLLECT {
MATCH (n1)-[r10:TOOK_PART_IN]->(n9)
WITH n9, r10 ORDER BY n9.order_key, r10.id LIMIT $p3
RETURN [[n9.id, n9.name, n9.startsOn]] } AS x11
RETURN [[n1.id, n1.name, n1.type], x8, x11] } AS x14
RETURN [x13, x14] } AS answer

