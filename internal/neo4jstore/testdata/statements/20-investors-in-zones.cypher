RETURN
COLLECT {
MATCH (n2:Country) USING INDEX SEEK n2:Country(iso2) WHERE n2.iso2 IN $p0
MATCH (n2)<-[x3:ZONE_IN_COUNTRY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE EXISTS {
MATCH (n1)<-[r5:INVESTS_IN]-(n4)
RETURN n4 }
WITH n1 ORDER BY n1.order_key LIMIT $p4
WITH n1, [COUNT {
MATCH (n1)<-[r7:INVESTS_IN]-(n6) },
COLLECT {
MATCH (n1)<-[r7:INVESTS_IN]-(n6)
WITH n6, r7 ORDER BY n6.order_key, r7.id LIMIT $p3
WITH n6, r7, CASE WHEN n6:Company THEN
COLLECT {
MATCH (n6)-[x9:COMPANY_IN_COUNTRY]->(n8:Country) WHERE coalesce(x9.from_day, -2147483648) <= $day AND coalesce(x9.to_day, 2147483647) >= $day
RETURN [[n8.id, n8.name]] } END AS x10, [r7.evidence, [COLLECT {
UNWIND coalesce(r7.ev_source[..$p2], []) AS s11_id
WITH DISTINCT s11_id
MATCH (s11:Source {id: s11_id})
RETURN [[s11.id, s11.title]] }]] AS x12
RETURN [[[n6.id, n6.name], x10], [[r7.id, r7.amount, r7.currency, r7.mode, r7.since, r7.confidence], x12]] }] AS x13
RETURN [[n1.id, n1.name, n1.type], x13] } AS answer

