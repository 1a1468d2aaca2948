RETURN
COLLECT {
MATCH (n1:Agreement) WHERE NOT (n1.inForceOn_from IS NOT NULL) AND (coalesce(n1.signedOn_to >= $p0 AND n1.signedOn_from <= $p1, false))
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x8,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.signedOn_from, n1.signedOn_to, n1.id LIMIT $p3 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p3 THEN $p3 ELSE size(the_n1) END - 1) AS i6
WITH size(the_n1) AS t5, the_n1[i6] AS n1
WITH t5, n1, [null,
COLLECT {
MATCH (n1)<-[r3:PARTY_TO]-(n2)
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p2
RETURN [[[n2.id, n2.name, n2.name_key, CASE WHEN n2:Country THEN [n2.iso2, n2.iso3, n2.m49, n2.population] WHEN n2:Region THEN [n2.isoCode, n2.population] WHEN n2:City THEN [n2.population] WHEN n2:Zone THEN [n2.type, n2.level, n2.establishedOn, n2.areaKm2] WHEN n2:Company THEN [n2.lei, n2.foundedOn] WHEN n2:Institution THEN [n2.type] END]], [[r3.id, startNode(r3).id, endNode(r3).id, [r3.role, r3.signedOn, r3.ratifiedOn, r3.inForceOn, r3.withdrewOn], r3.key, r3.since, r3.until, r3.state, r3.confidence, r3.recordedAt]]] }] AS x4
RETURN [t5, [[n1.id, n1.name, n1.name_key, [n1.type, n1.form, n1.signedOn, n1.inForceOn, n1.endedOn, n1.ending, n1.survivesUntil]], x4]] } AS x9,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(n1.type, '') AS k11, coalesce(n1.type, '') AS k12
WITH k11, min(k12) AS k12, count(*) AS n ORDER BY n DESC, k11 LIMIT $p4
RETURN [k11, k12, n] } AS x10,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(n1.form, '') AS k14, coalesce(n1.form, '') AS k15
WITH k14, min(k15) AS k15, count(*) AS n ORDER BY n DESC, k14 LIMIT $p5
RETURN [k14, k15, n] } AS x13
RETURN [x8, x9, x10, x13] } AS answer

