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
CALL (n1) {
UNWIND range(0, size(coalesce(n1.changed_at, [])) - 1) AS i
RETURN n1.changed_at[i] AS r2_at, n1.changed_type[i] AS r2_type, n1.changed_field[i] AS r2_field, n1.changed_before[i] AS r2_before, n1.changed_after[i] AS r2_after, null AS r2
UNION ALL
MATCH (n1)-[r2:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED]-()
WITH r2, coalesce(r2.changed_at, [r2.recordedAt, r2.recordedAt]) AS ats, coalesce(r2.changed_type, ['RECORDED'] + CASE r2.state WHEN 'PROPOSED' THEN [] ELSE [r2.state] END) AS types
UNWIND range(0, size(types) - 1) AS i
RETURN ats[i] AS r2_at, types[i] AS r2_type, '' AS r2_field, '' AS r2_before, '' AS r2_after, r2 }
WITH r2_at, r2_type, r2_field, r2_before, r2_after, r2
WITH collect([r2_at, r2_type, r2_field, r2_before, r2_after, r2]) AS all_15
WITH all_15, size(all_15) AS x16,
COLLECT {
UNWIND range(0, size(all_15) - 1) AS i14
WITH all_15[i14][0] AS r2_at, all_15[i14][1] AS r2_type, all_15[i14][2] AS r2_field, all_15[i14][3] AS r2_before, all_15[i14][4] AS r2_after, all_15[i14][5] AS r2
WITH r2_at, r2_type, r2_field, r2_before, r2_after, r2 ORDER BY r2_at DESC, CASE r2_type WHEN 'CREATED' THEN 0 WHEN 'UPDATED' THEN 1 WHEN 'RECORDED' THEN 2 WHEN 'CORROBORATED' THEN 3 WHEN 'ACCEPTED' THEN 4 WHEN 'REJECTED' THEN 5 WHEN 'RETRACTED' THEN 6 END DESC, r2.id, CASE r2_field WHEN '' THEN null ELSE toLower(r2_field) END LIMIT $p3 + 1
WITH collect([r2_at, r2_type, r2_field, r2_before, r2_after, r2]) AS the_13
UNWIND range(0, CASE WHEN size(the_13) > $p3 THEN $p3 ELSE size(the_13) END - 1) AS i12
WITH size(the_13) AS t11, the_13[i12][0] AS r2_at, the_13[i12][1] AS r2_type, the_13[i12][2] AS r2_field, the_13[i12][3] AS r2_before, the_13[i12][4] AS r2_after, the_13[i12][5] AS r2
WITH t11, r2_at, r2_type, r2_field, r2_before, r2_after, r2, CASE WHEN r2 IS NOT NULL THEN [null,
COLLECT {
WITH r2 AS r3 WHERE r3.state IN $p1
WITH r3 ORDER BY r3.id LIMIT $p2 + 1
WITH collect(r3) AS the_r3
UNWIND range(0, CASE WHEN size(the_r3) > $p2 THEN $p2 ELSE size(the_r3) END - 1) AS i9
WITH size(the_r3) AS t8, the_r3[i9] AS r3
WITH t8, r3, [null,
COLLECT {
MATCH (n4)-[r3]->()
RETURN [[n4.id, n4.name, n4.name_key, CASE WHEN n4:Country THEN [n4.iso2, n4.iso3, n4.m49, n4.population] WHEN n4:Region THEN [n4.isoCode, n4.population] WHEN n4:City THEN [n4.population] WHEN n4:Zone THEN [n4.type, n4.level, n4.establishedOn, n4.areaKm2] WHEN n4:Company THEN [n4.lei, n4.foundedOn] WHEN n4:Institution THEN [n4.type] WHEN n4:Agreement THEN [n4.type, n4.form, n4.signedOn, n4.inForceOn, n4.endedOn, n4.ending, n4.survivesUntil] WHEN n4:Event THEN [n4.type, n4.startsOn, n4.endsOn, n4.attendance] WHEN n4:Project THEN [n4.type, n4.stage, n4.startedOn, n4.openedOn] WHEN n4:Sector THEN [n4.scheme, n4.code] END]] }] AS x5, [null,
COLLECT {
MATCH (n6)<-[r3]-()
RETURN [[n6.id, n6.name, n6.name_key, CASE WHEN n6:Country THEN [n6.iso2, n6.iso3, n6.m49, n6.population] WHEN n6:Region THEN [n6.isoCode, n6.population] WHEN n6:City THEN [n6.population] WHEN n6:Zone THEN [n6.type, n6.level, n6.establishedOn, n6.areaKm2] WHEN n6:Company THEN [n6.lei, n6.foundedOn] WHEN n6:Institution THEN [n6.type] WHEN n6:Agreement THEN [n6.type, n6.form, n6.signedOn, n6.inForceOn, n6.endedOn, n6.ending, n6.survivesUntil] WHEN n6:Event THEN [n6.type, n6.startsOn, n6.endsOn, n6.attendance] WHEN n6:Project THEN [n6.type, n6.stage, n6.startedOn, n6.openedOn] WHEN n6:Sector THEN [n6.scheme, n6.code] END]] }] AS x7
RETURN [t8, [[r3.id, startNode(r3).id, endNode(r3).id, CASE WHEN (r3:PART_OF OR r3:PART_OF_UNASSERTED OR r3:PART_OF_PAST) THEN [r3.share] WHEN (r3:PARTNERS_WITH OR r3:PARTNERS_WITH_UNASSERTED OR r3:PARTNERS_WITH_PAST) THEN [r3.type, r3.basis, r3.assertedBy] WHEN (r3:PARTY_TO OR r3:PARTY_TO_UNASSERTED OR r3:PARTY_TO_PAST) THEN [r3.role, r3.signedOn, r3.ratifiedOn, r3.inForceOn, r3.withdrewOn] WHEN (r3:TOOK_PART_IN OR r3:TOOK_PART_IN_UNASSERTED OR r3:TOOK_PART_IN_PAST) THEN [r3.role] WHEN (r3:INVESTS_IN OR r3:INVESTS_IN_UNASSERTED OR r3:INVESTS_IN_PAST) THEN [r3.amount, r3.currency, r3.mode] END, r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt], x5, x7]] }] END AS x10
RETURN [t11, [r2_at, r2_type, r2_field, r2_before, r2_after, r2.id, x10]] } AS x17
RETURN [x16, x17] } AS x18
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, [n1.type, n1.level, n1.establishedOn, n1.areaKm2]], x18]] } AS answer0

