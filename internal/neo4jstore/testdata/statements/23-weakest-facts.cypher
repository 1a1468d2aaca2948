RETURN
COLLECT {
CALL () {
MATCH (e:Entity) USING INDEX e:Entity(id) WHERE e.id IN $p1
RETURN e UNION
MATCH (a:Alias) USING INDEX a:Alias(id) WHERE a.id IN $p1
MATCH (a)-[:ALIAS_OF]->(e)
RETURN e }
WITH e AS n2
MATCH (n2)-[r3:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-() WHERE (coalesce(r3.confidence IS NOT NULL AND r3.confidence <= $p0, false))
WITH DISTINCT r3
WITH collect(r3) AS all_r3
WITH all_r3, size(all_r3) AS x13,
COLLECT {
UNWIND all_r3 AS r3
WITH r3
WITH r3 ORDER BY r3.confidence, r3.id LIMIT $p3 + 1
WITH collect(r3) AS the_r3
UNWIND range(0, CASE WHEN size(the_r3) > $p3 THEN $p3 ELSE size(the_r3) END - 1) AS i11
WITH size(the_r3) AS t10, the_r3[i11] AS r3
WITH t10, r3, [null,
COLLECT {
MATCH (n4)-[r3]->()
RETURN [[n4.id, n4.name, n4.name_key, CASE WHEN n4:Country THEN [n4.iso2, n4.iso3, n4.m49, n4.population] WHEN n4:Region THEN [n4.isoCode, n4.population] WHEN n4:City THEN [n4.population] WHEN n4:Zone THEN [n4.type, n4.level, n4.establishedOn, n4.areaKm2] WHEN n4:Company THEN [n4.lei, n4.foundedOn] WHEN n4:Institution THEN [n4.type] WHEN n4:Agreement THEN [n4.type, n4.form, n4.signedOn, n4.inForceOn, n4.endedOn, n4.ending, n4.survivesUntil] WHEN n4:Event THEN [n4.type, n4.startsOn, n4.endsOn, n4.attendance] WHEN n4:Project THEN [n4.type, n4.stage, n4.startedOn, n4.openedOn] WHEN n4:Sector THEN [n4.scheme, n4.code] END]] }] AS x5, [null,
COLLECT {
MATCH (n6)<-[r3]-()
RETURN [[n6.id, n6.name, n6.name_key, CASE WHEN n6:Country THEN [n6.iso2, n6.iso3, n6.m49, n6.population] WHEN n6:Region THEN [n6.isoCode, n6.population] WHEN n6:City THEN [n6.population] WHEN n6:Zone THEN [n6.type, n6.level, n6.establishedOn, n6.areaKm2] WHEN n6:Company THEN [n6.lei, n6.foundedOn] WHEN n6:Institution THEN [n6.type] WHEN n6:Agreement THEN [n6.type, n6.form, n6.signedOn, n6.inForceOn, n6.endedOn, n6.ending, n6.survivesUntil] WHEN n6:Event THEN [n6.type, n6.startsOn, n6.endsOn, n6.attendance] WHEN n6:Project THEN [n6.type, n6.stage, n6.startedOn, n6.openedOn] WHEN n6:Sector THEN [n6.scheme, n6.code] END]] }] AS x7, [r3.evidence, [COLLECT {
UNWIND coalesce(r3.ev_source[..$p2], []) AS s8_id
WITH DISTINCT s8_id
MATCH (s8:Source {id: s8_id})
RETURN [[s8.id, s8.title, s8.title_key, s8.publisher, s8.language, s8.class, s8.publishedOn, s8.reliability, s8.recordedAt]] }]] AS x9
RETURN [t10, [[r3.id, startNode(r3).id, endNode(r3).id, CASE WHEN r3:PART_OF THEN [r3.share] WHEN r3:PARTNERS_WITH THEN [r3.type, r3.basis, r3.assertedBy] WHEN r3:PARTY_TO THEN [r3.role, r3.signedOn, r3.ratifiedOn, r3.inForceOn, r3.withdrewOn] WHEN r3:TOOK_PART_IN THEN [r3.role] WHEN r3:INVESTS_IN THEN [r3.amount, r3.currency, r3.mode] WHEN r3:RELATES_TO THEN [r3.type] END, r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt], x5, x7, x9]] } AS x14,
COLLECT {
UNWIND all_r3 AS r3
WITH r3
WITH coalesce(toUpper(split(r3.id, ':')[0]), '') AS k16, coalesce(toUpper(split(r3.id, ':')[0]), '') AS k17
WITH k16, min(k17) AS k17, count(*) AS n ORDER BY n DESC, k16 LIMIT $p4
RETURN [k16, k17, n] } AS x15
RETURN [x13, x14, x15] } AS answer

