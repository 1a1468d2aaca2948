import {useGraphiQL, useGraphiQLActions} from '@graphiql/react';
import {useEffect, useRef} from 'react';
import {useOpen} from './questions';
import type {Tab} from './tabs';

// Brings the right tab to the front once the editors are there: the given example, else the one that was active.
//
// Selecting even the active tab is a workaround: GraphiQL fills the first tab's query into the editor, but not its
// variables (getDefaultTabState in @graphiql/react). When `defaultTabs` honours the variables of its first tab, an
// effect without an example may do nothing.
export function OpenTab({example}: {example?: Tab}) {
  const {changeTab} = useGraphiQLActions();
  const {active, ready} = useGraphiQL(state => ({
    active: state.activeTabIndex,
    ready: Boolean(state.queryEditor && state.variableEditor),
  }));
  const open = useOpen();

  const done = useRef(false);
  useEffect(() => {
    if (done.current || !ready) return;
    done.current = true;
    if (example) {
      open(example);
    } else {
      changeTab(active);
    }
  }, [ready, changeTab, active, open, example]);
  return null;
}
