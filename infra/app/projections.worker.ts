import { parentPort, workerData } from 'node:worker_threads';
import { readModels } from '../../projections/index.js';
import type { ModelProgress } from '../../projections/progress.js';
import { createProjectionRunner, type ProjectionRunnerOptions } from '../../projections/runner/index.js';
import { searchReadModel, searchSink, unhurriedEvents } from '../../projections/search/index.js';
import { openTracer, TracedSubscriptions } from '../telemetry/index.js';
import { createLogger } from './logger.js';
import { Closers } from './closers.js';
import type { FromProjections, ProjectionThreadOptions, ToProjections } from './projection-protocol.js';
import { openLog, openReadStore, openSearchIndex } from './stores.js';

/** Thread that folds the log into the read models, so that the one which answers requests does not have to. */
const options = workerData as ProjectionThreadOptions;
const closers = new Closers();

/** Progress is told at most so often: each message costs the thread that answers requests a turn. */
const REPORT_EVERY_MS = 2;
/** What each runner told last, by its name. */
const latest = new Map<string, readonly ModelProgress[]>();
let isReporting = false;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const tell = (message: FromProjections): void => parentPort?.postMessage(message);

function report(runner: string, models: readonly ModelProgress[]): void {
  latest.set(runner, models);
  if (!isReporting) setTimeout(tellLatest, REPORT_EVERY_MS);
  isReporting = true;
}

function tellLatest(): void {
  isReporting = false;
  tell({ kind: 'progress', update: { models: [...latest.values()].flat() } });
}

async function follow(name: string, parts: Pick<ProjectionRunnerOptions, 'eventStore' | 'readStore' | 'models'>) {
  const runner = createProjectionRunner({
    ...parts,
    logger: createLogger(options.logLevel),
    onProgress: ({ models }) => report(name, models),
    onStopped: (error) => tell({ kind: 'stopped', message: messageOf(error) }),
  });
  closers.add(() => runner.close());
  await runner.start();
}

async function run(): Promise<void> {
  const config = { ...options, serverSecret: Buffer.from(options.serverSecret) };
  const log = await openLog(config, 'read-only');
  closers.add(() => log.close());
  const tracer = await openTracer(process.env);
  closers.add(() => tracer?.close());
  const readStore = await openReadStore(config, 'read-write');
  closers.add(() => readStore.close());
  const index = await openSearchIndex(config, 'read-write');
  closers.add(() => index.close());
  const types = readModels.flatMap(({ on }) => Object.keys(on));
  const eventStore =
    tracer === null ? log.events : new TracedSubscriptions(log.events, tracer, { name: 'project', types });
  await follow('read models', { eventStore, readStore, models: readModels });
  // On a runner of its own: while the index cannot answer, the read models go on, and they come first.
  await follow('search', {
    eventStore: unhurriedEvents(log.sealed),
    readStore: searchSink(readStore, index),
    models: [searchReadModel],
  });
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
