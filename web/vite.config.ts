import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '..');

/** Built by `scripts/build-web.mjs` into `dist/web/console`, from which the engine serves it at `/console`. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'console'),
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    // The libraries are written for React; Preact has its API in a tenth of its size.
    alias: [
      { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
    ],
  },
  // `npx vite --config web/vite.config.ts` shows changes at once, on an engine that runs beside it.
  server: { proxy: { '/v1': 'http://127.0.0.1:3000', '/healthz': 'http://127.0.0.1:3000' } },
  build: {
    outDir: resolve(root, 'dist/web/console'),
    emptyOutDir: true,
    target: 'es2022',
    // The policy under which the page is served allows no inline script, and data: for pictures alone.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The sizes are printed by the script that builds, packed as they are sent.
    reportCompressedSize: false,
    // Libraries say 'use client' for servers that draw pages; this has none.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  logLevel: 'warn',
});
