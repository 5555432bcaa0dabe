import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '../event-store.js';
import { LOG, type LogChain, type Verification } from '../chain/log-chain.js';
import { allOf, appendAt, batchOf, newStream, startAppending, temporaryDirectories } from '../test-support/index.js';
import { hashOf, NO_HASH } from '../chain/event-hash.js';
import { openSqliteEventStore, openSqliteForImport, openSqliteLogChain } from './index.js';

const newDirectory = temporaryDirectories();
const [ONE, OTHER] = ['sample-one', 'sample-other'];

interface Sample {
  readonly directory: string;
  readonly ids: (stream: string, revision: number) => string;
}

/** Two streams of eight events that grew in turns; positions of ONE are odd. */
async function fill(): Promise<Sample> {
  const directory = newDirectory();
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  const events: RecordedEvent[] = [];
  for (let revision = 0; revision < 8; revision += 1)
    for (const stream of [ONE, OTHER]) {
      const batch = batchOf({ data: { stream, number: revision } });
      events.push(...(await store.append(stream, batch, revision === 0 ? 'no-stream' : revision - 1)).events);
    }
  await store.close();
  const ids = (stream: string, revision: number): string =>
    events.find((event) => event.stream === stream && event.revision === revision)?.id ?? '';
  return { directory, ids };
}

let filled: Sample;
beforeAll(async () => (filled = await fill()));

/** A log of its own that was filled so. */
function logOfTwo(): Sample {
  const directory = newDirectory();
  cpSync(filled.directory, directory, { recursive: true });
  return { ...filled, directory };
}

/** Changes what lies in a log, past its own guards. */
function tamper(directory: string, sql: string): void {
  const db = new Database(join(directory, 'events.db'));
  for (const table of ['events', 'streams', 'head'])
    db.exec(`DROP TRIGGER ${table}_refuse_update; DROP TRIGGER ${table}_refuse_delete`);
  db.exec(sql);
  db.close();
}

async function check(directory: string, run: (chain: LogChain) => Promise<Verification>): Promise<Verification> {
  const chain = openSqliteLogChain(directory);
  try {
    return await run(chain);
  } finally {
    chain.close();
  }
}

const all = (directory: string, head?: string): Promise<Verification> =>
  check(directory, (chain) => chain.verifyAll(head === undefined ? {} : { head }));

const idOf = (stream: string): string => `(SELECT id FROM streams WHERE name = '${stream}')`;
const at = (stream: string, revision: number): string => `stream = ${idOf(stream)} AND revision = ${revision}`;

/** Exchanges a column, or several, of two events. */
const exchange = (columns: readonly string[], one: string, other: string): string => `
  CREATE TEMP TABLE a AS SELECT * FROM events WHERE ${one};
  CREATE TEMP TABLE b AS SELECT * FROM events WHERE ${other};
  UPDATE events SET ${columns.map((column) => `${column} = -${column} - 100`).join(', ')} WHERE position IN (SELECT position FROM b);
  UPDATE events SET ${columns.map((column) => `${column} = (SELECT ${column} FROM b)`).join(', ')} WHERE position IN (SELECT position FROM a);
  UPDATE events SET ${columns.map((column) => `${column} = (SELECT ${column} FROM a)`).join(', ')}
   WHERE ${columns[0]} = (SELECT -${columns[0]} - 100 FROM b);`;

const CONTENT = ['data', 'id', 'cause', 'at'];
const exchangeContent = (columns: readonly string[], one: string, other: string): string => `
  CREATE TEMP TABLE a AS SELECT * FROM events WHERE ${one};
  CREATE TEMP TABLE b AS SELECT * FROM events WHERE ${other};
  UPDATE events SET ${columns.map((column) => `${column} = (SELECT ${column} FROM b)`).join(', ')} WHERE ${one};
  UPDATE events SET ${columns.map((column) => `${column} = (SELECT ${column} FROM a)`).join(', ')} WHERE ${other};`;

