import { judgedProducts, partOf } from '../../judged-queries/judged-products.js';
import { judgedQueries } from '../../judged-queries/judged-queries.js';
import { fits } from '../../judged-queries/judged-query.js';
import type { CreateSearchIndex, SearchIndexUnderTest } from '../../search-index.contract.js';
import type { SearchIndex, SearchPage, SearchQuery, SearchWrite } from '../../search-index.js';
import { BUILD, query } from '../sample-products.js';

const FILE = new URL('../../judged-queries/products.ndjson.gz', import.meta.url);
const PRODUCTS = 92_331;
/** Beside a reference, which is judged over all products elsewhere; more than the 10,000 hits that a server counts by itself. */
const EVERY = 5;
const PAGE = 5_000;
/** Of all products, on a machine that does other things as well. */
const BUILD_TIME_MS = 300_000;
/** Every so many names are asked for as they are. */
const NAMES_ASKED = 100;

export function describeJudgedQueries(create: CreateSearchIndex, reference?: CreateSearchIndex): void {
  describe(`judged queries over ${reference === undefined ? 'all' : 'a part of the'} products`, () => {
    let products: readonly SearchWrite[] = [];
    let current: SearchIndexUnderTest | undefined;
    const subject = (): SearchIndexUnderTest => {
      if (current === undefined) throw new Error('no index under test');
      return current;
    };
    beforeAll(async () => {
      const all = judgedProducts(FILE);
      expect(all).toHaveLength(PRODUCTS);
      products = reference === undefined ? all : partOf(all, EVERY);
      current = await create();
      await build(current.index, products);
    }, BUILD_TIME_MS);
    afterAll(() => current?.dispose());

    it(`are ${judgedQueries.length}, at least 60, over more than 10,000 products`, async () => {
      expect(judgedQueries.length).toBeGreaterThanOrEqual(60);
      expect(products.length).toBeGreaterThan(10_000);
      expect((await subject().index.search(query())).total).toBe(products.length);
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

    if (reference !== undefined) describeSameAnswers(subject, reference, () => products);
  });
}

async function build(index: SearchIndex, writes: readonly SearchWrite[]): Promise<void> {
  await index.ensure(BUILD);
  for (let from = 0; from < writes.length; from += PAGE) await index.apply(BUILD, writes.slice(from, from + PAGE));
}

function describeSameAnswers(
  subject: () => SearchIndexUnderTest,
  reference: CreateSearchIndex,
  products: () => readonly SearchWrite[],
): void {
  describe('beside the reference', () => {
    let other: SearchIndexUnderTest | undefined;
    beforeAll(async () => {
      other = await reference();
      await build(other.index, products());
    }, BUILD_TIME_MS);
    afterAll(() => other?.dispose());

    const answers = (asked: SearchQuery) =>
      Promise.all([subject(), other].map((one) => one?.index.search(asked))) as Promise<[SearchPage, SearchPage]>;

    it.each(judgedQueries.map(({ kind, words, filter = {} }) => [kind, words, filter] as const))(
      '%s: “%s” finds as many products with the same facets',
      async (kind, words, filter) => {
        const [own, expected] = await answers(query(words, { filter }));
        expect({ total: own.total, facets: own.facets }).toEqual({ total: expected.total, facets: expected.facets });
        if (kind === 'exact' || kind === 'sku') expect(own.hits[0]).toEqual(expected.hits[0]);
        const suggested = await Promise.all([subject(), other].map((one) => one?.index.suggest(words, 10)));
        expect(suggested[0]).toEqual(suggested[1]);
      },
    );

    it('has the same product first for a whole name', async () => {
      const names = [...new Set(products().flatMap(({ document }) => document?.name ?? []))];
      const step = Math.ceil(names.length / NAMES_ASKED);
      for (const name of names.filter((_, at) => at % step === 0)) {
        const [own, expected] = await answers(query(name, { limit: 1 }));
        expect([name, own.total, own.hits]).toEqual([name, expected.total, expected.hits]);
      }
    });
  });
}
