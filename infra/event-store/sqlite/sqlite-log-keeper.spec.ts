import { describeLogKeeper } from '../contract/log-keeper.contract.js';
import { appendAt, batchOf, newStream, temporaryDirectories } from '../test-support/index.js';
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
    await appendAt(directory, Date.now() + 86_400_000);
    const tomorrow = Date.now() + 80_000_000;
    expect(await append()).toBeGreaterThan(tomorrow);
    const keeper = openSqliteLogKeeper(directory);
    await keeper.accept('times');
    await keeper.close();
    expect(await append()).toBeLessThan(tomorrow);
  });
});
