import type { SearchFilter, SearchIndex } from '../../search-index.js';
import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { BUILD, fill, pagesOf, product, query, skusOf, usd, written } from '../sample-products.js';
import type { Sample } from '../sample-products.js';

const price = (currency: string, amount: number, channel: string | null = null, country: string | null = null) => ({
  currency,
  channel,
  country,
  amount,
});
const SHOP: readonly Sample[] = [
  product('1', 'Red soap', { prices: [price('EUR', 300), price('USD', 100)], brand: 'Acme' }),
  product('2', 'Blue soap', { prices: [price('EUR', 200), price('EUR', 400, 'at')], brand: 'Bolt' }),
  product('3', 'Green soap', { price: usd(1), prices: [price('USD', 1)] }),
  product('4', 'Soap dish', {
    prices: [price('EUR', 250), price('EUR', 240, null, 'DE'), price('EUR', 150, 'at'), price('EUR', 90, 'at', 'DE')],
  }),
  product('5', 'Soap box', { price: null, prices: [price('EUR', 1_000, 'at')] }),
];
const at = (currency: string, channel = 'default', country?: string): SearchFilter => ({
  pricedIn: { currency, channel, ...(country === undefined ? {} : { country }) },
});
const inOrder = (index: SearchIndex, filter: SearchFilter, words?: string) =>
  skusOf(index, query(words, { filter, sort: 'price' }));

export function describePlaces(subject: () => SearchIndexUnderTest): void {
  describe('prices of a place', () => {
    beforeEach(() => fill(subject().index, SHOP));

    it('leave out what has none there, and sort by what there is', async () => {
      const { index } = subject();
      expect(await inOrder(index, at('EUR'))).toEqual(['2', '4', '1']);
      expect(await inOrder(index, at('USD'))).toEqual(['3', '1']);
      expect(await inOrder(index, at('EUR', 'at'))).toEqual(['4', '1', '2', '5']);
      expect(await inOrder(index, at('EUR', 'at', 'DE'))).toEqual(['4', '1', '2', '5']);
      expect(await inOrder(index, at('EUR', 'default', 'DE'))).toEqual(['2', '4', '1']);
      expect(await inOrder(index, at('JPY'))).toEqual([]);
      expect(await inOrder(index, at('EUR', 'at'), 'soap dish')).toEqual(['4']);
      expect((await index.search(query('soap', { filter: at('EUR') }))).total).toBe(3);
    });

    it('are what is filtered and counted, each product once', async () => {
      const { index } = subject();
      const of = async (filter: SearchFilter) => {
        const { total, facets } = await index.search(query(undefined, { filter }));
        return { total, price: facets.price.map(({ from, count }) => [from, count]), brands: facets.brand.length };
      };
      expect(await of(at('EUR'))).toEqual({
        total: 3,
        price: [
          [100, 1],
          [250, 2],
        ],
        brands: 2,
      });
      expect(await of({ ...at('EUR', 'at'), priceMax: 150 })).toMatchObject({
        total: 1,
        price: [
          [100, 1],
          [250, 2],
          [1_000, 1],
        ],
      });
      expect(await of({ ...at('EUR', 'at', 'DE'), priceMax: 100 })).toMatchObject({ total: 1 });
      expect(await of({ ...at('EUR', 'default', 'DE'), priceMin: 240, priceMax: 240 })).toMatchObject({ total: 1 });
      expect(await of(at('USD'))).toEqual({
        total: 2,
        price: [
          [0, 1],
          [100, 1],
        ],
        brands: 1,
      });
    });

    it('page to the end, in both directions', async () => {
      const { index } = subject();
      const up = await pagesOf(index, query(undefined, { filter: at('EUR', 'at'), sort: 'price', limit: 1 }));
      const down = await pagesOf(index, query(undefined, { filter: at('EUR', 'at'), sort: '-price', limit: 3 }));
      expect([up.flat(), down.flat()]).toEqual([
        ['4', '1', '2', '5'],
        ['5', '2', '1', '4'],
      ]);
    });

    it('come and go with writes', async () => {
      const { index } = subject();
      const dearer = product('4', 'Soap dish', { prices: [price('EUR', 900)] });
      await index.apply(BUILD, [written(dearer, 10), written(product('1', 'Red soap', { prices: [] }), 11)]);
      expect(await inOrder(index, at('EUR', 'at'))).toEqual(['2', '4', '5']);
    });

    it('are of no matter where no place is asked for: what has no price at all comes before the cheapest', async () => {
      const { index } = subject();
      expect(await inOrder(index, {})).toEqual(['5', '3', '1', '2', '4']);
      expect((await pagesOf(index, query(undefined, { sort: '-price', limit: 2 }))).flat()).toEqual([
        '1',
        '2',
        '4',
        '3',
        '5',
      ]);
      const { total } = await index.search(query(undefined, { filter: { priceMin: 0 } }));
      expect(total).toBe(4);
    });
  });
}
