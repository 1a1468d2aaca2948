RETURN [COUNT {
MATCH (n1:City) WHERE NOT EXISTS {
MATCH (n1)-[r3:PARTY_TO]->(n2)
RETURN n2 } AND EXISTS {
MATCH (n1)-[r5:PARTNERS_WITH]-(n4) WHERE coalesce(r5.type IN $p0, false)
RETURN n4 }
RETURN n1 },
COLLECT {
MATCH (n1:City) USING INDEX n1:City(name_key) WHERE n1.name_key >= $p1 AND NOT EXISTS {
MATCH (n1)-[r7:PARTY_TO]->(n6)
RETURN n6 } AND EXISTS {
MATCH (n1)-[r9:PARTNERS_WITH]-(n8) WHERE coalesce(r9.type IN $p2, false)
RETURN n8 }
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p6
WITH n1,
COLLECT {
MATCH (n1)-[x11:CITY_IN_COUNTRY]->(n10:Country) WHERE coalesce(x11.from_day, -2147483648) <= $day AND coalesce(x11.to_day, 2147483647) >= $day
RETURN [[n10.id, n10.name]] } AS x12,
COLLECT {
MATCH (n1)-[r14:PARTNERS_WITH]-(n13) WHERE coalesce(r14.type IN $p4, false)
WITH n13, r14 ORDER BY n13.order_key, r14.id LIMIT $p5
RETURN [[[n13.id, n13.name]], [[r14.id, r14.since]]] } AS x15
RETURN [[n1.id, n1.name], x12, x15] }] AS answer

