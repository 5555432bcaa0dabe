import { appendFileSync } from 'node:fs';
import type { Written } from '../writer-protocol.js';
import { serveWriter } from '../serve-writer.js';

export interface LinesWritten extends Written {
  readonly lengths: readonly number[];
}

/** Writes lines to a file; `end` ends the thread, `spoil` fails the upkeep after its group. */
await serveWriter<string, readonly string[], LinesWritten, string>((path) => {
  appendFileSync(path, 'opened\n');
  let isSpoilt = false;
  return {
    opened: path,
    write: (lines) => {
      if (lines.includes('end')) throw new Error('a bug of the writer');
      isSpoilt = lines.includes('spoil');
      appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
      return { kind: 'written', lengths: lines.map(({ length }) => length) };
    },
    maintain: () => (isSpoilt ? 'the upkeep failed' : null),
    close: () => appendFileSync(path, 'closed\n'),
  };
});
