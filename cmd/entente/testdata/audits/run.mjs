// Puts each of graphql-http's audits to the server at the URL that is given, and prints what came of them: a line of JSON each.
import {serverAudits} from 'graphql-http';

for (const audit of serverAudits({url: process.argv[2]})) {
  const result = await audit.fn();
  console.log(JSON.stringify({id: audit.id, name: audit.name, status: result.status, reason: result.reason ?? ''}));
}
