// The lines above GraphiQL that say what is wrong: one for what the page itself was asked to show, one for the connection
// to the GraphQL server, which comes and goes. They are alerts, so that screen readers speak them when they appear.
export function notify(about: 'page' | 'server', text: string): void {
  document.getElementById(`${about}-notice`)!.textContent = text;
}
