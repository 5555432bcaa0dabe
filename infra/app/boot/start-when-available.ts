import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../../config/index.js';
import { isEmbedded } from '../adapters.js';
import { startEngine, type Engine } from '../engine.js';
import { checkPort } from './listen.js';
import { missingStoreOf, type StoreName } from './missing-store.js';
import { openPlaceholderServer, type PlaceholderServer } from './placeholder-server.js';

const TRY_AGAIN_MS = 1_000;

/**
 * Starts the engine; while an engine of the stores is away, answers 503 in its place and tries again.
 * @throws ConfigError, StoreRefusedError with what to do
 */
export async function startWhenAvailable(config: Config, logger: Logger): Promise<Engine> {
  await checkPort(config);
  // At once: to find that a server is away takes seconds, in which nobody would be answered.
  const waits = Object.values(urlsOf(config)).some((url) => !isEmbedded(url));
  let placeholder: PlaceholderServer | null = waits ? await openPlaceholderServer(config, null) : null;
  const closePlaceholder = async (): Promise<void> => {
    await placeholder?.close();
    placeholder = null;
  };
  for (;;) {
    try {
      return await startEngine(config, logger, closePlaceholder);
    } catch (error) {
      const missing = awaited(error, config);
      if (missing === null) {
        await closePlaceholder();
        throw error;
      }
      logger.warn({ err: error, missing }, 'a store is away: waiting for it');
      if (placeholder === null) placeholder = await openPlaceholderServer(config, missing);
      else Object.assign(placeholder, { missing });
      await delay(TRY_AGAIN_MS);
    }
  }
}

/** Which store the start failed for, where waiting may help: files do not come back by themselves. */
function awaited(error: unknown, config: Config): StoreName | null {
  const missing = missingStoreOf(error);
  return missing === null || isEmbedded(urlsOf(config)[missing]) ? null : missing;
}

function urlsOf({ eventStoreUrl, keyStoreUrl, readStoreUrl, searchUrl }: Config): Readonly<Record<StoreName, string>> {
  return {
    'event-store': eventStoreUrl,
    'key-store': keyStoreUrl,
    'read-store': readStoreUrl,
    'search-index': searchUrl,
  };
}
