CALL () {
UNWIND range(0, size($p2) - 1) AS i
CALL (i) {
MATCH (e:Entity {id: $p2[i]})
RETURN e
UNION ALL
MATCH (:Alias {id: $p2[i]})-[:ALIAS_OF]->(e:Entity)
RETURN e }
WITH e, min(i) AS first ORDER BY first
RETURN collect(e) AS asked, collect(first) AS asked_at }
WITH asked[..$limit] AS shown, size(asked) > $limit AS cut
WITH shown, shown AS frontier, cut, [size(shown)] AS levels
CALL (shown, frontier) {
UNWIND range(0, size(frontier) - 1) AS i
WITH i, frontier[i] AS x
CALL (x) {
MATCH (x)-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-(y)
WITH r1, y, [-r1.confidence, -coalesce(r1.since_from, -2147483649), -coalesce(r1.since_to, -2147483649)] AS k ORDER BY k
WITH collect(r1) AS rs, collect(y) AS ends, collect(k) AS ks
UNWIND range(0, size(ks) - 1) AS at
WITH rs[at] AS r1, ends[at] AS y, ks[at] AS k, ks[$per - 1] AS edge WHERE edge IS NULL OR k <= edge
WITH r1, y, k, COUNT { (y)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree ORDER BY k, degree, r1.id LIMIT $per
RETURN collect(y) AS ys }
UNWIND range(0, size(ys) - 1) AS j
WITH i, j, ys[j] AS y WHERE NOT y IN shown
WITH i, j, y ORDER BY i, j
WITH collect(DISTINCT y) AS ys
RETURN ys[..$limit - size(shown)] AS next }
WITH shown + next AS shown, next AS frontier, cut, levels + size(next) AS levels
CALL (shown, frontier) {
UNWIND range(0, size(frontier) - 1) AS i
WITH i, frontier[i] AS x
CALL (x) {
MATCH (x)-[r2:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-(y)
WITH r2, y, [-r2.confidence, -coalesce(r2.since_from, -2147483649), -coalesce(r2.since_to, -2147483649)] AS k ORDER BY k
WITH collect(r2) AS rs, collect(y) AS ends, collect(k) AS ks
UNWIND range(0, size(ks) - 1) AS at
WITH rs[at] AS r2, ends[at] AS y, ks[at] AS k, ks[$per - 1] AS edge WHERE edge IS NULL OR k <= edge
WITH r2, y, k, COUNT { (y)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree ORDER BY k, degree, r2.id LIMIT $per
RETURN collect(y) AS ys }
UNWIND range(0, size(ys) - 1) AS j
WITH i, j, ys[j] AS y WHERE NOT y IN shown
WITH i, j, y ORDER BY i, j
WITH collect(DISTINCT y) AS ys
RETURN ys[..$limit - size(shown)] AS next }
WITH shown + next AS shown, next AS frontier, cut, levels + size(next) AS levels
CALL (shown) {
UNWIND range(0, size(shown) - 1) AS i
WITH i, shown[i] AS x
CALL (x, shown) {
MATCH (x)-[r3:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-(y)
WITH r3, y, y IN shown AS there
RETURN count(DISTINCT CASE WHEN NOT there THEN y END) AS hidden, collect(CASE WHEN there AND startNode(r3) = x THEN r3 END) AS among }
WITH i, hidden, among ORDER BY i
RETURN collect(hidden) AS hidden, collect(among) AS amongs }
WITH shown, cut, levels, hidden, reduce(all = [], a IN amongs | all + a) AS among
WITH shown, cut, levels, hidden, among,
COLLECT {
UNWIND shown AS n4
WITH n4
RETURN [[n4.id, n4.name, n4.name_key, CASE WHEN n4:Country THEN [n4.iso2, n4.iso3, n4.m49, n4.population] WHEN n4:Region THEN [n4.isoCode, n4.population] WHEN n4:City THEN [n4.population] WHEN n4:Zone THEN [n4.type, n4.level, n4.establishedOn, n4.areaKm2] WHEN n4:Company THEN [n4.lei, n4.foundedOn] WHEN n4:Institution THEN [n4.type] WHEN n4:Agreement THEN [n4.type, n4.form, n4.signedOn, n4.inForceOn, n4.endedOn, n4.ending, n4.survivesUntil] WHEN n4:Event THEN [n4.type, n4.startsOn, n4.endsOn, n4.attendance] WHEN n4:Project THEN [n4.type, n4.stage, n4.startedOn, n4.openedOn] WHEN n4:Sector THEN [n4.scheme, n4.code] END]] } AS rows,
COLLECT {
UNWIND among AS r5
WITH r5
WITH r5, [null,
COLLECT {
MATCH (n6)-[r5]->()
RETURN [[n6.id, n6.name, n6.name_key, CASE WHEN n6:Country THEN [n6.iso2, n6.iso3, n6.m49, n6.population] WHEN n6:Region THEN [n6.isoCode, n6.population] WHEN n6:City THEN [n6.population] WHEN n6:Zone THEN [n6.type, n6.level, n6.establishedOn, n6.areaKm2] WHEN n6:Company THEN [n6.lei, n6.foundedOn] WHEN n6:Institution THEN [n6.type] WHEN n6:Agreement THEN [n6.type, n6.form, n6.signedOn, n6.inForceOn, n6.endedOn, n6.ending, n6.survivesUntil] WHEN n6:Event THEN [n6.type, n6.startsOn, n6.endsOn, n6.attendance] WHEN n6:Project THEN [n6.type, n6.stage, n6.startedOn, n6.openedOn] WHEN n6:Sector THEN [n6.scheme, n6.code] END]] }] AS x7, [null,
COLLECT {
MATCH (n8)<-[r5]-()
RETURN [[n8.id, n8.name, n8.name_key, CASE WHEN n8:Country THEN [n8.iso2, n8.iso3, n8.m49, n8.population] WHEN n8:Region THEN [n8.isoCode, n8.population] WHEN n8:City THEN [n8.population] WHEN n8:Zone THEN [n8.type, n8.level, n8.establishedOn, n8.areaKm2] WHEN n8:Company THEN [n8.lei, n8.foundedOn] WHEN n8:Institution THEN [n8.type] WHEN n8:Agreement THEN [n8.type, n8.form, n8.signedOn, n8.inForceOn, n8.endedOn, n8.ending, n8.survivesUntil] WHEN n8:Event THEN [n8.type, n8.startsOn, n8.endsOn, n8.attendance] WHEN n8:Project THEN [n8.type, n8.stage, n8.startedOn, n8.openedOn] WHEN n8:Sector THEN [n8.scheme, n8.code] END]] }] AS x9
RETURN [[r5.id, startNode(r5).id, endNode(r5).id, CASE WHEN (r5:PART_OF OR r5:PART_OF_UNASSERTED OR r5:PART_OF_PAST) THEN [r5.share] WHEN (r5:PARTNERS_WITH OR r5:PARTNERS_WITH_UNASSERTED OR r5:PARTNERS_WITH_PAST) THEN [r5.type, r5.basis, r5.assertedBy] WHEN (r5:PARTY_TO OR r5:PARTY_TO_UNASSERTED OR r5:PARTY_TO_PAST) THEN [r5.role, r5.signedOn, r5.ratifiedOn, r5.inForceOn, r5.withdrewOn] WHEN (r5:TOOK_PART_IN OR r5:TOOK_PART_IN_UNASSERTED OR r5:TOOK_PART_IN_PAST) THEN [r5.role] WHEN (r5:INVESTS_IN OR r5:INVESTS_IN_UNASSERTED OR r5:INVESTS_IN_PAST) THEN [r5.amount, r5.currency, r5.mode] WHEN (r5:RELATES_TO OR r5:RELATES_TO_UNASSERTED OR r5:RELATES_TO_PAST) THEN [r5.type] END, r5.key, r5.since, r5.until, r5.state, r5.confidence, r5.recordedAt], x7, x9] } AS facts
RETURN cut, levels, hidden, rows, facts

