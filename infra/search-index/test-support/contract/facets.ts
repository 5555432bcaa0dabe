import { positionOfNumber } from '../../../shared/position.js';
import type { SearchFilter, SearchIndex } from '../../search-index.js';
import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { fill, product, query, usd } from '../sample-products.js';

const SHOP = [
  product('1', 'Red soap', { brand: 'Acme', categories: ['Bath', 'Soap'], price: usd(199) }),
  product('2', 'Blue soap', { brand: 'Acme', categories: ['Bath', 'Soap'], price: usd(250), inStock: false }),
  product('3', 'Green soap', { brand: 'Bolt', categories: ['Bath', 'Soap'], price: usd(900) }),
  product('4', 'Soap dish', { brand: 'Bolt', categories: ['Bath', 'Dishes', 'Bath'], price: usd(999_999) }),
  product('5', 'Towel', { categories: ['Linen'], price: usd(0) }),
];

async function facetsOf(index: SearchIndex, filter: SearchFilter, words?: string) {
  const { facets, total } = await index.search(query(words, { filter }));
  const counts = (values: readonly { value: string; count: number }[]) =>
    values.map(({ value, count }) => [value, count]);
  return {
    total,
    category: counts(facets.category),
    brand: counts(facets.brand),
    price: facets.price.map(({ from, to, count }) => [from, to, count]),
  };
}

export function describeFacets(subject: () => SearchIndexUnderTest): void {
  describe('facets', () => {
    beforeEach(() => fill(subject().index, SHOP));

    it('count all that matches, the most frequent first, ties by value', async () => {
      expect(await facetsOf(subject().index, {})).toEqual({
        total: 5,
        category: [
          ['Bath', 4],
          ['Soap', 3],
          ['Dishes', 1],
          ['Linen', 1],
        ],
        brand: [
          ['Acme', 2],
          ['Bolt', 2],
        ],
        price: [
          [0, 99, 1],
          [100, 249, 1],
          [250, 499, 1],
          [500, 999, 1],
          [250_000, undefined, 1],
        ],
      });
    });

    it('of a dimension count what the other filters leave, not its own', async () => {
      const { index } = subject();
      expect(await facetsOf(index, { brand: 'Acme' })).toMatchObject({
        total: 2,
        category: [
          ['Bath', 2],
          ['Soap', 2],
        ],
        brand: [
          ['Acme', 2],
          ['Bolt', 2],
        ],
      });
      expect(await facetsOf(index, { category: 'Soap', brand: 'Bolt' }, 'soap')).toEqual({
        total: 1,
        category: [
          ['Bath', 2],
          ['Dishes', 1],
          ['Soap', 1],
        ],
        brand: [
          ['Acme', 2],
          ['Bolt', 1],
        ],
        price: [[500, 999, 1]],
      });
      expect(await facetsOf(index, { priceMin: 200, priceMax: 900 })).toMatchObject({
        total: 2,
        brand: [
          ['Acme', 1],
          ['Bolt', 1],
        ],
        price: [
          [0, 99, 1],
          [100, 249, 1],
          [250, 499, 1],
          [500, 999, 1],
          [250_000, undefined, 1],
        ],
      });
    });

    it('leave out what is not in stock where that is asked for', async () => {
      const { index } = subject();
      expect(await facetsOf(index, { inStock: true, category: 'Soap' })).toMatchObject({
        total: 2,
        brand: [
          ['Acme', 1],
          ['Bolt', 1],
        ],
      });
      expect(await facetsOf(index, { inStock: false })).toMatchObject({ total: 1, brand: [['Acme', 1]] });
    });

    it('tell products without a brand from a brand that nobody has', async () => {
      const { index } = subject();
      expect(await facetsOf(index, { brand: 'Nobody' })).toMatchObject({ total: 0, category: [] });
    });

    it('are empty for values that no product has', async () => {
      const none = await facetsOf(subject().index, { brand: 'Nobody', category: 'Nothing' });
      expect(none).toEqual({ total: 0, category: [], brand: [], price: [] });
    });

    it('and filters do not change what the words mean, also where they leave nothing of it', async () => {
      const { index } = subject();
      const document = product('6', 'Trowel', { brand: 'Bolt', price: usd(100) });
      await index.apply({ version: 1, build: 0 }, [{ sku: '6', position: LATER, document }]);
      for (const filter of [{ brand: 'Bolt' }, { brand: 'Bolt', priceMin: 100 }, { priceMin: 1, inStock: true }]) {
        expect((await index.search(query('towel', { filter }))).total).toBe(0);
      }
      expect((await index.search(query('towel'))).total).toBe(1);
    });

    it('hold price ranges that a filter takes as they are', async () => {
      const { index } = subject();
      for (const { from, to, count } of (await index.search(query())).facets.price) {
        const filter = to === undefined ? { priceMin: from } : { priceMin: from, priceMax: to };
        expect((await index.search(query(undefined, { filter }))).total).toBe(count);
      }
    });

    it('hold the most frequent twenty values', async () => {
      const { index } = subject();
      const many = Array.from({ length: 30 }, (_, n) => product(`m${n}`, 'Thing', { brand: `Brand ${n}` }));
      await index.apply(
        { version: 1, build: 0 },
        many.map((document) => ({ sku: document.sku, position: LATER, document })),
      );
      const { brand } = (await index.search(query())).facets;
      expect(brand).toHaveLength(20);
      expect(brand.slice(0, 3)).toEqual([
        { value: 'Acme', count: 2 },
        { value: 'Bolt', count: 2 },
        { value: 'Brand 0', count: 1 },
      ]);
    });
  });
}

const LATER = positionOfNumber(100);
