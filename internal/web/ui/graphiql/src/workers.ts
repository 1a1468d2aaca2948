// Monaco's workers as files of our own origin, so that `worker-src 'self'` is enough.
//
// GraphiQL ships `setup-workers/vite` for this, but Vite pre-bundles dependencies and cannot process the `?worker` imports
// inside a published file: the dev server dies (graphql/graphiql #4038, #4473). Here they are in a source of ours. When
// that import works in an ordinary Vite application this file can go.
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker';

window.MonacoEnvironment = {
  getWorker(_moduleId: string, label: string): Worker {
    switch (label) {
      case 'graphql':
        return new GraphQLWorker();
      case 'json':
        return new JsonWorker();
      default:
        return new EditorWorker();
    }
  },
};
