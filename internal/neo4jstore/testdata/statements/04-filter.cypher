RETURN [null,
COLLECT {
MATCH (n2:Country) USING INDEX n2:Country(iso2) WHERE n2.iso2 IN $p0
MATCH (n2)<-[x3:CITY_IN_COUNTRY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE EXISTS {
MATCH (n1)-[r5:PARTY_TO]->(n4)
RETURN n4 }
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p3 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p3 THEN $p3 ELSE size(the_n1) END - 1) AS i10
WITH size(the_n1) AS t9, the_n1[i10] AS n1
WITH t9, n1, [null,
COLLECT {
MATCH (n1)-[r7:PARTY_TO]->(n6)
WITH n6, r7 ORDER BY n6.name_key, n6.id, r7.id LIMIT $p2
RETURN [[[n6.id, n6.name, n6.name_key, [n6.type, n6.form, n6.signedOn, n6.inForceOn, n6.endedOn, n6.ending, n6.survivesUntil]]], [[r7.id, startNode(r7).id, endNode(r7).id, [r7.role, r7.signedOn, r7.ratifiedOn, r7.inForceOn, r7.withdrewOn], r7.key, r7.since, r7.until, r7.state, r7.confidence, r7.recordedAt]]] }] AS x8
RETURN [t9, [[n1.id, n1.name, n1.name_key, [n1.population]], x8]] }] AS answer

