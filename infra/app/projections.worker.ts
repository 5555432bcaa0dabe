import { parentPort, workerData } from 'node:worker_threads';
import { readModels } from '../../projections/index.js';
import type { ProgressUpdate } from '../../projections/progress.js';
import { createProjectionRunner } from '../../projections/runner/index.js';
import { createLogger } from './logger.js';
import { Closers } from './closers.js';
import type { FromProjections, ProjectionThreadOptions, ToProjections } from './projection-protocol.js';
import { openLog, openReadStore } from './stores.js';

/** Thread that folds the log into the read models, so that the one which answers requests does not have to. */
const options = workerData as ProjectionThreadOptions;
const closers = new Closers();

/** Progress is told at most so often: each message costs the thread that answers requests a turn. */
const REPORT_EVERY_MS = 2;
let latest: ProgressUpdate | null = null;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const tell = (message: FromProjections): void => parentPort?.postMessage(message);

function report(update: ProgressUpdate): void {
  if (latest === null) setTimeout(tellLatest, REPORT_EVERY_MS);
  latest = update;
}

function tellLatest(): void {
  if (latest !== null) tell({ kind: 'progress', update: latest });
  latest = null;
}

async function run(): Promise<void> {
  const config = { ...options, serverSecret: Buffer.from(options.serverSecret) };
  const log = await openLog(config, 'read-only');
  closers.add(() => log.close());
  const readStore = await openReadStore(config, 'read-write');
  closers.add(() => readStore.close());
  const runner = createProjectionRunner({
    eventStore: log.events,
    readStore,
    models: readModels,
    logger: createLogger(options.logLevel),
    onProgress: (update) => report(update),
    onStopped: (error) => tell({ kind: 'stopped', message: messageOf(error) }),
  });
  closers.add(() => runner.close());
  await runner.start();
  tell({ kind: 'ready' });
}

async function end(): Promise<void> {
  await closers.close();
  tell({ kind: 'closed' });
  parentPort?.close();
}

parentPort?.on('message', ({ kind }: ToProjections) => {
  if (kind === 'close') void end();
});
run().catch(async (error: unknown) => {
  tell({ kind: 'refused', message: messageOf(error) });
  await closers.close().catch(() => undefined);
  parentPort?.close();
});
