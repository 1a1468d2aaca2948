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
MATCH (x)-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-()
WITH collect(r1) AS rs, collect(r1.confidence) AS cs
WITH rs, cs,
COLLECT {
UNWIND cs AS c
WITH c ORDER BY c DESC LIMIT $per
RETURN c }[$per - 1] AS least
UNWIND range(0, size(rs) - 1) AS at
WITH rs[at] AS r1, cs[at] AS c, least WHERE least IS NULL OR c >= least
WITH r1, [-c, -coalesce(r1.since_from, -2147483649), -coalesce(r1.since_to, -2147483649)] AS k ORDER BY k
WITH collect(r1) AS rs, collect(k) AS ks
UNWIND range(0, size(ks) - 1) AS at
WITH rs[at] AS r1, ks[at] AS k, ks[$per - 1] AS edge, ks[at - 1] AS before, ks[at + 1] AS after WHERE edge IS NULL OR k <= edge
WITH r1, k, k = before OR k = after AS tied, CASE WHEN startNode(r1) = x THEN endNode(r1) ELSE startNode(r1) END AS y
WITH y, k, CASE WHEN tied THEN COUNT { (y)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } END AS degree, r1.id AS id ORDER BY k, degree, id LIMIT $per
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
MATCH (x)-[r2:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-()
WITH collect(r2) AS rs, collect(r2.confidence) AS cs
WITH rs, cs,
COLLECT {
UNWIND cs AS c
WITH c ORDER BY c DESC LIMIT $per
RETURN c }[$per - 1] AS least
UNWIND range(0, size(rs) - 1) AS at
WITH rs[at] AS r2, cs[at] AS c, least WHERE least IS NULL OR c >= least
WITH r2, [-c, -coalesce(r2.since_from, -2147483649), -coalesce(r2.since_to, -2147483649)] AS k ORDER BY k
WITH collect(r2) AS rs, collect(k) AS ks
UNWIND range(0, size(ks) - 1) AS at
WITH rs[at] AS r2, ks[at] AS k, ks[$per - 1] AS edge, ks[at - 1] AS before, ks[at + 1] AS after WHERE edge IS NULL OR k <= edge
WITH r2, k, k = before OR k = after AS tied, CASE WHEN startNode(r2) = x THEN endNode(r2) ELSE startNode(r2) END AS y
WITH y, k, CASE WHEN tied THEN COUNT { (y)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } END AS degree, r2.id AS id ORDER BY k, degree, id LIMIT $per
RETURN collect(y) AS ys }
UNWIND range(0, size(ys) - 1) AS j
WITH i, j, ys[j] AS y WHERE NOT y IN shown
WITH i, j, y ORDER BY i, j
WITH collect(DISTINCT y) AS ys
RETURN ys[..$limit - size(shown)] AS next }
WITH shown + next AS shown, next AS frontier, cut, levels + size(next) AS levels
CALL (shown) {
UNWIND shown AS x
MATCH (x)-[r3:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]->(y) WHERE y IN shown
RETURN collect(r3) AS among }
CALL (shown) {
UNWIND range(0, size(shown) - 1) AS i
WITH i, shown[i] AS x
WITH i, COUNT {
MATCH (x)-[r4:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-(y)
RETURN DISTINCT y } AS ends ORDER BY i
RETURN collect(ends) AS ends }
WITH *,
COLLECT {
UNWIND shown AS n5
WITH n5
RETURN [[n5.id, n5.name]] } AS rows,
COLLECT {
UNWIND among AS r6
WITH r6
RETURN [[r6.id, startNode(r6).id, endNode(r6).id]] } AS facts
RETURN levels, rows, facts, cut, ends

