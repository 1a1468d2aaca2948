import {useGraphiQL} from '@graphiql/react';
import {useEffect, useRef} from 'react';

// Lets Tab leave the editors, as WCAG 2.1.2 asks; in Monaco it types a tab, and GraphiQL leaves it so
// (graphql/graphiql #3766). Ctrl+M still switches between the two.
//
// Monaco keeps this mode once for all its editors, and the action is the only public way to set it: the option
// `tabFocusMode` has no effect there (tried with monaco-editor 0.52.2). When #3766 is closed this file can go.
export function TabLeavesEditor() {
  const editor = useGraphiQL(state => state.queryEditor);
  const done = useRef(false);
  useEffect(() => {
    if (done.current || !editor) return;
    done.current = true;
    editor.trigger('entente', 'editor.action.toggleTabFocusMode', {});
  }, [editor]);
  return null;
}
