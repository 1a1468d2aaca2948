RETURN
COLLECT {
MATCH (n2:Country) USING INDEX SEEK n2:Country(iso2) WHERE n2.iso2 IN $p0
MATCH (n2)<-[x3:CITY_IN_COUNTRY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE EXISTS {
MATCH (n1)-[r5:PARTY_TO]->(n4)
RETURN n4 }
WITH n1 ORDER BY n1.order_key LIMIT $p3
WITH n1,
COLLECT {
MATCH (n1)-[r7:PARTY_TO]->(n6)
WITH n6, r7 ORDER BY n6.order_key, r7.id LIMIT $p2
RETURN [[[n6.id, n6.name, n6.signedOn]], [[r7.id, r7.role]]] } AS x8
RETURN [[n1.id, n1.name], x8] } AS answer

