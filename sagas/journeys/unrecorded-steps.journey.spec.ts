import { randomUUID } from 'node:crypto';
import { readCursor } from '../../infra/document-store/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { Fuse } from '../test-support/fuse.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';
import { resetSagaInstances, SAGA_CURSOR, SAGA_INSTANCES } from '../../infra/engine/sagas/index.js';
import type { Dispatch } from '../saga.js';
import { until } from '../../infra/test-support/until.js';

const DAY = 24 * 3_600_000;
const createdAt = '2026-11-02T09:00:00.000Z';

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  await shop.receive('TEA', 100);
  await shop.receive('MUG', 100);
});
afterEach(() => shop.close());

const LINES = [
  { sku: 'TEA', quantity: 2 },
  { sku: 'MUG', quantity: 1 },
];

const never = (): Promise<never> => new Promise(() => undefined);
/** A process whose commands of one type are never answered. */
const silentOn =
  (type: string) =>
  (dispatch: Dispatch): Dispatch =>
  (sent, context) =>
    sent.command.type === type ? never() : dispatch(sent, context);

/** The place in the log and the index are written, and then the process is gone. */
async function killed({ fuse }: RunningSagas): Promise<void> {
  const head = await shop.store.head();
  await until(async () => {
    shop.clock.advance(300);
    return (await readCursor(shop.documents, SAGA_CURSOR))?.position === head;
  });
  await fuse.release();
}

/** More than are handed over at once. */
async function manyEvents(): Promise<void> {
  const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'test' };
  for (let batch = 0; batch < 10; batch++) {
    const events = Array.from({ length: 500 }, () => ({
      id: randomUUID(),
      type: 'other.noted.v1',
      data: {},
      metadata,
    }));
    await shop.store.append(`other-${batch}`, events, 'no-stream');
  }
}

const indexed = async (): Promise<readonly object[]> =>
  (await shop.documents.scan<object>(SAGA_INSTANCES, { limit: 10 })).map(({ doc }) => doc);

describe('what the log says already', () => {
  it('is not recorded: an order that goes well has two records, before the money and before its confirmation', async () => {
    shop.provider.holdsUntil = new Date(shop.clock.now() + 7 * DAY).toISOString();
    const running = await shop.start();
    const orderId = await shop.checkOut(LINES);
    await shop.atRest(running);
    const records = await shop.events(`saga-checkout-${orderId}`);
    const sent = records.map(({ data }) => (data['sent'] as { key: string }[]).map(({ key }) => key));
    expect(sent).toEqual([['authorize'], ['confirm']]);
    expect(await shop.events(`saga-authorization-${paymentIdOf(orderId)}`)).toEqual([]);
    // Beside the order's instance, which is over, the one that watches over the money.
    expect(running.runner.status().instances).toBe(1);
    await running.runner.close();
  });

  it('is taken again from the event that the index names, where the place in the log is past it', async () => {
    const first = await shop.start({ fuse: new Fuse(), around: silentOn('reserve-stock') });
    const orderId = await shop.checkOut(LINES);
    await until(async () => (await shop.typesOfOrder(orderId)).length === 1);
    await killed(first);
    expect(await indexed()).toEqual([
      { saga: 'checkout', id: orderId, begunBy: { stream: `cart-of-${orderId}`, revision: 3 } },
    ]);
    expect(await shop.events(`saga-checkout-${orderId}`)).toEqual([]);

    const second = await shop.start();
    await shop.atRest(second);
    await until(async () => (await shop.typesOfOrder(orderId)).length === 2);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(await shop.types('inventory-TEA')).toEqual(['received', 'reserved']);
    await shop.atRest(second);
    await second.runner.close();
    expect(await indexed()).toEqual([]);
  });

  it('is held for hours by a timer, and again after the process was killed', async () => {
    shop.provider.holdsUntil = new Date(shop.clock.now() + 7 * DAY).toISOString();
    const first = await shop.start();
    const [orderId, shipped] = [await shop.checkOut(LINES), await shop.checkOut(LINES)];
    await shop.atRest(first);
    await killed(first);
    expect(await indexed()).toMatchObject([
      { saga: 'authorization', begunBy: { revision: 1 } },
      { saga: 'authorization', begunBy: { revision: 1 } },
    ]);

    const second = await shop.start();
    await shop.order(shipped, { type: 'create-shipment', createdAt });
    await shop.atRest(second);
    shop.clock.advance(6 * DAY + 3_600_000);
    await until(async () => (await shop.typesOfOrder(orderId)).length === 3);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('attention-needed');
    await shop.atRest(second);
    expect(await shop.typesOfOrder(shipped)).toEqual(['opened', 'confirmed', 'shipment-created']);
    expect(await shop.events(`saga-authorization-${paymentIdOf(shipped)}`)).toEqual([]);
    await second.runner.close();
  });

  it('is not held by a timer that is overdue where the log is read again and goes on to say that it is over', async () => {
    shop.provider.holdsUntil = new Date(shop.clock.now() + 7 * DAY).toISOString();
    const first = await shop.start();
    const orderId = await shop.checkOut(LINES);
    await shop.atRest(first);
    await manyEvents();
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(first);
    await first.runner.close();
    const head = await shop.store.head();

    await resetSagaInstances(shop.documents);
    shop.clock.advance(8 * DAY);
    const second = await shop.start();
    await shop.atRest(second);
    expect(await shop.store.head()).toBe(head);
    expect(second.runner.status()).toMatchObject({ work: 0 });
    await second.runner.close();
  });
});
