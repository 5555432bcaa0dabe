import type { AllStreamResolvedEvent, ReadPosition, StreamingRead } from '@eventstore/db-client';
import { StreamNotFoundError } from '@eventstore/db-client';
import type { Fixture } from './fixture.js';
import { counted, numberOf, openFixture } from './fixture.js';

let fixture: Fixture;
const NOW = Date.UTC(2026, 4, 1);

beforeEach(async () => {
  fixture = await openFixture({ systemEventEvery: 2, now: () => NOW + 0.5 });
  for (const n of [1, 2, 3, 4, 5]) await fixture.client.appendToStream(`r-${n % 2}`, counted(n));
});
afterEach(() => fixture.close());

type Event = { readonly data?: unknown; readonly type?: string };
async function numbers(read: StreamingRead<{ readonly event?: Event | undefined }>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { event } of read) if (event?.type === 'counted.v1') found.push(numberOf(event.data));
  return found;
}

async function everything(fromPosition: ReadPosition = 'start'): Promise<AllStreamResolvedEvent[]> {
  const found: AllStreamResolvedEvent[] = [];
  for await (const event of fixture.client.readAll({ fromPosition })) found.push(event);
  return found;
}

it('reads a stream from a revision, which is included, both ways and so many at most', async () => {
  const { client } = fixture;
  expect(await numbers(client.readStream('r-1'))).toEqual([1, 3, 5]);
  expect(await numbers(client.readStream('r-1', { fromRevision: 1n }))).toEqual([3, 5]);
  expect(await numbers(client.readStream('r-1', { maxCount: 2 }))).toEqual([1, 3]);
  expect(await numbers(client.readStream('r-1', { fromRevision: 9n }))).toEqual([]);
  expect(await numbers(client.readStream('r-1', { fromRevision: 'end' }))).toEqual([]);
  expect(await numbers(client.readStream('r-1', { direction: 'backwards', fromRevision: 'end' }))).toEqual([5, 3, 1]);
  expect(await numbers(client.readStream('r-1', { direction: 'backwards', fromRevision: 1n }))).toEqual([3, 1]);
  expect(await numbers(client.readStream('r-1', { direction: 'backwards', fromRevision: 'start' }))).toEqual([1]);
});

it('says that there is no such stream', async () => {
  await expect(numbers(fixture.client.readStream('r-9'))).rejects.toBeInstanceOf(StreamNotFoundError);
});

it('reads $all in the order of commits, system events among them', async () => {
  const events = await everything();
  const types = new Set(events.map(({ event }) => event?.type));
  expect(types).toContain('$metadata');
  expect(types).toContain('$statsCollected');
  expect(await numbers(fixture.client.readAll())).toEqual([1, 2, 3, 4, 5]);
  expect(await numbers(fixture.client.readAll({ direction: 'backwards', fromPosition: 'end' }))).toEqual([
    5, 4, 3, 2, 1,
  ]);
  expect(await numbers(fixture.client.readAll({ fromPosition: 'end' }))).toEqual([]);
});

it('gives growing positions with gaps, commit and prepare alike', async () => {
  const positions = (await everything()).map(({ event }) => event?.position);
  for (const [index, position] of positions.entries()) {
    const before = positions[index - 1]?.commit ?? 0n;
    expect(position?.commit).toBe(position?.prepare);
    expect(Number(position?.commit) - Number(before)).toBeGreaterThan(1);
  }
});

it('includes the position it reads from forwards and leaves it out backwards', async () => {
  const [, middle] = (await everything()).filter(({ event }) => event?.streamId === 'r-1');
  const fromPosition = middle?.event?.position ?? 'start';
  expect(await numbers(fixture.client.readAll({ fromPosition }))).toEqual([3, 4, 5]);
  expect(await numbers(fixture.client.readAll({ fromPosition, direction: 'backwards' }))).toEqual([2, 1]);
});

it('refuses a position inside a record, and takes one past the head for one with nothing after it', async () => {
  const [first] = await everything();
  const commit = (first?.event?.position?.commit ?? 0n) + 1n;
  await expect(everything({ commit, prepare: commit })).rejects.toThrow('invalid position');
  expect(await everything({ commit: 10n ** 12n, prepare: 10n ** 12n })).toEqual([]);
});

it('stamps events by its clock', async () => {
  const [first] = await everything();
  expect(first?.event?.created).toEqual(new Date(NOW));
});
