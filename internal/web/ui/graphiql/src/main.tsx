import './workers';

import type {GraphiQLPlugin} from '@graphiql/react';
import {explorerPlugin} from '@graphiql/plugin-explorer';
import {GraphiQL, HISTORY_PLUGIN} from 'graphiql';
import {createRoot} from 'react-dom/client';

import {fetcher} from './fetcher';
import {notify} from './notice';
import {questionsPlugin} from './questions';
import {OpenTab} from './open-tab';
import {TabLeavesEditor} from './tab-key';
import {fetchTabs, requested, type Tab} from './tabs';

// One by one, because `graphiql/style.css`, which has them all, also carries 35 fonts as base64.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

function Page({shipped, plugins}: {shipped: Tab[]; plugins: GraphiQLPlugin[]}) {
  const {query, variables, example} = requested(location.search);
  const named = example ? shipped.find(tab => tab.title === example) : undefined;

  // `defaultTabs` is for the first visit; afterwards GraphiQL opens what it kept in localStorage. `initialQuery` finds its
  // tab among the kept ones, or adds it. On a first visit it must be the first default tab, for that is the active one.
  // Without variables of its own it gets empty ones, or GraphiQL would give it those that were typed last.
  const fromAddress = query ? {query, variables: variables ?? ''} : undefined;
  const first = fromAddress ? [fromAddress] : [];
  const defaultTabs = [...first, ...shipped.filter(tab => tab.open).map(({query, variables}) => ({query, variables: variables ?? null}))];

  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      defaultTabs={defaultTabs.length > 0 ? defaultTabs : undefined}
      initialQuery={fromAddress?.query}
      initialVariables={fromAddress?.variables}
      // GraphiQL decides this by the variables it starts with, which OpenTab only fills in afterwards.
      defaultEditorToolsVisibility={defaultTabs.some(tab => tab.variables) ? 'variables' : undefined}
    >
      <GraphiQL.Logo>Entente</GraphiQL.Logo>
      <OpenTab example={named} />
      <TabLeavesEditor />
    </GraphiQL>
  );
}

const root = document.getElementById('root')!;
try {
  const shipped = await fetchTabs();
  const {example} = requested(location.search);
  if (example && !shipped.some(tab => tab.title === example)) {
    notify('page', `There is no example named “${example}”. There are: ${shipped.map(tab => tab.title).join(', ')}.`);
  }
  createRoot(root).render(<Page shipped={shipped} plugins={[questionsPlugin(shipped), HISTORY_PLUGIN, explorerPlugin()]} />);
} catch (err) {
  // Without the questions GraphiQL would open, and keep, its own welcome tab, and they would not be shown again.
  notify('page', (err as Error).message);
  root.textContent = '';
}
