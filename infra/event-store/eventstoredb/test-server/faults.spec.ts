import type { AppendExpectedRevision } from '@eventstore/db-client';
import { EventStoreDBClient, NotLeaderError, UnavailableError } from '@eventstore/db-client';
import type { Fixture } from './fixture.js';
import { counted, Following, ids, numbersIn, onceBack, openFixture, positionsIn, until } from './fixture.js';

let fixture: Fixture;
const [A = '', B = '', C = ''] = ids(3);

beforeEach(async () => {
  fixture = await openFixture();
});
afterEach(() => fixture.close());

it.each(['unavailable', 'disconnect', 'timeout'] as const)(
  'loses the reply of a committed append (%s), and takes the repetition for one',
  async (as) => {
    fixture.server.faults.loseReplies(1, as);
    const append = () => fixture.client.appendToStream('f-1', counted(1, A), { expectedRevision: 'no_stream' });
    await expect(append()).rejects.toThrow();
    expect(await numbersIn(fixture.connect(), 'f-1')).toEqual([1]);
    expect(await onceBack(append)).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await numbersIn(fixture.client, 'f-1')).toEqual([1]);
  },
);

describe('an append that cannot be read yet', () => {
  const append = (id: string, expectedRevision: AppendExpectedRevision) =>
    fixture.connect().appendToStream('f-1', counted(2, id), { expectedRevision });

  beforeEach(async () => {
    await fixture.client.appendToStream('f-1', counted(1, A));
    fixture.server.faults.showAppendsAfter(60_000);
  });

  it('is a conflict for other writers, and not there for readers', async () => {
    const following = new Following(fixture.client);
    await until(() => following.signs.includes('caught up'));
    const hidden = append(B, 0n);
    await expect(append(C, 0n)).rejects.toMatchObject({ actualVersion: 1n });
    expect(await numbersIn(fixture.client, 'f-1')).toEqual([1]);
    expect(await positionsIn(fixture.client)).toHaveLength(fixture.server.eventCount);
    expect(following.seen).toEqual([1]);
    fixture.server.faults.showAppendsAfter(0);
    await expect(hidden).resolves.toMatchObject({ nextExpectedRevision: 1n });
    expect(await numbersIn(fixture.client, 'f-1')).toEqual([1, 2]);
    await until(() => following.seen.length === 2);
  });

  it('keeps its place before what is written after it, for subscriptions too', async () => {
    const hidden = append(B, 0n);
    await expect(append(C, 0n)).rejects.toThrow();
    const following = new Following(fixture.client, 'start', 1);
    await until(() => following.signs.includes('caught up'));
    fixture.server.faults.showAppendsAfter(0);
    await hidden;
    await fixture.client.appendToStream('f-1', counted(3));
    await until(() => following.seen.length === 3);
    expect(following.seen).toEqual([1, 2, 3]);
  });

  it.each([0n, 'any'] as const)('drops its repetition (%s), which times out', async (expected) => {
    const timedOut = { type: 'deadline-exceeded' };
    const hidden = expect(append(B, 0n)).rejects.toMatchObject(timedOut);
    await expect(append(C, 0n)).rejects.toThrow();
    await expect(append(B, expected)).rejects.toMatchObject(timedOut);
    await hidden;
    fixture.server.faults.showAppendsAfter(0);
    await expect(append(B, expected)).resolves.toMatchObject({ nextExpectedRevision: 1n });
    expect(await numbersIn(fixture.client, 'f-1')).toEqual([1, 2]);
  });

  it('can be read after the time', async () => {
    fixture.server.faults.showAppendsAfter(20);
    const begin = performance.now();
    await append(B, 0n);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(19);
    expect(await numbersIn(fixture.client, 'f-1')).toEqual([1, 2]);
  });
});

it('fails every append that waits on the call when one reply is lost', async () => {
  const hold = fixture.server.faults.hold({ what: 'append-before-commit', count: 1 });
  const waiting = fixture.client.appendToStream('f-1', counted(1));
  await hold.untilHeld(1);
  fixture.server.faults.loseReplies(1);
  const lost = fixture.client.appendToStream('f-2', counted(2));
  await expect(lost).rejects.toBeInstanceOf(UnavailableError);
  await expect(waiting).rejects.toBeInstanceOf(UnavailableError);
});

it('commits an append after its caller is gone, when it is released', async () => {
  const hold = fixture.server.faults.hold({ what: 'append-before-commit' });
  const late = fixture.client.appendToStream('f-1', counted(1));
  await hold.untilHeld(1);
  fixture.server.faults.disconnect();
  await expect(late).rejects.toBeInstanceOf(UnavailableError);
  const before = fixture.server.eventCount;
  hold.release();
  await until(() => fixture.server.eventCount > before);
  expect(await onceBack(() => numbersIn(fixture.client, 'f-1'))).toEqual([1]);
});

