import { randomUUID } from 'node:crypto';
import { cartAggregate, type CartCommand } from '../../domain/cart/index.js';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../infra/event-store/test-support/index.js';
import { StoredCursor } from '../../infra/document-store/index.js';
import {
  openTemporaryDocumentStore,
  type TemporaryDocumentStore,
} from '../../infra/document-store/test-support/index.js';
import { eventually } from '../../infra/engine/projections/test-support/index.js';
import { type CommandExecutor, QueueingExecutor } from '../../infra/engine/commands/index.js';
import { ManualClock } from '../../infra/engine/sagas/test-support/manual-clock.js';
import { createCartAbandonment, type CartAbandonment, type CartAbandonmentOptions } from './cart-abandonment.js';

const DAY_MS = 86_400_000;
const DAYS = 30;
const noSnapshots = { load: async () => undefined, save: async () => undefined };
const prices = [{ amount: 500, currency: 'USD' }];
const tea: CartCommand = {
  type: 'add-item',
  product: { sku: 'TEA', name: 'Tea', categories: [], taxClass: 'standard', prices },
  quantity: 1,
};

describe('a cart that nobody comes back to', () => {
  let log: TemporaryEventStore;
  let processes: TemporaryDocumentStore;
  let clock: ManualClock;
  let executor: QueueingExecutor;
  /** What was sent to carts, by what it came to. */
  let outcomes: string[];
  let failures: unknown[];
  /** Those that abandoned something. */
  let looks: number;
  const running: CartAbandonment[] = [];

  beforeEach(async () => {
    log = await openTemporaryEventStore();
    processes = await openTemporaryDocumentStore();
    clock = new ManualClock();
    clock.advance(Date.now() - clock.now());
    executor = new QueueingExecutor({ store: log.store, snapshots: noSnapshots });
    [outcomes, failures, looks] = [[], [], 0];
  });
  afterEach(async () => {
    await stop();
    await processes.close();
    await log.cleanup();
  });

  async function send(cartId: string, command: CartCommand): Promise<string> {
    const commandId = randomUUID();
    const context = {
      commandId,
      correlationId: commandId,
      causationId: null,
      actor: 'anonymous',
      repeatable: false,
    };
    const aggregate = cartAggregate;
    const outcome = await executor.execute({ aggregate, id: cartId, command, context, answer: () => null });
    return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
  }
  async function opened(): Promise<string> {
    const cartId = randomUUID();
    await send(cartId, { type: 'open-cart', cartId, currency: 'USD' });
    await send(cartId, tea);
    return cartId;
  }
  async function lastOf(cartId: string): Promise<string | undefined> {
    for await (const { type } of log.store.read(`cart-${cartId}`, { direction: 'backwards', limit: 1 })) return type;
    return undefined;
  }

  /** A process that has just started; `read` sees each time that it reads the log. */
  function start(afterDays = DAYS, read: () => void = () => undefined): void {
    const watched: CommandExecutor = {
      query: (...args) => executor.query(...args),
      stateAt: (...args) => executor.stateAt(...args),
      execute: async (execution) => {
        const outcome = await executor.execute(execution);
        outcomes.push(outcome.kind);
        return outcome;
      },
    };
    const eventStore: CartAbandonmentOptions['eventStore'] = {
      logId: log.store.logId,
      head: () => log.store.head(),
      readAll: (options) => {
        read();
        return log.store.readAll(options);
      },
    };
    const abandonment = createCartAbandonment({
      executor: watched,
      eventStore,
      documents: processes.store,
      afterDays,
      clock,
      onAbandoned: () => (looks += 1),
      onFailed: (error) => failures.push(error),
    });
    running.push(abandonment);
    abandonment.start();
  }
  async function stop(): Promise<void> {
    for (const abandonment of running.splice(0)) await abandonment.close();
  }

  it('is abandoned after so many days, by a process that started long after its last change', async () => {
    const idle = await opened();
    clock.advance((DAYS - 1) * DAY_MS);
    let reads = 0;
    start(DAYS, () => (reads += 1));
    clock.advance(30_000);
    await eventually(() => reads === 1);
    expect(outcomes).toEqual([]);
    clock.advance(DAY_MS);
    await eventually(() => {
      clock.advance(600_000);
      return outcomes.length === 1;
    });
    await stop();
    for await (const event of log.store.read(`cart-${idle}`, { direction: 'backwards', limit: 1 })) {
      expect(event).toMatchObject({ type: 'cart.abandoned.v1', metadata: { actor: 'saga:cart-abandonment' } });
    }
    expect(await send(idle, tea)).toBe('CART.NOT_OPEN');
  });

  it('stays open where it was changed, and is gone where it was sold, after the event that is old enough', async () => {
    const [used, sold] = [await opened(), await opened()];
    // What happens from now on is not old enough yet: the log's own times are of now.
    const then = Date.now();
    await eventually(() => Date.now() > then + 20);
    const between = Date.now() - clock.now() - 10;
    await send(used, tea);
    await send(sold, checkOut);
    clock.advance(DAYS * DAY_MS + between - 30_000);
    start();
    clock.advance(30_000);
    await eventually(() => outcomes.length === 2);
    await stop();
    expect(outcomes).toEqual(['precondition-failed', 'precondition-failed']);
    expect(await send(used, tea)).toBe('accepted');
  });

  it('is one of many: they are found by pages, none that was sold, and none of them twice', async () => {
    const sold = await opened();
    await send(sold, checkOut);
    const carts = await Promise.all(Array.from({ length: 610 }, opened));
    clock.advance(DAYS * DAY_MS);
    let reads = 0;
    start(DAYS, () => (reads += 1));
    clock.advance(60_000);
    await eventually(() => looks === 1);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(carts.length);
    expect(reads).toBe(2);
    expect([await lastOf(carts[609] ?? ''), await lastOf(sold)]).toEqual(['cart.abandoned.v1', 'cart.checked-out.v1']);

    await stop();
    outcomes = [];
    const late = await opened();
    start();
    clock.advance(600_000);
    await eventually(() => looks === 2);
    expect([outcomes, await lastOf(late)]).toEqual([['accepted'], 'cart.abandoned.v1']);
  });

  it('is looked for again where the log could not be read', async () => {
    const idle = await opened();
    clock.advance(DAYS * DAY_MS);
    let asked = 0;
    start(DAYS, () => {
      if (asked++ === 0) throw new Error('away');
    });
    clock.advance(30_000);
    await eventually(() => failures.length === 1);
    await eventually(() => {
      clock.advance(600_000);
      return outcomes.length === 1;
    });
    await stop();
    expect(await lastOf(idle)).toBe('cart.abandoned.v1');
  });

  it('is looked for from the beginning in a log that is another one', async () => {
    const idle = await opened();
    const cursor = new StoredCursor(processes.store, 'cart-abandonment');
    await cursor.load();
    await cursor.save({ logId: 'another', position: (await log.store.head()) ?? fail() });
    clock.advance(DAYS * DAY_MS);
    start();
    clock.advance(60_000);
    await eventually(() => looks === 1);
    expect(await lastOf(idle)).toBe('cart.abandoned.v1');
  });

  it('stays for ever where the days are 0', async () => {
    let asked = 0;
    start(0, () => (asked += 1));
    clock.advance(1_000 * DAY_MS);
    await stop();
    expect(asked).toBe(0);
  });
});

function fail(): never {
  throw new Error('the log is empty');
}

const address = { name: 'Ada', line1: 'Main St 1', city: 'Springfield', postalCode: '12345', country: 'US' };
const checkOut: CartCommand = {
  type: 'check-out',
  orderId: randomUUID(),
  orderNumber: 'ABCD-EFGH-JK',
  paymentProvider: 'sandbox',
  personId: 'person-1',
  personal: { email: 'ada@example.org', shippingAddress: address, paymentToken: 'tok_ok' },
  destination: address,
  products: new Map([['TEA', { sku: 'TEA', name: 'Tea', categories: [], taxClass: 'standard', prices }]]),
  pricing: defaultPricingPolicy,
  promotions: { inForce: new Map(), isFirstOrder: false },
  acceptPrices: false,
};
