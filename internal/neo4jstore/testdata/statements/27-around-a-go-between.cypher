RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1, [COUNT {
MATCH (n1)-[r2:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() }, null] AS x3
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, CASE WHEN n1:Country THEN [n1.iso2, n1.iso3, n1.m49, n1.population] WHEN n1:Region THEN [n1.isoCode, n1.population] WHEN n1:City THEN [n1.population] WHEN n1:Zone THEN [n1.type, n1.level, n1.establishedOn, n1.areaKm2] WHEN n1:Company THEN [n1.lei, n1.foundedOn] WHEN n1:Institution THEN [n1.type] WHEN n1:Agreement THEN [n1.type, n1.form, n1.signedOn, n1.inForceOn, n1.endedOn, n1.ending, n1.survivesUntil] WHEN n1:Event THEN [n1.type, n1.startsOn, n1.endsOn, n1.attendance] WHEN n1:Project THEN [n1.type, n1.stage, n1.startedOn, n1.openedOn] WHEN n1:Sector THEN [n1.scheme, n1.code] END, n1.names, n1.description, n1.identifiers, n1.location, n1.evidence], x3]] } AS answer0

UNWIND range(0, size($p0) - 1) AS i
MATCH (n:Entity {id: $p0[i]})
WITH i, n, COUNT { (n)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree
WITH collect(i) AS at, collect(n) AS ns, collect(degree) AS degrees, sum(degree) AS total
RETURN at, degrees, total, CASE WHEN total <= $p2 THEN
COLLECT {
UNWIND range(0, size(ns) - 1) AS j
WITH at[j] AS i, ns[j] AS n
MATCH (n)-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-() WHERE coalesce(r1.confidence IS NOT NULL AND r1.confidence >= $p1, false)
RETURN [i, [r1.id, startNode(r1).id, endNode(r1).id, CASE WHEN (r1:PART_OF OR r1:PART_OF_UNASSERTED OR r1:PART_OF_PAST) THEN [r1.share] WHEN (r1:PARTNERS_WITH OR r1:PARTNERS_WITH_UNASSERTED OR r1:PARTNERS_WITH_PAST) THEN [r1.type, r1.basis, r1.assertedBy] WHEN (r1:PARTY_TO OR r1:PARTY_TO_UNASSERTED OR r1:PARTY_TO_PAST) THEN [r1.role, r1.signedOn, r1.ratifiedOn, r1.inForceOn, r1.withdrewOn] WHEN (r1:TOOK_PART_IN OR r1:TOOK_PART_IN_UNASSERTED OR r1:TOOK_PART_IN_PAST) THEN [r1.role] WHEN (r1:INVESTS_IN OR r1:INVESTS_IN_UNASSERTED OR r1:INVESTS_IN_PAST) THEN [r1.amount, r1.currency, r1.mode] WHEN (r1:RELATES_TO OR r1:RELATES_TO_UNASSERTED OR r1:RELATES_TO_PAST) THEN [r1.type] END, r1.key, r1.since, r1.until, r1.state, r1.confidence, r1.recordedAt]] } END AS facts

UNWIND range(0, size($p0) - 1) AS i
MATCH (n:Entity {id: $p0[i]})
WITH i, n, COUNT { (n)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree
WITH collect(i) AS at, collect(n) AS ns, collect(degree) AS degrees, sum(degree) AS total
RETURN at, degrees, total, CASE WHEN total <= $p2 THEN
COLLECT {
UNWIND range(0, size(ns) - 1) AS j
WITH at[j] AS i, ns[j] AS n
MATCH (n)-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-() WHERE coalesce(r1.confidence IS NOT NULL AND r1.confidence >= $p1, false)
RETURN [i, [r1.id, startNode(r1).id, endNode(r1).id, CASE WHEN (r1:PART_OF OR r1:PART_OF_UNASSERTED OR r1:PART_OF_PAST) THEN [r1.share] WHEN (r1:PARTNERS_WITH OR r1:PARTNERS_WITH_UNASSERTED OR r1:PARTNERS_WITH_PAST) THEN [r1.type, r1.basis, r1.assertedBy] WHEN (r1:PARTY_TO OR r1:PARTY_TO_UNASSERTED OR r1:PARTY_TO_PAST) THEN [r1.role, r1.signedOn, r1.ratifiedOn, r1.inForceOn, r1.withdrewOn] WHEN (r1:TOOK_PART_IN OR r1:TOOK_PART_IN_UNASSERTED OR r1:TOOK_PART_IN_PAST) THEN [r1.role] WHEN (r1:INVESTS_IN OR r1:INVESTS_IN_UNASSERTED OR r1:INVESTS_IN_PAST) THEN [r1.amount, r1.currency, r1.mode] WHEN (r1:RELATES_TO OR r1:RELATES_TO_UNASSERTED OR r1:RELATES_TO_PAST) THEN [r1.type] END, r1.key, r1.since, r1.until, r1.state, r1.confidence, r1.recordedAt]] } END AS facts

UNWIND range(0, size($p0) - 1) AS i
MATCH (n:Entity {id: $p0[i]})
WITH i, n, COUNT { (n)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree
WITH collect(i) AS at, collect(n) AS ns, collect(degree) AS degrees, sum(degree) AS total
RETURN at, degrees, total, CASE WHEN total <= $p2 THEN
COLLECT {
UNWIND range(0, size(ns) - 1) AS j
WITH at[j] AS i, ns[j] AS n
MATCH (n)-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-() WHERE coalesce(r1.confidence IS NOT NULL AND r1.confidence >= $p1, false)
RETURN [i, [r1.id, startNode(r1).id, endNode(r1).id, CASE WHEN (r1:PART_OF OR r1:PART_OF_UNASSERTED OR r1:PART_OF_PAST) THEN [r1.share] WHEN (r1:PARTNERS_WITH OR r1:PARTNERS_WITH_UNASSERTED OR r1:PARTNERS_WITH_PAST) THEN [r1.type, r1.basis, r1.assertedBy] WHEN (r1:PARTY_TO OR r1:PARTY_TO_UNASSERTED OR r1:PARTY_TO_PAST) THEN [r1.role, r1.signedOn, r1.ratifiedOn, r1.inForceOn, r1.withdrewOn] WHEN (r1:TOOK_PART_IN OR r1:TOOK_PART_IN_UNASSERTED OR r1:TOOK_PART_IN_PAST) THEN [r1.role] WHEN (r1:INVESTS_IN OR r1:INVESTS_IN_UNASSERTED OR r1:INVESTS_IN_PAST) THEN [r1.amount, r1.currency, r1.mode] WHEN (r1:RELATES_TO OR r1:RELATES_TO_UNASSERTED OR r1:RELATES_TO_PAST) THEN [r1.type] END, r1.key, r1.since, r1.until, r1.state, r1.confidence, r1.recordedAt]] } END AS facts

UNWIND range(0, size($p0) - 1) AS i
MATCH (n:Entity {id: $p0[i]})
WITH i, n, COUNT { (n)-[:LOCATED_IN|LOCATED_IN_UNASSERTED|PART_OF|PART_OF_UNASSERTED|PARTNERS_WITH|PARTNERS_WITH_UNASSERTED|PARTY_TO|PARTY_TO_UNASSERTED|TOOK_PART_IN|TOOK_PART_IN_UNASSERTED|RESULTED_IN|RESULTED_IN_UNASSERTED|CONCERNS|CONCERNS_UNASSERTED|ACTIVE_IN|ACTIVE_IN_UNASSERTED|INVESTS_IN|INVESTS_IN_UNASSERTED|REPRESENTS|REPRESENTS_UNASSERTED|RELATES_TO|RELATES_TO_UNASSERTED]-() } AS degree
WITH collect(i) AS at, collect(n) AS ns, collect(degree) AS degrees, sum(degree) AS total
RETURN at, degrees, total, CASE WHEN total <= $p2 THEN
COLLECT {
UNWIND range(0, size(ns) - 1) AS j
WITH at[j] AS i, ns[j] AS n
MATCH (n)-[r1:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO]-() WHERE coalesce(r1.confidence IS NOT NULL AND r1.confidence >= $p1, false)
RETURN [i, [r1.id, startNode(r1).id, endNode(r1).id, CASE WHEN (r1:PART_OF OR r1:PART_OF_UNASSERTED OR r1:PART_OF_PAST) THEN [r1.share] WHEN (r1:PARTNERS_WITH OR r1:PARTNERS_WITH_UNASSERTED OR r1:PARTNERS_WITH_PAST) THEN [r1.type, r1.basis, r1.assertedBy] WHEN (r1:PARTY_TO OR r1:PARTY_TO_UNASSERTED OR r1:PARTY_TO_PAST) THEN [r1.role, r1.signedOn, r1.ratifiedOn, r1.inForceOn, r1.withdrewOn] WHEN (r1:TOOK_PART_IN OR r1:TOOK_PART_IN_UNASSERTED OR r1:TOOK_PART_IN_PAST) THEN [r1.role] WHEN (r1:INVESTS_IN OR r1:INVESTS_IN_UNASSERTED OR r1:INVESTS_IN_PAST) THEN [r1.amount, r1.currency, r1.mode] WHEN (r1:RELATES_TO OR r1:RELATES_TO_UNASSERTED OR r1:RELATES_TO_PAST) THEN [r1.type] END, r1.key, r1.since, r1.until, r1.state, r1.confidence, r1.recordedAt]] } END AS facts

RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
RETURN [n1_id, [[n1.id, n1.name, n1.name_key, CASE WHEN n1:Country THEN [n1.iso2, n1.iso3, n1.m49, n1.population] WHEN n1:Region THEN [n1.isoCode, n1.population] WHEN n1:City THEN [n1.population] WHEN n1:Zone THEN [n1.type, n1.level, n1.establishedOn, n1.areaKm2] WHEN n1:Company THEN [n1.lei, n1.foundedOn] WHEN n1:Institution THEN [n1.type] WHEN n1:Agreement THEN [n1.type, n1.form, n1.signedOn, n1.inForceOn, n1.endedOn, n1.ending, n1.survivesUntil] WHEN n1:Event THEN [n1.type, n1.startsOn, n1.endsOn, n1.attendance] WHEN n1:Project THEN [n1.type, n1.stage, n1.startedOn, n1.openedOn] WHEN n1:Sector THEN [n1.scheme, n1.code] END]]] } AS answer0,
COLLECT {
UNWIND $p1 AS r2_id
MATCH ()-[r2:LOCATED_IN|PART_OF|PARTNERS_WITH|PARTY_TO|TOOK_PART_IN|RESULTED_IN|CONCERNS|ACTIVE_IN|INVESTS_IN|REPRESENTS|RELATES_TO {id: r2_id}]->()
WITH r2_id, r2, [r2.evidence, null] AS x3
RETURN [r2_id, [[r2.id, startNode(r2).id, endNode(r2).id, CASE WHEN r2:PART_OF THEN [r2.share] WHEN r2:PARTNERS_WITH THEN [r2.type, r2.basis, r2.assertedBy] WHEN r2:PARTY_TO THEN [r2.role, r2.signedOn, r2.ratifiedOn, r2.inForceOn, r2.withdrewOn] WHEN r2:TOOK_PART_IN THEN [r2.role] WHEN r2:INVESTS_IN THEN [r2.amount, r2.currency, r2.mode] WHEN r2:RELATES_TO THEN [r2.type] END, r2.key, r2.since, r2.until, r2.state, r2.confidence, r2.recordedAt], x3]] } AS answer1

