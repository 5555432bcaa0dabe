import { withIds } from '../event-ids.js';
import { positionOfNumber } from '../../shared/position.js';
import { openSqliteForImport } from '../sqlite/index.js';
import { batchOf, newStream } from './sample-events.js';

/** Adds an event that was recorded at a time of our choice to the log of a directory; no engine may be at work on it. */
export async function appendAt(directory: string, at: number): Promise<void> {
  const log = await openSqliteForImport(directory);
  const stream = newStream();
  const placed = { stream, revision: 0, position: positionOfNumber(1), at: new Date(at).toISOString() };
  await log.importRecorded(
    stream,
    withIds(batchOf()).map((event) => ({ ...event, ...placed })),
    'no-stream',
  );
  await log.close();
}