describe('a log that nobody has touched', () => {
  it('is intact, as a whole and stream by stream, also while it grows', async () => {
    const directory = newDirectory();
    const store = await openSqliteEventStore({ directory, access: 'read-write' });
    const streams = Array.from({ length: 30 }, () => newStream());
    const grow = async (): Promise<void> => {
      const each = (stream: string) =>
        store.append(stream, batchOf({ count: 40, metadata: { actor: 'customer:Zoë' } }), 'any');
      await Promise.all(streams.map(each));
    };
    await grow();
    const [verified] = await Promise.all([store.chain?.verifyAll(), grow(), grow()]);
    expect(verified).toMatchObject({ intact: true, faults: [] });
    expect(verified?.events).toBeGreaterThanOrEqual(1_200);
    expect(await store.chain?.verify(streams[0] ?? '')).toMatchObject({ intact: true, events: 120, faults: [] });
    expect(await store.chain?.verify('sample-nowhere')).toEqual({ intact: true, events: 0, head: '', faults: [] });
    await store.close();
    expect(await all(directory)).toMatchObject({ intact: true, events: 3_600, faults: [] });
  });

  it('has a chain that goes on, so that a head of before comes by', async () => {
    const directory = newDirectory();
    const store = await openSqliteEventStore({ directory, access: 'read-write' });
    const heads: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      heads.push((await store.chain?.verifyAll())?.head ?? '');
      await store.appendAll(
        [newStream(), newStream()].map((stream) => ({ stream, events: batchOf(), expectedRevision: 'no-stream' })),
      );
    }
    await store.close();
    expect(new Set(heads).size).toBe(3);
    for (const head of heads) expect(await all(directory, head)).toMatchObject({ intact: true });
    expect(await all(directory, 'f'.repeat(64))).toMatchObject({
      intact: false,
      faults: [{ stream: LOG, revision: 7, fault: 'missing' }],
    });
  });

  it('hashes what a reader sees, so that it can be worked out without the store', async () => {
    const { directory } = logOfTwo();
    const store = await openSqliteEventStore({ directory, access: 'read-only' });
    let hash = NO_HASH;
    for (const event of await allOf(store.read(ONE))) {
      const { stream, revision, position, at: time, data } = event;
      const place = { stream, revision, position: Number(position), at: Date.parse(time) };
      // The first of its command's events.
      hash = hashOf(hash, place, { ...event, key: 0, data: JSON.stringify(data) });
    }
    expect((await store.chain?.verify(ONE))?.head).toBe(hash);
    await store.close();
  });

  it('is intact where several processes and a copy wrote it, and after one was killed', async () => {
    const directory = newDirectory();
    await appendAt(directory, Date.now());
    const writing = [1, 2].map(() => startAppending(directory, { count: 300, shared: 'sample-shared' }));
    await writing[0]?.printed(30);
    writing[0]?.child.kill('SIGKILL');
    await Promise.all(writing.map(({ ended }) => ended));
    const log = await openSqliteForImport(directory);
    await log.close();
    expect(await all(directory)).toMatchObject({ intact: true, faults: [] });
  });
});

