RETURN
COLLECT {
MATCH ()-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]->() WHERE r1:PARTNERS_WITH AND (((EXISTS {
MATCH (n2)-[r1]->() WHERE EXISTS {
MATCH (n2)-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY|EVENT_IN_COUNTRY|PROJECT_IN_COUNTRY*0..1]->(n3:Country) WHERE coalesce(n3.iso2 IN $p0, false) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
RETURN n3 }
RETURN n2 }) OR (EXISTS {
MATCH (n5)<-[r1]-() WHERE EXISTS {
MATCH (n5)-[x7s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY|EVENT_IN_COUNTRY|PROJECT_IN_COUNTRY*0..1]->(n6:Country) WHERE coalesce(n6.iso2 IN $p2, false) AND all(x7 IN x7s WHERE coalesce(x7.from_day, -2147483648) <= $day AND coalesce(x7.to_day, 2147483647) >= $day)
RETURN n6 }
RETURN n5 })))
WITH collect(r1) AS all_r1
WITH all_r1, size(all_r1) AS x15,
COLLECT {
UNWIND all_r1 AS r1
WITH r1
WITH r1 ORDER BY r1.since_from IS NULL, r1.since_from DESC, r1.since_to DESC, r1.id LIMIT $p3 + 1
WITH collect(r1) AS the_r1
UNWIND range(0, CASE WHEN size(the_r1) > $p3 THEN $p3 ELSE size(the_r1) END - 1) AS i13
WITH size(the_r1) AS t12, the_r1[i13] AS r1
WITH t12, r1, [null,
COLLECT {
MATCH (n8)-[r1]->()
RETURN [[n8.id, n8.name, n8.name_key, CASE WHEN n8:Country THEN [n8.iso2, n8.iso3, n8.m49, n8.population] WHEN n8:Region THEN [n8.isoCode, n8.population] WHEN n8:City THEN [n8.population] WHEN n8:Zone THEN [n8.type, n8.level, n8.establishedOn, n8.areaKm2] WHEN n8:Company THEN [n8.lei, n8.foundedOn] WHEN n8:Institution THEN [n8.type] WHEN n8:Agreement THEN [n8.type, n8.form, n8.signedOn, n8.inForceOn, n8.endedOn, n8.ending, n8.survivesUntil] WHEN n8:Event THEN [n8.type, n8.startsOn, n8.endsOn, n8.attendance] WHEN n8:Project THEN [n8.type, n8.stage, n8.startedOn, n8.openedOn] WHEN n8:Sector THEN [n8.scheme, n8.code] END]] }] AS x9, [null,
COLLECT {
MATCH (n10)<-[r1]-()
RETURN [[n10.id, n10.name, n10.name_key, CASE WHEN n10:Country THEN [n10.iso2, n10.iso3, n10.m49, n10.population] WHEN n10:Region THEN [n10.isoCode, n10.population] WHEN n10:City THEN [n10.population] WHEN n10:Zone THEN [n10.type, n10.level, n10.establishedOn, n10.areaKm2] WHEN n10:Company THEN [n10.lei, n10.foundedOn] WHEN n10:Institution THEN [n10.type] WHEN n10:Agreement THEN [n10.type, n10.form, n10.signedOn, n10.inForceOn, n10.endedOn, n10.ending, n10.survivesUntil] WHEN n10:Event THEN [n10.type, n10.startsOn, n10.endsOn, n10.attendance] WHEN n10:Project THEN [n10.type, n10.stage, n10.startedOn, n10.openedOn] WHEN n10:Sector THEN [n10.scheme, n10.code] END]] }] AS x11
RETURN [t12, [[r1.id, startNode(r1).id, endNode(r1).id, CASE WHEN r1:PART_OF THEN [r1.share] WHEN r1:PARTNERS_WITH THEN [r1.type, r1.basis, r1.assertedBy] WHEN r1:PARTY_TO THEN [r1.role, r1.signedOn, r1.ratifiedOn, r1.inForceOn, r1.withdrewOn] WHEN r1:TOOK_PART_IN THEN [r1.role] WHEN r1:INVESTS_IN THEN [r1.amount, r1.currency, r1.mode] WHEN r1:RELATES_TO THEN [r1.type] END, r1.key, r1.since, r1.until, r1.state, r1.confidence, r1.recordedAt], x9, x11]] } AS x16,
COLLECT {
UNWIND all_r1 AS r1
WITH r1
WITH coalesce(toString(toInteger(substring(r1.since, CASE WHEN r1.since STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k18, coalesce(toString(toInteger(substring(r1.since, CASE WHEN r1.since STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k19
WITH k18, min(k19) AS k19, count(*) AS n ORDER BY n DESC, k18 LIMIT $p4
RETURN [k18, k19, n] } AS x17,
COLLECT {
UNWIND all_r1 AS r1
WITH r1
WITH
COLLECT {
UNWIND coalesce(r1.ev_source, []) AS s24_id
WITH DISTINCT s24_id
MATCH (s24:Source {id: s24_id})
WITH s24.id AS x25, s24.title AS x25_l WHERE x25 IS NOT NULL AND x25 <> ''
RETURN DISTINCT [x25, x25_l] } AS v23s
UNWIND CASE WHEN size(v23s) = 0 THEN [['', '']] ELSE v23s END AS v23
WITH v23[0] AS k21, v23[1] AS k22
WITH k21, min(k22) AS k22, count(*) AS n ORDER BY n DESC, k21 LIMIT $p5
RETURN [k21, k22, n] } AS x20
RETURN [x15, x16, x17, x20] } AS answer

