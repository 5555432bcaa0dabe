// Builds everything into dist/: the programs, the schemas of the events, the API's document, the pages.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const STEPS = [
  ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.build.json'],
  ['scripts/bundle.mjs'],
  ['scripts/event-types.mjs'],
  ['dist/infra/app/api-document/write-api-document.js'],
  ['scripts/build-web.mjs'],
];

/** What the steps print goes to standard error. Ends the process where one fails. */
export function build() {
  for (const args of STEPS) {
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
