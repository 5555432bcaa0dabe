import { randomUUID } from 'node:crypto';
import { inventoryAggregate, type InventoryCommand } from '../../domain/inventory/index.js';
import { orderAggregate } from '../../domain/order/index.js';
import { openOrder } from '../test-support/checked-out-cart.js';
import { bySaga, DecidingLog } from '../test-support/deciding-log.js';
import { stockReservation } from './aggregate-targets.js';

let log: DecidingLog;
let sku: string;
beforeAll(async () => (log = await DecidingLog.open()));
afterAll(() => log.close());
beforeEach(async () => {
  sku = `TEA-${randomUUID()}`;
  await log.act(inventoryAggregate, sku, { type: 'receive-stock', sku, location: 'default', quantity: 100 });
  log.queried.length = 0;
});

const expiresAt = '2026-11-02T10:15:00.000Z';
const reserve = (orderId: string, quantity: number, client?: string): InventoryCommand => ({
  type: 'reserve-stock',
  sku,
  orderId,
  quantity,
  expiresAt,
  ...(client === undefined ? {} : { client }),
});

const send = async (command: InventoryCommand) =>
  (await stockReservation(log.executor)(sku, command, bySaga())).reply.outcome;

/** An order of the client that holds so many units; a confirmed one is paid. */
async function holding(quantity: number, isConfirmed: boolean): Promise<string> {
  const orderId = await openOrder(log);
  if (isConfirmed) await log.act(orderAggregate, orderId, { type: 'confirm-order' });
  await log.act(inventoryAggregate, sku, reserve(orderId, quantity, 'ann'));
  log.queried.length = 0;
  return orderId;
}

describe('a reservation of stock', () => {
  it('asks for no order as long as the client may hold more', async () => {
    await holding(10, true);
    expect(await send(reserve('next', 1, 'ann'))).toBe('accepted');
    expect(log.queried).toEqual([]);
  });

  it('is decided again without the orders that are paid where the client seems to hold too much', async () => {
    const paid = await holding(20, true);
    expect(await send(reserve('next', 1, 'ann'))).toBe('accepted');
    expect(log.queried).toContain(`order-${paid}`);
    expect((await log.events(`inventory-${sku}`)).at(-1)?.data).toMatchObject({ orderId: 'next', settled: [paid] });
  });

  it('stays refused where what the client holds is not paid', async () => {
    const paid = await holding(4, true);
    const unpaid = await holding(15, false);
    expect(await send(reserve('next', 17, 'ann'))).toBe('refused');
    expect(log.queried.slice(1).toSorted()).toEqual([`order-${paid}`, `order-${unpaid}`].toSorted());
    expect(await send(reserve('next', 1, 'ann'))).toBe('accepted');
  });

  it('asks for no order where there is not enough for anybody, or the client is not known', async () => {
    await holding(20, true);
    expect(await send(reserve('next', 81, 'ann'))).toBe('refused');
    expect(await send(reserve('next', 81))).toBe('refused');
    expect(log.queried.filter((stream) => stream.startsWith('order-'))).toEqual([]);
    expect(await send(reserve('next', 80))).toBe('accepted');
  });

  it('is not what is decided again where another command is refused', async () => {
    const paid = await holding(20, true);
    const tooMany = { type: 'commit-stock', sku, orderId: paid, shipmentId: `${paid}.1`, quantity: 21 } as const;
    expect(await send(tooMany)).toBe('refused');
    expect(log.queried).toEqual([]);
  });
});
