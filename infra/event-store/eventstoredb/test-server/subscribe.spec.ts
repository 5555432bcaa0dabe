import type { Fixture } from './fixture.js';
import { counted, Following, openFixture, positionsIn, until } from './fixture.js';

let fixture: Fixture;
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const appendOneByOne = async (from: number, to: number): Promise<void> => {
  for (const n of numbers(from, to)) await fixture.client.appendToStream(`s-${n % 7}`, counted(n));
};
const appendAtOnce = (from: number, to: number): Promise<unknown> =>
  fixture.client.appendToStream(
    's-1',
    numbers(from, to).map((n) => counted(n)),
  );

beforeEach(async () => {
  fixture = await openFixture({ systemEventEvery: 0 });
});
afterEach(() => fixture.close());

it('confirms, brings what is there, says that it caught up, and goes on live', async () => {
  await appendAtOnce(1, 100);
  const following = new Following(fixture.client);
  await until(() => following.signs.includes('caught up'));
  expect(following.signs).toEqual(['confirmed', 'caught up']);
  await appendOneByOne(101, 110);
  await until(() => following.seen.length >= 110);
  expect(following.seen).toEqual(numbers(1, 110));
});

it('misses nothing and repeats nothing while events are appended at the seam', async () => {
  await appendAtOnce(1, 200);
  const followers: Following[] = [];
  for (const n of numbers(201, 240)) {
    followers.push(new Following(fixture.connect()));
    await fixture.client.appendToStream('s-1', counted(n));
  }
  for (const { seen } of followers) {
    await until(() => seen.length >= 240);
    expect(seen).toEqual(numbers(1, 240));
  }
});

it('starts after the position, at the end, or past the head', async () => {
  await appendAtOnce(1, 3);
  const { position } = await fixture.client.appendToStream('s-1', counted(4));
  await appendAtOnce(5, 6);
  const after = new Following(fixture.client, position);
  const end = new Following(fixture.client, 'end');
  const beyond = new Following(fixture.client, { commit: 10n ** 12n, prepare: 10n ** 12n });
  await until(() => [after, end, beyond].every(({ signs }) => signs.includes('caught up')));
  await appendOneByOne(7, 8);
  await until(() => after.seen.length === 4 && end.seen.length === 2);
  expect(after.seen).toEqual([5, 6, 7, 8]);
  expect(end.seen).toEqual([7, 8]);
  expect(beyond.seen).toEqual([]);
});

it('follows one stream after a revision, also one that is not there yet', async () => {
  const seen: unknown[] = [];
  const subscription = fixture.client.subscribeToStream('s-new', { fromRevision: 0n });
  subscription.on('data', ({ event }) => seen.push(event?.revision));
  await until(() => fixture.server.activity.subscriptions === 1);
  await fixture.client.appendToStream('s-new', [counted(1), counted(2), counted(3)]);
  await until(() => seen.length >= 2);
  expect(seen).toEqual([1n, 2n]);
});

it('filters by type and by stream, with a regular expression or prefixes', async () => {
  await appendOneByOne(1, 14);
  const byStream: unknown[] = [];
  fixture.client
    .subscribeToAll({ filter: { filterOn: 'streamName', prefixes: ['s-3', 's-4'], checkpointInterval: 1 } })
    .on('data', ({ event }) => byStream.push(event?.streamId));
  const byType = new Following(fixture.client, 'start', 32);
  await until(() => byStream.length >= 4 && byType.seen.length >= 14);
  expect(byStream).toEqual(['s-3', 's-4', 's-3', 's-4']);
  expect(byType.seen).toEqual(numbers(1, 14));
});

describe('checkpoints of a filtered subscription', () => {
  it('come a search window apart, and say where the last page began, not what it has looked at', async () => {
    await appendOneByOne(1, 20);
    const following = new Following(fixture.client, 'start', 10);
    await until(() => following.signs.includes('caught up'));
    // 23 events with the node's own: pages of 10, of which the third meets the head.
    expect(following.seen).toEqual(numbers(1, 20));
    const last = (await positionsIn(fixture.client)).at(-1);
    expect(following.checkpoints.at(-1)).toEqual(last);
  });

  it('stand before the next event, with prepare 0, where the page held nothing to send', async () => {
    await fixture.client.setStreamMetadata('s-1', {});
    for (const n of numbers(1, 8)) await fixture.client.setStreamMetadata(`m-${n}`, {});
    await appendOneByOne(1, 1);
    const following = new Following(fixture.client, 'start', 6);
    await until(() => following.signs.includes('caught up'));
    const [first] = following.checkpoints;
    // The page of the first six began at the start: there is nothing to say yet.
    const seventh = (await positionsIn(fixture.client))[6];
    expect(first).toEqual({ commit: seventh?.commit, prepare: 0n });
    const resumed = new Following(fixture.client, first, 6);
    await until(() => resumed.signs.includes('caught up'));
    expect(resumed.seen).toEqual([1]);
  });

  it('come live once in a search window, also when nothing passes the filter', async () => {
    const following = new Following(fixture.client, 'start', 5);
    await until(() => following.signs.includes('caught up'));
    const before = following.checkpoints.length;
    for (const n of numbers(1, 5)) await fixture.client.setStreamMetadata(`m-${n}`, {});
    await until(() => following.checkpoints.length > before);
    expect(following.checkpoints.at(-1)).toEqual((await positionsIn(fixture.client)).at(-1));
    expect(following.seen).toEqual([]);
  });
});

it('falls behind with a slow client, reads on, and has caught up again, without a gap', async () => {
  const following = new Following(fixture.client, 'start', 32);
  await until(() => following.signs.includes('caught up'));
  fixture.server.faults.slowSubscriptions(1);
  await appendAtOnce(1, 300);
  await until(() => following.signs.includes('fell behind'));
  fixture.server.faults.slowSubscriptions(0);
  await until(() => following.signs.at(-1) === 'caught up');
  expect(following.seen).toEqual(numbers(1, 300));
});

it('is dropped instead where the node takes it for too slow', async () => {
  const following = new Following(fixture.client, 'start', 32);
  await until(() => following.signs.includes('caught up'));
  fixture.server.faults.dropSlowSubscriptions(true);
  fixture.server.faults.slowSubscriptions(1);
  const failed = new Promise((resolve) => following.subscription.on('error', resolve));
  await appendAtOnce(1, 300);
  expect(String(await failed)).toContain('too slow');
  expect(following.signs).not.toContain('fell behind');
});
