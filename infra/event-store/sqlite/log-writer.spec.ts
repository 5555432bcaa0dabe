import type { ExpectedRevision } from '../event-store.js';
import { appendAt, batchOf, newStream, temporaryDirectories } from '../test-support/index.js';
import { CommitGroup } from './commit-group.js';
import { openForWriting, type Connection } from './log-file.js';
import { LogWriter } from './log-writer.js';
import { APPENDED, type Appends } from './writer-protocol.js';

const newDirectory = temporaryDirectories();
const BUSY_MS = 30;

/** A group of one append of one event. */
function group(stream = newStream(), expectedRevision: ExpectedRevision = 'no-stream'): Appends {
  const one = new CommitGroup();
  one.add({ batches: [{ stream, events: batchOf(), expectedRevision }], resolve: () => {}, reject: () => {} });
  return one.appends;
}

const count = (db: Connection): unknown => db.prepare('SELECT count(*) FROM events').pluck().get();

/** A connection whose commits, as long as `broken` says so, answer with that error. */
function withBrokenCommit(db: Connection, broken: { code: string | null }): Connection {
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    if (sql !== 'COMMIT') return statement;
    const run = () => {
      if (broken.code !== null) throw Object.assign(new Error('disk I/O error'), { code: broken.code });
      return statement.run();
    };
    return { run };
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return prepare;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe('a commit that fails', () => {
  test.each([
    ['SQLITE_IOERR_FSYNC', true],
    ['SQLITE_IOERR_WRITE', false],
    ['SQLITE_FULL', false],
  ])('with %s is never tried again, and is unknown: %s', (code, unknown) => {
    const { db } = openForWriting(newDirectory());
    const broken: { code: string | null } = { code };
    const writer = new LogWriter(withBrokenCommit(db, broken), BUSY_MS);
    expect(writer.write(group())).toEqual({ kind: 'failed', message: 'disk I/O error', poisoned: true, unknown });
    broken.code = null;
    expect(writer.write(group())).toMatchObject({ kind: 'failed', poisoned: true, unknown: false });
    expect(count(db)).toBe(0);
    db.close();
  });

  test('for a reason that is not the disk ends only its own group', () => {
    const { db } = openForWriting(newDirectory());
    const broken: { code: string | null } = { code: 'ERR_OTHER' };
    const writer = new LogWriter(withBrokenCommit(db, broken), BUSY_MS);
    expect(writer.write(group())).toMatchObject({ kind: 'failed', poisoned: false });
    broken.code = null;
    expect(writer.write(group())).toMatchObject({ kind: 'written', outcomes: [APPENDED, 0, 1] });
    db.close();
  });
});

test('a log that another process holds too long is given up for now, and taken when it is free', () => {
  const directory = newDirectory();
  const { db } = openForWriting(directory);
  const other = openForWriting(directory).db;
  const writer = new LogWriter(db, BUSY_MS);
  other.exec('BEGIN IMMEDIATE');
  expect(writer.write(group())).toMatchObject({ kind: 'failed', poisoned: false, unknown: false });
  other.exec('COMMIT');
  expect(writer.write(group())).toMatchObject({ kind: 'written', outcomes: [APPENDED, 0, 1] });
  other.close();
  db.close();
});

test('the time of a commit is never before that of the last, whoever wrote it and whatever the clock says', async () => {
  const directory = newDirectory();
  const { db } = openForWriting(directory);
  const other = openForWriting(directory).db;
  const writer = new LogWriter(db, BUSY_MS);
  writer.write(group());
  const future = Date.now() + 3_600_000;
  await appendAt(directory, future);
  expect(writer.write(group())).toMatchObject({ kind: 'written', at: future });
  expect(new LogWriter(other, BUSY_MS).write(group())).toMatchObject({ kind: 'written', at: future });
  other.close();
  db.close();
});

test('a stream that another process has lengthened is seen at its new revision', () => {
  const directory = newDirectory();
  const [first, second] = [openForWriting(directory).db, openForWriting(directory).db];
  const [one, two] = [new LogWriter(first, BUSY_MS), new LogWriter(second, BUSY_MS)];
  const append = (last: number): Appends => group('sample-shared', last < 0 ? 'no-stream' : last);
  for (let revision = 0; revision < 6; revision += 1) {
    const writer = revision % 2 === 0 ? one : two;
    expect(writer.write(append(revision - 1))).toMatchObject({ outcomes: [APPENDED, revision, revision + 1] });
  }
  first.close();
  second.close();
});
