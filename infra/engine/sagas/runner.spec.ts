import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import { AppendTooLargeError, type EventStore, UnknownOutcomeError } from '../../event-store/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../event-store/test-support/index.js';
import { readCursor } from '../../document-store/index.js';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../../document-store/test-support/index.js';
import type { CommandContext } from '../commands/index.js';
import type { SagaCommand } from './saga.js';
import { failingStore, type AppendFault } from './test-support/failing-store.js';
import { ManualClock } from './test-support/manual-clock.js';
import { toySaga } from './test-support/toy-saga.js';
import { systemClock, type SagaClock } from './timers.js';
import {
  createSagaRunner,
  resetSagaInstances,
  SAGA_CURSOR,
  SAGA_INSTANCES,
  type Dispatched,
  type SagaRunner,
} from './index.js';
import { recordOf } from './instance-store.js';
import { until } from '../../test-support/until.js';

let log: TemporaryEventStore;
let reads: TemporaryDocumentStore;
let clock: ManualClock;
let sent: { readonly command: SagaCommand; readonly context: CommandContext }[];
let running: SagaRunner[];

beforeEach(async () => {
  log = await openTemporaryEventStore();
  reads = await openTemporaryDocumentStore();
  clock = new ManualClock();
  sent = [];
  running = [];
});
afterEach(async () => {
  for (const runner of running) await runner.close();
  await log.cleanup();
  await reads.close();
});

const yes: Dispatched = { reply: { outcome: 'accepted' }, lastEventId: null };
type Answer = (command: SagaCommand) => Promise<Dispatched>;

