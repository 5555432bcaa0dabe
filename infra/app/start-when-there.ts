import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/index.js';
import { StoreUnavailableError } from '../event-store/index.js';
import { ReadStoreUnavailableError } from '../read-store/index.js';
import { SearchIndexUnavailableError } from '../search-index/index.js';
import { isEmbedded } from './adapters.js';
import { startEngine, type Engine } from './engine.js';
import { checkPort } from './listen.js';
import { openWaitingRoom, type WaitingRoom } from './waiting-room.js';

const TRY_AGAIN_MS = 1_000;

/**
 * Starts the engine; while an engine of the stores is away, answers 503 in its place and tries again.
 * @throws ConfigError, StoreRefusedError with what to do
 */
export async function startWhenThere(config: Config, logger: Logger): Promise<Engine> {
  await checkPort(config);
  let room: WaitingRoom | null = null;
  const leaveRoom = async (): Promise<void> => {
    await room?.close();
    room = null;
  };
  for (;;) {
    try {
      return await startEngine(config, logger, leaveRoom);
    } catch (error) {
      const missing = missingStore(error, config);
      if (missing === null) {
        await leaveRoom();
        throw error;
      }
      logger.warn({ err: error, missing }, 'a store is away: waiting for it');
      if (room === null) room = await openWaitingRoom(config, missing);
      else Object.assign(room, { missing });
      await delay(TRY_AGAIN_MS);
    }
  }
}

/** Which store the start failed for, where waiting may help: files do not come back by themselves. */
function missingStore(error: unknown, config: Config): string | null {
  if (error instanceof StoreUnavailableError) {
    if (!isEmbedded(config.eventStoreUrl) && !isEmbedded(config.keyStoreUrl)) return 'event-store or key-store';
    if (!isEmbedded(config.eventStoreUrl)) return 'event-store';
    if (!isEmbedded(config.keyStoreUrl)) return 'key-store';
  }
  if (error instanceof ReadStoreUnavailableError && !isEmbedded(config.readStoreUrl)) return 'read-store';
  if (error instanceof SearchIndexUnavailableError && !isEmbedded(config.searchUrl)) return 'search-index';
  return null;
}
