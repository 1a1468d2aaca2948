RETURN
COLLECT {
MATCH (n3:Country) USING INDEX SEEK n3:Country(iso2) WHERE n3.iso2 IN $p0
MATCH (n3)<-[x4s:REGION_IN_COUNTRY|CITY_IN_COUNTRY|ZONE_IN_COUNTRY|COMPANY_IN_COUNTRY|INSTITUTION_IN_COUNTRY*0..1]-(n2) WHERE (n2:Country OR n2:Region OR n2:City OR n2:Zone OR n2:Company OR n2:Institution) AND all(x4 IN x4s WHERE coalesce(x4.from_day, -2147483648) <= $day AND coalesce(x4.to_day, 2147483647) >= $day)
WITH DISTINCT n2
MATCH (n1:Agreement)<-[r5:PARTY_TO]-(n2)
WITH DISTINCT n1 WHERE (reduce(s = '', i6 IN range(0, size(coalesce(n1.status, [])) - 1) | CASE WHEN n1.status_known[i6] <= $known AND n1.status_from[i6] <= $p2 THEN n1.status[i6] ELSE s END) IN $p4)
WITH collect(n1) AS all_n1
WITH all_n1, size(all_n1) AS x18,
COLLECT {
UNWIND all_n1 AS n1
WITH n1
WITH n1 ORDER BY n1.order_key LIMIT $p5
WITH n1, CASE WHEN n1:Agreement THEN [[[n1.id, n1.name, n1.name_key, n1.type, n1.form, n1.signedOn, n1.inForceOn, n1.endedOn, n1.ending, n1.survivesUntil, n1.names, n1.description, n1.identifiers, n1.location, n1.evidence],
COLLECT {
MATCH (n1)<-[r7:PARTY_TO]-()
RETURN [r7.id, startNode(r7).id, endNode(r7).id, r7.role, r7.signedOn, r7.ratifiedOn, r7.inForceOn, r7.withdrewOn, r7.key, r7.since, r7.until, r7.state, r7.confidence, r7.recordedAt, r7.acceptedAt, r7.retractedAt, r7.evidence] },
COLLECT {
MATCH (n1)<-[r9:RELATES_TO]-(n8) WHERE r9.type = 'REPLACES'
RETURN [[r9.id, startNode(r9).id, endNode(r9).id, r9.type, r9.key, r9.since, r9.until, r9.state, r9.confidence, r9.recordedAt, r9.acceptedAt, r9.retractedAt, r9.evidence], [n8.id, n8.name, n8.name_key, n8.type, n8.form, n8.signedOn, n8.inForceOn, n8.endedOn, n8.ending, n8.survivesUntil, n8.names, n8.description, n8.identifiers, n8.location, n8.evidence],
COLLECT {
MATCH (n8)<-[r10:PARTY_TO]-()
RETURN [r10.id, startNode(r10).id, endNode(r10).id, r10.role, r10.signedOn, r10.ratifiedOn, r10.inForceOn, r10.withdrewOn, r10.key, r10.since, r10.until, r10.state, r10.confidence, r10.recordedAt, r10.acceptedAt, r10.retractedAt, r10.evidence] }] }], [[COLLECT {
CALL (n1) {
UNWIND coalesce(n1.ev_source, []) AS id
RETURN id UNION
MATCH (n1)<-[r12:PARTY_TO]-()
UNWIND r12.ev_source AS id
RETURN id UNION
MATCH (n1)<-[r14:RELATES_TO]-(n13) WHERE r14.type = 'REPLACES'
UNWIND r14.ev_source + coalesce(n13.ev_source, []) AS id
RETURN id UNION
MATCH (n1)<-[r14:RELATES_TO]-(n13) WHERE r14.type = 'REPLACES'
WITH n13
MATCH (n13)<-[r15:PARTY_TO]-()
UNWIND r15.ev_source AS id
RETURN id }
MATCH (s11:Source {id: id})
RETURN [[s11.id, s11.title]] }]]] END AS x16
RETURN [[n1.id, n1.name, n1.type, n1.signedOn], x16] } AS x19
RETURN [x18, x19] } AS answer

