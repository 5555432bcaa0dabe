// Loaded into every thread of an engine before its program. Once there is a file `look-N` in the folder that WALK_DIRECTORY names,
// each thread writes a file there of which functions of the program were called since the look before.
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const EVERY_MS = 50;

// The engine starts its threads without what the process was started with.
const threads = createRequire(import.meta.url)('node:worker_threads');
threads.Worker = class extends threads.Worker {
  constructor(entry, options) {
    super(entry, { ...options, execArgv: ['--import', import.meta.url] });
  }
};
syncBuiltinESMExports();

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

/** Functions that were called, by the URL of their file. Not among them is the body of a module, which begins where the file does. */
async function called() {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const isCalled = ({ ranges: [{ count, startOffset }] }) => count > 0 && startOffset > 0;
  const nameOf = ({ functionName, ranges: [{ startOffset }] }) => `${functionName}@${startOffset}`;
  return Object.fromEntries(result.map(({ url, functions }) => [url, functions.filter(isCalled).map(nameOf)]));
}

const folder = process.env.WALK_DIRECTORY;
let looks = 0;
writeFileSync(join(folder, `thread-${threadId}`), '');
setInterval(async () => {
  if (!existsSync(join(folder, `look-${looks + 1}`))) return;
  const path = join(folder, `${++looks}-${threadId}.json`);
  writeFileSync(`${path}.part`, JSON.stringify(await called()));
  renameSync(`${path}.part`, path);
}, EVERY_MS).unref();
