import { MAX_CURSOR_LENGTH } from '../../infra/http/index.js';
import { productCreated, ReadApi } from '../shared/test-support/index.js';

const LONGEST_NAME = 300;
const skuOf = (end: number): string => String(end).repeat(64);

describe('a list of products with the longest names', () => {
  let api: ReadApi;
  beforeEach(async () => (api = await ReadApi.start()));
  afterEach(() => api.close());

  it.each([
    ['Hangul', '각'],
    ['characters of four bytes', '\ufa6c'],
    ['quotation marks', '"'],
  ])('of %s is paged by name to its end, with cursors that are taken back', async (_, character) => {
    const name = (end: number) => character.repeat(LONGEST_NAME - 1) + end;
    for (const end of [3, 1, 2]) api.record(`product-${end}`, productCreated(skuOf(4 - end), { name: name(end) }));
    await api.catchUp();
    const shown: unknown[] = [];
    const address = '/v1/products?sort=name&limit=1';
    let { json, items } = await api.get(address);
    for (;;) {
      shown.push(...items.map((item) => item['name']));
      if (json['nextCursor'] === null) break;
      const cursor = String(json['nextCursor']);
      expect(cursor.length).toBeLessThanOrEqual(MAX_CURSOR_LENGTH);
      ({ json, items } = await api.get(`${address}&cursor=${cursor}`));
    }
    expect(shown).toEqual([1, 2, 3].map(name));
  });
});
