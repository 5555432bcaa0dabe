import { randomUUID } from 'node:crypto';
import { UnknownOutcomeError, WrongExpectedRevisionError } from '../../../infra/event-store/index.js';
import { Along } from '../along.js';
import { take, Theatre } from './test-support/theatre.js';

let theatre: Theatre;
beforeEach(async () => {
  theatre = await Theatre.open();
});
afterEach(() => theatre.close());

const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'test' };
const along = (expectedRevision: number | 'no-stream' = 'no-stream'): Along =>
  new Along({
    stream: 'diary-1',
    events: [{ id: randomUUID(), type: 'diary.written.v1', data: {}, metadata }],
    expectedRevision,
  });

async function diary(): Promise<number> {
  let count = 0;
  for await (const _ of theatre.store.read('diary-1')) count += 1;
  return count;
}

describe('what is to be recorded with a command', () => {
  it('comes before its events, in one go with them', async () => {
    const diaryEntry = along();
    await take(theatre.executor(), 2, { context: { along: diaryEntry } });
    const [taken] = await theatre.recorded();
    expect(diaryEntry.appended?.revision).toBe(0);
    expect(String(diaryEntry.appended?.position) < String(taken?.position)).toBe(true);
    expect(await diary()).toBe(1);
  });

  it('is not where the command is refused or has nothing to change', async () => {
    const [tooMany, none] = [along(), along()];
    expect(await take(theatre.executor(), 11, { context: { along: tooMany } })).toMatchObject({ kind: 'refused' });
    expect(await take(theatre.executor(), 0, { context: { along: none } })).toMatchObject({ kind: 'accepted' });
    expect([tooMany.appended, none.appended, await diary()]).toEqual([null, null, 0]);
  });

  it('takes the command with it where it cannot be recorded, and no other command', async () => {
    const executor = theatre.executor();
    const stale = along(5);
    const [one, other] = await Promise.allSettled([
      take(executor, 2, { context: { along: stale } }),
      take(executor, 3, { context: { along: along() } }),
    ]);
    expect(one).toMatchObject({
      status: 'rejected',
      reason: { name: WrongExpectedRevisionError.name, stream: 'diary-1' },
    });
    expect(other).toMatchObject({ status: 'fulfilled', value: { kind: 'accepted', answer: 3 } });
    expect([stale.appended, await diary(), (await theatre.recorded()).length]).toEqual([null, 1, 1]);
  });

  it('is there once, also where the answer is lost', async () => {
    let lost = 0;
    const executor = theatre.executor(
      theatre.storeWith({
        appendAll: async (batches) => {
          const appended = await theatre.store.appendAll(batches);
          if (lost++ === 0) throw new UnknownOutcomeError('connection lost');
          return appended;
        },
      }),
    );
    const diaryEntry = along();
    expect(await take(executor, 2, { context: { along: diaryEntry } })).toMatchObject({ kind: 'accepted', answer: 2 });
    expect([diaryEntry.appended?.revision, await diary(), (await theatre.recorded()).length]).toEqual([0, 1, 1]);
  });

  it('is left to whoever sent the command where the store takes one stream at a time', async () => {
    const diaryEntry = along();
    const executor = theatre.executor(theatre.storeWith({ joint: false }));
    expect(await take(executor, 2, { context: { along: diaryEntry } })).toMatchObject({ kind: 'accepted' });
    expect([diaryEntry.appended, await diary()]).toEqual([null, 0]);
  });
});
