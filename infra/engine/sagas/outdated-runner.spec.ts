import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../../domain/shared/index.js';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../event-store/test-support/index.js';
import { anySaga, createSagaRunner, type Dispatch, type Dispatched, type SagaRunner } from './index.js';
import { ManualClock } from './test-support/manual-clock.js';

interface Guest {
  readonly isOpen: boolean;
}
type GuestEvent =
  | DomainEvent<'door.ordered.v1', { readonly id: string }>
  | DomainEvent<'door.knocked.v1', { readonly id: string }>;

const command = (id: string, key: string) => ({ key, target: 'door', id, command: { type: key } });

/** Has a door opened, and greets whoever knocks from then on; before, a knock leads to nothing. */
const guests = anySaga<Guest, GuestEvent>({
  name: 'guests',
  initialState: () => ({ isOpen: false }),
  on: {
    'door.ordered.v1': {
      id: ({ id }) => id,
      begins: () => true,
      react: (state, { data: { id } }) => ({ state, commands: [command(id, 'open')] }),
    },
    'door.knocked.v1': {
      id: ({ id }) => id,
      react: (state, { data: { id } }) => (state.isOpen ? { state, commands: [command(id, 'greet')] } : { state }),
    },
  },
  onReply: (state, { key }) => ({ state: key === 'open' ? { isOpen: true } : state }),
  onTimeout: (state) => ({ state }),
});

let log: TemporaryEventStore;
let reads: TemporaryDocumentStore;
beforeEach(async () => {
  log = await openTemporaryEventStore();
  reads = await openTemporaryDocumentStore();
});
afterEach(async () => {
  await log.cleanup();
  await reads.close();
});

const yes: Dispatched = { reply: { outcome: 'accepted' }, lastEventId: null };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function start(dispatch: Dispatch): Promise<SagaRunner> {
  const clock = new ManualClock();
  const stores = { eventStore: log.store, documents: reads.store };
  const runner = createSagaRunner({ ...stores, sagas: [guests], dispatch, clock, logger: quiet });
  await runner.start();
  return runner;
}

async function record(type: GuestEvent['type']): Promise<void> {
  const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'test' };
  await log.store.append('door-a', [{ id: randomUUID(), type, data: { id: 'a' }, metadata }], 'any');
}

async function stepsTaken(): Promise<number> {
  let steps = 0;
  for await (const _ of log.store.read('saga-guests-a')) steps += 1;
  return steps;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 4_000;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error('it did not come to that in time');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('takes an event by what another runner has recorded, where it means nothing by what this one knows', async () => {
  const sent: string[] = [];
  let answerAtLast: (dispatched: Dispatched) => void = () => undefined;
  const unanswered = new Promise<Dispatched>((resolve) => (answerAtLast = resolve));
  const slow = await start(async ({ key }) => {
    sent.push(key);
    return key === 'open' ? unanswered : yes;
  });
  await record('door.ordered.v1');
  await until(() => sent.length === 1);
  const quick = await start(async () => yes);
  await until(async () => (await stepsTaken()) === 2);
  await quick.close();
  await record('door.knocked.v1');
  await until(() => sent.length === 2);
  expect(sent).toEqual(['open', 'greet']);
  answerAtLast(yes);
  await slow.close();
});
