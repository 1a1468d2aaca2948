RETURN
COLLECT {
MATCH ()-[r1:PARTNERS_WITH]->() WHERE (((EXISTS {
MATCH (n2)-[r1]->() WHERE EXISTS {
MATCH (n2)-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n3:Country) WHERE coalesce(n3.iso2 IN $p0, false) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
RETURN n3 }
RETURN n2 }) OR (EXISTS {
MATCH (n5)<-[r1]-() WHERE EXISTS {
MATCH (n5)-[x7s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n6:Country) WHERE coalesce(n6.iso2 IN $p2, false) AND all(x7 IN x7s WHERE coalesce(x7.from_day, -2147483648) <= $day AND coalesce(x7.to_day, 2147483647) >= $day)
RETURN n6 }
RETURN n5 })))
WITH collect(r1) AS all_r1
WITH all_r1, size(all_r1) AS x13,
COLLECT {
UNWIND all_r1 AS r1
WITH r1
WITH r1 ORDER BY r1.since_from IS NULL, r1.since_from DESC, r1.since_to DESC, r1.id LIMIT $p3
WITH r1,
COLLECT {
MATCH (n8)-[r1]->()
RETURN [[n8.id, n8.name]] } AS x9,
COLLECT {
MATCH (n10)<-[r1]-()
RETURN [[n10.id, n10.name]] } AS x11
RETURN [[r1.id, r1.type, r1.since], x9, x11] } AS x14,
COLLECT {
UNWIND all_r1 AS r1
WITH r1
WITH coalesce(toString(toInteger(substring(r1.since, CASE WHEN r1.since STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k16, coalesce(toString(toInteger(substring(r1.since, CASE WHEN r1.since STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k17
WITH k16, min(k17) AS k17, count(*) AS n ORDER BY n DESC, k16 LIMIT $p4
RETURN [k16, k17, n] } AS x15,
COLLECT {
UNWIND all_r1 AS r1
WITH r1
WITH
COLLECT {
UNWIND coalesce(r1.ev_source, []) AS s22_id
WITH DISTINCT s22_id
MATCH (s22:Source {id: s22_id})
WITH s22.id AS x23, s22.title AS x23_l WHERE x23 IS NOT NULL AND x23 <> ''
RETURN DISTINCT [x23, x23_l] } AS v21s
UNWIND CASE WHEN size(v21s) = 0 THEN [['', '']] ELSE v21s END AS v21
WITH v21[0] AS k19, v21[1] AS k20
WITH k19, min(k20) AS k20, count(*) AS n ORDER BY n DESC, k19 LIMIT $p5
RETURN [k19, k20, n] } AS x18
RETURN [x13, x14, x15, x18] } AS answer

