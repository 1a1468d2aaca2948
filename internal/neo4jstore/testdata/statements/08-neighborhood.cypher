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
RETURN [[n4.id, n4.name]] } AS rows,
COLLECT {
UNWIND among AS r5
WITH r5
WITH r5,
COLLECT {
MATCH (n6)-[r5]->()
RETURN [[n6.id]] } AS x7,
COLLECT {
MATCH (n8)<-[r5]-()
RETURN [[n8.id]] } AS x9
RETURN [[r5.id, startNode(r5).id, endNode(r5).id], x7, x9] } AS facts
RETURN cut, levels, hidden, rows, facts

