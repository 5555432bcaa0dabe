import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Shop, useEngines, type EngineProcess } from '../test-support/index.js';

type Item = Readonly<Record<string, unknown>>;
interface Line {
  readonly id: string;
  readonly doc: Item;
}

describe('the command that replays a read model', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await engines.start();
  }, 60_000);

  async function replayed(readModel: string, until: string): Promise<readonly Line[]> {
    const out = join(engines.directory(), 'lines');
    const args = ['replay', '--read-model', readModel, '--until', until, '--out', out];
    const command = engines.cliOver(engine.options.directory, ...args);
    const code = await command.end(60);
    if (code !== 0) throw new Error(`the replay ended with ${code}:\n${command.output}`);
    return readFileSync(out, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  }

  const items = async (shop: Shop, path: string): Promise<readonly Item[]> =>
    (await shop.read<{ items: readonly Item[] }>(path, 'admin')).items;

  /** What analysts are not told is null; a cart has a pseudonym. */
  const forAnalysts = ({ email: _email, cartId: _cart, shippingAddress: _address, ...order }: Item): Item => order;

  it('writes it as the API answered it then, without what is personal, and leaves everything as it is', async () => {
    const shop = new Shop(engine);
    for (const sku of ['TEA', 'MUG']) await shop.product({ sku, stock: 10 });
    const bought = await shop.buy([
      ['TEA', 2],
      ['MUG', 1],
    ]);
    await shop.ended(bought);
    await shop.caughtUp();
    const then = {
      orders: await items(shop, '/v1/orders'),
      products: [await shop.read<Item>('/v1/products/MUG'), await shop.read<Item>('/v1/products/TEA')],
      sales: await items(shop, '/v1/reports/sales?by=sku'),
      payments: await items(shop, '/v1/reports/payments?by=provider'),
      funnel: await items(shop, '/v1/reports/funnel?by=day'),
      sagas: await items(shop, '/v1/sagas'),
      stock: await shop.read<Item>('/v1/inventory/TEA'),
    };
    const feed = (await shop.http.call('GET', '/v1/events', { as: 'analyst' })).text.trimEnd().split('\n');
    const until = (JSON.parse(feed.at(-1) ?? '') as { position: string }).position;
    await shop.ended(await shop.buy([['TEA', 1]]));
    await shop.caughtUp();
    const position = (await shop.http.call('GET', '/v1/events', { as: 'analyst' })).text;

    const orders = await replayed('orders', until);
    expect(orders.map(({ doc }) => forAnalysts(doc))).toEqual(then.orders.map(forAnalysts));
    expect(orders).toMatchObject([{ id: bought, doc: { email: null, shippingAddress: null } }]);
    expect(JSON.stringify(orders)).not.toContain(String(then.orders[0]?.['cartId']));
    const bySku = (one: Line, other: Line): number => (one.id < other.id ? -1 : 1);
    const products = (await replayed('products', until)).toSorted(bySku).map(({ doc }) => doc);
    expect(products).toEqual(then.products);
    const sales = (await replayed('sales', until)).filter(({ id }) => id.startsWith('sales/sku/'));
    expect(sales.map(({ doc }) => doc)).toEqual(then.sales);
    const payments = (await replayed('report-sums', until)).filter(({ id }) => id.startsWith('payments/provider/'));
    expect(payments.map(({ doc }) => doc)).toEqual(then.payments);
    const funnel = (await replayed('cart-journeys', until)).filter(({ id }) => id.startsWith('funnel/day/'));
    expect(funnel.map(({ doc }) => doc)).toEqual(then.funnel);
    expect((await replayed('sagas', until)).map(({ doc }) => doc)).toEqual(expect.arrayContaining([...then.sagas]));
    expect(await replayed('stock', until)).toContainEqual({ id: 'TEA', doc: then.stock });
    expect(await replayed('stock', '2001-01-01T00:00:00Z')).toEqual([]);
    const now = await replayed('stock', new Date().toISOString());
    expect(now).toContainEqual({ id: 'TEA', doc: await shop.read('/v1/inventory/TEA') });

    expect((await shop.http.call('GET', '/v1/events', { as: 'analyst' })).text).toBe(position);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('cartwright-replay-'))).toEqual([]);
  }, 240_000);

  it('says which read models there are, and what is no point in the log', async () => {
    const failing = async (...args: readonly string[]): Promise<string> => {
      const command = engines.cliOver(engine.options.directory, 'replay', ...args);
      expect(await command.end(60)).toBe(1);
      return command.stderr;
    };
    expect(await failing('--read-model', 'carts', '--until', '2026-01-01T00:00:00Z')).toMatch(
      /^there is no read model carts; there are products, stock, orders/,
    );
    expect(await failing('--read-model', 'orders', '--until', 'noon')).toMatch(/^--until is noon, which is neither/);
  }, 120_000);
});
