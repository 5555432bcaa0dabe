import { Shop, until, useEngines } from '../test-support/index.js';

describe('the demo shop', () => {
  const engines = useEngines();

  it('has forty orders in every state, each once, also when the engine is killed while they are placed', async () => {
    const engine = await engines.start({ env: { SEED_DEMO: '1' } });
    const shop = new Shop(engine);
    await until('some orders are placed', async () => (await shop.orders()).length >= 5, 60);
    await engine.kill();
    await engine.start();
    await until('all orders are placed', async () => engine.output.includes('placed the orders of the demo shop'), 90);
    await shop.caughtUp();
    const orders = await shop.orders();
    const references = orders.map(({ reference }) => Number(reference?.replace('demo-', '')));
    expect(references.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, number) => number + 1));
    expect(new Set(orders.map(({ status }) => status))).toEqual(
      new Set(['confirmed', 'partially-shipped', 'shipped', 'completed', 'rejected', 'cancelled']),
    );
    const payments = new Set(orders.map(({ payment }) => payment?.status));
    for (const status of ['authorized', 'captured', 'declined', 'voided', 'refunded', 'partially-refunded'])
      expect([...payments]).toContain(status);
    expect(new Set(orders.map(({ rejection }) => rejection?.code))).toEqual(
      new Set([undefined, 'PAYMENT.DECLINED', 'PAYMENT.INSUFFICIENT_FUNDS', 'INVENTORY.INSUFFICIENT_STOCK']),
    );
    const offers = new Set(orders.flatMap(({ discounts }) => discounts.map(({ name }) => name)));
    expect(offers).toEqual(new Set(['Tropical week', 'Pasta night', 'Welcome']));
    expect(orders.filter(({ tenders }) => tenders.some(({ kind }) => kind === 'gift-card'))).toHaveLength(1);
    expect(await engine.stop()).toBe(0);
    await engine.start();
    await shop.caughtUp();
    expect(await shop.orders()).toHaveLength(40);
    expect(engine.output.split('placed the orders of the demo shop')).toHaveLength(2);
  }, 240_000);
});
