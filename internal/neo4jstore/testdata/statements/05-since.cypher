RETURN
COLLECT {
MATCH (n3:Country) USING INDEX SEEK n3:Country(iso2) WHERE n3.iso2 IN $p0
MATCH (n3)<-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]-(n2) WHERE (n2:Country OR n2:Region OR n2:City OR n2:Zone OR n2:Company OR n2:Institution) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
WITH DISTINCT n2 WHERE n2:City
MATCH (n1:City)-[r5:PARTNERS_WITH]-(n2) WHERE (coalesce(r5.confidence IS NOT NULL AND r5.confidence >= $p2, false)) AND coalesce(r5.since_to >= $p3, false)
WITH DISTINCT n1
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x10,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.order_key LIMIT $p4
WITH n1,
COLLECT {
MATCH (n1)-[x7:CITY_IN_COUNTRY]->(n6:Country) WHERE coalesce(x7.from_day, -2147483648) <= $day AND coalesce(x7.to_day, 2147483647) >= $day
RETURN [[n6.id, n6.iso2]] } AS x8
RETURN [[n1.id, n1.name], x8] } AS x11
RETURN [x10, x11] } AS answer

