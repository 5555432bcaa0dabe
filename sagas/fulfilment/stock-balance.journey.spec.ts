import { orderAggregate, type OrderCommand } from '../../domain/order/index.js';
import { Fuse } from '../test-support/fuse.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

const ORDERS = 24;
const RECEIVED = 1_000;
const SKUS = ['TEA', 'MUG'] as const;
const LINES = [
  { sku: 'TEA', quantity: 4 },
  { sku: 'MUG', quantity: 2 },
];
const createdAt = '2026-11-02T09:00:00.000Z';

/** What comes in for every order at the same moment: most of it gets in the way of the rest. */
const RIVALS: readonly OrderCommand[] = [
  { type: 'create-shipment', createdAt, lines: [{ sku: 'TEA', quantity: 2 }] },
  { type: 'request-cancellation', reason: 'changed my mind' },
  { type: 'create-shipment', createdAt },
  { type: 'request-cancellation', reason: 'once more' },
];
const REFUSALS = new Set(['ORDER.NOT_CANCELLABLE', 'ORDER.NOT_SHIPPABLE', 'ORDER.SHIPMENT_EXCEEDS_OPEN']);

/** Sends them in an order that differs from order to order; answers the codes of those that were refused. */
async function contend(orderId: string, turn: number): Promise<readonly string[]> {
  const rivals = RIVALS.map((_, index) => RIVALS[(index + turn) % RIVALS.length] as OrderCommand);
  const results = await Promise.allSettled(rivals.map((command) => shop.order(orderId, command)));
  return results.flatMap((result) =>
    result.status === 'rejected' ? [/"code":"([A-Z._]+)"/.exec(String(result.reason))?.[1] ?? 'unnamed'] : [],
  );
}

async function unitsOf(orderId: string): Promise<Record<string, { shipped: number; open: number }>> {
  return shop.executor.query(orderAggregate, orderId, (state) => {
    const units = { TEA: { shipped: 0, open: 0 }, MUG: { shipped: 0, open: 0 } };
    if (!('open' in state)) return units;
    for (const sku of SKUS) units[sku].open = state.open.get(sku) ?? 0;
    for (const { lines } of state.shipments.values())
      for (const { sku, quantity } of lines) units[sku as 'TEA' | 'MUG'].shipped += quantity;
    return units;
  });
}

/** Until nothing is left to do; time goes on meanwhile, for what is sent again after a pause. */
async function settled(process: RunningSagas): Promise<void> {
  const ticking = setInterval(() => void shop.clock.advance(200), 10);
  await shop.atRest(process).finally(() => clearInterval(ticking));
}

describe('stock that is shipped, cancelled and half shipped at the same moment', () => {
  it('is given back and taken to the unit, also when the process is killed while it settles', async () => {
    for (const sku of SKUS) await shop.receive(sku, RECEIVED);
    let process: RunningSagas = await shop.start();
    const orders: string[] = [];
    for (let n = 0; n < ORDERS; n++) orders.push(await shop.checkOut(LINES, n % 4 === 3 ? 'tok_declined' : 'tok_ok'));
    await settled(process);
    await process.runner.close();

    process = await shop.start({ fuse: new Fuse(60) });
    const refused = (await Promise.all(orders.map(contend))).flat();
    expect(refused.filter((code) => !REFUSALS.has(code))).toEqual([]);
    await settled(process);
    expect(process.fuse.blown).toBe(true);
    await process.fuse.release();

    process = await shop.start();
    await settled(process);
    const units = await Promise.all(orders.map(unitsOf));
    for (const sku of SKUS) {
      const sum = (kind: 'shipped' | 'open') => units.reduce((total, of) => total + (of[sku]?.[kind] ?? 0), 0);
      expect(await shop.stockOf(sku)).toEqual({ onHand: RECEIVED - sum('shipped'), reserved: sum('open') });
      expect(sum('shipped')).toBeGreaterThan(0);
    }
    await process.runner.close();
  });
});
