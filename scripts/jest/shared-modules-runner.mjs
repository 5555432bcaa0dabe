// Runs a file of specs with the modules that its worker has loaded already. Jest's own runner gives every file modules of its own, and
// to load the engine's two thousand takes longer than most files' tests.
import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { default: runIsolated } = require('jest-circus/runner');
const { getState, resetState } = require('jest-circus');
// Circus by itself, as it runs in every file's context; what its state stands under is its own.
const { initialize, runAndTransformResultsToJestFormat } = require(
  join(dirname(require.resolve('jest-circus/package.json')), 'build', 'jestAdapterInit.js'),
);
const STATES = Object.getOwnPropertySymbols(globalThis).filter(
  ({ description }) => description === 'JEST_STATE_SYMBOL',
);
const handlers = globalThis[Symbol.for('EVENT_HANDLERS')];
const ownHandlers = handlers.length;

register('./typescript-hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);

/** Fake timers and replaced modules come from Jest's own loader; so do counts of what was covered, and changes while it watches. */
function needsIsolation(path, { collectCoverage, watch, watchAll }) {
  return collectCoverage || watch || watchAll || readFileSync(path, 'utf8').includes("'@jest/globals'");
}

/** Leaves nothing of a file to the one after it, and nothing that would keep it in memory. */
function reset() {
  resetState();
  for (const key of STATES) globalThis[key] = getState();
  handlers.length = ownHandlers;
}

function restore(object, before) {
  for (const key of Object.keys(object)) if (!(key in before)) delete object[key];
  Object.assign(object, before);
}

/** Jest's `testRunner`. */
export default async function run(...args) {
  const [globalConfig, config, environment, runtime, testPath, sendMessageToJest] = args;
  if (needsIsolation(testPath, globalConfig)) return runIsolated(...args);
  const variables = { ...process.env };
  const { console } = globalThis;
  const { prepareStackTrace } = Error;
  globalThis.console = environment.global.console;
  // Jest's knows the lines of what Jest compiled, Node's those of what the hooks compiled.
  Error.prepareStackTrace = undefined;
  try {
    await initialize({
      config,
      environment: { global: globalThis },
      globalConfig,
      localRequire: require,
      parentProcess: process,
      runtime,
      sendMessageToJest,
      setGlobalsForRuntime: () => undefined,
      testPath,
    });
    await import(pathToFileURL(testPath).href);
    return await runAndTransformResultsToJestFormat({ config, globalConfig, testPath, setupAfterEnvPerfStats: {} });
  } finally {
    reset();
    Error.prepareStackTrace = prepareStackTrace;
    globalThis.console = console;
    restore(process.env, variables);
  }
}
