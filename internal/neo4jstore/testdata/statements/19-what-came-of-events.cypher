RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1,
COLLECT {
MATCH (n1)-[r3:TOOK_PART_IN]->(n2) WHERE EXISTS {
MATCH (n2)-[r5:RESULTED_IN]->(n4)
RETURN n4 }
WITH collect(n2) AS all_n2, collect(r3) AS all_r3
WITH all_n2, all_r3, size(all_n2) AS x15,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i14
WITH all_n2[i14] AS n2, all_r3[i14] AS r3
WITH n2, r3 ORDER BY n2.startsOn_from IS NULL, n2.startsOn_from DESC, n2.startsOn_to DESC, n2.id, r3.id LIMIT $p2 + 1
WITH collect(n2) AS the_n2, collect(r3) AS the_r3
UNWIND range(0, CASE WHEN size(the_n2) > $p2 THEN $p2 ELSE size(the_n2) END - 1) AS i13
WITH size(the_n2) AS t12, the_n2[i13] AS n2, the_r3[i13] AS r3
WITH t12, n2, r3, [null,
COLLECT {
MATCH (n2)-[r7:RESULTED_IN]->(n6)
WITH n6, r7 ORDER BY n6.name_key, n6.id, r7.id LIMIT $p1 + 1
WITH collect(n6) AS the_n6, collect(r7) AS the_r7
UNWIND range(0, CASE WHEN size(the_n6) > $p1 THEN $p1 ELSE size(the_n6) END - 1) AS i10
WITH size(the_n6) AS t9, the_n6[i10] AS n6, the_r7[i10] AS r7
WITH t9, n6, r7, [r7.evidence, null] AS x8
RETURN [t9, [[[n6.id, n6.name, n6.name_key, CASE WHEN n6:Agreement THEN [n6.type, n6.form, n6.signedOn, n6.inForceOn, n6.endedOn, n6.ending, n6.survivesUntil] WHEN n6:Project THEN [n6.type, n6.stage, n6.startedOn, n6.openedOn] END]], [[r7.id, startNode(r7).id, endNode(r7).id, r7.key, r7.since, r7.until, r7.state, r7.confidence, r7.recordedAt], x8]]] }] AS x11
RETURN [t12, [[[n2.id, n2.name, n2.name_key, [n2.type, n2.startsOn, n2.endsOn, n2.attendance]], x11], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.role], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt]]]] } AS x16
RETURN [x15, x16] } AS x17
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.isoCode, n1.population]], x17]] } AS answer0

