import { serveWriter } from '../../sqlite/writer/serve-writer.js';
import { KeyWrap } from '../key-wrap.js';
import { openForWriting } from './key-file.js';
import { KeyWriter } from './key-writer.js';
import { wrapOldKeys } from './wrap-old-keys.js';
import type { KeysWritten, KeyWrite, KeyWriterOptions } from './writer-protocol.js';

const SCRUB_AGAIN_MS = 1000;

/** The thread that owns the write connection of the keys. */
await serveWriter<KeyWriterOptions, readonly KeyWrite[], KeysWritten, null>(({ directory, secretCheck, secret }) => {
  const db = openForWriting(directory, secretCheck);
  const wrap = new KeyWrap(secret);
  wrapOldKeys(db, wrap);
  const writer = new KeyWriter(db, wrap);
  let again: NodeJS.Timeout | undefined;
  const scrub = (): void => {
    clearTimeout(again);
    if (!writer.scrub()) again = setTimeout(scrub, SCRUB_AGAIN_MS);
  };
  return {
    opened: null,
    write: (group) => {
      const answer = writer.write(group);
      if (group.some(({ kind }) => kind === 'forget')) scrub();
      return answer;
    },
    close: () => {
      clearTimeout(again);
      writer.scrub();
      db.close();
    },
  };
});
