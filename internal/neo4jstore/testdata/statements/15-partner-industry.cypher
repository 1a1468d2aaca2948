RETURN
COLLECT {
UNWIND $p0 AS n1_id
CALL (n1_id) {
MATCH (n1:Entity {id: n1_id})
RETURN n1
UNION ALL
MATCH (:Alias {id: n1_id})-[:ALIAS_OF]->(n1:Entity)
RETURN n1 }
WITH n1_id, n1,
COLLECT {
MATCH (n1)-[r3:PARTNERS_WITH]-(n2:City)
WITH collect(n2) AS all_n2, collect(r3) AS all_r3
WITH all_n2, all_r3, size(all_n2) AS x35,
COLLECT {
UNWIND range(0, size(all_n2) - 1) AS i34
WITH all_n2[i34] AS n2, all_r3[i34] AS r3
WITH n2, r3 ORDER BY n2.name_key, n2.id, r3.id LIMIT $p4
WITH n2, r3,
COLLECT {
MATCH (n2)-[x5:CITY_IN_COUNTRY]->(n4:Country) WHERE coalesce(x5.from_day, -2147483648) <= $day AND coalesce(x5.to_day, 2147483647) >= $day
RETURN [[n4.id, n4.name]] } AS x6, COUNT {
CALL (n2) {
MATCH (n2)<-[r14:LOCATED_IN]-(n7:Company)
RETURN n7
UNION ALL
MATCH (n2)<-[r15:LOCATED_IN]-(n11) WHERE (n11:Country OR n11:Region OR n11:City OR n11:Zone)
WITH DISTINCT n11
MATCH p8 = (n11)<-[rs9:LOCATED_IN*0..]-(n12) WHERE all(x13 IN nodes(p8) WHERE (x13:Country OR x13:Region OR x13:City OR x13:Zone))
WITH DISTINCT n12
MATCH (n12)<-[r16:LOCATED_IN]-(n7:Company)
RETURN n7 }
WITH DISTINCT n2, n7 WHERE n7 <> n2 AND n7:Company
RETURN n7 } AS x17,
COLLECT {
CALL (n2) {
MATCH (n2)<-[r27:LOCATED_IN]-(n18:Company)
RETURN n18
UNION ALL
MATCH (n2)<-[r28:LOCATED_IN]-(n24) WHERE (n24:Country OR n24:Region OR n24:City OR n24:Zone)
WITH DISTINCT n24
MATCH p21 = (n24)<-[rs22:LOCATED_IN*0..]-(n25) WHERE all(x26 IN nodes(p21) WHERE (x26:Country OR x26:Region OR x26:City OR x26:Zone))
WITH DISTINCT n25
MATCH (n25)<-[r29:LOCATED_IN]-(n18:Company)
RETURN n18 }
WITH DISTINCT n2, n18 WHERE n18 <> n2 AND n18:Company AND EXISTS {
MATCH (n18)-[r20:ACTIVE_IN]->(n19) WHERE n19.name_key CONTAINS $p2
RETURN n19 }
WITH collect(n18) AS all_n18
WITH all_n18, size(all_n18) AS x31,
COLLECT {
UNWIND all_n18 AS n18
WITH n18
WITH n18 ORDER BY n18.name_key, n18.id LIMIT $p3
RETURN [[n18.id, n18.name]] } AS x32
RETURN [x31, x32] } AS x33
RETURN [[[n2.id, n2.name], x6, x17, x33], [[r3.id, r3.type, r3.since]]] } AS x36
RETURN [x35, x36] } AS x37
RETURN [n1_id, [[n1.id, n1.name], x37]] } AS answer0

