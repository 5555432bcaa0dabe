import { randomUUID } from 'node:crypto';
import { UnknownOutcomeError, WrongExpectedRevisionError } from '../../event-store/index.js';
import { PendingAppend } from './aggregate-repository.js';
import { take, BookingFixture } from './test-support/booking-fixture.js';

let fixture: BookingFixture;
beforeEach(async () => {
  fixture = await BookingFixture.open();
});
afterEach(() => fixture.close());

const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'test' };
const joined = (expectedRevision: number | 'no-stream' = 'no-stream'): PendingAppend =>
  new PendingAppend({
    stream: 'diary-1',
    events: [{ id: randomUUID(), type: 'diary.written.v1', data: {}, metadata }],
    expectedRevision,
  });

async function diary(): Promise<number> {
  let count = 0;
  for await (const _ of fixture.store.read('diary-1')) count += 1;
  return count;
}

describe('what is to be recorded with a command', () => {
  it('comes after its events, in one go with them', async () => {
    const diaryEntry = joined();
    await take(fixture.executor(), 2, { context: { joined: diaryEntry } });
    const [taken] = await fixture.recorded();
    expect(diaryEntry.appended?.revision).toBe(0);
    expect(String(diaryEntry.appended?.position) > String(taken?.position)).toBe(true);
    expect(await diary()).toBe(1);
  });

  it('is not where the command is refused or has nothing to change', async () => {
    const [tooMany, none] = [joined(), joined()];
    expect(await take(fixture.executor(), 11, { context: { joined: tooMany } })).toMatchObject({ kind: 'refused' });
    expect(await take(fixture.executor(), 0, { context: { joined: none } })).toMatchObject({ kind: 'accepted' });
    expect([tooMany.appended, none.appended, await diary()]).toEqual([null, null, 0]);
  });

  it('takes the command with it where it cannot be recorded, and no other command', async () => {
    const executor = fixture.executor();
    const stale = joined(5);
    const [one, other] = await Promise.allSettled([
      take(executor, 2, { context: { joined: stale } }),
      take(executor, 3, { context: { joined: joined() } }),
    ]);
    expect(one).toMatchObject({
      status: 'rejected',
      reason: { name: WrongExpectedRevisionError.name, stream: 'diary-1' },
    });
    expect(other).toMatchObject({ status: 'fulfilled', value: { kind: 'accepted', answer: 3 } });
    expect([stale.appended, await diary(), (await fixture.recorded()).length]).toEqual([null, 1, 1]);
  });

  it('is there once, also where the answer is lost', async () => {
    let lost = 0;
    const executor = fixture.executor(
      fixture.storeWith({
        appendAll: async (batches) => {
          const appended = await fixture.store.appendAll(batches);
          if (lost++ === 0) throw new UnknownOutcomeError('connection lost');
          return appended;
        },
      }),
    );
    const diaryEntry = joined();
    expect(await take(executor, 2, { context: { joined: diaryEntry } })).toMatchObject({ kind: 'accepted', answer: 2 });
    expect([diaryEntry.appended?.revision, await diary(), (await fixture.recorded()).length]).toEqual([0, 1, 1]);
  });

  it('is left to whoever sent the command where the store takes one stream at a time', async () => {
    const diaryEntry = joined();
    const executor = fixture.executor(fixture.storeWith({ joint: false }));
    expect(await take(executor, 2, { context: { joined: diaryEntry } })).toMatchObject({ kind: 'accepted' });
    expect([diaryEntry.appended, await diary()]).toEqual([null, 0]);
  });
});
