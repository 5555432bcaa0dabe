import { parentPort, workerData } from 'node:worker_threads';
import { readModels } from '../../projections/index.js';
import { createProjectionRunner } from '../../projections/runner/index.js';
import { createLogger } from './logger.js';
import { Closers } from './closers.js';
import type { FromProjections, ProjectionThreadOptions, ToProjections } from './projection-protocol.js';
import { openLog, openReadStore } from './stores.js';

/** Thread that folds the log into the read models, so that the one which answers requests does not have to. */
const options = workerData as ProjectionThreadOptions;
const closers = new Closers();

const tell = (message: FromProjections): void => parentPort?.postMessage(message);

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
    onProgress: (update) => tell({ kind: 'progress', update }),
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
  tell({ kind: 'refused', message: error instanceof Error ? error.message : String(error) });
  await closers.close().catch(() => undefined);
  parentPort?.close();
});
