import { paymentIdOf } from '../effects/aggregate-targets.js';
import { Shop } from '../test-support/shop.js';
import { resetSagaInstances } from '../../infra/engine/sagas/index.js';

const createdAt = '2026-11-02T09:00:00.000Z';
const LINES = [{ sku: 'TEA', quantity: 2 }];

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

const outside = () => ({ calls: [...shop.provider.calls], moved: [...shop.provider.moved] });

describe('a log that is read again from its beginning', () => {
  it('is followed by no new event and no call of the provider, whatever state its orders are in', async () => {
    await shop.receive('TEA', 100);
    const first = await shop.start();
    const rest = () => shop.atRest(first);
    const order = async (token = 'tok_ok'): Promise<string> => {
      const orderId = await shop.checkOut(LINES, token);
      await rest();
      return orderId;
    };
    const ship = (orderId: string, quantity = 2) =>
      shop.order(orderId, { type: 'create-shipment', createdAt, lines: [{ sku: 'TEA', quantity }] });
    const [, , cancelled, half, shipped, delivered, unpaid] = [
      await order(),
      await order('tok_declined'),
      await order(),
      await order(),
      await order(),
      await order(),
      await order('tok_no_capture'),
    ];
    await shop.order(cancelled, { type: 'request-cancellation', reason: 'changed my mind' });
    await ship(half, 1);
    for (const orderId of [shipped, delivered, unpaid]) await ship(orderId);
    await rest();
    const at = { deliveredAt: createdAt, now: createdAt };
    await shop.order(delivered, { type: 'deliver-shipment', shipmentId: `${delivered}.1`, ...at });
    for (let minute = 0; minute < 10; minute += 1) {
      shop.clock.advance(60_000);
      await rest();
    }
    const waiting = await order('tok_slow');
    await first.runner.close();
    expect((await shop.typesOfOrder(unpaid)).at(-1)).toBe('attention-needed');
    expect((await shop.typesOfOrder(delivered)).at(-1)).toBe('completed');
    const [head, told, stock] = [await shop.store.head(), outside(), await shop.stockOf('TEA')];

    await resetSagaInstances(shop.documents);
    const second = await shop.start();
    await shop.atRest(second);
    expect(await shop.store.head()).toEqual(head);
    expect(outside()).toEqual(told);
    expect(await shop.stockOf('TEA')).toEqual(stock);

    // The one that waits for its money goes on, and is charged once.
    for (let tick = 0; tick < 30; tick += 1) {
      shop.clock.advance(1_000);
      await shop.atRest(second);
    }
    expect((await shop.typesOfOrder(waiting)).at(-1)).toBe('confirmed');
    expect(shop.provider.movedFor(paymentIdOf(waiting))).toEqual(['authorize']);
    await second.runner.close();
  });
});
