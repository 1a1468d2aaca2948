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
WITH collect([r2_at, r2_type, r2_field, r2_before, r2_after, r2]) AS all_10
WITH all_10, size(all_10) AS x11,
COLLECT {
UNWIND range(0, size(all_10) - 1) AS i9
WITH all_10[i9][0] AS r2_at, all_10[i9][1] AS r2_type, all_10[i9][2] AS r2_field, all_10[i9][3] AS r2_before, all_10[i9][4] AS r2_after, all_10[i9][5] AS r2
WITH r2_at, r2_type, r2_field, r2_before, r2_after, r2 ORDER BY r2_at DESC, CASE r2_type WHEN 'CREATED' THEN 0 WHEN 'UPDATED' THEN 1 WHEN 'RECORDED' THEN 2 WHEN 'CORROBORATED' THEN 3 WHEN 'ACCEPTED' THEN 4 WHEN 'REJECTED' THEN 5 WHEN 'RETRACTED' THEN 6 END DESC, r2.id, CASE r2_field WHEN '' THEN null ELSE toLower(r2_field) END LIMIT $p3
WITH r2_at, r2_type, r2_field, r2_before, r2_after, r2, CASE WHEN r2 IS NOT NULL THEN
COLLECT {
WITH r2 AS r3 WHERE r3.state IN $p1
WITH r3 ORDER BY r3.id LIMIT $p2
WITH r3,
COLLECT {
MATCH (n4)-[r3]->()
RETURN [[n4.id, n4.name]] } AS x5,
COLLECT {
MATCH (n6)<-[r3]-()
RETURN [[n6.id, n6.name]] } AS x7
RETURN [[r3.id], x5, x7] } END AS x8
RETURN [r2_at, r2_type, r2_field, r2_before, r2_after, r2.id, x8] } AS x12
RETURN [x11, x12] } AS x13
RETURN [n1_id, [[n1.id, n1.name], x13]] } AS answer0

