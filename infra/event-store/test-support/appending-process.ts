import { withIds } from '../event-ids.js';
import { openSqliteEventStore } from '../sqlite/index.js';
import { batchOf, newStream } from './sample-events.js';

/**
 * A process of its own that appends to the log of a directory: `appending-process DIRECTORY COUNT SHARED`. It prints a
 * line for each append once it is acknowledged (the event's id) or refused (`-` and the error's name). Half of its events
 * go to the stream SHARED, which another process may write to as well.
 */
async function main(directory: string, count: number, shared: string): Promise<void> {
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  let left = count;
  const caller = async (): Promise<void> => {
    for (; left > 0; left -= 1) {
      const batch = batchOf({ data: { filler: 'x'.repeat(200) } });
      const stream = left % 2 === 0 ? shared : newStream();
      await store.append(stream, batch, 'any').then(
        () => process.stdout.write(`${withIds(batch)[0]?.id ?? ''}\n`),
        (error: Error) => process.stdout.write(`-${error.name}\n`),
      );
    }
  };
  await Promise.all(Array.from({ length: 8 }, caller));
  await store.close();
}

const [directory = '', count = '', shared = ''] = process.argv.slice(2);
await main(directory, Number(count), shared);
