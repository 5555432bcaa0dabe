import { randomUUID } from 'node:crypto';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../event-store/test-support/index.js';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import { ManualClock } from './test-support/manual-clock.js';
import { toySaga } from './test-support/toy-saga.js';
import { createSagaRunner, createSagaTries, type FailedTry, type SagaRunner } from './index.js';
import { until } from '../../test-support/until.js';

let log: TemporaryEventStore;
let reads: TemporaryDocumentStore;
let clock: ManualClock;
let runner: SagaRunner;
let sent: number;
/** What the target says; it answers where there is nothing. */
let trouble: Error | null;

beforeEach(async () => {
  log = await openTemporaryEventStore();
  reads = await openTemporaryDocumentStore();
  clock = new ManualClock();
  sent = 0;
  trouble = new RangeError('the carrier is busy');
  runner = await start();
});
afterEach(async () => {
  await runner.close();
  await log.cleanup();
  await reads.close();
});

async function start(): Promise<SagaRunner> {
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { store: eventStore } = log;
  const dispatch = async () => {
    sent += 1;
    if (trouble !== null) throw trouble;
    return { reply: { outcome: 'accepted' } as const, lastEventId: null };
  };
  const started = createSagaRunner({ eventStore, documents: reads.store, sagas: [toySaga], dispatch, clock, logger });
  await started.start();
  return started;
}

async function happens(type: string): Promise<void> {
  const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'test' };
  await log.store.append('toy-a', [{ id: randomUUID(), type, data: { id: 'a' }, metadata }], 'any');
}

const tries = (): Promise<readonly FailedTry[]> => createSagaTries(reads.store).of('toy', 'a');

/** Time passes bit by bit until what is kept is so. */
const kept = (is: (found: readonly FailedTry[]) => boolean) =>
  until(async () => {
    clock.advance(20);
    return is(await tries());
  });

describe('a command that could not be carried out', () => {
  it('is kept with how often, why and when next, until it is answered', async () => {
    await happens('toy.asked.v1');
    await kept(({ length }) => length > 0);
    expect(await tries()).toEqual([
      {
        commandId: expect.any(String),
        key: 'ask:1',
        target: 'inventory',
        id: 'a',
        type: 'release-stock',
        attempts: expect.any(Number),
        code: 'no-answer',
        detail: 'the carrier is busy',
        nextAt: expect.any(String),
      },
    ]);
    trouble = new StoreUnavailableError('secret words');
    await kept(([first]) => first?.code === 'store-unavailable' && first.attempts > 1);
    expect(await tries()).toMatchObject([{ code: 'store-unavailable', detail: 'A store was away.' }]);
    trouble = null;
    await kept((found) => found.length === 0);
  });

  it('is sent at once where somebody does not want to wait', async () => {
    await happens('toy.asked.v1');
    await until(() => sent === 1);
    trouble = null;
    await happens('toy.hurried.v1');
    await until(() => sent === 2);
    expect(await createSagaTries(reads.store).of('toy', 'b')).toEqual([]);
  });

  it('is forgotten by the process that takes over, and kept anew', async () => {
    await happens('toy.asked.v1');
    await kept(({ length }) => length > 0);
    await runner.close();
    trouble = null;
    runner = await start();
    await until(() => sent > 1);
    expect(await tries()).toEqual([]);
  });
});
