// reports: the seven reports over a year of --size N carts (default 100,000), of which 7 in 10 become orders, in the days of New York.
// Unit: milliseconds a report takes, the median of five, by the queries of the read API on SQLite files without HTTP; events folded
// a second into the four read models that the reports are made of, from events that are made up.
// Limit: none; a report must not grow with the orders: half a second with --size 1000000.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, temporaryDirectory } from '../support/engine.mjs';

const child = join(fileURLToPath(import.meta.url), '..', '..', 'support', 'reports-process.mjs');

export default {
  about: 'the reports over a year of carts and orders',
  limit: 'half a second each with --size 1000000',
  size: 100_000,

  async round({ subject, size, directory }) {
    const data = temporaryDirectory(directory);
    const args = [child, subject.root, data.path, `${size}`];
    const run = startProcess(args, { cwd: subject.root, stdout: 'pipe' });
    let text = '';
    run.child.stdout.on('data', (chunk) => (text += chunk));
    const ended = await run.ended;
    if (ended !== 0) throw new Error(`the reports ended with ${ended}`);
    data.remove();
    return JSON.parse(text);
  },
};
