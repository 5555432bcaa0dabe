import {
  basketFile,
  booksBalance,
  realBaskets,
  Shop,
  tokenOf,
  until,
  useEngines,
  writeLines,
} from '../test-support/index.js';
import type { Child, EngineProcess } from '../test-support/index.js';

const BASKETS = 40;

describe('real baskets, replayed from the command line', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  beforeAll(async () => {
    engine = await engines.start();
    shop = new Shop(engine);
  }, 60_000);

  const run = async (...args: readonly string[]): Promise<Child> =>
    engines.cli(...args, '--url', engine.url, '--token', await tokenOf('admin'), '--concurrency', '8');
  const importCatalog = (file: string): Promise<Child> => run('import', 'catalog', file);
  const replay = (file: string, products: string): Promise<Child> =>
    run('replay-baskets', file, '--catalog', products, '--limit', String(BASKETS));
  const soldOrders = async (): Promise<number> =>
    (await shop.report('day')).reduce((sum, { orders }) => sum + orders, 0);

  it('reconcile to zero although the engine and the replay are killed on the way', async () => {
    const { baskets, products } = realBaskets(BASKETS);
    const catalog = writeLines(engines.directory(), 'products.ndjson', products);
    const importing = await importCatalog(catalog);
    expect([await importing.end(60), importing.output]).toEqual([
      0,
      expect.stringContaining(`${products.length} created, 0 known, 0 refused`),
    ]);

    const first = await replay(basketFile, catalog);
    await until('some baskets are sold', async () => (await soldOrders()) >= BASKETS / 4, 60);
    await engine.kill();
    await engine.start();
    await until('more baskets are sold', async () => (await soldOrders()) >= BASKETS / 2, 60);
    expect(first.ended).toBeUndefined();
    await first.kill();

    const second = await replay(basketFile, catalog);
    expect([await second.end(120), second.output]).toEqual([0, expect.stringContaining('difference zero')]);
    expect(second.stdout).toMatch(/0 refused/);
    const references = (await shop.orders()).map(({ reference }) => reference);
    expect([...references].sort()).toEqual(baskets.map(({ basketId }) => basketId).sort());
    const received = new Map(products.map(({ sku, stock }) => [sku, stock]));
    await booksBalance(shop, received);

    const again = await importCatalog(catalog);
    expect([await again.end(60), again.stdout]).toEqual([
      0,
      expect.stringContaining(`0 created, ${products.length} known, 0 refused`),
    ]);
    const third = await replay(basketFile, catalog);
    expect([await third.end(60), third.stdout]).toEqual([
      0,
      expect.stringContaining(`0 baskets bought, ${BASKETS} known`),
    ]);
    await booksBalance(shop, received);
  }, 240_000);

  it('are reported, never skipped, where one cannot be bought', async () => {
    const directory = engines.directory();
    const write = (name: string, ...lines: readonly object[]): string => writeLines(directory, name, lines);
    const price = { amount: 100, currency: 'USD' };
    const [known, scarce, missing] = ['KNOWN', 'SCARCE', 'MISSING'].map((sku) => ({ sku, name: sku, price, stock: 5 }));
    if (known === undefined || scarce === undefined || missing === undefined) throw new Error('no products');
    const stocked = await importCatalog(write('stocked.ndjson', known, scarce));
    expect(await stocked.end()).toBe(0);

    const lines = (sku: string, quantity: number) => [{ sku, quantity }];
    const file = write(
      'baskets.ndjson',
      { basketId: 'good', lines: lines('KNOWN', 5) },
      { basketId: 'unknown', lines: lines('MISSING', 1) },
      { basketId: 'greedy', lines: lines('SCARCE', 6) },
    );
    const replaying = await replay(file, write('all.ndjson', known, scarce, missing));
    expect(await replaying.end()).toBe(1);
    expect(replaying.stdout).toMatch(/refused basket unknown: .*404 PRODUCT\.UNKNOWN_SKU/);
    expect(replaying.stdout).toMatch(/refused basket greedy: order \S+ is rejected/);
    expect(replaying.stdout).not.toMatch(/refused basket good/);
    expect(replaying.stdout).toMatch(/1 baskets bought, 0 known, 2 refused/);
    expect(replaying.stdout).not.toContain('difference zero');
  }, 60_000);
});
