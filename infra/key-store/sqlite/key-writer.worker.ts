import { parentPort, workerData } from 'node:worker_threads';
import { KeyWrap } from '../key-wrap.js';
import { openForWriting } from './key-file.js';
import type { Connection } from './key-file.js';
import { KeyWriter } from './key-writer.js';
import { messageOf } from './sqlite-errors.js';
import { wrapOldKeys } from './wrap-old-keys.js';
import type { FromKeyWriter, KeyWriterOptions, ToKeyWriter } from './writer-protocol.js';

/** Thread that owns the write connection; it answers each message in order. */
const { directory, secretCheck, secret } = workerData as KeyWriterOptions;

const SCRUB_AGAIN_MS = 1000;

function answer(message: FromKeyWriter): void {
  parentPort?.postMessage(message);
}

function serve(db: Connection): void {
  const wrap = new KeyWrap(secret);
  wrapOldKeys(db, wrap);
  const writer = new KeyWriter(db, wrap);
  let again: NodeJS.Timeout | undefined;
  const scrub = (): void => {
    clearTimeout(again);
    if (!writer.scrub()) again = setTimeout(scrub, SCRUB_AGAIN_MS);
  };
  parentPort?.on('message', (message: ToKeyWriter) => {
    if (message.kind === 'write') {
      const reply = writer.write(message);
      if (message.forget.length > 0) scrub();
      return answer(reply);
    }
    clearTimeout(again);
    writer.scrub();
    db.close();
    answer({ kind: 'closed' });
    parentPort?.close();
  });
  answer({ kind: 'opened' });
}

try {
  serve(openForWriting(directory, secretCheck));
} catch (error) {
  answer({ kind: 'refused', message: messageOf(error) });
  parentPort?.close();
}
