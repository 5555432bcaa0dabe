// The programs and their worker threads with all that they import, in dist/bundle, from what the compiler wrote: a start
// reads some fifty files instead of three thousand.
import { join, resolve } from 'node:path';
import { build } from 'rolldown';

const root = resolve(import.meta.dirname, '..');

/** All in one folder: a thread's file is looked for beside its caller. */
const programs = {
  main: 'infra/app/main',
  cli: 'infra/cli/main',
  'projections.worker': 'infra/app/reading/projections.worker',
  'writer.worker': 'infra/event-store/sqlite/writer.worker',
  'document-writer.worker': 'infra/document-store/sqlite/document-writer.worker',
  'key-writer.worker': 'infra/key-store/sqlite/key-writer.worker',
  'search.worker': 'infra/search-index/sqlite-fts5/search.worker',
};

/** Packages that find files of their own by where they are installed. */
const byPlace = [/^rolldown$/, /^better-sqlite3$/, /^@fastify\/static$/, /^swagger-ui-dist/];

/** Packages that Nest uses where they are installed. */
const optional = [
  /^@nestjs\/(microservices|platform-express|websockets)/,
  /^@fastify\/(multipart|view)$/,
  /^class-transformer/,
];

await build({
  cwd: root,
  input: Object.fromEntries(Object.entries(programs).map(([name, path]) => [name, `dist/${path}.js`])),
  platform: 'node',
  external: [...byPlace, ...optional],
  output: { dir: join(root, 'dist', 'bundle'), cleanDir: true },
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
});
