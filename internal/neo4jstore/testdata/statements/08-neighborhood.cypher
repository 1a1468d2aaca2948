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
WITH r5, CASE WHEN (r5:LOCATED_IN OR r5:LOCATED_IN_UNASSERTED OR r5:LOCATED_IN_PAST OR r5:PART_OF OR r5:PART_OF_UNASSERTED OR r5:PART_OF_PAST OR r5:CONCERNS OR r5:CONCERNS_UNASSERTED OR r5:CONCERNS_PAST) THEN [null,
COLLECT {
MATCH (n6)-[r5]->()
RETURN [[n6.id, n6.name, n6.name_key, CASE WHEN n6:Region THEN [n6.isoCode, n6.population] WHEN n6:City THEN [n6.population] WHEN n6:Zone THEN [n6.type, n6.level, n6.establishedOn, n6.areaKm2] WHEN n6:Company THEN [n6.lei, n6.foundedOn] WHEN n6:Institution THEN [n6.type] WHEN n6:Agreement THEN [n6.type, n6.form, n6.signedOn, n6.inForceOn, n6.endedOn, n6.ending, n6.survivesUntil] WHEN n6:Event THEN [n6.type, n6.startsOn, n6.endsOn, n6.attendance] WHEN n6:Project THEN [n6.type, n6.stage, n6.startedOn, n6.openedOn] WHEN n6:Sector THEN [n6.scheme, n6.code] END]] }] END AS x7, CASE WHEN (r5:LOCATED_IN OR r5:LOCATED_IN_UNASSERTED OR r5:LOCATED_IN_PAST) THEN [null,
COLLECT {
MATCH (n8)<-[r5]-()
RETURN [[n8.id, n8.name, n8.name_key, CASE WHEN n8:Country THEN [n8.iso2, n8.iso3, n8.m49, n8.population] WHEN n8:Region THEN [n8.isoCode, n8.population] WHEN n8:City THEN [n8.population] WHEN n8:Zone THEN [n8.type, n8.level, n8.establishedOn, n8.areaKm2] END]] }] END AS x9, CASE WHEN (r5:PART_OF OR r5:PART_OF_UNASSERTED OR r5:PART_OF_PAST OR r5:RESULTED_IN OR r5:RESULTED_IN_UNASSERTED OR r5:RESULTED_IN_PAST OR r5:CONCERNS OR r5:CONCERNS_UNASSERTED OR r5:CONCERNS_PAST OR r5:INVESTS_IN OR r5:INVESTS_IN_UNASSERTED OR r5:INVESTS_IN_PAST) THEN [null,
COLLECT {
MATCH (n10)<-[r5]-()
RETURN [[n10.id, n10.name, n10.name_key, CASE WHEN n10:City THEN [n10.population] WHEN n10:Zone THEN [n10.type, n10.level, n10.establishedOn, n10.areaKm2] WHEN n10:Company THEN [n10.lei, n10.foundedOn] WHEN n10:Agreement THEN [n10.type, n10.form, n10.signedOn, n10.inForceOn, n10.endedOn, n10.ending, n10.survivesUntil] WHEN n10:Event THEN [n10.type, n10.startsOn, n10.endsOn, n10.attendance] WHEN n10:Project THEN [n10.type, n10.stage, n10.startedOn, n10.openedOn] WHEN n10:Sector THEN [n10.scheme, n10.code] END]] }] END AS x11, CASE WHEN (r5:PARTNERS_WITH OR r5:PARTNERS_WITH_UNASSERTED OR r5:PARTNERS_WITH_PAST OR r5:PARTY_TO OR r5:PARTY_TO_UNASSERTED OR r5:PARTY_TO_PAST OR r5:TOOK_PART_IN OR r5:TOOK_PART_IN_UNASSERTED OR r5:TOOK_PART_IN_PAST OR r5:ACTIVE_IN OR r5:ACTIVE_IN_UNASSERTED OR r5:ACTIVE_IN_PAST OR r5:INVESTS_IN OR r5:INVESTS_IN_UNASSERTED OR r5:INVESTS_IN_PAST) THEN [null,
COLLECT {
MATCH (n12)-[r5]->()
RETURN [[n12.id, n12.name, n12.name_key, CASE WHEN n12:Country THEN [n12.iso2, n12.iso3, n12.m49, n12.population] WHEN n12:Region THEN [n12.isoCode, n12.population] WHEN n12:City THEN [n12.population] WHEN n12:Zone THEN [n12.type, n12.level, n12.establishedOn, n12.areaKm2] WHEN n12:Company THEN [n12.lei, n12.foundedOn] WHEN n12:Institution THEN [n12.type] END]] }] END AS x13, CASE WHEN (r5:PARTNERS_WITH OR r5:PARTNERS_WITH_UNASSERTED OR r5:PARTNERS_WITH_PAST) THEN [null,
COLLECT {
MATCH (n14)<-[r5]-()
RETURN [[n14.id, n14.name, n14.name_key, CASE WHEN n14:Country THEN [n14.iso2, n14.iso3, n14.m49, n14.population] WHEN n14:Region THEN [n14.isoCode, n14.population] WHEN n14:City THEN [n14.population] WHEN n14:Zone THEN [n14.type, n14.level, n14.establishedOn, n14.areaKm2] WHEN n14:Company THEN [n14.lei, n14.foundedOn] WHEN n14:Institution THEN [n14.type] END]] }] END AS x15, CASE WHEN (r5:PARTY_TO OR r5:PARTY_TO_UNASSERTED OR r5:PARTY_TO_PAST OR r5:RELATES_TO OR r5:RELATES_TO_UNASSERTED OR r5:RELATES_TO_PAST) THEN [null,
COLLECT {
MATCH (n16)<-[r5]-()
RETURN [[n16.id, n16.name, n16.name_key, [n16.type, n16.form, n16.signedOn, n16.inForceOn, n16.endedOn, n16.ending, n16.survivesUntil]]] }] END AS x17, CASE WHEN (r5:TOOK_PART_IN OR r5:TOOK_PART_IN_UNASSERTED OR r5:TOOK_PART_IN_PAST) THEN [null,
COLLECT {
MATCH (n18)<-[r5]-()
RETURN [[n18.id, n18.name, n18.name_key, [n18.type, n18.startsOn, n18.endsOn, n18.attendance]]] }] END AS x19, CASE WHEN (r5:RESULTED_IN OR r5:RESULTED_IN_UNASSERTED OR r5:RESULTED_IN_PAST) THEN [null,
COLLECT {
MATCH (n20)-[r5]->()
RETURN [[n20.id, n20.name, n20.name_key, [n20.type, n20.startsOn, n20.endsOn, n20.attendance]]] }] END AS x21, CASE WHEN (r5:ACTIVE_IN OR r5:ACTIVE_IN_UNASSERTED OR r5:ACTIVE_IN_PAST) THEN [null,
COLLECT {
MATCH (n22)<-[r5]-()
RETURN [[n22.id, n22.name, n22.name_key, [n22.scheme, n22.code]]] }] END AS x23, CASE WHEN (r5:REPRESENTS OR r5:REPRESENTS_UNASSERTED OR r5:REPRESENTS_PAST) THEN [null,
COLLECT {
MATCH (n24)-[r5]->()
RETURN [[n24.id, n24.name, n24.name_key, [n24.type]]] }] END AS x25, CASE WHEN (r5:REPRESENTS OR r5:REPRESENTS_UNASSERTED OR r5:REPRESENTS_PAST) THEN [null,
COLLECT {
MATCH (n26)<-[r5]-()
RETURN [[n26.id, n26.name, n26.name_key, [n26.iso2, n26.iso3, n26.m49, n26.population]]] }] END AS x27, CASE WHEN (r5:RELATES_TO OR r5:RELATES_TO_UNASSERTED OR r5:RELATES_TO_PAST) THEN [null,
COLLECT {
MATCH (n28)-[r5]->()
RETURN [[n28.id, n28.name, n28.name_key, [n28.type, n28.form, n28.signedOn, n28.inForceOn, n28.endedOn, n28.ending, n28.survivesUntil]]] }] END AS x29
RETURN [[r5.id, startNode(r5).id, endNode(r5).id, CASE WHEN (r5:PART_OF OR r5:PART_OF_UNASSERTED OR r5:PART_OF_PAST) THEN [r5.share] WHEN (r5:PARTNERS_WITH OR r5:PARTNERS_WITH_UNASSERTED OR r5:PARTNERS_WITH_PAST) THEN [r5.type, r5.basis, r5.assertedBy] WHEN (r5:PARTY_TO OR r5:PARTY_TO_UNASSERTED OR r5:PARTY_TO_PAST) THEN [r5.role, r5.signedOn, r5.ratifiedOn, r5.inForceOn, r5.withdrewOn] WHEN (r5:TOOK_PART_IN OR r5:TOOK_PART_IN_UNASSERTED OR r5:TOOK_PART_IN_PAST) THEN [r5.role] WHEN (r5:INVESTS_IN OR r5:INVESTS_IN_UNASSERTED OR r5:INVESTS_IN_PAST) THEN [r5.amount, r5.currency, r5.mode] WHEN (r5:RELATES_TO OR r5:RELATES_TO_UNASSERTED OR r5:RELATES_TO_PAST) THEN [r5.type] END, r5.key, r5.since, r5.until, r5.state, r5.confidence, r5.recordedAt], x7, x9, x11, x13, x15, x17, x19, x21, x23, x25, x27, x29] } AS facts
RETURN cut, levels, hidden, rows, facts

