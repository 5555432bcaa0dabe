import { randomUUID } from 'node:crypto';
import { cartAggregate, type CartCommand } from '../../domain/cart/index.js';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { cartsReadModel, type StoredCart } from '../../projections/cart/index.js';
import type { ProjectionRunner } from '../../projections/runner/index.js';
import { eventually, openRunnerBench, type RunnerBench } from '../../projections/runner/test-support/index.js';
import { createCartAbandonment, type CartAbandonment } from '../../sagas/index.js';
import { ManualClock } from '../../sagas/test-support/manual-clock.js';
import { QueueingExecutor } from '../../write-side/shared/executor/index.js';
import type { CommandExecutor } from '../../write-side/shared/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../event-store/test-support/index.js';
import { idleCartsIn } from './idle-carts.js';

const DAY_MS = 86_400_000;
const DAYS = 30;
const noSnapshots = { load: async () => undefined, save: async () => undefined };
const price = { amount: 500, currency: 'USD' };
const tea: CartCommand = {
  type: 'add-item',
  product: { sku: 'TEA', name: 'Tea', categories: [], taxClass: 'standard', price },
  quantity: 1,
};

describe('a cart that nobody comes back to', () => {
  let log: TemporaryEventStore;
  let bench: RunnerBench;
  let runner: ProjectionRunner;
  let clock: ManualClock;
  let executor: QueueingExecutor;
  /** What was sent to carts, by what it came to. */
  let outcomes: string[];
  let failures: unknown[];
  const running: CartAbandonment[] = [];

  beforeEach(async () => {
    log = await openTemporaryEventStore();
    bench = await openRunnerBench();
    runner = await bench.run({ eventStore: log.store, models: [cartsReadModel] });
    clock = new ManualClock();
    clock.advance(Date.now() - clock.now());
    executor = new QueueingExecutor({ store: log.store, snapshots: noSnapshots });
    [outcomes, failures] = [[], []];
  });
  afterEach(async () => {
    for (const abandonment of running.splice(0)) await abandonment.close();
    await bench.close();
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
  async function statusOf(cartId: string): Promise<string | undefined> {
    await runner.caughtUp();
    return (await bench.store.get<StoredCart>('carts', cartId))?.doc.status;
  }

  /** A process that has just started. */
  function start(afterDays = DAYS, find = idleCartsIn(bench.store)): void {
    const watched: CommandExecutor = {
      query: (...args) => executor.query(...args),
      execute: async (execution) => {
        const outcome = await executor.execute(execution);
        outcomes.push(outcome.kind);
        return outcome;
      },
    };
    const abandonment = createCartAbandonment({
      executor: watched,
      findIdleCarts: find,
      afterDays,
      clock,
      onAbandoned: () => undefined,
      onFailed: (error) => failures.push(error),
    });
    running.push(abandonment);
    abandonment.start();
  }

  it('is abandoned after so many days, by a process that started long after its last change', async () => {
    const idle = await opened();
    await runner.caughtUp();
    clock.advance((DAYS - 1) * DAY_MS);
    const find = idleCartsIn(bench.store);
    let looks = 0;
    start(DAYS, (query) => find(query).finally(() => (looks += 1)));
    clock.advance(30_000);
    await eventually(() => looks === 1);
    expect(outcomes).toEqual([]);
    clock.advance(DAY_MS);
    await eventually(() => {
      clock.advance(600_000);
      return outcomes.length === 1;
    });
    expect(await statusOf(idle)).toBe('abandoned');
    for await (const event of log.store.read(`cart-${idle}`, { direction: 'backwards', limit: 1 })) {
      expect(event).toMatchObject({ type: 'cart.abandoned.v1', metadata: { actor: 'saga:cart-abandonment' } });
    }
    expect(await send(idle, tea)).toBe('CART.NOT_OPEN');
  });

  it('stays open where it was changed after the read model saw it last', async () => {
    const [used, sold] = [await opened(), await opened()];
    await runner.caughtUp();
    await runner.close();
    await send(used, tea);
    await send(sold, checkOut);
    clock.advance(DAYS * DAY_MS);
    start();
    clock.advance(60_000);
    await eventually(() => outcomes.length === 2);
    expect(outcomes).toEqual(['precondition-failed', 'precondition-failed']);
    expect(await send(used, tea)).toBe('accepted');
  });

  it('is one of many: they are looked up by pages, and none of those that were sold', async () => {
    const sold = await opened();
    await send(sold, checkOut);
    const carts = await Promise.all(Array.from({ length: 230 }, opened));
    await runner.caughtUp();
    clock.advance(DAYS * DAY_MS);
    const limits: number[] = [];
    const find = idleCartsIn(bench.store);
    start(DAYS, (query) => {
      limits.push(query.limit);
      return find(query);
    });
    clock.advance(60_000);
    await eventually(() => outcomes.length === carts.length);
    expect(new Set(outcomes)).toEqual(new Set(['accepted']));
    expect(limits).toEqual([100, 100, 100]);
    expect(await statusOf(carts[229] ?? '')).toBe('abandoned');
    expect(await statusOf(sold)).toBe('checked-out');
  });

  it('is looked for again where the read models could not be asked', async () => {
    const idle = await opened();
    await runner.caughtUp();
    clock.advance(DAYS * DAY_MS);
    const find = idleCartsIn(bench.store);
    let asked = 0;
    start(DAYS, (query) => (asked++ === 0 ? Promise.reject(new Error('away')) : find(query)));
    clock.advance(30_000);
    await eventually(() => failures.length === 1);
    await eventually(() => {
      clock.advance(600_000);
      return outcomes.length === 1;
    });
    expect(await statusOf(idle)).toBe('abandoned');
  });

  it('stays for ever where the days are 0', async () => {
    let asked = 0;
    start(0, async () => {
      asked += 1;
      return [];
    });
    clock.advance(1_000 * DAY_MS);
    expect(asked).toBe(0);
  });
});

const address = { name: 'Ada', line1: 'Main St 1', city: 'Springfield', postalCode: '12345', country: 'US' };
const checkOut: CartCommand = {
  type: 'check-out',
  orderId: randomUUID(),
  orderNumber: 'ABCD-EFGH-JK',
  paymentProvider: 'sandbox',
  personId: 'person-1',
  personal: { email: 'ada@example.org', shippingAddress: address, paymentToken: 'tok_ok' },
  destination: address,
  products: new Map([['TEA', { sku: 'TEA', name: 'Tea', categories: [], taxClass: 'standard', price }]]),
  pricing: defaultPricingPolicy,
  acceptPrices: false,
};
