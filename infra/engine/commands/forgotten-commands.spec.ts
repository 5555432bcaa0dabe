import { mock } from 'node:test';
import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../event-store/index.js';
import { contextOf, seats, take, BookingFixture } from './test-support/booking-fixture.js';

let fixture: BookingFixture;
beforeEach(async () => {
  fixture = await BookingFixture.open();
});
afterEach(() => fixture.close());

/** Of a saga: it is new, as far as the one who sends it knows. */
const sent = () => ({ commandId: randomUUID(), repeatable: false });

describe('a command that another process recorded, and that the state does not remember,', () => {
  it.each<[string, () => EventStore]>([
    ['looks at revisions alone', () => fixture.byRevisionAlone()],
    ['knows the events again', () => fixture.store],
  ])('is answered from its events where the append of a store that %s finds it', async (_, storeOf) => {
    const context = contextOf(sent());
    const paused = fixture.executor(storeOf());
    await take(paused, 1);
    await take(fixture.executor(), 2, { context });
    await fixture.keepSnapshot();
    expect(await take(paused, 2, { context })).toMatchObject({ repeated: true, answer: 3, revision: 1 });
    expect(await fixture.recorded()).toHaveLength(2);
  });

  it('is answered from its events where this process stood still before it read the stream', async () => {
    const context = sent();
    await take(fixture.executor(), 2, { context });
    await fixture.keepSnapshot();
    let time = performance.now();
    const clock = mock.method(performance, 'now', () => time);
    const paused = fixture.executor(
      fixture.storeWith({
        read: (stream, options) => {
          time += 5_000;
          return fixture.store.read(stream, options);
        },
      }),
    );
    const outcome = await take(paused, 2, { context });
    clock.mock.restore();
    expect(outcome).toMatchObject({ repeated: true, answer: 2, revision: 0 });
    expect(await fixture.recorded()).toHaveLength(1);
  });

  it('is found among more commands than a state remembers', async () => {
    const first = { ...sent(), repeatable: true };
    const executor = fixture.executor();
    await take(executor, 1, { context: first });
    const later = Array.from({ length: 600 }, () => ({
      type: 'seats.taken.v1',
      data: { seats: 0 },
      metadata: contextOf(),
    }));
    for (let at = 0; at < later.length; at += 100)
      await fixture.store.append('seats-hall', later.slice(at, at + 100), at);
    expect(await take(fixture.executor(), 1, { context: first })).toMatchObject({
      repeated: true,
      answer: 1,
      revision: 0,
    });
    expect(await fixture.recorded()).toHaveLength(601);
  });
});

it('a state as it was before its newest snapshot is folded without it', async () => {
  const executor = fixture.executor();
  for (const _ of [1, 2, 3]) await take(executor, 2);
  await fixture.keepSnapshot();
  expect(await fixture.executor().stateAt(seats, 'hall', 1)).toEqual({ taken: 4 });
  expect(await fixture.executor().stateAt(seats, 'hall', 2)).toEqual({ taken: 6 });
});
