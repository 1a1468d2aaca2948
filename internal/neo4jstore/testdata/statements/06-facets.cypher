RETURN
COLLECT {
MATCH (n3:Country) USING INDEX SEEK n3:Country(iso2) WHERE n3.iso2 IN $p0
MATCH (n3)<-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]-(n2) WHERE (n2:Country OR n2:Region OR n2:City OR n2:Zone OR n2:Company OR n2:Institution) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
WITH DISTINCT n2
MATCH (n1:Agreement)<-[r5:PARTY_TO]-(n2)
WITH DISTINCT n1
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x7,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
RETURN 1 LIMIT 1 } AS x8,
COLLECT {
CALL (all_n1) {
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(n1.type, '') AS k10, coalesce(n1.type, '') AS k11
WITH k10, min(k11) AS k11, count(*) AS n ORDER BY n DESC, k10 LIMIT $p2
RETURN [k10, k11, n] AS k12 }
RETURN k12 } AS x9,
COLLECT {
CALL (all_n1) {
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(toString(toInteger(substring(n1.signedOn, CASE WHEN n1.signedOn STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k14, coalesce(toString(toInteger(substring(n1.signedOn, CASE WHEN n1.signedOn STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k15
WITH k14, min(k15) AS k15, count(*) AS n ORDER BY n DESC, k14 LIMIT $p3
RETURN [k14, k15, n] AS k16 }
RETURN k16 } AS x13,
COLLECT {
CALL (all_n1) {
UNWIND all_n1 AS n1
WITH n1
WITH
COLLECT {
MATCH (n1)-[r23:CONCERNS]->(n22:Sector)
WITH n22.id AS x24, n22.name AS x24_l WHERE x24 IS NOT NULL AND x24 <> ''
RETURN DISTINCT [x24, x24_l] } AS v21s
UNWIND CASE WHEN size(v21s) = 0 THEN [['', '']] ELSE v21s END AS v21
WITH v21[0] AS k18, v21[1] AS k19
WITH k18, min(k19) AS k19, count(*) AS n ORDER BY n DESC, k18 LIMIT $p4
RETURN [k18, k19, n] AS k20 }
RETURN k20 } AS x17
RETURN [x7, x8, x9, x13, x17] } AS answer

