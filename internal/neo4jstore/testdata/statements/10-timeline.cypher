WITH
COLLECT {
CALL () {
UNWIND range(0, size($p0) - 1) AS i
CALL (i) {
MATCH (e:Entity {id: $p0[i]})
RETURN e
UNION ALL
MATCH (:Alias {id: $p0[i]})-[:ALIAS_OF]->(e:Entity)
RETURN e }
WITH e, min(i) AS first ORDER BY first
RETURN collect(e) AS es, collect(first) AS es_at }
CALL (es) {
UNWIND es AS n1
UNWIND [m IN CASE WHEN n1:Zone THEN [[0, n1.establishedOn_from, n1.establishedOn_to, n1.establishedOn]] WHEN n1:Company THEN [[0, n1.foundedOn_from, n1.foundedOn_to, n1.foundedOn]] WHEN n1:Agreement THEN [[0, n1.signedOn_from, n1.signedOn_to, n1.signedOn], [1, n1.inForceOn_from, n1.inForceOn_to, n1.inForceOn], [2, n1.endedOn_from, n1.endedOn_to, n1.endedOn], [3, n1.survivesUntil_from, n1.survivesUntil_to, n1.survivesUntil]] WHEN n1:Event THEN [[0, n1.startsOn_from, n1.startsOn_to, n1.startsOn], [1, n1.endsOn_from, n1.endsOn_to, n1.endsOn]] WHEN n1:Project THEN [[0, n1.startedOn_from, n1.startedOn_to, n1.startedOn], [1, n1.openedOn_from, n1.openedOn_to, n1.openedOn]] ELSE [] END WHERE m[1] IS NOT NULL] AS m4
RETURN n1, null AS r3, m4
UNION ALL
UNWIND es AS x
MATCH (x)-[r3:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-(n2) WHERE NOT n2 IN es AND (n2:Agreement OR n2:Event OR n2:Project)
WITH DISTINCT n2
UNWIND [m IN CASE WHEN n2:Agreement THEN [[0, n2.signedOn_from, n2.signedOn_to, n2.signedOn], [1, n2.inForceOn_from, n2.inForceOn_to, n2.inForceOn], [2, n2.endedOn_from, n2.endedOn_to, n2.endedOn], [3, n2.survivesUntil_from, n2.survivesUntil_to, n2.survivesUntil]] WHEN n2:Event THEN [[0, n2.startsOn_from, n2.startsOn_to, n2.startsOn], [1, n2.endsOn_from, n2.endsOn_to, n2.endsOn]] WHEN n2:Project THEN [[0, n2.startedOn_from, n2.startedOn_to, n2.startedOn], [1, n2.openedOn_from, n2.openedOn_to, n2.openedOn]] ELSE [] END WHERE m[1] IS NOT NULL] AS m4
RETURN n2 AS n1, null AS r3, m4
UNION ALL
UNWIND es AS x
MATCH (x)-[r3:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-()
WITH DISTINCT r3
UNWIND [m IN CASE WHEN (r3:LOCATED_IN OR r3:LOCATED_IN_UNASSERTED OR r3:LOCATED_IN_PAST OR r3:PART_OF OR r3:PART_OF_UNASSERTED OR r3:PART_OF_PAST OR r3:PARTNERS_WITH OR r3:PARTNERS_WITH_UNASSERTED OR r3:PARTNERS_WITH_PAST OR r3:TOOK_PART_IN OR r3:TOOK_PART_IN_UNASSERTED OR r3:TOOK_PART_IN_PAST OR r3:RESULTED_IN OR r3:RESULTED_IN_UNASSERTED OR r3:RESULTED_IN_PAST OR r3:CONCERNS OR r3:CONCERNS_UNASSERTED OR r3:CONCERNS_PAST OR r3:ACTIVE_IN OR r3:ACTIVE_IN_UNASSERTED OR r3:ACTIVE_IN_PAST OR r3:INVESTS_IN OR r3:INVESTS_IN_UNASSERTED OR r3:INVESTS_IN_PAST OR r3:REPRESENTS OR r3:REPRESENTS_UNASSERTED OR r3:REPRESENTS_PAST OR r3:RELATES_TO OR r3:RELATES_TO_UNASSERTED OR r3:RELATES_TO_PAST) THEN [[0, r3.since_from, r3.since_to, r3.since], [1, r3.until_from, r3.until_to, r3.until]] WHEN (r3:PARTY_TO OR r3:PARTY_TO_UNASSERTED OR r3:PARTY_TO_PAST) THEN [[0, r3.signedOn_from, r3.signedOn_to, r3.signedOn], [1, r3.ratifiedOn_from, r3.ratifiedOn_to, r3.ratifiedOn], [2, r3.inForceOn_from, r3.inForceOn_to, r3.inForceOn], [3, r3.withdrewOn_from, r3.withdrewOn_to, r3.withdrewOn]] ELSE [] END WHERE m[1] IS NOT NULL] AS m4
RETURN null AS n1, r3, m4 }
WITH n1, r3, m4 WHERE m4[1] <= $p1 AND m4[2] >= $p2
WITH collect([n1, r3, m4]) AS all_6
WITH all_6, size(all_6) AS x7,
COLLECT {
UNWIND range(0, size(all_6) - 1) AS i5
WITH all_6[i5][0] AS n1, all_6[i5][1] AS r3, all_6[i5][2] AS m4
WITH n1, r3, m4 ORDER BY m4[1], m4[2], coalesce(n1.id, r3.id), m4[0], coalesce(n1.id, r3.id) LIMIT $p3
RETURN [m4, CASE WHEN n1 IS NOT NULL THEN [[n1.id, n1.name]] END, CASE WHEN r3 IS NOT NULL THEN [[r3.id, startNode(r3).id, endNode(r3).id, CASE WHEN (r3:PARTNERS_WITH OR r3:PARTNERS_WITH_UNASSERTED OR r3:PARTNERS_WITH_PAST) THEN [r3.type] WHEN (r3:PARTY_TO OR r3:PARTY_TO_UNASSERTED OR r3:PARTY_TO_PAST) THEN [r3.role] WHEN (r3:TOOK_PART_IN OR r3:TOOK_PART_IN_UNASSERTED OR r3:TOOK_PART_IN_PAST) THEN [r3.role] WHEN (r3:INVESTS_IN OR r3:INVESTS_IN_UNASSERTED OR r3:INVESTS_IN_PAST) THEN [r3.mode] WHEN (r3:RELATES_TO OR r3:RELATES_TO_UNASSERTED OR r3:RELATES_TO_PAST) THEN [r3.type] END]] END, CASE WHEN r3 IS NOT NULL THEN [startNode(r3).name, endNode(r3).name] END] } AS x8
RETURN [x7, x8] } AS x9
RETURN x9

