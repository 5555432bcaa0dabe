import { openSqliteEventStore, openSqliteForImport } from '../../../event-store/sqlite/index.js';
import { copyEvents } from '../copy-events.js';
import { resumePoint } from '../resume-point.js';

/** A process of its own that copies a log: `copying-process FROM TO`. It prints a line for each page that is copied. */
async function main(from: string, to: string): Promise<void> {
  const source = await openSqliteEventStore({ directory: from, access: 'read-only' });
  const target = await openSqliteForImport(to);
  const upTo = await source.head();
  const { after, known } = (await resumePoint(source, target)) ?? { after: null, known: new Map<string, number>() };
  const onCopied = (): void => void process.stdout.write('copied\n');
  if (upTo !== null) await copyEvents({ source, target, commitsPages: true, after, known, upTo, onCopied });
  await target.close();
  await source.close();
}

const [from = '', to = ''] = process.argv.slice(2);
await main(from, to);
