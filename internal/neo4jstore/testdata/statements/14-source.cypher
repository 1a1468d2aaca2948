RETURN [null,
COLLECT {
MATCH (s1:Source)
WITH s1 ORDER BY s1.publishedOn_from IS NULL, s1.publishedOn_from DESC, s1.publishedOn_to DESC, s1.id LIMIT $p2 + 1
WITH collect(s1) AS the_s1
UNWIND range(0, CASE WHEN size(the_s1) > $p2 THEN $p2 ELSE size(the_s1) END - 1) AS i15
WITH size(the_s1) AS t14, the_s1[i15] AS s1
WITH t14, s1,
COLLECT {
CALL db.index.fulltext.queryRelationships('facts_by_source', '"' + s1.id + '"') YIELD relationship AS r2
WITH DISTINCT r2 WHERE type(r2) IN $p0
WITH collect(r2) AS all_r2
WITH all_r2, size(all_r2) AS x11,
COLLECT {
UNWIND all_r2 AS r2
WITH r2
WITH r2 ORDER BY r2.since_from IS NULL, r2.since_from DESC, r2.since_to DESC, r2.id LIMIT $p1 + 1
WITH collect(r2) AS the_r2
UNWIND range(0, CASE WHEN size(the_r2) > $p1 THEN $p1 ELSE size(the_r2) END - 1) AS i9
WITH size(the_r2) AS t8, the_r2[i9] AS r2
WITH t8, r2, [null,
COLLECT {
MATCH (n3)-[r2]->()
RETURN [[n3.id, n3.name, n3.name_key, CASE WHEN n3:Country THEN [n3.iso2, n3.iso3, n3.m49, n3.population] WHEN n3:Region THEN [n3.isoCode, n3.population] WHEN n3:City THEN [n3.population] WHEN n3:Zone THEN [n3.type, n3.level, n3.establishedOn, n3.areaKm2] WHEN n3:Company THEN [n3.lei, n3.foundedOn] WHEN n3:Institution THEN [n3.type] WHEN n3:Agreement THEN [n3.type, n3.form, n3.signedOn, n3.inForceOn, n3.endedOn, n3.ending, n3.survivesUntil] WHEN n3:Event THEN [n3.type, n3.startsOn, n3.endsOn, n3.attendance] WHEN n3:Project THEN [n3.type, n3.stage, n3.startedOn, n3.openedOn] WHEN n3:Sector THEN [n3.scheme, n3.code] END]] }] AS x4, [null,
COLLECT {
MATCH (n5)<-[r2]-()
RETURN [[n5.id, n5.name, n5.name_key, CASE WHEN n5:Country THEN [n5.iso2, n5.iso3, n5.m49, n5.population] WHEN n5:Region THEN [n5.isoCode, n5.population] WHEN n5:City THEN [n5.population] WHEN n5:Zone THEN [n5.type, n5.level, n5.establishedOn, n5.areaKm2] WHEN n5:Company THEN [n5.lei, n5.foundedOn] WHEN n5:Institution THEN [n5.type] WHEN n5:Agreement THEN [n5.type, n5.form, n5.signedOn, n5.inForceOn, n5.endedOn, n5.ending, n5.survivesUntil] WHEN n5:Event THEN [n5.type, n5.startsOn, n5.endsOn, n5.attendance] WHEN n5:Project THEN [n5.type, n5.stage, n5.startedOn, n5.openedOn] WHEN n5:Sector THEN [n5.scheme, n5.code] END]] }] AS x6, [r2.evidence, null] AS x7
RETURN [t8, [[r2.id, startNode(r2).id, endNode(r2).id, CASE WHEN r2:PART_OF THEN [r2.share] WHEN r2:PARTNERS_WITH THEN [r2.type, r2.basis, r2.assertedBy] WHEN r2:PARTY_TO THEN [r2.role, r2.signedOn, r2.ratifiedOn, r2.inForceOn, r2.withdrewOn] WHEN r2:TOOK_PART_IN THEN [r2.role] WHEN r2:INVESTS_IN THEN [r2.amount, r2.currency, r2.mode] WHEN r2:RELATES_TO THEN [r2.type] END, r2.key, r2.since, r2.until, r2.state, r2.confidence, r2.recordedAt], x4, x6, x7]] } AS x12
RETURN [x11, x12] } AS x13
RETURN [t14, [[s1.id, s1.title, s1.title_key, s1.publisher, s1.language, s1.class, s1.publishedOn, s1.reliability, s1.recordedAt], x13]] }] AS answer

