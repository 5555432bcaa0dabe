import { judgedProducts } from '../../judged-queries/judged-products.js';
import { judgedQueries } from '../../judged-queries/judged-queries.js';
import { fits } from '../../judged-queries/judged-query.js';
import type { CreateSearchIndex, SearchIndexUnderTest } from '../../search-index.contract.js';
import { BUILD, query } from '../sample-products.js';

const FILE = new URL('../../judged-queries/products.ndjson.gz', import.meta.url);
const PRODUCTS = 92_331;
const PAGE = 1_000;
const BUILD_TIME_MS = 120_000;

export function describeJudgedQueries(create: CreateSearchIndex): void {
  describe('judged queries over all products', () => {
    let current: SearchIndexUnderTest | undefined;
    const subject = (): SearchIndexUnderTest => {
      if (current === undefined) throw new Error('no index under test');
      return current;
    };
    beforeAll(async () => {
      current = await create();
      await current.index.ensure(BUILD);
      const writes = judgedProducts(FILE);
      for (let from = 0; from < writes.length; from += PAGE) {
        await current.index.apply(BUILD, writes.slice(from, from + PAGE));
      }
    }, BUILD_TIME_MS);
    afterAll(() => current?.dispose());

    it(`are ${judgedQueries.length}, at least 60, over ${PRODUCTS} products`, async () => {
      expect(judgedQueries.length).toBeGreaterThanOrEqual(60);
      expect((await subject().index.search(query())).total).toBe(PRODUCTS);
    });

    it.each(judgedQueries.map((judged) => [judged.kind, judged.words, judged] as const))(
      '%s: “%s” has the right products first',
      async (_, words, { filter = {}, first, are }) => {
        const { hits, total } = await subject().index.search(query(words, { filter }));
        if (first === 0) {
          expect(total).toBe(0);
          return;
        }
        const wrong = hits.slice(0, first).filter(({ document }) => !fits(document, are));
        expect(wrong.map(({ document }) => document.name)).toEqual([]);
        expect(hits).not.toEqual([]);
      },
    );
  });
}
