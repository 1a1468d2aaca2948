RETURN
COLLECT {
MATCH (n3:Country) USING INDEX SEEK n3:Country(iso2) WHERE n3.iso2 IN $p0
MATCH (n3)<-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]-(n2) WHERE (n2:Country OR n2:Region OR n2:City OR n2:Zone OR n2:Company OR n2:Institution) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
WITH DISTINCT n2
MATCH (n1:City)-[r5:PARTNERS_WITH]-(n2)
WITH DISTINCT n1 WHERE (EXISTS {
MATCH (n1)-[r7:PARTNERS_WITH]-(n6) WHERE EXISTS {
MATCH (n6)-[x9s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n8:Country) WHERE coalesce(n8.iso2 IN $p2, false) AND all(x9 IN x9s WHERE coalesce(x9.from_day, -2147483648) <= $day AND coalesce(x9.to_day, 2147483647) >= $day)
RETURN n8 }
RETURN n6 })
WITH n1 ORDER BY n1.order_key LIMIT $p7
WITH n1,
COLLECT {
MATCH (n1)-[x11:CITY_IN_COUNTRY]->(n10:Country) WHERE coalesce(x11.from_day, -2147483648) <= $day AND coalesce(x11.to_day, 2147483647) >= $day
RETURN [[n10.id, n10.name]] } AS x12,
COLLECT {
MATCH (n1)-[r14:PARTNERS_WITH]-(n13) WHERE ((EXISTS {
MATCH (n13)-[x16s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n15:Country) WHERE coalesce(n15.iso2 IN $p3, false) AND all(x16 IN x16s WHERE coalesce(x16.from_day, -2147483648) <= $day AND coalesce(x16.to_day, 2147483647) >= $day)
RETURN n15 }) OR (EXISTS {
MATCH (n13)-[x18s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n17:Country) WHERE coalesce(n17.iso2 IN $p4, false) AND all(x18 IN x18s WHERE coalesce(x18.from_day, -2147483648) <= $day AND coalesce(x18.to_day, 2147483647) >= $day)
RETURN n17 }))
WITH n13, r14 ORDER BY n13.order_key, r14.id LIMIT $p6
WITH n13, r14,
COLLECT {
MATCH (n13)-[x20s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n19:Country) WHERE all(x20 IN x20s WHERE coalesce(x20.from_day, -2147483648) <= $day AND coalesce(x20.to_day, 2147483647) >= $day)
WITH n19 ORDER BY n19.id LIMIT $p5
RETURN [[n19.id, n19.name]] } AS x21
RETURN [[[n13.id, n13.name], x21], [[r14.id, r14.type, r14.since, r14.confidence]]] } AS x22
RETURN [[n1.id, n1.name], x12, x22] } AS answer

