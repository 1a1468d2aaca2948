RETURN [COUNT {
MATCH (n1:Company) WHERE n1.name_key >= $p0 AND n1.name_key < $p1
RETURN n1 },
COLLECT {
MATCH (n1:Company) WHERE n1.name_key >= $p0 AND n1.name_key < $p1
WITH n1 ORDER BY n1.name_key, n1.id LIMIT $p3 + 1
WITH collect(n1) AS the_n1
UNWIND range(0, CASE WHEN size(the_n1) > $p3 THEN $p3 ELSE size(the_n1) END - 1) AS i6
WITH size(the_n1) AS t5, the_n1[i6] AS n1
WITH t5, n1,
COLLECT {
MATCH (n1)-[x3:COMPANY_IN_CITY]->(n2:City) WHERE coalesce(x3.from_day, -2147483648) <= $day AND coalesce(x3.to_day, 2147483647) >= $day
RETURN [[n2.id, n2.name]] } AS x4
RETURN [t5, [[n1.id, n1.name, n1.name_key, n1.foundedOn], x4]] }] AS answer

