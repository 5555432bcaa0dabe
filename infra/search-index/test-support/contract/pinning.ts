import { PINNED_HITS, SearchCursorError, SearchCursorExpiredError } from '../../search-index.js';
import type { CreateSearchIndex, SearchIndexUnderTest } from '../../search-index.contract.js';
import { BUILD, fill, pagesOf, product, query, removed, written } from '../sample-products.js';

const soaps = (count: number) =>
  Array.from({ length: count }, (_, n) => product(`soap-${String(n).padStart(4, '0')}`, `Soap number ${n % 7}`));

export function describePinning(create: CreateSearchIndex): void {
  describe('pages by relevance', () => {
    let current: SearchIndexUnderTest | undefined;
    const opened = async (pinnedForMs?: number): Promise<SearchIndexUnderTest> => {
      current = await create(pinnedForMs === undefined ? undefined : { pinnedForMs });
      return current;
    };
    afterEach(async () => {
      await current?.dispose();
      current = undefined;
    });

    it('show what the first one found, whatever comes and goes meanwhile', async () => {
      const { index } = await opened();
      await fill(index, soaps(10));
      const expected = (await index.search(query('soap', { limit: 100 }))).hits.map(({ document }) => document.sku);
      const pages = await pagesOf(index, query('soap', { limit: 3 }), async (page) => {
        await index.apply(BUILD, [written(product(`better-${page}`, 'Soap'), 100 + page)]);
      });
      expect(pages.flat()).toEqual(expected);
      expect(pages).toHaveLength(4);
    });

    it('leave out what was taken out, and show the price of today', async () => {
      const { index } = await opened();
      await fill(index, soaps(4));
      const asked = query('soap', { limit: 1 });
      const first = await index.search(asked);
      const all = (await index.search(query('soap'))).hits.map(({ document }) => document);
      const [, second, third] = all;
      if (second === undefined || third === undefined) throw new Error('four were expected');
      await index.apply(BUILD, [
        removed(second.sku, 50),
        written(product(third.sku, third.name, { price: { amount: 1, currency: 'USD' } }), 51),
      ]);
      const rest = await index.search({ ...asked, limit: 100, after: first.next ?? [] });
      expect(rest.hits.map(({ document }) => document.sku)).toEqual(all.slice(2).map(({ sku }) => sku));
      expect(rest.hits[0]?.document.price?.amount).toBe(1);
      expect(rest).toMatchObject({ total: 4, next: null, facets: first.facets });
    });

    it('go on in another process', async () => {
      const { index, connect } = await opened();
      await fill(index, soaps(4));
      const first = await index.search(query('soap', { limit: 2 }));
      const other = await connect();
      const second = await other.search(query('soap', { limit: 2, after: first.next ?? [] }));
      expect(new Set([...first.hits, ...second.hits].map(({ document }) => document.sku)).size).toBe(4);
    });

    it(`end after ${PINNED_HITS} hits, though the total counts all`, async () => {
      const { index } = await opened();
      await fill(index, soaps(PINNED_HITS + 50));
      const pages = await pagesOf(index, query('soap', { limit: 100 }));
      expect(pages.flat()).toHaveLength(PINNED_HITS);
      expect((await index.search(query('soap'))).total).toBe(PINNED_HITS + 50);
    });

    it('expire', async () => {
      const { index } = await opened(1);
      await fill(index, soaps(3));
      const { next } = await index.search(query('soap', { limit: 1 }));
      const again = () => index.search(query('soap', { limit: 1, after: next ?? [] }));
      await expect(until(again)).rejects.toBeInstanceOf(SearchCursorExpiredError);
    });

    it('refuse a cursor that was never given', async () => {
      const { index } = await opened();
      await fill(index, soaps(3));
      for (const after of [
        ['name', 'soap', 'soap-1'],
        ['pinned', 5, 5],
        ['pinned', 'x', -1],
        ['pinned', 'x', 0.5],
      ]) {
        await expect(index.search(query('soap', { after }))).rejects.toBeInstanceOf(SearchCursorError);
      }
    });
  });
}

/** Asks until it is refused; the test's own time limit ends a wait in vain. */
async function until(ask: () => Promise<unknown>): Promise<never> {
  for (;;) await ask();
}
