import {
  booksBalance,
  expectStatus,
  HttpClient,
  onServers,
  Shop,
  until,
  useEngines,
  type EngineProcess,
} from '../test-support/index.js';

const received = new Map([
  ['S-1', 100],
  ['S-2', 100],
]);

/** The status of `/readyz`, and what it says of the read models. */
async function readiness(engine: EngineProcess): Promise<readonly [number, string | undefined]> {
  const { status, json } = await new HttpClient(engine).call('GET', '/readyz');
  return [status, (json['checks'] as Readonly<Record<string, string>>)['read-models']];
}

/** All that a client can read of the shop. */
async function everything(shop: Shop, cartIds: readonly string[]): Promise<string> {
  const carts = await Promise.all(cartIds.map((cartId) => shop.read(`/v1/carts/${cartId}`)));
  const skus = [...received.keys()];
  const stock = await Promise.all(skus.map((sku) => shop.stock(sku)));
  const products = await Promise.all(skus.map((sku) => shop.read(`/v1/products/${sku}`)));
  const orders = await shop.orders();
  const payments = await Promise.all(
    orders.map(({ payment }) => shop.read(`/v1/payments/${payment?.paymentId ?? 'none'}`, 'support')),
  );
  const reports = [await shop.report('day'), await shop.report('category'), await shop.report('sku')];
  return JSON.stringify({ carts, stock, products, orders, payments, reports }, null, 1);
}

describe('what is derived from the log', () => {
  const engines = useEngines();
  let engine: EngineProcess;
  let shop: Shop;
  beforeEach(async () => {
    engine = await engines.start();
    shop = new Shop(engine);
    for (const [sku, stock] of received) await shop.product({ sku, stock });
  }, 120_000);

  it('is read as before when the read models were deleted and built again', async () => {
    const tokens = ['tok_ok', 'tok_declined', 'tok_ok', 'tok_ok'];
    const orderIds: string[] = [];
    for (const token of tokens)
      orderIds.push(
        await shop.buy(
          [
            ['S-1', 2],
            ['S-2', 1],
          ],
          token,
        ),
      );
    for (const orderId of orderIds) await shop.ended(orderId);
    const [first = ''] = orderIds;
    await shop.ship(first);
    await shop.orderWhen(first, ({ payment, shipments }) => {
      return payment?.status === 'captured' && shipments[0]?.status === 'booked';
    });
    const carts = [await shop.cart(['S-1', 3]), await shop.cart()];
    await booksBalance(shop, received);
    const before = await everything(shop, carts);
    expect(await engine.stop()).toBe(0);

    await engines.lose(engine, 'read');
    await engine.start();
    await shop.caughtUp();
    expect(await everything(shop, carts)).toBe(before);
    expect(engine.output).toContain('building read models from the whole log');
  }, 120_000);

  it('is never read by half while the search index is built from nothing, and the engine is not ready before', async () => {
    const skus = Array.from({ length: 200 }, (_, number) => `T-${number}`);
    await Promise.all(skus.map((sku) => shop.product({ sku })));
    await shop.caughtUp();
    const total = skus.length + received.size;
    expect(await engine.stop()).toBe(0);
    await engines.lose(engine, 'search');

    const reader = await engines.start({ directory: engine.options.directory, env: { ROLES: 'read-api' } });
    const early = await new HttpClient(reader).call('GET', '/v1/products');
    expect(early.json).toMatchObject({ status: 503, code: 'READ_MODEL.BEHIND', readModel: 'search' });
    // Beside SQLite a lag is estimated by size.
    expect(early.json['lag']).toBeGreaterThan(onServers ? 0 : total);
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await readiness(reader)).toEqual([503, 'search is being built']);
    expectStatus(await new HttpClient(reader).call('GET', '/v1/products/T-1'), 200);

    await engine.start();
    for (const process of [engine, reader]) {
      await until('it is ready', async () => {
        const { status, json } = await new HttpClient(process).call('GET', '/v1/products?limit=1');
        if (status === 503) expect(json['code']).toBe('READ_MODEL.BEHIND');
        else expect([status, json['total']]).toEqual([200, total]);
        return (await readiness(process))[0] === 200;
      });
      const { json } = expectStatus(await new HttpClient(process).call('GET', '/v1/products?limit=1'), 200);
      expect(json['total']).toBe(total);
    }
  }, 120_000);

  it('is not needed to end the checkouts that were under way when the engine was killed', async () => {
    const tokens = Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? 'tok_timeout' : 'tok_ok'));
    const placed = await Promise.all(
      tokens.map((token) =>
        shop.buy(
          [
            ['S-1', 1],
            ['S-2', 1],
          ],
          token,
        ),
      ),
    );
    await engine.kill();
    await engines.lose(engine, 'processes');
    await engine.start();
    const ended = await Promise.all(placed.map((orderId) => shop.ended(orderId)));
    expect(ended.map(({ status }) => status)).toEqual(placed.map(() => 'confirmed'));
    await booksBalance(shop, received);
    for (const sku of received.keys()) expect(await shop.stock(sku)).toMatchObject({ reserved: 30, available: 70 });
  }, 120_000);
});
