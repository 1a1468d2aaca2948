RETURN
COLLECT {
MATCH (n2:Country) USING INDEX SEEK n2:Country(iso2) WHERE n2.iso2 IN $p0
MATCH (n2)<-[x3:CITY_IN_COUNTRY]-(n1) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
WITH n1 WHERE NOT EXISTS {
MATCH (n1)-[r5:TOOK_PART_IN]->(n4) WHERE coalesce(n4.startsOn_to >= $p2, false)
RETURN n4 } AND EXISTS {
MATCH (n1)-[r7:PARTNERS_WITH]-(n6)
RETURN n6 }
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x18,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.order_key LIMIT $p6
WITH n1, [COUNT {
MATCH (n1)-[r9:PARTNERS_WITH]-(n8) },
COLLECT {
MATCH (n1)-[r9:PARTNERS_WITH]-(n8)
WITH n8, r9 ORDER BY n8.order_key, r9.id LIMIT $p4
WITH n8, r9,
COLLECT {
MATCH (n8)-[x11s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n10:Country) WHERE all(x11 IN x11s WHERE coalesce(x11.from_day, -2147483648) <= $day AND coalesce(x11.to_day, 2147483647) >= $day)
WITH n10 ORDER BY n10.id LIMIT $p3
RETURN [[n10.id, n10.name]] } AS x12
RETURN [[n8.id, n8.name], x12] }] AS x13,
COLLECT {
MATCH (n1)-[r15:TOOK_PART_IN]->(n14)
WITH n14, r15 ORDER BY n14.startsOn_from IS NULL, n14.startsOn_from DESC, n14.startsOn_to DESC, n14.id, r15.id LIMIT $p5
RETURN [[n14.id, n14.name, n14.startsOn]] } AS x16
RETURN [[n1.id, n1.name], x13, x16] } AS x19
RETURN [x18, x19] } AS answer