async function start(
  answer: Answer = async () => yes,
  eventStore: EventStore = log.store,
  time: SagaClock = clock,
): Promise<SagaRunner> {
  const runner = createSagaRunner({
    eventStore,
    documents: reads.store,
    sagas: [toySaga],
    dispatch: (command, context) => {
      sent.push({ command, context });
      return answer(command);
    },
    clock: time,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await runner.start();
  running.push(runner);
  return runner;
}

async function ask(id: string, data: { readonly bug?: true } = {}): Promise<void> {
  const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'test' };
  const event = { id: randomUUID(), type: 'toy.asked.v1', data: { id, ...data }, metadata };
  await log.store.append(`toy-${id}`, [event], 'any');
}

async function steps(id: string) {
  const found = [];
  for await (const event of log.store.read(`saga-toy-${id}`)) found.push(recordOf(event));
  return found;
}

const atRest = (runner: SagaRunner): Promise<void> =>
  until(async () => {
    const { caughtUp, position, work } = runner.status();
    return caughtUp && work === 0 && position === (await log.store.head());
  });

const never: Answer = () => new Promise(() => undefined);

const failing = (...errors: readonly AppendFault[]): EventStore => failingStore(log.store, errors);

describe('saga runner', () => {
  it('records a step before it sends what the step says', async () => {
    let recordedBefore = 0;
    const runner = await start(async () => {
      recordedBefore = (await steps('a')).length;
      return yes;
    });
    await ask('a');
    await atRest(runner);
    expect(recordedBefore).toBe(1);
    const [first, second] = await steps('a');
    expect(first).toMatchObject({ state: { asked: 1 }, done: false, sent: [{ key: 'ask:1', target: 'inventory' }] });
    expect(second).toMatchObject({
      inputs: [{ reply: 'ask:1', outcome: 'accepted' }],
      state: { answered: 1 },
      sent: [],
    });
  });

  it('takes all that waits in one step', async () => {
    for (let n = 0; n < 5; n++) await ask('a');
    const runner = await start();
    await atRest(runner);
    const [first] = await steps('a');
    expect(first?.inputs).toHaveLength(5);
    expect(first?.sent).toHaveLength(5);
  });

  it('sends under the same id again after a restart, and says that it may have been sent before', async () => {
    const first = await start(never);
    await ask('a');
    await until(() => sent.length === 1);
    const second = await start();
    await atRest(second);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.context.commandId).toBe(sent[0]?.context.commandId);
    expect(sent.map(({ context }) => context.repeatable)).toEqual([false, true]);
    running = running.filter((runner) => runner !== first);
  });

  it('sends a command again until it is answered', async () => {
    let failures = 3;
    const runner = await start(async () => {
      if (failures-- > 0) throw new Error('away');
      return yes;
    });
    await ask('a');
    for (let attempt = 1; attempt <= 3; attempt++) {
      await until(() => sent.length === attempt);
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(1_000);
    }
    await atRest(runner);
    expect(new Set(sent.map(({ context }) => context.commandId)).size).toBe(1);
    expect((await steps('a')).at(-1)?.state).toMatchObject({ answered: 1 });
  });

  it.each<[string, (append: () => Promise<unknown>) => Promise<never>]>([
    ['is away', () => Promise.reject(new StoreUnavailableError('disk full'))],
    [
      'does not say whether it recorded',
      async (append) => {
        await append();
        throw new UnknownOutcomeError('connection lost');
      },
    ],
  ])('waits for a store that %s, and loses and doubles nothing', async (_, failure) => {
    const runner = await start(undefined, failing(failure, failure));
    await ask('a');
    for (let wait = 0; wait < 2; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(sent).toHaveLength(0);
      clock.advance(1_000);
    }
    await until(() => {
      clock.advance(1_000);
      return sent.length > 0;
    });
    await atRest(runner);
    expect(await steps('a')).toHaveLength(2);
    expect(sent).toHaveLength(1);
  });

  it('parks an instance whose step the store never takes, and goes on with others', async () => {
    let refused = false;
    const tooLarge = (): Promise<never> => {
      refused = true;
      return Promise.reject(new AppendTooLargeError('saga-toy-a'));
    };
    await start(undefined, failing(tooLarge));
    await ask('a');
    await until(() => refused);
    await ask('b');
    await until(() => sent.length > 0);
    clock.advance(60_000);
    for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve));
    expect([await steps('a'), sent.map(({ command }) => command.id)]).toEqual([[], ['b']]);
  });

  it('lets two runners work on one log without doing anything twice', async () => {
    // Between conflicts they pause.
    const another = () => start(undefined, log.store, systemClock);
    const runners = [await another(), await another()];
    for (let n = 0; n < 20; n++) await ask(`id-${n % 4}`);
    for (const runner of runners) await atRest(runner);
    for (const runner of runners) await atRest(runner);
    for (let id = 0; id < 4; id++) {
      expect((await steps(`id-${id}`)).at(-1)?.state).toEqual({ asked: 5, answered: 5, ended: false });
    }
    const ids = new Map(sent.map(({ command, context }) => [context.commandId, `${command.id} ${command.key}`]));
    expect(ids.size).toBe(20);
    expect(new Set(ids.values()).size).toBe(20);
  });

  it('fires a timer that came due while nothing ran', async () => {
    const first = await start();
    await ask('a');
    await atRest(first);
    await first.close();
    clock.advance(3_600_000);
    const second = await start();
    await until(async () => (await steps('a')).at(-1)?.done === true);
    await atRest(second);
    expect((await steps('a')).at(-1)?.inputs).toEqual([{ timeout: 'end' }]);
    expect(second.status().instances).toBe(0);
  });

  it('finds what is unfinished in the log when its index is lost', async () => {
    const first = await start();
    await ask('a');
    await atRest(first);
    await first.close();
    await reads.close();
    reads = await openTemporaryDocumentStore();
    const second = await start();
    await atRest(second);
    expect(await steps('a')).toHaveLength(2);
    clock.advance(60_000);
    await until(async () => (await steps('a')).at(-1)?.done === true);
  });

  it('keeps in its index only what has something to do by itself', async () => {
    const first = await start();
    await ask('a');
    await ask('b');
    await atRest(first);
    await first.close();
    expect(await reads.store.scan(SAGA_INSTANCES, { limit: 10 })).toHaveLength(2);
    clock.advance(60_000);
    const second = await start();
    await until(async () => (await steps('b')).at(-1)?.done === true && (await steps('a')).at(-1)?.done === true);
    await atRest(second);
    await second.close();
    expect(await reads.store.scan(SAGA_INSTANCES, { limit: 10 })).toHaveLength(0);
    expect((await readCursor(reads.store, SAGA_CURSOR))?.position).toBe(second.status().position);
  });

  it('reads the log again after its index was reset, and does nothing twice', async () => {
    const first = await start();
    await ask('a');
    await atRest(first);
    await first.close();
    const before = await steps('a');
    await resetSagaInstances(reads.store);
    expect(await readCursor(reads.store, SAGA_CURSOR)).toBeNull();
    const second = await start();
    await until(() => second.status().position !== null && second.status().work === 0);
    expect(await steps('a')).toEqual(before);
    clock.advance(60_000);
    await until(async () => (await steps('a')).at(-1)?.done === true);
    await second.close();
  });

  it('does not move its place past an input that is not recorded', async () => {
    const runner = await start();
    await ask('bad', { bug: true });
    await ask('good');
    await until(async () => (await steps('good')).length === 2);
    await runner.close();
    expect(await readCursor(reads.store, SAGA_CURSOR)).toBeNull();
    expect(runner.status().position).toBeNull();
  });

  it('refuses the cursor of another log, and one past the end of this one, and says what to do', async () => {
    const runner = await start();
    await ask('a');
    await atRest(runner);
    await runner.close();
    const other = await openTemporaryEventStore();
    try {
      const position = runner.status().position ?? '';
      const past = { ...failing(), head: async () => null };
      await expect(start(undefined, past)).rejects.toThrow(`is at ${position}`);
      await expect(start(undefined, other.store)).rejects.toThrow('rebuild saga-instances');
    } finally {
      await other.cleanup();
    }
  });

  it('will not have a saga that follows sagas', () => {
    const options = { eventStore: log.store, documents: reads.store, clock, dispatch: async () => yes };
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const { 'toy.asked.v1': asked } = toySaga.on;
    if (asked === undefined) throw new Error('no reaction');
    const sagas = [{ ...toySaga, on: { 'saga.toy.stepped.v1': asked } }];
    expect(() => createSagaRunner({ ...options, logger, sagas })).toThrow('must not follow sagas');
  });
});
