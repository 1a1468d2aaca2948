RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1, [null,
COLLECT {
MATCH (n1)<-[r3:PART_OF]-(n2)
WITH DISTINCT n2
WITH n2 ORDER BY n2.startsOn_from, n2.startsOn_to, n2.id LIMIT $p3 + 1
WITH collect(n2) AS the_n2
UNWIND range(0, CASE WHEN size(the_n2) > $p3 THEN $p3 ELSE size(the_n2) END - 1) AS i8
WITH size(the_n2) AS t7, the_n2[i8] AS n2
WITH t7, n2, [null,
COLLECT {
MATCH (n2)-[r5:LOCATED_IN]->(n4)
WITH n4, r5 ORDER BY CASE WHEN coalesce(r5.since_from, -2147483648) <= $day AND coalesce(r5.until_to, 2147483647) >= $day THEN 0 ELSE 1 END, -r5.confidence, -coalesce(r5.since_from, -2147483649), -coalesce(r5.since_to, -2147483649), r5.id LIMIT 1
WITH n4, r5 ORDER BY n4.id, r5.id LIMIT $p2
RETURN [[n4.id, n4.name, n4.name_key, CASE WHEN n4:Country THEN [n4.iso2, n4.iso3, n4.m49, n4.population] WHEN n4:Region THEN [n4.isoCode, n4.population] WHEN n4:City THEN [n4.population] WHEN n4:Zone THEN [n4.type, n4.level, n4.establishedOn, n4.areaKm2] END]] }] AS x6
RETURN [t7, [[n2.id, n2.name, n2.name_key, [n2.type, n2.startsOn, n2.endsOn, n2.attendance]], x6]] }] AS x9, [COUNT {
MATCH (n1)<-[r11:TOOK_PART_IN]-(n10) },
COLLECT {
MATCH (n1)<-[r11:TOOK_PART_IN]-(n10)
WITH n10, r11 ORDER BY n10.name_key, n10.id, r11.id LIMIT $p4
RETURN [[[n10.id, n10.name, n10.name_key, CASE WHEN n10:Country THEN [n10.iso2, n10.iso3, n10.m49, n10.population] WHEN n10:Region THEN [n10.isoCode, n10.population] WHEN n10:City THEN [n10.population] WHEN n10:Zone THEN [n10.type, n10.level, n10.establishedOn, n10.areaKm2] WHEN n10:Company THEN [n10.lei, n10.foundedOn] WHEN n10:Institution THEN [n10.type] END]], [[r11.id, startNode(r11).id, endNode(r11).id, [r11.role], r11.key, r11.since, r11.until, r11.state, r11.confidence, r11.recordedAt]]] }] AS x12, [null,
COLLECT {
MATCH (n1)-[r14:CONCERNS]->(n13)
WITH n13, r14 ORDER BY n13.name_key, n13.id, r14.id LIMIT $p5
RETURN [[[n13.id, n13.name, n13.name_key, CASE WHEN n13:City THEN [n13.population] WHEN n13:Zone THEN [n13.type, n13.level, n13.establishedOn, n13.areaKm2] WHEN n13:Project THEN [n13.type, n13.stage, n13.startedOn, n13.openedOn] WHEN n13:Sector THEN [n13.scheme, n13.code] END]], [[r14.id, startNode(r14).id, endNode(r14).id, r14.key, r14.since, r14.until, r14.state, r14.confidence, r14.recordedAt]]] }] AS x15, [null,
COLLECT {
MATCH (n1)-[r17:RESULTED_IN]->(n16)
WITH n16, r17 ORDER BY n16.name_key, n16.id, r17.id LIMIT $p6
RETURN [[[n16.id, n16.name, n16.name_key, CASE WHEN n16:Agreement THEN [n16.type, n16.form, n16.signedOn, n16.inForceOn, n16.endedOn, n16.ending, n16.survivesUntil] WHEN n16:Project THEN [n16.type, n16.stage, n16.startedOn, n16.openedOn] END]], [[r17.id, startNode(r17).id, endNode(r17).id, r17.key, r17.since, r17.until, r17.state, r17.confidence, r17.recordedAt]]] }] AS x18
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.type, n1.startsOn, n1.endsOn, n1.attendance]], x9, x12, x15, x18]] } AS answer0

