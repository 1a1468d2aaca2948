RETURN [null,
COLLECT {
MATCH (s1:Source)
WITH s1 ORDER BY s1.publishedOn_from IS NULL, s1.publishedOn_from DESC, s1.publishedOn_to DESC, s1.id LIMIT $p2 + 1
WITH collect(s1) AS the_s1
UNWIND range(0, CASE WHEN size(the_s1) > $p2 THEN $p2 ELSE size(the_s1) END - 1) AS i35
WITH size(the_s1) AS t34, the_s1[i35] AS s1
WITH t34, s1,
COLLECT {
CALL db.index.fulltext.queryRelationships('facts_by_source', '"' + s1.id + '"') YIELD relationship AS r2
WITH DISTINCT r2 WHERE type(r2) IN $p0
WITH collect(r2) AS all_r2
WITH all_r2, size(all_r2) AS x31,
COLLECT {
UNWIND all_r2 AS r2
WITH r2
WITH r2 ORDER BY r2.since_from IS NULL, r2.since_from DESC, r2.since_to DESC, r2.id LIMIT $p1 + 1
WITH collect(r2) AS the_r2
UNWIND range(0, CASE WHEN size(the_r2) > $p1 THEN $p1 ELSE size(the_r2) END - 1) AS i29
WITH size(the_r2) AS t28, the_r2[i29] AS r2
WITH t28, r2, CASE WHEN (r2:LOCATED_IN OR r2:PART_OF OR r2:CONCERNS) THEN [null,
COLLECT {
MATCH (n3)-[r2]->()
RETURN [[n3.id, n3.name, n3.name_key, CASE WHEN n3:Region THEN [n3.isoCode, n3.population] WHEN n3:City THEN [n3.population] WHEN n3:Zone THEN [n3.type, n3.level, n3.establishedOn, n3.areaKm2] WHEN n3:Company THEN [n3.lei, n3.foundedOn] WHEN n3:Institution THEN [n3.type] WHEN n3:Agreement THEN [n3.type, n3.form, n3.signedOn, n3.inForceOn, n3.endedOn, n3.ending, n3.survivesUntil] WHEN n3:Event THEN [n3.type, n3.startsOn, n3.endsOn, n3.attendance] WHEN n3:Project THEN [n3.type, n3.stage, n3.startedOn, n3.openedOn] WHEN n3:Sector THEN [n3.scheme, n3.code] END]] }] END AS x4, CASE WHEN r2:LOCATED_IN THEN [null,
COLLECT {
MATCH (n5)<-[r2]-()
RETURN [[n5.id, n5.name, n5.name_key, CASE WHEN n5:Country THEN [n5.iso2, n5.iso3, n5.m49, n5.population] WHEN n5:Region THEN [n5.isoCode, n5.population] WHEN n5:City THEN [n5.population] WHEN n5:Zone THEN [n5.type, n5.level, n5.establishedOn, n5.areaKm2] END]] }] END AS x6, [r2.evidence, null] AS x7, CASE WHEN (r2:PART_OF OR r2:RESULTED_IN OR r2:CONCERNS OR r2:INVESTS_IN) THEN [null,
COLLECT {
MATCH (n8)<-[r2]-()
RETURN [[n8.id, n8.name, n8.name_key, CASE WHEN n8:City THEN [n8.population] WHEN n8:Zone THEN [n8.type, n8.level, n8.establishedOn, n8.areaKm2] WHEN n8:Company THEN [n8.lei, n8.foundedOn] WHEN n8:Agreement THEN [n8.type, n8.form, n8.signedOn, n8.inForceOn, n8.endedOn, n8.ending, n8.survivesUntil] WHEN n8:Event THEN [n8.type, n8.startsOn, n8.endsOn, n8.attendance] WHEN n8:Project THEN [n8.type, n8.stage, n8.startedOn, n8.openedOn] WHEN n8:Sector THEN [n8.scheme, n8.code] END]] }] END AS x9, CASE WHEN (r2:PARTNERS_WITH OR r2:PARTY_TO OR r2:TOOK_PART_IN OR r2:ACTIVE_IN OR r2:INVESTS_IN) THEN [null,
COLLECT {
MATCH (n10)-[r2]->()
RETURN [[n10.id, n10.name, n10.name_key, CASE WHEN n10:Country THEN [n10.iso2, n10.iso3, n10.m49, n10.population] WHEN n10:Region THEN [n10.isoCode, n10.population] WHEN n10:City THEN [n10.population] WHEN n10:Zone THEN [n10.type, n10.level, n10.establishedOn, n10.areaKm2] WHEN n10:Company THEN [n10.lei, n10.foundedOn] WHEN n10:Institution THEN [n10.type] END]] }] END AS x11, CASE WHEN r2:PARTNERS_WITH THEN [null,
COLLECT {
MATCH (n12)<-[r2]-()
RETURN [[n12.id, n12.name, n12.name_key, CASE WHEN n12:Country THEN [n12.iso2, n12.iso3, n12.m49, n12.population] WHEN n12:Region THEN [n12.isoCode, n12.population] WHEN n12:City THEN [n12.population] WHEN n12:Zone THEN [n12.type, n12.level, n12.establishedOn, n12.areaKm2] WHEN n12:Company THEN [n12.lei, n12.foundedOn] WHEN n12:Institution THEN [n12.type] END]] }] END AS x13, CASE WHEN (r2:PARTY_TO OR r2:RELATES_TO) THEN [null,
COLLECT {
MATCH (n14)<-[r2]-()
RETURN [[n14.id, n14.name, n14.name_key, [n14.type, n14.form, n14.signedOn, n14.inForceOn, n14.endedOn, n14.ending, n14.survivesUntil]]] }] END AS x15, CASE WHEN r2:TOOK_PART_IN THEN [null,
COLLECT {
MATCH (n16)<-[r2]-()
RETURN [[n16.id, n16.name, n16.name_key, [n16.type, n16.startsOn, n16.endsOn, n16.attendance]]] }] END AS x17, CASE WHEN r2:RESULTED_IN THEN [null,
COLLECT {
MATCH (n18)-[r2]->()
RETURN [[n18.id, n18.name, n18.name_key, [n18.type, n18.startsOn, n18.endsOn, n18.attendance]]] }] END AS x19, CASE WHEN r2:ACTIVE_IN THEN [null,
COLLECT {
MATCH (n20)<-[r2]-()
RETURN [[n20.id, n20.name, n20.name_key, [n20.scheme, n20.code]]] }] END AS x21, CASE WHEN r2:REPRESENTS THEN [null,
COLLECT {
MATCH (n22)-[r2]->()
RETURN [[n22.id, n22.name, n22.name_key, [n22.type]]] }] END AS x23, CASE WHEN r2:REPRESENTS THEN [null,
COLLECT {
MATCH (n24)<-[r2]-()
RETURN [[n24.id, n24.name, n24.name_key, [n24.iso2, n24.iso3, n24.m49, n24.population]]] }] END AS x25, CASE WHEN r2:RELATES_TO THEN [null,
COLLECT {
MATCH (n26)-[r2]->()
RETURN [[n26.id, n26.name, n26.name_key, [n26.type, n26.form, n26.signedOn, n26.inForceOn, n26.endedOn, n26.ending, n26.survivesUntil]]] }] END AS x27
RETURN [t28, [[r2.id, startNode(r2).id, endNode(r2).id, CASE WHEN r2:PART_OF THEN [r2.share] WHEN r2:PARTNERS_WITH THEN [r2.type, r2.basis, r2.assertedBy] WHEN r2:PARTY_TO THEN [r2.role, r2.signedOn, r2.ratifiedOn, r2.inForceOn, r2.withdrewOn] WHEN r2:TOOK_PART_IN THEN [r2.role] WHEN r2:INVESTS_IN THEN [r2.amount, r2.currency, r2.mode] WHEN r2:RELATES_TO THEN [r2.type] END, r2.key, r2.since, r2.until, r2.state, r2.confidence, r2.recordedAt], x4, x6, x7, x9, x11, x13, x15, x17, x19, x21, x23, x25, x27]] } AS x32
RETURN [x31, x32] } AS x33
RETURN [t34, [[s1.id, s1.title, s1.title_key, s1.publisher, s1.language, s1.class, s1.publishedOn, s1.reliability, s1.recordedAt], x33]] }] AS answer

