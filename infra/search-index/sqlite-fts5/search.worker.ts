import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { SearchCursorError, SearchCursorExpiredError, SearchIndexUnavailableError } from '../search-index.js';
import { translated } from './driver-errors.js';
import { PinnedHits } from './pinned-hits.js';
import { openSearchFile } from './search-file.js';
import { PINS_FILE, SEARCH_FILE } from './search-files.js';
import type { Answer, Asked, Failure, FromSearch, SearchThreadOptions, ToSearch } from './search-protocol.js';
import { Searcher } from './searcher.js';

/** The thread that answers searches one after the other, on a connection of its own that only reads. */
const { directory, pinnedForMs } = workerData as SearchThreadOptions;

const tell = (message: FromSearch): void => parentPort?.postMessage(message);

function answerTo(searcher: Searcher, asked: Asked): Answer {
  if (asked.kind === 'search') return searcher.search(asked.query);
  // A ping loads the index into memory.
  return asked.kind === 'suggest' ? searcher.suggest(asked.words, asked.limit) : (searcher.suggest('', 0), null);
}

function failureOf(cause: unknown): Failure {
  const error = translated(cause);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SearchCursorError) return { reason: 'cursor', message };
  if (error instanceof SearchCursorExpiredError) return { reason: 'cursor-expired', message };
  if (error instanceof SearchIndexUnavailableError) return { reason: 'unavailable', message };
  return { reason: 'defect', message };
}

async function run(): Promise<void> {
  const database = await openSearchFile(join(directory, SEARCH_FILE), 'read-only');
  const pinned = new PinnedHits(join(directory, PINS_FILE), pinnedForMs);
  const searcher = new Searcher(database, pinned);
  parentPort?.on('message', (message: ToSearch) => {
    if ('kind' in message) {
      pinned.close();
      database.close();
      parentPort?.close();
      return;
    }
    const { id, asked } = message;
    try {
      tell({ kind: 'answer', id, answer: answerTo(searcher, asked) });
    } catch (error) {
      tell({ kind: 'failed', id, failure: failureOf(error) });
    }
  });
  tell({ kind: 'opened' });
}

run().catch((error: unknown) => {
  tell({ kind: 'refused', message: error instanceof Error ? error.message : String(error) });
  parentPort?.close();
});
