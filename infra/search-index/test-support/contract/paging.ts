import { CURSOR_BYTES, SearchCursorError, type SearchIndex, type SearchSort } from '../../search-index.js';
import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { BUILD, fill, pagesOf, product, query, removed, skusOf, usd, written } from '../sample-products.js';

const day = (n: number): string => `2026-01-0${n}T00:00:00.000Z`;

const SHOP = [
  product('s1', 'éclair', { price: usd(300), createdAt: day(3) }),
  product('s2', 'Apple', { price: usd(100), createdAt: day(1) }),
  product('s5', 'ECLAIR', { price: usd(200), createdAt: day(2) }),
  product('s4', 'Eclair', { price: usd(100), createdAt: day(3) }),
  product('s3', 'Zebra', { price: usd(200), createdAt: day(1) }),
];

export function describePaging(subject: () => SearchIndexUnderTest): void {
  describe('lists', () => {
    beforeEach(() => fill(subject().index, SHOP));

    it.each<[SearchSort, string[]]>([
      ['name', ['s2', 's1', 's4', 's5', 's3']],
      ['relevance', ['s2', 's1', 's4', 's5', 's3']],
      ['price', ['s2', 's4', 's3', 's5', 's1']],
      ['-price', ['s1', 's3', 's5', 's2', 's4']],
      ['newest', ['s1', 's4', 's5', 's2', 's3']],
    ])('by %s without words are in order, ties by SKU, page by page', async (sort, expected) => {
      const { index } = subject();
      expect(await skusOf(index, query(undefined, { sort }))).toEqual(expected);
      for (const limit of [1, 2, 3]) {
        const pages = await pagesOf(index, query(undefined, { sort, limit }));
        expect(pages.flat()).toEqual(expected);
        expect(pages).toHaveLength(Math.ceil(expected.length / limit));
      }
    });

    it('with words can be in any order', async () => {
      const { index } = subject();
      expect(await skusOf(index, query('eclair', { sort: '-price' }))).toEqual(['s1', 's5', 's4']);
      expect((await pagesOf(index, query('eclair', { sort: 'name', limit: 1 }))).flat()).toEqual(['s1', 's4', 's5']);
    });

    it('blank words are none', async () => {
      expect((await subject().index.search(query('   '))).total).toBe(5);
    });

    it.each<SearchSort>(['name', 'price', '-price', 'newest'])(
      'by %s show every product once while others come and go',
      async (sort) => {
        const { index } = subject();
        const before = await skusOf(index, query(undefined, { sort }));
        let position = 100;
        const pages = await pagesOf(index, query(undefined, { sort, limit: 2 }), async (page, shown) => {
          if (page > 3) return;
          const [first, last] = ['AAA', 'zzz'].map((name, at) =>
            product(`new-${page}-${at}`, name, { price: usd(at * 1_000_000), createdAt: at === 0 ? day(9) : day(1) }),
          );
          if (first === undefined || last === undefined) return;
          position += 3;
          // What ended the page is taken out: the next one goes on all the same.
          const ended = shown.at(-1);
          const gone = ended === undefined ? [] : [removed(ended, position)];
          await index.apply(BUILD, [written(first, position + 1), written(last, position + 2), ...gone]);
        });
        const seen = pages.flat();
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((sku) => before.includes(sku))).toEqual(before);
      },
    );

    it('count the same on every page', async () => {
      const { index } = subject();
      const first = await index.search(query(undefined, { sort: 'price', limit: 2 }));
      const after = first.next ?? [];
      const second = await index.search(query(undefined, { sort: 'price', limit: 2, after }));
      expect(second).toMatchObject({ total: first.total, facets: first.facets });
    });

    it.each([
      ['of another order', ['price', 1, 's1']],
      ['without a SKU', ['name', 'a']],
      ['of another type', ['name', 5, 's1']],
      ['of nothing', []],
      ['of hits that it does not name', ['pinned']],
    ])('refuse a cursor %s', async (_, after) => {
      const refused = subject().index.search(query(undefined, { sort: 'name', after }));
      await expect(refused).rejects.toBeInstanceOf(SearchCursorError);
    });
  });

  describe('lists of hundreds that are alike', () => {
    const alike = (n: number) => product(`alike-${String(n).padStart(4, '0')}`, 'Alike');

    it.each<SearchSort>(['name', 'price', '-price', 'newest'])(
      'by %s show each once, by SKU, while more of them come',
      async (sort) => {
        const { index } = subject();
        const before = Array.from({ length: 300 }, (_, n) => alike(2 * n));
        await fill(index, before);
        const pages = await pagesOf(index, query(undefined, { sort, limit: 7 }), async (page) => {
          // Before what was shown last, right after it, and at the end.
          const late = [14 * page - 3, 14 * page - 1, 1_000 + page].map(alike);
          if (page % 10 === 3)
            await index.apply(
              BUILD,
              late.map((one, at) => written(one, 1_000 * page + at)),
            );
        });
        const seen = pages.flat();
        expect(new Set(seen).size).toBe(seen.length);
        const known = new Set(before.map(({ sku }) => sku));
        expect(seen.filter((sku) => known.has(sku))).toEqual([...known]);
      },
    );
  });

  describe('lists by name', () => {
    it('are without case, accents and letters that are others with a stroke, ties by SKU', async () => {
      const { index } = subject();
      const names = ['Ærial', 'Łódź', 'Lodz', 'øre', 'Ore', 'Ostrich', 'Straße a', 'Strasse b', 'ZEBRA', 'zebra'];
      const products = names.map((name, at) => product(`sku-${at}`, name));
      await fill(index, products.toReversed());
      const { hits } = await index.search(query(undefined, { sort: 'name' }));
      expect(hits.map(({ document }) => document.name)).toEqual(names);
    });

    it.each([
      ['of syllables that are taken apart', '각'],
      ['of characters that are taken for others of four bytes', '\ufa6c'],
      ['of marks in cursors', '"'],
    ])('are in order to the end of the longest names %s', async (_, character) => {
      const { index } = subject();
      const long = character.repeat(299);
      await fill(index, [product('a', `${long}3`), product('b', `${long}1`), product('c', `${long}2`)]);
      expect(await pagedByName(index)).toEqual(['b', 'c', 'a']);
    });

    it('reach every product, also where names grow by their folding', async () => {
      const { index } = subject();
      const long = 'ﷺ'.repeat(299);
      await fill(index, [product('c', `${long}1`), product('a', `${long}3`), product('b', `${long}2`)]);
      expect(await pagedByName(index)).toEqual(['a', 'b', 'c']);
    });
  });
}

/** One product a page. @throws where a cursor is longer than the port allows */
async function pagedByName(index: SearchIndex): Promise<string[]> {
  const asked = query(undefined, { sort: 'name', limit: 1 });
  const skus: string[] = [];
  for (let page = await index.search(asked); ; page = await index.search({ ...asked, after: page.next })) {
    skus.push(...page.hits.map(({ document }) => document.sku));
    if (page.next === null) return skus;
    expect(Buffer.byteLength(JSON.stringify(page.next))).toBeLessThanOrEqual(CURSOR_BYTES);
  }
}
