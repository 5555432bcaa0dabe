import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describeLogKeeper } from '../contract/log-keeper.contract.js';
import { batchOf, newStream, temporaryDirectories } from '../test-support/index.js';
import { openSqliteEventStore, openSqliteLogKeeper } from './index.js';

const newDirectory = temporaryDirectories();

describe('what is recorded of a log in SQLite', () => {
  describeLogKeeper(async () => {
    const directory = newDirectory();
    return {
      open: (access) => openSqliteEventStore({ directory, access }),
      openKeeper: async () => openSqliteLogKeeper(directory),
    };
  });

  it('is said by nobody while a process is at work on the log', async () => {
    const directory = newDirectory();
    const store = await openSqliteEventStore({ directory, access: 'read-write' });
    expect(() => openSqliteLogKeeper(directory)).toThrow('stop the engine first');
    await store.close();
    await openSqliteLogKeeper(directory).close();
  });

  it('is not made up where there is no log', () => {
    expect(() => openSqliteLogKeeper(newDirectory())).toThrow('there is no log');
  });

  it('lets later events be before those whose times are accepted, and those alone', async () => {
    const directory = newDirectory();
    const append = async (): Promise<number> => {
      const store = await openSqliteEventStore({ directory, access: 'read-write' });
      const { events } = await store.append(newStream(), batchOf(), 'no-stream');
      await store.close();
      return Date.parse(events[0]?.at ?? '');
    };
    await append();
    const file = new Database(join(directory, 'events.db'));
    file.exec(`INSERT INTO events (id, stream, revision, at, type, data, metadata)
      SELECT randomblob(16), stream, 1, at + 86400000, type, data, metadata FROM events`);
    file.close();
    const tomorrow = Date.now() + 80_000_000;
    expect(await append()).toBeGreaterThan(tomorrow);
    const keeper = openSqliteLogKeeper(directory);
    await keeper.accept('times');
    await keeper.close();
    expect(await append()).toBeLessThan(tomorrow);
  });

  it('is part of a log that an older version made once the engine has opened it', async () => {
    const directory = newDirectory();
    const first = await openSqliteEventStore({ directory, access: 'read-write' });
    await first.append(newStream(), batchOf(), 'no-stream');
    await first.close();
    const file = new Database(join(directory, 'events.db'));
    file.exec('DROP TABLE log_record');
    file.pragma('user_version = 1');
    file.close();
    await expect(openSqliteEventStore({ directory, access: 'read-only' })).rejects.toThrow(
      'its schema 1 is older than 2; start the engine once',
    );
    const keeper = openSqliteLogKeeper(directory);
    expect(keeper.logId).toBe(first.logId);
    expect(await keeper.accepted('times')).toBeNull();
    await keeper.close();
  });
});
