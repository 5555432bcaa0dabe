import { loadConfig, warningsOf } from '../config/load-config.js';
import type { Engine } from './engine.js';
import { createLogger } from './logger.js';
import { keepPrivate, makePrivately } from './private-files.js';
import { startWhenThere } from './start-when-there.js';
import { welcome } from './welcome.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs the engine until it is told to stop; a stop finishes what is under way, a second one ends at once.
 * @throws ConfigError, StoreRefusedError with what to do
 */
export async function runEngine(variables: Readonly<Record<string, string | undefined>>): Promise<void> {
  makePrivately();
  const config = loadConfig(variables);
  const logger = createLogger(config.logLevel);
  keepPrivate(config);
  for (const warning of warningsOf(config)) logger.warn(warning);
  const engine = await startWhenThere(config, logger);
  process.stdout.write(await welcome(config, engine.url, process.stdout.isTTY));
  await stopSignal();
  logger.info('stopping: finishing what is under way');
  await stop(engine);
  logger.flush();
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
  });
}

async function stop(engine: Engine): Promise<void> {
  for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
  await engine.close();
  for (const signal of SIGNALS) process.removeAllListeners(signal);
}
