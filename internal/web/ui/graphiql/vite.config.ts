import {defineConfig} from 'vite';

const server = 'http://127.0.0.1:8080';

export default defineConfig({
  // Absolute, so that the page works at /graphiql as well as at /graphiql/.
  base: '/graphiql/',
  build: {
    outDir: '../../dist/graphiql',
    emptyOutDir: true,
    target: 'es2022',
    // A file inlined as a data: URL would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    // The polyfill is for browsers older than the build's target.
    modulePreload: {polyfill: false},
    // Monaco is one large chunk by nature; the size is held by a test in web_test.go.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      onLog(level, log, print) {
        // "use client" in dependencies speaks to server-side rendering, which there is none of here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') print(level, log);
      },
    },
  },
  // Module workers, so that they may share chunks with the page.
  worker: {format: 'es'},
  // `npm run dev` shows the page from source against a running `entente serve`.
  server: {
    proxy: {
      '/graphql': server,
      '/graphiql/tabs.json': server,
    },
  },
});
