RETURN
COLLECT {
CALL () {
MATCH (n3:Country) USING INDEX SEEK n3:Country(iso2) WHERE n3.iso2 IN $p0
MATCH (n3)<-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]-(n2) WHERE (n2:Country OR n2:Region OR n2:City OR n2:Zone OR n2:Company OR n2:Institution) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
WITH DISTINCT n2
MATCH (n2)-[r1:PARTNERS_WITH]->()
WITH DISTINCT r1
RETURN r1 UNION
MATCH (n6:Country) USING INDEX SEEK n6:Country(iso2) WHERE n6.iso2 IN $p2
MATCH (n6)<-[x7s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]-(n5) WHERE (n5:Country OR n5:Region OR n5:City OR n5:Zone OR n5:Company OR n5:Institution) AND all(x7 IN x7s WHERE coalesce(x7.from_day, -2147483648) <= $day AND coalesce(x7.to_day, 2147483647) >= $day)
WITH DISTINCT n5
MATCH (n5)<-[r1:PARTNERS_WITH]-()
WITH DISTINCT r1
RETURN r1 }
WITH r1
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
CALL (all_r1) {
UNWIND all_r1 AS r1
WITH r1
WITH coalesce(toString(toInteger(substring(r1.since, CASE WHEN r1.since STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k16, coalesce(toString(toInteger(substring(r1.since, CASE WHEN r1.since STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k17
WITH k16, min(k17) AS k17, count(*) AS n ORDER BY n DESC, k16 LIMIT $p4
RETURN [k16, k17, n] AS k18 }
RETURN k18 } AS x15,
COLLECT {
CALL (all_r1) {
UNWIND all_r1 AS r1
WITH r1
WITH
COLLECT {
UNWIND coalesce(r1.ev_source, []) AS s24_id
WITH DISTINCT s24_id
MATCH (s24:Source {id: s24_id})
WITH s24.id AS x25, s24.title AS x25_l WHERE x25 IS NOT NULL AND x25 <> ''
RETURN DISTINCT [x25, x25_l] } AS v23s
UNWIND CASE WHEN size(v23s) = 0 THEN [['', '']] ELSE v23s END AS v23
WITH v23[0] AS k20, v23[1] AS k21
WITH k20, min(k21) AS k21, count(*) AS n ORDER BY n DESC, k20 LIMIT $p5
RETURN [k20, k21, n] AS k22 }
RETURN k22 } AS x19
RETURN [x13, x14, x15, x19] } AS answer

