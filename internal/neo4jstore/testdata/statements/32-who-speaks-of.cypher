RETURN
COLLECT {
CALL () {
UNWIND $p0 AS sought
CALL db.index.fulltext.queryNodes('entities_by_gram', sought.query) YIELD node, score WHERE score >= sought.least
RETURN node AS n, sum(score) AS held, sum(sought.words) AS words }
WITH n, held, words WHERE words = $p1 AND true
WITH n, held, COUNT { (n)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree ORDER BY held DESC, degree DESC, n.id LIMIT $p2
RETURN [n.id, degree] } AS found,
COLLECT {
CALL db.index.fulltext.queryRelationships('facts_by_quote', $p3) YIELD relationship AS r
WITH r, startNode(r) AS a, endNode(r) AS b
WITH r, a, b, true AS a_fits, true AS b_fits WHERE a_fits OR b_fits
WITH r, a, b, a_fits, b_fits ORDER BY r.confidence DESC, r.id LIMIT $p4
RETURN [r.id, CASE WHEN a_fits THEN [a.id, COUNT { (a)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() }] END, CASE WHEN b_fits THEN [b.id, COUNT { (b)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() }] END] } AS quoted

RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, CASE WHEN n1:Country THEN [n1.iso2, n1.iso3, n1.m49, n1.population] WHEN n1:Region THEN [n1.isoCode, n1.population] WHEN n1:City THEN [n1.population] WHEN n1:Zone THEN [n1.type, n1.level, n1.establishedOn, n1.areaKm2] WHEN n1:Company THEN [n1.lei, n1.foundedOn] WHEN n1:Institution THEN [n1.type] WHEN n1:Agreement THEN [n1.type, n1.form, n1.signedOn, n1.inForceOn, n1.endedOn, n1.ending, n1.survivesUntil] WHEN n1:Event THEN [n1.type, n1.startsOn, n1.endsOn, n1.attendance] WHEN n1:Project THEN [n1.type, n1.stage, n1.startedOn, n1.openedOn] WHEN n1:Sector THEN [n1.scheme, n1.code] END, n1.names, n1.description, n1.identifiers]]] } AS answer0

RETURN
COLLECT {
UNWIND $p0 AS r1_id
MATCH ()-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO {id: r1_id}]->()
RETURN [r1_id, [[r1.id, CASE WHEN r1:PART_OF THEN [r1.share] WHEN r1:PARTNERS_WITH THEN [r1.type, r1.basis, r1.assertedBy] WHEN r1:PARTY_TO THEN [r1.role, r1.signedOn, r1.ratifiedOn, r1.inForceOn, r1.withdrewOn] WHEN r1:TOOK_PART_IN THEN [r1.role] WHEN r1:INVESTS_IN THEN [r1.amount, r1.currency, r1.mode] WHEN r1:RELATES_TO THEN [r1.type] END, r1.key, r1.since, r1.until, r1.state, r1.confidence, r1.recordedAt, r1.evidence]]] } AS answer1

RETURN
COLLECT {
UNWIND $p0 AS r1_id
MATCH ()-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO {id: r1_id}]->()
WITH r1_id, r1,
COLLECT {
MATCH (n2)-[r1]->()
RETURN [[n2.id, n2.name]] } AS x3,
COLLECT {
MATCH (n4)<-[r1]-()
RETURN [[n4.id, n4.name]] } AS x5, [r1.evidence, [COLLECT {
UNWIND coalesce(r1.ev_source[..$p1], []) AS s6_id
WITH DISTINCT s6_id
MATCH (s6:Source {id: s6_id})
RETURN [[s6.id, s6.title]] }]] AS x7
RETURN [r1_id, [[r1.id], x3, x5, x7]] } AS answer1

