import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Call } from './api-client.js';
import { importCatalog } from './import-catalog.js';

const price = { amount: 100, currency: 'USD' };

/** What the import asks of an engine: products, and stock that a key moves once for each who asks. */
class SmallShop {
  readonly received: [sku: string, quantity: number][] = [];
  cutOffReceipts = false;
  showsStock = true;
  private readonly products = new Map<string, object>();
  private readonly keys = new Map<string, unknown>();

  async call({ method, path, body, key = '', token = '' }: Call): Promise<Answer> {
    const [, , resource, sku = '', sub] = path.split('/');
    if (resource === 'products' && method === 'POST') return this.create(body as { readonly sku: string });
    if (resource === 'products') return { status: 200, body: { ...this.products.get(sku) } };
    if (sub === 'receipts') return this.receive(sku, Number((body as { quantity: number }).quantity), token + key);
    const stocked = this.showsStock && this.received.some((receipt) => receipt[0] === sku);
    return { status: 200, body: { sku, locations: stocked ? [{ location: 'default', onHand: 0 }] : [] } };
  }

  private create(product: { readonly sku: string }): Answer {
    if (product.sku === 'BAD') return { status: 400, body: { code: 'REQUEST.INVALID' } };
    if (this.products.has(product.sku)) return { status: 409, body: { code: 'PRODUCT.SKU_TAKEN' } };
    this.products.set(product.sku, product);
    return { status: 201, body: {} };
  }

  private receive(sku: string, quantity: number, key: string): Answer {
    if (this.cutOffReceipts) throw new Error('killed');
    const known = this.keys.get(key);
    if (known !== undefined && known !== quantity) {
      return { status: 422, body: { code: 'REQUEST.IDEMPOTENCY_KEY_REUSED' } };
    }
    if (known === undefined) this.received.push([sku, quantity]);
    this.keys.set(key, quantity);
    return { status: 200, body: {} };
  }
}

describe('the import of a catalogue', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-import-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  let shop: SmallShop;
  beforeEach(() => (shop = new SmallShop()));

  const run = (stock: number, token = 'admin') => {
    const file = join(directory, 'catalog.ndjson');
    writeFileSync(file, JSON.stringify({ sku: 'TEA', name: 'Tea', price, stock }));
    return importCatalog(shop, file, { token, concurrency: 1 });
  };

  it.each([
    ['by another principal', 5, 'cli'],
    ['with another stock', 7, 'admin'],
    ['by another principal with another stock', 7, 'cli'],
  ])('run again %s receives nothing again', async (_title, stock, token) => {
    expect(await run(5)).toMatchObject({ created: 1, known: 0, refused: [] });
    expect(await run(stock, token)).toMatchObject({ created: 0, known: 1, refused: [] });
    expect(shop.received).toEqual([['TEA', 5]]);
  });

  it('run again before reads show what was received goes by the key', async () => {
    await run(5);
    shop.showsStock = false;
    for (const stock of [5, 7]) expect(await run(stock)).toMatchObject({ known: 1, refused: [] });
    expect(shop.received).toEqual([['TEA', 5]]);
  });

  it('that was killed between product and receipt receives it on the next run', async () => {
    shop.cutOffReceipts = true;
    await expect(run(5)).rejects.toThrow('killed');
    shop.cutOffReceipts = false;
    expect(await run(5, 'cli')).toMatchObject({ created: 0, known: 1, refused: [] });
    expect(shop.received).toEqual([['TEA', 5]]);
  });

  it('sends nothing of a file that has a damaged line anywhere', async () => {
    const file = join(directory, 'damaged.ndjson');
    writeFileSync(file, `${JSON.stringify({ sku: 'TEA', name: 'Tea', price, stock: 5 })}\nnull\n`);
    await expect(importCatalog(shop, file, { token: 'admin', concurrency: 1 })).rejects.toThrow(
      `${file}:2 is no JSON object`,
    );
    expect(shop.received).toEqual([]);
  });

  it('says what kind a product is, and nothing more of it when it is run again', async () => {
    const file = join(directory, 'cards.ndjson');
    writeFileSync(file, JSON.stringify({ sku: 'CARD', name: 'Card', kind: 'gift-card', price }));
    const sent: Call[] = [];
    const client = { call: (call: Call) => (sent.push(call), shop.call(call)) };
    for (let run = 0; run < 2; run++) await importCatalog(client, file, { token: 'admin', concurrency: 1 });
    const bodies = sent.flatMap(({ method, body }) => (method === 'GET' ? [] : [[method, body]]));
    const created = ['POST', { sku: 'CARD', name: 'Card', kind: 'gift-card', price }];
    expect(bodies).toEqual([created, created]);
  });

  it('names the line and the SKU of what the engine refuses, and goes on', async () => {
    const file = join(directory, 'refused.ndjson');
    writeFileSync(file, ['BAD', 'TEA'].map((sku) => JSON.stringify({ sku, name: sku, price, stock: 1 })).join('\n'));
    expect(await importCatalog(shop, file, { token: 'admin', concurrency: 1 })).toMatchObject({
      created: 1,
      refused: [`${file}:1 BAD: 400 REQUEST.INVALID`],
    });
  });
});
