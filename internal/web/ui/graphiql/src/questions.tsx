import {useGraphiQL, useGraphiQLActions, type GraphiQLPlugin} from '@graphiql/react';
import type {Tab} from './tabs';

// Opens a question: in the tab that has it already, edited or not, else in a new one.
export function useOpen(): (question: Tab) => void {
  const {addTab, changeTab} = useGraphiQLActions();
  const {tabs, query, variables} = useGraphiQL(state => ({
    tabs: state.tabs,
    query: state.queryEditor,
    variables: state.variableEditor,
  }));
  return question => {
    const open = tabs.findIndex(tab => tab.title === question.title);
    if (open >= 0) {
      changeTab(open);
    } else {
      addTab();
      query?.setValue(question.query);
      variables?.setValue(question.variables ?? '');
    }
  };
}

// A panel beside the editors with all questions that the server ships, in words.
export function questionsPlugin(questions: Tab[]): GraphiQLPlugin {
  function Questions() {
    const open = useOpen();
    return (
      <section aria-label="Questions">
        <div className="graphiql-doc-explorer-title">Questions</div>
        <ul className="questions">
          {questions.map(question => (
            <li key={question.title}>
              <button type="button" className="graphiql-un-styled" title={question.title} onClick={() => open(question)}>
                {question.asks ?? question.title}
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  function Icon() {
    return (
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
        <circle cx="12" cy="12" r="10" />
        <path d="M9 9.3a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8v.4M12 17.3v.1" />
      </svg>
    );
  }
  return {title: 'Questions', icon: Icon, content: Questions};
}
