import { BroadcastChannel } from 'node:worker_threads';
import { isBusy } from '../../sqlite/index.js';
import { serveWriter } from '../../sqlite/writer/serve-writer.js';
import { channelOf } from './log-channel.js';
import { openForWriting } from './log-file.js';
import { LogWriter } from './log-writer.js';
import { WalUpkeep } from './wal-upkeep.js';
import { COMMITTED, type Appends, type Committed, type WriterOptions } from './writer-protocol.js';

/** The thread that owns the write connection of the log. */
await serveWriter<WriterOptions, Appends, Committed, string>(({ directory, busyTimeoutMs, maxPages }) => {
  const { db, logId } = openForWriting(directory);
  db.pragma('cache_size = -16384');
  if (maxPages !== undefined) db.pragma(`max_page_count = ${maxPages}`);
  const writer = new LogWriter(db, busyTimeoutMs);
  const upkeep = new WalUpkeep(db);
  const channel = new BroadcastChannel(channelOf(directory));
  return {
    opened: logId,
    write: (appends) => writer.write(appends),
    maintain: () => {
      channel.postMessage(COMMITTED);
      try {
        upkeep.run();
        return null;
      } catch (error) {
        return isBusy(error) ? null : writer.poison(error);
      }
    },
    close: () => {
      channel.close();
      db.close();
    },
  };
});