describe('in a log that was changed behind its back', () => {
  type Expected = readonly [stream: string, revision: number, fault: string, withId?: false];

  test.each<[string, string, readonly Expected[]]>([
    ['data that were altered', `UPDATE events SET data = '{"number":70}' WHERE ${at(ONE, 3)}`, [[ONE, 3, 'altered']]],
    ['the first event, altered', `UPDATE events SET at = at + 1 WHERE ${at(ONE, 0)}`, [[ONE, 0, 'altered']]],
    ['an actor that was altered', `UPDATE events SET actor = 'admin:eve' WHERE ${at(ONE, 7)}`, [[ONE, 7, 'altered']]],
    ['a hash that was altered', `UPDATE events SET hash = zeroblob(32) WHERE ${at(ONE, 3)}`, [[ONE, 3, 'altered']]],
    [
      'events that were altered side by side',
      `UPDATE events SET data = '{}' WHERE ${at(ONE, 3)} OR ${at(ONE, 4)}`,
      [
        [ONE, 3, 'altered'],
        [ONE, 4, 'altered'],
      ],
    ],
    ['an event that was removed', `DELETE FROM events WHERE ${at(ONE, 3)}`, [[ONE, 3, 'missing', false]]],
    ['the first event, removed', `DELETE FROM events WHERE ${at(ONE, 0)}`, [[ONE, 0, 'missing', false]]],
    [
      'the last events of a stream, removed',
      `DELETE FROM events WHERE stream = ${idOf(ONE)} AND revision > 5`,
      [
        [ONE, 6, 'missing', false],
        [ONE, 7, 'missing', false],
      ],
    ],
    ['the last event of the log, removed', `DELETE FROM events WHERE position = 16`, [[OTHER, 7, 'missing', false]]],
    [
      'an event that was removed and the gap closed',
      `DELETE FROM events WHERE ${at(ONE, 3)}; UPDATE events SET revision = revision - 1 WHERE stream = ${idOf(ONE)} AND revision > 3`,
      [[ONE, 3, 'missing', false]],
    ],
    [
      'revisions that were swapped',
      exchange(['revision'], at(ONE, 2), at(ONE, 5)),
      [
        [ONE, 2, 'swapped'],
        [ONE, 5, 'swapped'],
      ],
    ],
    [
      'neighbours that were swapped',
      exchange(['revision'], at(ONE, 2), at(ONE, 3)),
      [
        [ONE, 2, 'swapped'],
        [ONE, 3, 'swapped'],
      ],
    ],
    [
      'contents that were swapped',
      exchangeContent(CONTENT, at(ONE, 2), at(ONE, 5)),
      [
        [ONE, 2, 'swapped'],
        [ONE, 5, 'swapped'],
      ],
    ],
    [
      'contents that were swapped with their hashes',
      exchangeContent([...CONTENT, 'hash'], at(ONE, 2), at(ONE, 3)),
      [
        [ONE, 2, 'swapped'],
        [ONE, 3, 'swapped'],
      ],
    ],
    [
      'positions that were swapped',
      exchange(['position'], at(ONE, 2), at(OTHER, 2)),
      [
        [ONE, 2, 'swapped'],
        [OTHER, 2, 'swapped'],
      ],
    ],
    [
      'contents of two streams, swapped',
      exchangeContent(CONTENT, at(ONE, 2), at(OTHER, 4)),
      [
        [ONE, 2, 'swapped'],
        [OTHER, 4, 'swapped'],
      ],
    ],
    [
      'an event that was added at the end',
      `CREATE TEMP TABLE a AS SELECT * FROM events WHERE ${at(ONE, 7)}; UPDATE a SET position = 17, revision = 8; INSERT INTO events SELECT * FROM a`,
      [[ONE, 8, 'added']],
    ],
    [
      'the same where its stream was made to fit',
      `CREATE TEMP TABLE a AS SELECT * FROM events WHERE ${at(ONE, 7)}; UPDATE a SET position = 17, revision = 8; INSERT INTO events SELECT * FROM a; UPDATE streams SET revision = 8 WHERE name = '${ONE}'`,
      [[ONE, 8, 'added']],
    ],
    [
      'an event that was added in between',
      `UPDATE events SET revision = -revision WHERE stream = ${idOf(ONE)} AND revision > 3; UPDATE events SET revision = 1 - revision WHERE stream = ${idOf(ONE)} AND revision < 0; CREATE TEMP TABLE a AS SELECT * FROM events WHERE ${at(ONE, 2)}; UPDATE a SET position = 17, revision = 4, data = '{}'; INSERT INTO events SELECT * FROM a`,
      [[ONE, 4, 'added']],
    ],
    [
      'an event of no stream',
      `CREATE TEMP TABLE a AS SELECT * FROM events WHERE ${at(ONE, 7)}; DELETE FROM events WHERE position = 16; UPDATE streams SET revision = 6, hash = (SELECT hash FROM events WHERE position = 14) WHERE name = '${OTHER}'; UPDATE a SET position = 16, stream = 77; INSERT INTO events SELECT * FROM a`,
      [[LOG, 16, 'added', false]],
    ],
    [
      'a stream that was made anew to fit',
      `UPDATE streams SET hash = zeroblob(32) WHERE name = '${ONE}'`,
      [[ONE, 7, 'altered', false]],
    ],
    ['a chain that was altered', `UPDATE head SET chain = zeroblob(32)`, [[LOG, 16, 'altered', false]]],
    ['its whole blocks, altered', `UPDATE head SET block = zeroblob(32)`, [[LOG, 16, 'altered', false]]],
  ])('finds and names %s', async (_, sql, expected) => {
    const { directory, ids } = logOfTwo();
    tamper(directory, sql);
    const verified = await all(directory);
    expect(verified.intact).toBe(false);
    expect(verified.faults.map(({ stream, revision, fault }) => [stream, revision, fault])).toEqual(
      expected.map(([stream, revision, fault]) => [stream, revision, fault]),
    );
    for (const [index, [, , , withId]] of expected.entries())
      expect(typeof verified.faults[index]?.eventId).toBe(withId === false ? 'undefined' : 'string');
    const [stream, revision, fault] = expected[0] ?? [ONE, 0, ''];
    if (fault === 'altered' && verified.faults[0]?.eventId !== undefined)
      expect(verified.faults[0].eventId).toBe(ids(stream, revision));
    const others = [ONE, OTHER].filter((each) => !expected.some(([named]) => named === each));
    for (const each of others)
      expect(await check(directory, (chain) => chain.verify(each))).toMatchObject({ intact: true });
  });

  it('what was altered before an engine goes on is not taken over into the chain', async () => {
    const { directory } = logOfTwo();
    const hash = 'zeroblob(32)';
    tamper(
      directory,
      `UPDATE events SET hash = ${hash} WHERE position = 16; UPDATE streams SET hash = ${hash} WHERE name = '${OTHER}'`,
    );
    const store = await openSqliteEventStore({ directory, access: 'read-write' });
    await store.append(ONE, batchOf(), 7);
    await store.close();
    expect((await all(directory)).intact).toBe(false);
  });

  it('an end that was cut off with all that is recorded of it is missed where the head is known', async () => {
    const { directory } = logOfTwo();
    const { head } = await all(directory);
    const store = await openSqliteEventStore({ directory, access: 'read-write' });
    await store.append(ONE, batchOf(), 7);
    await store.close();
    const later = (await all(directory)).head;
    const hash = (position: number): string => `(SELECT hash FROM events WHERE position = ${position})`;
    tamper(
      directory,
      `DELETE FROM events WHERE position = 17; UPDATE streams SET revision = 7, hash = ${hash(15)} WHERE name = '${ONE}';
       UPDATE head SET position = 16, chain = unhex('${head}')`,
    );
    expect(await all(directory)).toMatchObject({ intact: true, events: 16 });
    expect(await all(directory, head)).toMatchObject({ intact: true });
    expect((await all(directory, later)).faults).toEqual([{ stream: LOG, revision: 17, fault: 'missing' }]);
  });
});
