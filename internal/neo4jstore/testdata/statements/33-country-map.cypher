CALL () {
MATCH (n6)-[r5:PARTNERS_WITH]->(n7) WHERE coalesce(r5.since_to >= $p2, false)
CALL (n6) {
MATCH (n6)-[x9s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n8:Country) WHERE all(x9 IN x9s WHERE coalesce(x9.from_day, -2147483648) <= $day AND coalesce(x9.to_day, 2147483647) >= $day)
RETURN n8 AS a }
CALL (n7) {
MATCH (n7)-[x11s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n10:Country) WHERE all(x11 IN x11s WHERE coalesce(x11.from_day, -2147483648) <= $day AND coalesce(x11.to_day, 2147483647) >= $day)
RETURN n10 AS b }
WITH a, b WHERE a <> b
WITH a, b, count(*) AS n
WITH CASE WHEN a.id < b.id THEN a ELSE b END AS x, CASE WHEN a.id < b.id THEN b ELSE a END AS y, n
WITH x AS a, y AS b, n
RETURN 0 AS sort, a, b, n
UNION ALL
MATCH (joint)<-[r15:PARTY_TO]-(n12) WHERE coalesce(r15.since_to >= $p3, false)
CALL (n12) {
MATCH (n12)-[x14s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]->(n13:Country) WHERE all(x14 IN x14s WHERE coalesce(x14.from_day, -2147483648) <= $day AND coalesce(x14.to_day, 2147483647) >= $day)
RETURN n13 AS m }
WITH joint, collect(DISTINCT m) AS ms WHERE size(ms) > 1
UNWIND ms AS a
UNWIND ms AS b
WITH a, b WHERE a.id < b.id
WITH a, b, count(*) AS n
RETURN 1 AS sort, a, b, n
UNION ALL
MATCH (n21)-[r20:INVESTS_IN]->(n22) WHERE coalesce(r20.since_to >= $p5, false)
CALL (n21) {
MATCH (n21)-[x24:COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY]->(n23:Country) WHERE coalesce(x24.from_day, -2147483648) <= $day AND coalesce(x24.to_day, 2147483647) >= $day
RETURN n23 AS a }
CALL (n22) {
MATCH (n22)-[x26:CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|PROJECT_IN_COUNTRY]->(n25:Country) WHERE coalesce(x26.from_day, -2147483648) <= $day AND coalesce(x26.to_day, 2147483647) >= $day
RETURN n25 AS b }
WITH a, b WHERE a <> b
WITH a, b, count(*) AS n
WITH CASE WHEN a.id < b.id THEN a ELSE b END AS x, CASE WHEN a.id < b.id THEN b ELSE a END AS y, n
WITH x AS a, y AS b, n
RETURN 2 AS sort, a, b, n }
WITH a, b, [sum(CASE sort WHEN 0 THEN n ELSE 0 END), sum(CASE sort WHEN 1 THEN n ELSE 0 END), sum(CASE sort WHEN 2 THEN n ELSE 0 END)] AS counts, sum(n) AS total ORDER BY total DESC, a.id, b.id LIMIT $p7
WITH collect([a.id, b.id]) AS pairs, collect(a) + collect(b) AS places, collect(counts) AS counts
CALL (places) {
UNWIND places AS place
WITH DISTINCT place
RETURN collect(place) AS ends }
WITH pairs, ends, counts,
COLLECT {
UNWIND ends AS n27
WITH n27
WITH n27, CASE WHEN n27:Country THEN
COLLECT {
MATCH (n27)<-[:PLACE_IN_PLACE*1..]-(n28)
WITH DISTINCT n28 WHERE n28:City
WITH n28 ORDER BY n28.population IS NULL, n28.population DESC, n28.id LIMIT $p6
RETURN [[n28.id, n28.name, n28.location]] } END AS x29
RETURN [[n27.id, n27.name, CASE WHEN n27:Country THEN [n27.iso2] END, n27.location], x29] } AS rows
RETURN rows, pairs, counts

