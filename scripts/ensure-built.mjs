// Builds when a source is newer than the last build, so that `npm start` and the command line work on a fresh clone.
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.tsbuildinfo');
const sources = ['domain', 'write-side', 'projections', 'read-api', 'sagas', 'infra', 'web'];

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
const changedAt = [
  ...sources,
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
  'scripts/bundle.mjs',
  'scripts/event-types.mjs',
  'scripts/event-types',
  'scripts/build-web.mjs',
  'package.json',
].reduce((latest, name) => Math.max(latest, newest(join(root, name))), 0);
if (changedAt > builtAt) {
  console.error('building …');
  const startedAt = new Date();
  build();
  // The compiler leaves its stamp alone where nothing that it writes has changed.
  utimesSync(stamp, startedAt, startedAt);
}
