import {useGraphiQL, useGraphiQLActions} from '@graphiql/react';
import {useEffect, useRef} from 'react';
import type {Tab} from './tabs';

// Brings the right tab to the front once the editors are there: the given example, else the one that was active.
//
// An example that the reader has open, edited or not, is shown as it is; one that was closed is opened again.
//
// Selecting even the active tab is a workaround: GraphiQL fills the first tab's query into the editor, but not its
// variables (getDefaultTabState in @graphiql/react). When `defaultTabs` honours the variables of its first tab, an
// effect without an example may do nothing.
export function OpenTab({example}: {example?: Tab}) {
  const {addTab, changeTab} = useGraphiQLActions();
  const {tabs, active, query, variables} = useGraphiQL(state => ({
    tabs: state.tabs,
    active: state.activeTabIndex,
    query: state.queryEditor,
    variables: state.variableEditor,
  }));

  const done = useRef(false);
  useEffect(() => {
    if (done.current || !query || !variables) return;
    done.current = true;

    const open = example ? tabs.findIndex(tab => tab.title === example.title) : active;
    if (open >= 0) {
      changeTab(open);
    } else if (example) {
      addTab();
      query.setValue(example.query);
      variables.setValue(example.variables ?? '');
    }
  }, [addTab, changeTab, tabs, active, query, variables, example]);
  return null;
}
