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
 * Starts the engine. While a server of its stores is away, it answers 503 and tries again.
 * @throws ConfigError, StoreRefusedError whose message says what to do
 */
export async function startWhenAvailable(config: Config, logger: Logger): Promise<Engine> {
  await checkPort(config);
  // The placeholder starts at once, as it takes seconds to find that a server is away.
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

/** Names the store that made the start fail where waiting may help: a server may come back, files do not. */
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