it('never answers what it holds, before or after the commit, until it is released', async () => {
  const hold = fixture.server.faults.hold({ what: 'append-after-commit', count: 1 });
  let isAnswered = false;
  const held = fixture.client.appendToStream('f-1', counted(1)).then(() => {
    isAnswered = true;
  });
  await hold.untilHeld(1);
  expect(await numbersIn(fixture.client, 'f-1')).toEqual([1]);
  await fixture.client.appendToStream('f-1', counted(2));
  expect(isAnswered).toBe(false);
  hold.release();
  await held;
});

it('releases by itself after a time', async () => {
  const hold = fixture.server.faults.hold({ what: 'read', forMs: 5 });
  await fixture.client.appendToStream('f-1', counted(1));
  expect(await numbersIn(fixture.client, 'f-1')).toEqual([1]);
  expect(hold.held).toBe(0);
});

it('answers later, until the delay is taken back', async () => {
  fixture.server.faults.delay(30);
  const begin = performance.now();
  await fixture.client.appendToStream('f-1', counted(1));
  expect(performance.now() - begin).toBeGreaterThanOrEqual(29);
  const hold = fixture.server.faults.hold({ what: 'subscription' });
  fixture.server.faults.clear();
  const following = new Following(fixture.client);
  await until(() => following.seen.length === 1);
  expect(hold.held).toBe(0);
});

it('holds a new client at its first question', async () => {
  const hold = fixture.server.faults.hold({ what: 'server-features' });
  const appended = fixture.client.appendToStream('f-1', counted(1));
  await hold.untilHeld(1);
  expect(fixture.server.activity.appends).toBe(0);
  hold.release();
  await expect(appended).resolves.toMatchObject({ success: true });
});

it('sends callers to the leader, which answers them', async () => {
  fixture.server.faults.answerNotLeader(2);
  const refused = await fixture.client.appendToStream('f-1', counted(1)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NotLeaderError);
  expect(refused).toMatchObject({ leader: { address: '127.0.0.1', port: fixture.server.port } });
  await expect(onceBack(() => numbersIn(fixture.client, 'f-1'))).rejects.toBeInstanceOf(NotLeaderError);
  await onceBack(() => fixture.client.appendToStream('f-1', counted(2, A)));
  expect(await numbersIn(fixture.client, 'f-1')).toEqual([2]);
});

it.each([
  ['unavailable', 'unavailable'],
  ['cancelled', 'cancelled'],
  ['consumer-too-slow', 'timeout'],
] as const)('drops subscriptions (%s)', async (reason, type) => {
  const following = new Following(fixture.client);
  await until(() => following.signs.includes('caught up'));
  expect(fixture.server.faults.dropSubscriptions(reason)).toBe(1);
  await until(() => following.error !== undefined);
  expect(following.error).toMatchObject({ type });
  await until(() => fixture.server.activity.subscriptions === 0);
});

it('ends subscriptions without an error', async () => {
  const following = new Following(fixture.client);
  await until(() => following.signs.includes('caught up'));
  fixture.server.faults.dropSubscriptions('ended');
  await until(() => following.isEnded);
  expect(following.error).toBeUndefined();
});

it('keeps nothing of a subscription that was given up while it was held', async () => {
  const hold = fixture.server.faults.hold({ what: 'subscription' });
  const following = new Following(fixture.client);
  await hold.untilHeld(1);
  await following.subscription.unsubscribe();
  // A call on the same connection, behind the cancellation.
  await fixture.client.appendToStream('f-1', counted(1));
  hold.release();
  expect(await numbersIn(fixture.client, 'f-1')).toEqual([1]);
  expect(fixture.server.activity).toMatchObject({ subscriptionsStarted: 1, subscriptions: 0 });
});

it('cuts connections and takes new ones', async () => {
  const following = new Following(fixture.client);
  await until(() => following.signs.includes('caught up'));
  expect(fixture.server.faults.disconnect()).toBe(1);
  await until(() => following.error !== undefined);
  expect(following.error).toBeInstanceOf(UnavailableError);
  await onceBack(() => fixture.client.appendToStream('f-1', counted(1)));
  expect(fixture.server.activity).toMatchObject({ subscriptions: 0, subscriptionsStarted: 1, connections: 1 });
});

it('is away while the port is closed, and comes back with every event', async () => {
  await fixture.client.appendToStream('f-1', counted(1));
  await fixture.server.stop();
  await expect(fixture.client.appendToStream('f-1', counted(2))).rejects.toBeInstanceOf(UnavailableError);
  await fixture.server.start();
  const client = fixture.connect();
  await onceBack(() => client.appendToStream('f-1', counted(3, A)));
  expect(await numbersIn(client, 'f-1')).toEqual([1, 3]);
});

it('is found by gossip', async () => {
  const client = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${fixture.server.port}?tls=false`);
  await client.appendToStream('f-1', counted(1));
  expect(await numbersIn(client, 'f-1')).toEqual([1]);
  await client.dispose();
});
