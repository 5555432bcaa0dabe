import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Call } from './api-client.js';
import { importPrices } from './import-prices.js';

/** What the import asks of an engine: all prices of a product at once. */
class SmallShop {
  readonly prices = new Map<string, unknown>();

  async call({ method, path, body }: Call): Promise<Answer> {
    const sku = decodeURIComponent(path.split('/')[3] ?? '');
    if (method !== 'PUT' || !path.endsWith('/prices')) return { status: 404, body: {} };
    if (sku === 'none') return { status: 404, body: { code: 'PRODUCT.UNKNOWN_SKU', detail: 'None.' } };
    const { prices } = body as { readonly prices: readonly { readonly list?: string }[] };
    const errors = prices.flatMap(({ list }, place) =>
      list === 'gone' ? [{ path: `prices.${place}.list`, message: 'is no price list that there is' }] : [],
    );
    if (errors.length > 0) return { status: 422, body: { code: 'PRODUCT.INVALID_PRICES', errors } };
    this.prices.set(sku, prices);
    return { status: 200, body: { sku, prices } };
  }
}

describe('the import of prices', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-prices-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  let shop: SmallShop;
  beforeEach(() => (shop = new SmallShop()));

  const run = (content: string) => {
    const file = join(directory, 'prices');
    writeFileSync(file, content);
    return importPrices(shop, file, { token: 'admin', concurrency: 2 });
  };
  const refusalOf = (content: string): Promise<string> =>
    run(content).then(
      () => 'imported',
      (error: Error) => error.message.replaceAll(directory, ''),
    );

  it.each([
    ['CSV', 'sku,amount,currency,minQuantity,list\nTEA,499,EUR,,\nMUG,900,EUR,,\nTEA,450,EUR,10,sale\n'],
    [
      'CSV of a spreadsheet',
      '\uFEFFcurrency;amount;sku;list;minQuantity\r\nEUR;499;TEA\r\nEUR;900;MUG\r\n'.replaceAll(
        /(TEA|MUG)\r/g,
        '$1;;\r',
      ) + 'EUR;450;TEA;sale;10\r\n',
    ],
    [
      'NDJSON',
      '{"sku":"TEA","amount":499,"currency":"EUR"}\n{"sku":"MUG","amount":900,"currency":"EUR"}\n' +
        '{"sku":"TEA","amount":450,"currency":"EUR","minQuantity":10,"list":"sale"}\n',
    ],
  ])('sets all prices of a product at once, from %s', async (_kind, content) => {
    expect(await run(content)).toMatchObject({ priced: 2, refused: [] });
    expect([...shop.prices]).toEqual([
      [
        'TEA',
        [
          { amount: 499, currency: 'EUR' },
          { amount: 450, currency: 'EUR', minQuantity: 10, list: 'sale' },
        ],
      ],
      ['MUG', [{ amount: 900, currency: 'EUR' }]],
    ]);
  });

  it('goes on past products that are refused, and names every line that is wrong', async () => {
    const rows = ['TEA,1,EUR,', 'TEA,2,USD,gone', 'none,3,EUR,', 'TEA,4,JPY,gone', 'MUG,5,EUR,'];
    const result = await run(['sku,amount,currency,list', ...rows].join('\n'));
    const at = (line: number) => `${join(directory, 'prices')}:${line}`;
    expect(result.priced).toBe(1);
    expect(result.refused).toEqual([
      `${at(3)} TEA: list is no price list that there is`,
      `${at(5)} TEA: list is no price list that there is`,
      expect.stringMatching(new RegExp(`^${at(4)} none: .*PRODUCT.UNKNOWN_SKU`)),
    ]);
  });

  it.each([
    ['sku,amount\nTEA,4.99\n', '/prices:2 has no currency, a text'],
    ['sku,amount,currency\nTEA,4.99,EUR\n', '/prices:2 has no amount, a whole number of minor units of 0 or more'],
    ['sku,amount,currency,minQuantity\nTEA,4,EUR,1\n', '/prices:2 has a minQuantity that is no whole number from 2 on'],
    ['sku,amount,currency,price\n', /^\/prices:1 has a column price; known are sku, /],
    ['{"sku":"TEA","amount":1,"currency":"EUR","to":5}', '/prices:1 has a to that is no text'],
    [
      'sku,amount,currency\nTEA,1,EUR\nTEA,2,EUR\n',
      '/prices:3 has the price TEA EUR again, which line 2 has: leave one of the two',
    ],
  ])('sends nothing of a file that is damaged: %s', async (content, refusal) => {
    expect(await refusalOf(content)).toEqual(typeof refusal === 'string' ? refusal : expect.stringMatching(refusal));
    expect(shop.prices.size).toBe(0);
  });
});
