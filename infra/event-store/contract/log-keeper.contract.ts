import type { EventStore } from '../event-store.js';
import type { LogKeeper, LogRegister } from '../log-register.js';
import { allOf, batchOf, newStream } from '../test-support/index.js';

export interface KeptLog {
  open(access: 'read-write' | 'read-only'): Promise<EventStore & LogRegister>;
  openKeeper(): Promise<LogKeeper>;
}

/** What an operator can say of a log as a whole, on any adapter. */
export function describeLogKeeper(start: () => Promise<KeptLog>): void {
  let log: KeptLog;
  beforeEach(async () => {
    log = await start();
    await using('read-write', (store) => store.append(newStream(), batchOf({ count: 3 }), 'no-stream'));
  });

  async function using<Result>(
    access: 'read-write' | 'read-only',
    work: (store: EventStore & LogRegister) => Promise<Result>,
  ): Promise<Result> {
    const store = await log.open(access);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async function keeping<Result>(work: (keeper: LogKeeper) => Promise<Result>): Promise<Result> {
    const keeper = await log.openKeeper();
    try {
      return await work(keeper);
    } finally {
      await keeper.close();
    }
  }

  const idSeen = (access: 'read-write' | 'read-only') => using(access, async ({ logId }) => logId);

  it('a log that was restored has another id for whoever opens it, each time, and the same events', async () => {
    const [before, events] = await using('read-only', async (store) => [store.logId, await allOf(store.readAll())]);
    const first = await keeping((keeper) => keeper.markRestored());
    expect([await idSeen('read-only'), await idSeen('read-write')]).toEqual([first, first]);
    const second = await keeping((keeper) => keeper.markRestored());
    expect(new Set([before, first, second]).size).toBe(3);
    expect(await idSeen('read-only')).toBe(second);
    expect(await using('read-only', (store) => allOf(store.readAll()))).toEqual(events);
  });

  it('what was accepted of a log holds for the events that it had then', async () => {
    expect(await using('read-only', (store) => store.accepted('times'))).toBeNull();
    const head = await keeping(async (keeper) => {
      await keeper.accept('times');
      return keeper.head();
    });
    expect(head).not.toBeNull();
    await using('read-write', (store) => store.append(newStream(), batchOf(), 'no-stream'));
    await using('read-only', async (store) => {
      expect(await store.accepted('times')).toBe(head);
      expect(await store.accepted('lost-keys')).toBeNull();
    });
  });
}
