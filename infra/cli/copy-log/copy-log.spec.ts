import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { openSqliteEventStore } from '../../event-store/sqlite/index.js';
import { CommitGroup } from '../../event-store/sqlite/commit-group.js';
import { openForWriting } from '../../event-store/sqlite/log-file.js';
import { LogWriter } from '../../event-store/sqlite/log-writer.js';
import { batchOf, newStream, temporaryDirectories } from '../../event-store/test-support/index.js';
import { compileWorker } from '../../worker/test-support/compile-worker.js';
import { copyLog } from './copy-log.js';
import { contentIn, fillLog } from './test-support/sample-logs.js';

const newDirectory = temporaryDirectories();
const url = (directory: string): string => `sqlite:${directory}`;

async function copy(from: string, to: string): Promise<string> {
  const said: string[] = [];
  await copyLog(url(from), url(to), (line) => said.push(line));
  return said.join('\n');
}

async function append(directory: string, stream = newStream()): Promise<string> {
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  // Whatever the stream's end: only the new event counts.
  await store.append(stream, batchOf(), 'any');
  await store.close();
  return stream;
}

/** An engine's append while the copy stands still. */
function appendAtOnce(directory: string): void {
  const { db } = openForWriting(directory);
  const group = new CommitGroup();
  const batches = [{ stream: newStream(), events: batchOf(), expectedRevision: 'no-stream' as const }];
  group.add({ batches, resolve: () => {}, reject: () => {} });
  new LogWriter(db, 1_000).write(group.appends);
  db.close();
}

async function logIdOf(directory: string): Promise<string> {
  const store = await openSqliteEventStore({ directory, access: 'read-only' });
  await store.close();
  return store.logId;
}

/** Changes what lies in a log, past its own guards. */
function tamper(directory: string, sql: string): void {
  const db = new Database(join(directory, 'events.db'));
  db.exec(`DROP TRIGGER events_refuse_update; DROP TRIGGER events_refuse_delete; ${sql}`);
  db.close();
}

/** Copies in a process of its own and kills it after so many pages. */
async function copyUntilKilled(from: string, to: string, pages: number): Promise<void> {
  const worker = new URL('../../event-store/sqlite/writer.worker.ts', import.meta.url);
  const entry = compileWorker(new URL('./test-support/copying-process.ts', import.meta.url), [worker]);
  const child = spawn(process.execPath, [fileURLToPath(entry), from, to], { stdio: ['ignore', 'pipe', 'inherit'] });
  let left = pages;
  createInterface({ input: child.stdout }).on('line', () => {
    left -= 1;
    if (left === 0) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
}

describe('copying a log', () => {
  it('keeps every event with its id, revision, content and time, in a log of its own', async () => {
    const [from, to] = [await fillLog(newDirectory(), 400), newDirectory()];
    const said = await copy(from, to);
    const content = await contentIn(from);
    expect(await contentIn(to)).toEqual(content);
    expect(await logIdOf(to)).not.toBe(await logIdOf(from));
    expect(said).toContain(`${content.length} events of 80 streams are the same in both`);
  });

  it('goes on where it was killed, and neither loses nor doubles an event', async () => {
    const [from, to] = [await fillLog(newDirectory(), 10_000), newDirectory()];
    const content = await contentIn(from);
    await copyUntilKilled(from, to, 1);
    const half = await contentIn(to);
    expect(half.length).toBeGreaterThan(0);
    expect(half.length).toBeLessThan(content.length);
    expect(half).toEqual(content.slice(0, half.length));
    expect(await copy(from, to)).toContain('going on after it');
    expect(await contentIn(to)).toEqual(content);
  });

  it('brings over what was added since, and adds nothing the next time', async () => {
    const [from, to] = [await fillLog(newDirectory(), 20), newDirectory()];
    await copy(from, to);
    await append(from);
    await copy(from, to);
    await copy(from, to);
    expect(await contentIn(to)).toEqual(await contentIn(from));
  });

  it('copies up to where the log ended at its start, says that it has grown, and goes on the next time', async () => {
    const [from, to] = [await fillLog(newDirectory(), 20), newDirectory()];
    const content = await contentIn(from);
    const said: string[] = [];
    await copyLog(url(from), url(to), (line) => {
      if (line.startsWith('copying')) appendAtOnce(from);
      said.push(line);
    });
    expect(said).toContain('FROM has grown meanwhile: run the same command again for the rest');
    expect(await contentIn(to)).toEqual(content);
    expect(await copy(from, to)).not.toContain('has grown');
    expect(await contentIn(to)).toEqual(await contentIn(from));
  });

  it('leads back: a copy that was written to is brought over to where it came from', async () => {
    const [home, away] = [await fillLog(newDirectory(), 20), newDirectory()];
    await copy(home, away);
    await append(away);
    await copy(away, home);
    expect(await contentIn(home)).toEqual(await contentIn(away));
  });

  it('says so where there is nothing to copy', async () => {
    expect(await copy(await fillLog(newDirectory(), 0), newDirectory())).toBe(
      'FROM is empty: there is nothing to copy',
    );
  });
});

describe('the comparison after a copy', () => {
  it.each([
    ['another content', 'UPDATE events SET data = \'{"index":7}\' WHERE position = 5', 'has other events in the copy'],
    ['another time', 'UPDATE events SET at = at + 1 WHERE position = 5', 'has other events in the copy'],
    ['another actor', "UPDATE events SET actor = 'admin:eve' WHERE position = 5", 'has other events in the copy'],
    ['an event less', 'DELETE FROM events WHERE position = 5', 'events less in the copy'],
  ])('finds %s', async (_, sql, expected) => {
    const [from, to] = [await fillLog(newDirectory(), 50), newDirectory()];
    await copy(from, to);
    const { stream } = (await contentIn(from))[4] ?? { stream: '' };
    tamper(to, sql);
    const copying = copy(from, to);
    await expect(copying).rejects.toThrow('the copy differs');
    await expect(copying).rejects.toThrow(stream);
    await expect(copying).rejects.toThrow(expected);
  });
});

describe('a copy is refused', () => {
  it('into a log that holds other events, naming the first such stream', async () => {
    const [from, to] = [await fillLog(newDirectory(), 20), newDirectory()];
    const stream = await append(to);
    await expect(copy(from, to)).rejects.toThrow(`TO holds events that FROM does not have, first in stream ${stream}`);
  });

  it('into a copy that was written to', async () => {
    const [from, to] = [await fillLog(newDirectory(), 20), newDirectory()];
    await copy(from, to);
    const stream = await append(to);
    await append(from);
    await expect(copy(from, to)).rejects.toThrow(`first in stream ${stream}`);
  });

  it('into itself, however it is spelt, and into a backup of itself', async () => {
    const from = await fillLog(newDirectory(), 20);
    await expect(copy(from, `${from}/.`)).rejects.toThrow('FROM and TO are the same event store');
    const backup = newDirectory();
    cpSync(from, backup, { recursive: true });
    await expect(copy(from, backup)).rejects.toThrow('FROM and TO hold the same log');
  });

  it.each(['data', 'sqlite:', 'redis://127.0.0.1', 'mongodb://127.0.0.1'])(
    'where %s should name an event store',
    async (to) => {
      const copying = copyLog(url(await fillLog(newDirectory(), 1)), to, () => {});
      await expect(copying).rejects.toThrow(`${to} names no event store: sqlite:DIRECTORY, esdb://…`);
    },
  );

  it('where the log to copy does not exist', async () => {
    await expect(copy(newDirectory(), newDirectory())).rejects.toThrow('there is no log yet');
  });
});
