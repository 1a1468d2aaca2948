RETURN
COLLECT {
MATCH (n3:Country) USING INDEX n3:Country(iso2) WHERE n3.iso2 IN $p0
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
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(n1.type, '') AS k10, coalesce(n1.type, '') AS k11
WITH k10, min(k11) AS k11, count(*) AS n ORDER BY n DESC, k10 LIMIT $p2
RETURN [k10, k11, n] } AS x9,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(toString(toInteger(substring(n1.signedOn, CASE WHEN n1.signedOn STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k13, coalesce(toString(toInteger(substring(n1.signedOn, CASE WHEN n1.signedOn STARTS
WITH '../' THEN 3 ELSE 0 END, 4))), '') AS k14
WITH k13, min(k14) AS k14, count(*) AS n ORDER BY n DESC, k13 LIMIT $p3
RETURN [k13, k14, n] } AS x12,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH
COLLECT {
MATCH (n1)-[r20:CONCERNS]->(n19:Sector)
WITH n19.id AS x21, n19.name AS x21_l WHERE x21 IS NOT NULL AND x21 <> ''
RETURN DISTINCT [x21, x21_l] } AS v18s
UNWIND CASE WHEN size(v18s) = 0 THEN [['', '']] ELSE v18s END AS v18
WITH v18[0] AS k16, v18[1] AS k17
WITH k16, min(k17) AS k17, count(*) AS n ORDER BY n DESC, k16 LIMIT $p4
RETURN [k16, k17, n] } AS x15
RETURN [x7, x8, x9, x12, x15] } AS answer

