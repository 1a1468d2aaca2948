// A question that the server ships. GraphiQL names its tab after the operation in the query, and so does the server.
export interface Tab {
  title: string;
  asks?: string;
  query: string;
  variables?: string;
  // Whether a first visit opens it.
  open?: boolean;
}

export async function fetchTabs(): Promise<Tab[]> {
  const url = `${import.meta.env.BASE_URL}tabs.json`;
  const response = await fetch(url).catch(() => {
    throw new Error(`The questions cannot be fetched from ${url}. Is the server still running?`);
  });
  if (!response.ok) {
    throw new Error(`The questions cannot be fetched from ${url}: ${response.status} ${response.statusText}`.trim());
  }
  return response.json();
}

// What the address asks for: `?query=` with an optional `&variables=`, or `?example=` with the title of a shipped question.
export interface Requested {
  query?: string;
  variables?: string;
  example?: string;
}

export function requested(search: string): Requested {
  const params = new URLSearchParams(search);
  return {
    query: params.get('query') || undefined,
    variables: params.get('variables') || undefined,
    example: params.get('example') || undefined,
  };
}
