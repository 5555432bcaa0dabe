import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { loadConfig, warningsOf } from '../../config/load-config.js';
import type { Logger } from 'pino';
import { makeDataDirectory, spaceProblem } from '../../config/data-directory.js';
import { ConfigError, type Config } from '../../config/index.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { directoryOf, isEmbedded } from '../adapters.js';
import { LeftOpenError } from './closers.js';
import { isInstalled } from '../stores/embedded-files.js';
import type { Engine } from '../engine.js';
import { createLogger } from './logger.js';
import { keepPrivate, makePrivately } from './private-files.js';
import { startProblem } from './start-error.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
type Signal = (typeof SIGNALS)[number];

/**
 * The most percent by which old objects of a heap grow from one full collection to the next. With much memory V8 lets them grow by up
 * to 300 percent, and most of the process would be garbage.
 */
const HEAP_GROWING_PERCENT = 60;

/** How long the process may go on once everything is closed. */
const LINGER_MS = 1_500;

/**
 * Runs the engine until a signal stops it. The first signal lets it finish what is under way, a second one ends it at once.
 * @throws ConfigError, StoreRefusedError whose message says what to do
 */
export async function runEngine(variables: Readonly<Record<string, string | undefined>>): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  makePrivately();
  const config = loadConfig(variables);
  const logger = createLogger(config.logLevel);
  const engine = await start(config, logger).catch((error: unknown) => {
    const problem = startProblem(error, config);
    throw problem === null || error instanceof ConfigError ? error : new StoreRefusedError(problem, { cause: error });
  });
  const { welcome } = await import('./welcome.js');
  process.stdout.write(await welcome(config, engine.url, process.stdout.isTTY));
  const signal = await stopSignal();
  await stop(engine, signal === 'SIGTERM' ? config.edge.drainSeconds : 0, logger);
  logger.flush();
}

async function start(config: Config, logger: Logger): Promise<Engine> {
  prepareDirectories(config);
  keepPrivate(config);
  for (const warning of warningsOf(config)) logger.warn(warning);
  // Wrong settings are reported before the whole engine is loaded.
  const { startWhenAvailable } = await import('./start-when-available.js');
  return startWhenAvailable(config, logger);
}

/** @throws ConfigError a directory of files cannot be made, or has no room for what a first start makes */
function prepareDirectories({ eventStoreUrl }: Config): void {
  if (!isEmbedded(eventStoreUrl)) return;
  const directory = directoryOf(eventStoreUrl);
  makeDataDirectory(directory);
  const problem = isInstalled(eventStoreUrl, 'events.db') ? null : spaceProblem(directory);
  if (problem !== null) throw new ConfigError([problem]);
}

function stopSignal(): Promise<Signal> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve(signal));
  });
}

/** Stops at once on Ctrl-C, as a person waits for it; on SIGTERM of an orchestrator, balancers still send requests for a while. */
async function stop(engine: Engine, drainSeconds: number, logger: Logger): Promise<void> {
  for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
  if (drainSeconds > 0) {
    engine.drain();
    logger.info({ seconds: drainSeconds }, 'draining: everything is served, and /readyz says to ask elsewhere');
    await delay(drainSeconds * 1_000);
  }
  logger.info('stopping: finishing what is under way');
  await engine.close().catch((error: unknown) => {
    if (!(error instanceof LeftOpenError)) throw error;
    endNow(logger, error.message);
  });
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  // Something that was closed may still keep the process alive, such as a connection whose peer does not answer.
  setTimeout(() => endNow(logger, 'something keeps the process'), LINGER_MS).unref();
}

/** Ends at once. As after a crash nothing acknowledged is lost, and the next start continues what was under way. */
function endNow(logger: Logger, reason: string): never {
  logger.warn(
    { reason },
    'stopping takes too long: the process ends, and the next one goes on with what was under way',
  );
  logger.flush();
  process.exit(1);
}
