WITH
COLLECT {
CALL () {
UNWIND range(0, size($p1) - 1) AS i
CALL (i) {
MATCH (e:Entity {id: $p1[i]})
RETURN e
UNION ALL
MATCH (:Alias {id: $p1[i]})-[:ALIAS_OF]->(e:Entity)
RETURN e }
WITH e, min(i) AS first ORDER BY first
RETURN collect(e) AS es, collect(first) AS es_at }
UNWIND es AS x
MATCH (x)-[r1:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() WHERE coalesce(r1.known_from, r1.recordedAt) > $known_before
WITH DISTINCT r1
WITH r1
WITH r1, CASE WHEN r1.recordedAt <= $known_before THEN head(COLLECT {
MATCH (a)-[r1]->(b)
MATCH (a)-[r2:LOCATED_IN|LOCATED_IN_UNASSERTED|LOCATED_IN_PAST|PART_OF|PART_OF_UNASSERTED|PART_OF_PAST|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTNERS_WITH_PAST|PARTY_TO|PARTY_TO_UNASSERTED|PARTY_TO_PAST|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|TOOK_PART_IN_PAST|RESULTED_IN|RESULTED_IN_UNASSERTED|RESULTED_IN_PAST|CONCERNS|CONCERNS_UNASSERTED|CONCERNS_PAST|ACTIVE_IN|ACTIVE_IN_UNASSERTED|ACTIVE_IN_PAST|INVESTS_IN|INVESTS_IN_UNASSERTED|INVESTS_IN_PAST|REPRESENTS|REPRESENTS_UNASSERTED|REPRESENTS_PAST|RELATES_TO|RELATES_TO_UNASSERTED|RELATES_TO_PAST]->(b) WHERE coalesce(r2.known_from, r2.recordedAt) <= $known_before AND coalesce(r2.known_to > $known_before, true) AND r2.state IN $p2 AND r2.id = r1.id
RETURN r2 }) END AS r2
WITH r1, r2, CASE WHEN r2 IS NULL AND r1.state <> 'ACCEPTED' THEN null WHEN r2 IS NULL THEN 'ADDED' WHEN r1.state <> 'ACCEPTED' THEN 'RETRACTED' WHEN r2.until IS NULL AND r1.until IS NOT NULL THEN 'ENDED' WHEN NOT (coalesce(r2.since = r1.since, r2.since IS NULL AND r1.since IS NULL) AND coalesce(r2.until = r1.until, r2.until IS NULL AND r1.until IS NULL) AND coalesce(r2.share = r1.share, r2.share IS NULL AND r1.share IS NULL) AND coalesce(r2.type = r1.type, r2.type IS NULL AND r1.type IS NULL) AND coalesce(r2.basis = r1.basis, r2.basis IS NULL AND r1.basis IS NULL) AND coalesce(r2.assertedBy = r1.assertedBy, r2.assertedBy IS NULL AND r1.assertedBy IS NULL) AND coalesce(r2.role = r1.role, r2.role IS NULL AND r1.role IS NULL) AND coalesce(r2.signedOn = r1.signedOn, r2.signedOn IS NULL AND r1.signedOn IS NULL) AND coalesce(r2.ratifiedOn = r1.ratifiedOn, r2.ratifiedOn IS NULL AND r1.ratifiedOn IS NULL) AND coalesce(r2.inForceOn = r1.inForceOn, r2.inForceOn IS NULL AND r1.inForceOn IS NULL) AND coalesce(r2.withdrewOn = r1.withdrewOn, r2.withdrewOn IS NULL AND r1.withdrewOn IS NULL) AND coalesce(r2.amount = r1.amount, r2.amount IS NULL AND r1.amount IS NULL) AND coalesce(r2.currency = r1.currency, r2.currency IS NULL AND r1.currency IS NULL) AND coalesce(r2.mode = r1.mode, r2.mode IS NULL AND r1.mode IS NULL)) THEN 'CORRECTED' WHEN NOT (coalesce(r2.confidence = r1.confidence, r2.confidence IS NULL AND r1.confidence IS NULL) AND coalesce(r2.acceptedAt = r1.acceptedAt, r2.acceptedAt IS NULL AND r1.acceptedAt IS NULL) AND coalesce(r2.evidence = r1.evidence, r2.evidence IS NULL AND r1.evidence IS NULL)) THEN 'CORROBORATED' END AS x3, coalesce(r1.known_from, r1.recordedAt) AS x4 WHERE x3 IS NOT NULL
WITH collect([r1, r2, x3, x4]) AS all_18
WITH all_18, size(all_18) AS x19,
COLLECT {
UNWIND range(0, size(all_18) - 1) AS i17
WITH all_18[i17][0] AS r1, all_18[i17][1] AS r2, all_18[i17][2] AS x3, all_18[i17][3] AS x4
WITH r1, r2, x3, x4 ORDER BY x4 DESC, r1.id LIMIT $p4
WITH r1, r2, x3, x4,
COLLECT {
MATCH (n11)-[r1]->()
RETURN [[n11.id, n11.name]] } AS x12,
COLLECT {
MATCH (n13)<-[r1]-()
RETURN [[n13.id, n13.name]] } AS x14, [null, [COLLECT {
UNWIND coalesce(r1.ev_source[..$p3], []) AS s15_id
WITH DISTINCT s15_id
MATCH (s15:Source {id: s15_id})
RETURN [[s15.id, s15.title]] }]] AS x16, CASE WHEN r2 IS NOT NULL THEN
COLLECT {
MATCH (n5)-[r2]->()
RETURN [[n5.id, n5.name]] } END AS x6, CASE WHEN r2 IS NOT NULL THEN
COLLECT {
MATCH (n7)<-[r2]-()
RETURN [[n7.id, n7.name]] } END AS x8, CASE WHEN r2 IS NOT NULL THEN [null, [COLLECT {
UNWIND coalesce(r2.ev_source, []) AS s9_id
WITH DISTINCT s9_id
MATCH (s9:Source {id: s9_id})
RETURN [[s9.id, s9.title]] }]] END AS x10
RETURN [[[r1.id, CASE WHEN (r1:PART_OF OR r1:PART_OF_UNASSERTED OR r1:PART_OF_PAST) THEN [r1.share] WHEN (r1:PARTNERS_WITH OR r1:PARTNERS_WITH_UNASSERTED OR r1:PARTNERS_WITH_PAST) THEN [r1.type, r1.basis, r1.assertedBy] WHEN (r1:PARTY_TO OR r1:PARTY_TO_UNASSERTED OR r1:PARTY_TO_PAST) THEN [r1.role, r1.signedOn, r1.ratifiedOn, r1.inForceOn, r1.withdrewOn] WHEN (r1:TOOK_PART_IN OR r1:TOOK_PART_IN_UNASSERTED OR r1:TOOK_PART_IN_PAST) THEN [r1.role] WHEN (r1:INVESTS_IN OR r1:INVESTS_IN_UNASSERTED OR r1:INVESTS_IN_PAST) THEN [r1.amount, r1.currency, r1.mode] WHEN (r1:RELATES_TO OR r1:RELATES_TO_UNASSERTED OR r1:RELATES_TO_PAST) THEN [r1.type] END, r1.since, r1.until, r1.state, r1.confidence, r1.recordedAt, r1.acceptedAt, r1.retractedAt, r1.evidence], x12, x14, x16], x3, x4, CASE WHEN r2 IS NOT NULL THEN [[r2.id, CASE WHEN (r2:PART_OF OR r2:PART_OF_UNASSERTED OR r2:PART_OF_PAST) THEN [r2.share] WHEN (r2:PARTNERS_WITH OR r2:PARTNERS_WITH_UNASSERTED OR r2:PARTNERS_WITH_PAST) THEN [r2.type, r2.basis, r2.assertedBy] WHEN (r2:PARTY_TO OR r2:PARTY_TO_UNASSERTED OR r2:PARTY_TO_PAST) THEN [r2.role, r2.signedOn, r2.ratifiedOn, r2.inForceOn, r2.withdrewOn] WHEN (r2:TOOK_PART_IN OR r2:TOOK_PART_IN_UNASSERTED OR r2:TOOK_PART_IN_PAST) THEN [r2.role] WHEN (r2:INVESTS_IN OR r2:INVESTS_IN_UNASSERTED OR r2:INVESTS_IN_PAST) THEN [r2.amount, r2.currency, r2.mode] WHEN (r2:RELATES_TO OR r2:RELATES_TO_UNASSERTED OR r2:RELATES_TO_PAST) THEN [r2.type] END, r2.since, r2.until, r2.state, r2.confidence, r2.recordedAt, r2.acceptedAt, r2.retractedAt, r2.evidence], x6, x8, x10] END] } AS x20
RETURN [x19, x20] } AS x21
RETURN x21

