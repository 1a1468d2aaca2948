RETURN
COLLECT {
CALL () {
MATCH (e:Entity) USING INDEX e:Entity(id) WHERE e.id IN $p0
RETURN e UNION
MATCH (a:Alias) USING INDEX a:Alias(id) WHERE a.id IN $p0
MATCH (a)-[:ALIAS_OF]->(e)
RETURN e }
WITH e AS n2
WITH n2 WHERE n2:City
MATCH (n2)<-[x3:INSTITUTION_IN_CITY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE EXISTS {
MATCH (n1)-[r5:REPRESENTS]->(n4)
RETURN n4 }
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x15,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p4 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p4 THEN $p4 ELSE size(the_n1) END - 1) AS i13
WITH size(the_n1) AS t12, the_n1[i13] AS n1
WITH t12, n1, [null,
COLLECT {
MATCH (n1)-[r7:REPRESENTS]->(n6)
WITH DISTINCT n6
WITH n6 ORDER BY n6.name_key, n6.id LIMIT $p2
RETURN [[n6.id, n6.name, n6.name_key, [n6.iso2, n6.iso3, n6.m49, n6.population]]] }] AS x8, [null,
COLLECT {
MATCH (n1)-[r10:TOOK_PART_IN]->(n9)
WITH n9, r10 ORDER BY n9.name_key, n9.id, r10.id LIMIT $p3
RETURN [[[n9.id, n9.name, n9.name_key, [n9.type, n9.startsOn, n9.endsOn, n9.attendance]]], [[r10.id, startNode(r10).id, endNode(r10).id, [r10.role], r10.key, r10.since, r10.until, r10.state, r10.confidence, r10.recordedAt]]] }] AS x11
RETURN [t12, [[n1.id, n1.name, n1.name_key, [n1.type]], x8, x11]] } AS x16
RETURN [x15, x16] } AS answer

