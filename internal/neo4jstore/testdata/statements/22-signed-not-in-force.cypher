RETURN
COLLECT {
MATCH (n1:Agreement) WHERE NOT (n1.inForceOn_from IS NOT NULL) AND (coalesce(n1.signedOn_to >= $p0 AND n1.signedOn_from <= $p1, false))
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x6,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.signedOn_from, n1.signedOn_to, n1.id LIMIT $p3
WITH n1,
COLLECT {
MATCH (n1)<-[r3:PARTY_TO]-(n2)
WITH n2, r3 ORDER BY n2.order_key, r3.id LIMIT $p2
RETURN [[n2.id, n2.name]] } AS x4
RETURN [[n1.id, n1.name, n1.signedOn], x4] } AS x7,
COLLECT {
CALL (all_n1) {
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(n1.type, '') AS k9, coalesce(n1.type, '') AS k10
WITH k9, min(k10) AS k10, count(*) AS n ORDER BY n DESC, k9 LIMIT $p4
RETURN [k9, k10, n] AS k11 }
RETURN k11 } AS x8,
COLLECT {
CALL (all_n1) {
UNWIND all_n1 AS n1
WITH n1
WITH coalesce(n1.form, '') AS k13, coalesce(n1.form, '') AS k14
WITH k13, min(k14) AS k14, count(*) AS n ORDER BY n DESC, k13 LIMIT $p5
RETURN [k13, k14, n] AS k15 }
RETURN k15 } AS x12
RETURN [x6, x7, x8, x12] } AS answer

