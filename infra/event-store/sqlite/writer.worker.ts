import { BroadcastChannel, parentPort, workerData } from 'node:worker_threads';
import { channelOf } from './log-channel.js';
import { openForWriting, type LogFile } from './log-file.js';
import { LogWriter } from './log-writer.js';
import { isBusy, messageOf } from './sqlite-errors.js';
import { WalUpkeep } from './wal-upkeep.js';
import { COMMITTED } from './writer-protocol.js';
import type { FromWriter, ToWriter, WriterOptions } from './writer-protocol.js';

/** Thread that owns the write connection; it answers each message in order. */
const options = workerData as WriterOptions;

function answer(message: FromWriter): void {
  parentPort?.postMessage(message);
}

function serve({ db, logId }: LogFile): void {
  db.pragma('cache_size = -65536');
  if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`);
  const writer = new LogWriter(db, options.busyTimeoutMs);
  const upkeep = new WalUpkeep(db);
  const channel = new BroadcastChannel(channelOf(options.directory));
  parentPort?.on('message', (message: ToWriter) => {
    if (message.kind === 'close') {
      channel.close();
      db.close();
      answer({ kind: 'closed' });
      parentPort?.close();
      return;
    }
    const reply = writer.write(message.appends);
    answer(reply);
    if (reply.kind !== 'committed') return;
    channel.postMessage(COMMITTED);
    try {
      upkeep.run();
    } catch (error) {
      if (!isBusy(error)) answer({ kind: 'poisoned', message: writer.poison(error) });
    }
  });
  answer({ kind: 'opened', logId });
}

function start(): void {
  try {
    serve(openForWriting(options.directory));
  } catch (error) {
    answer({ kind: 'refused', message: messageOf(error) });
    parentPort?.close();
  }
}

start();
