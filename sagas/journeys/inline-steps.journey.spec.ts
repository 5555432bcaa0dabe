import { mock } from 'node:test';
import { randomUUID } from 'node:crypto';
import { streamOf } from '../../domain/shared/index.js';
import { StoreUnavailableError } from '../../infra/shared/store-errors.js';
import type { StreamBatch } from '../../infra/event-store/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { Shop, type RunningSagas, type SagaProcess } from '../test-support/shop.js';

let shop: Shop;
let running: RunningSagas;
/** Streams of each append to several at once, in order. */
let joint: string[][];

async function start(process: SagaProcess = {}): Promise<void> {
  running = await shop.start(process);
  await shop.atRest(running);
}

beforeEach(async () => {
  shop = await Shop.open();
  joint = [];
  await shop.receive('TEA', 10);
  await shop.receive('MUG', 10);
  const { appendAll } = shop.store;
  mock.method(shop.store, 'appendAll', (batches: readonly StreamBatch[]) => {
    if (batches.length > 1) joint.push(batches.map(({ stream }) => stream));
    return appendAll.call(shop.store, batches);
  });
});
afterEach(async () => {
  await running.runner.close();
  await shop.close();
});

const LINES = [
  { sku: 'TEA', quantity: 1 },
  { sku: 'MUG', quantity: 2 },
];

const streamsOf = (orderId: string) => ({
  cart: streamOf('cart', `of-${orderId}`),
  order: streamOf('order', orderId),
  saga: streamOf('saga', `checkout-${orderId}`),
  payment: streamOf('payment', paymentIdOf(orderId)),
});

async function checkedOut(lines = LINES, token = 'tok_ok'): Promise<string> {
  const orderId = await shop.checkOut(lines, token, { by: running });
  await shop.atRest(running);
  return orderId;
}

const steps = async (orderId: string): Promise<number> => (await shop.events(streamsOf(orderId).saga)).length;

/** Before the first append to several streams. */
function before(act: (batches: readonly StreamBatch[]) => Promise<unknown>): SagaProcess {
  let isFirst = true;
  return {
    aroundStore: (store) => ({
      ...store,
      appendAll: async (batches) => {
        if (isFirst) {
          isFirst = false;
          await act(batches);
        }
        return store.appendAll(batches);
      },
    }),
  };
}

describe('steps that are taken before their event is recorded', () => {
  it('are recorded with it: a checkout that goes well is two appends, and the provider is asked between them', async () => {
    let appendsBeforeAsking = 0;
    const authorize = shop.provider.authorize.bind(shop.provider);
    shop.provider.authorize = (request) => {
      appendsBeforeAsking = joint.length;
      return authorize(request);
    };
    await start();
    const orderId = await checkedOut();
    const { cart, order, saga, payment } = streamsOf(orderId);
    expect(joint).toEqual([
      [cart, order, 'inventory-TEA', 'inventory-MUG', saga, payment],
      [payment, saga, order],
    ]);
    expect(appendsBeforeAsking).toBe(1);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(shop.provider.movedFor(paymentIdOf(orderId))).toEqual(['authorize']);
    expect(running.runner.status()).toMatchObject({ instances: 0, work: 0 });
  });

  it('are recorded with what a webhook says, too', async () => {
    await start();
    shop.provider.says = {
      outcome: 'action-required',
      reference: 'at the bank',
      action: { type: 'redirect', url: 'u' },
    };
    const orderId = await checkedOut();
    await shop.payment(orderId, { type: 'record-authorization', reference: 'from the bank' }, running);
    await shop.atRest(running);
    const { saga, order, payment } = streamsOf(orderId);
    expect(joint.at(-1)).toEqual([payment, saga, order]);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
  });

  it('are taken after it where stock is short, and leave what was held for others', async () => {
    await start();
    const orderId = await checkedOut([...LINES, { sku: 'MUG', quantity: 9 }]);
    expect(joint).toEqual([]);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'rejected']);
    expect([await shop.stockOf('TEA'), await shop.stockOf('MUG')]).toMatchObject([{ reserved: 0 }, { reserved: 0 }]);
    // What was decided and not recorded is not what is kept of the streams.
    expect(await shop.typesOfOrder(await checkedOut([{ sku: 'TEA', quantity: 10 }]))).toEqual(['opened', 'confirmed']);
  });

  it('are taken after it where a stream is busy', async () => {
    await start();
    const orderIds = [randomUUID(), randomUUID(), randomUUID()];
    await Promise.all(orderIds.map((orderId) => shop.checkOut(LINES, 'tok_ok', { by: running, orderId })));
    await shop.atRest(running);
    expect(joint.filter((streams) => streams.includes('inventory-TEA'))).toHaveLength(1);
    for (const orderId of orderIds) expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(await shop.stockOf('TEA')).toEqual({ onHand: 10, reserved: 3 });
  });

  it('are taken after it where another process has changed a stream meanwhile', async () => {
    await start(before(() => shop.receive('TEA', 1)));
    const orderId = await checkedOut();
    expect(joint.map(([first]) => first)).toContain(streamsOf(orderId).cart);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect([await shop.stockOf('TEA'), await steps(orderId)]).toEqual([{ onHand: 11, reserved: 1 }, 2]);
  });

  it('are taken after it where only less can be recorded', async () => {
    await start(before(() => Promise.reject(new StoreUnavailableError('the disk is full'))));
    const orderId = await checkedOut();
    expect(await shop.typesOfCart(orderId)).toEqual(['opened', 'item-added', 'item-added', 'checked-out']);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
  });

  it('are taken after it on a store that appends to one stream at a time', async () => {
    await start({ joint: false });
    const orderId = await checkedOut();
    expect([joint, await steps(orderId)]).toEqual([[], 2]);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
  });

  it('are taken after it where the order is cancelled meanwhile', async () => {
    await start({
      around: (dispatch) => async (sent, context) => {
        if (sent.key === 'confirm' && context.unit !== undefined) {
          await shop.order(sent.id, { type: 'request-cancellation', reason: 'changed my mind' });
        }
        return dispatch(sent, context);
      },
    });
    const orderId = await checkedOut();
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'cancellation-requested', 'cancelled']);
    expect(shop.provider.movedFor(paymentIdOf(orderId))).toEqual(['authorize', 'void']);
  });

  it('end a checkout that is declined as any other', async () => {
    await start();
    const orderId = await checkedOut(LINES, 'tok_declined');
    expect(joint).toHaveLength(1);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'rejected']);
    expect(await shop.stockOf('MUG')).toMatchObject({ reserved: 0 });
  });
});
