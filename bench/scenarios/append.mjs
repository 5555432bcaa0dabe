// append: the embedded log alone, without an engine: events of about 300 bytes, eight to a stream, each stream by one caller.
// Unit: events a second with 1, 64 and 512 callers at once, one event an append; `joint` is four streams in one append.
// Limit: as fast with 10 million events in the log as with 10,000 (--size N fills in N events first); 500 bytes an event.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, temporaryDirectory } from '../support/engine.mjs';

const child = join(fileURLToPath(import.meta.url), '..', '..', 'support', 'append-process.mjs');

export default {
  about: 'appends to the embedded log, without an engine around it',
  limit: 'as fast with --size 10000000 as with --size 10000',
  seconds: 4,
  size: 10_000,

  async round({ subject, seconds, size, directory }) {
    const data = temporaryDirectory(directory);
    const run = startProcess([child, subject.root, data.path, `${seconds}`, `${size}`], {
      cwd: subject.root,
      stdout: 'pipe',
    });
    let text = '';
    run.child.stdout.on('data', (chunk) => (text += chunk));
    const ended = await run.ended;
    if (ended !== 0) throw new Error(`appending ended with ${ended}`);
    data.remove();
    return JSON.parse(text);
  },
};
