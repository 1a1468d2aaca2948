import type {Fetcher} from '@graphiql/toolkit';
import {parse} from 'graphql';
import {notify} from './notice';

const endpoint = '/graphql';

// The toolkit's own fetcher would do, but it reports an unreachable server as "Failed to fetch" and a proxy's error page
// as "Unexpected token '<'". This one says what happened.
export const fetcher: Fetcher = async (params, options) => {
  try {
    const result = await post(JSON.stringify(named(params)), options?.headers);
    notify('server', '');
    return result;
  } catch (err) {
    notify('server', (err as Error).message);
    throw err;
  }
};

// For a moment after a tab is opened, GraphiQL still sends the name of the operation that the last one held (GraphiQL 5.4.0).
// A document with one operation needs no name; what does not parse goes as it is, for the server to say what is wrong.
function named<T extends {query: string; operationName?: string | null}>(params: T): T {
  try {
    const operations = parse(params.query).definitions.filter(d => d.kind === 'OperationDefinition');
    return operations.length === 1 ? {...params, operationName: undefined} : params;
  } catch {
    return params;
  }
}

async function post(body: string, headers: HeadersInit | undefined) {
  const request = new Headers(headers);
  request.set('Content-Type', 'application/json');
  request.set('Accept', 'application/graphql-response+json, application/json');

  const response = await fetch(endpoint, {method: 'POST', headers: request, body}).catch(() => {
    throw new Error(`The server cannot be reached at ${new URL(endpoint, location.href)}. Is it still running?`);
  });
  // GraphQL errors are JSON as well, whatever the status, and belong in the result pane.
  const type = response.headers.get('Content-Type') ?? '';
  if (!/[/+]json\b/.test(type)) {
    throw new Error(`${endpoint} did not answer as a GraphQL server: ${response.status} ${response.statusText}`.trim());
  }
  return response.json();
}
