import { ELASTICSEARCH, onRealServer } from '../../test-support/servers/index.js';
import type { Position } from '../../shared/position.js';
import { searchIndexContract, type CreateSearchIndex } from '../search-index.contract.js';
import { SearchCheckpointConflictError, SearchCursorError, type SearchWrite } from '../search-index.js';
import { openTemporarySearchIndex } from '../test-support/index.js';
import { BUILD, fill, product, query, skusOf, written } from '../test-support/sample-products.js';
import {
  openTemporaryElasticsearchIndex,
  type TemporaryElasticsearchIndex,
} from './test-support/temporary-elasticsearch-index.js';

const NEXT = { version: 1, build: 1 };

/** As EventStoreDB numbers events. */
const twoParts = (commit: number, prepare: number): Position =>
  [commit, prepare].map((part) => String(part).padStart(20, '0')).join('-') as Position;

await onRealServer(ELASTICSEARCH, (url) => {
  const create: CreateSearchIndex = (options) => openTemporaryElasticsearchIndex({ url, ...options });
  searchIndexContract('Elasticsearch', create, openTemporarySearchIndex);

  describe('a search index in Elasticsearch', () => {
    let current: TemporaryElasticsearchIndex;
    beforeEach(async () => {
      current = await openTemporaryElasticsearchIndex({ url });
    });
    afterEach(() => current.dispose());

    const namedAt = (name: string, position: Position): SearchWrite => ({
      sku: 'a',
      position,
      document: product('a', name),
    });
    const storedName = async (): Promise<string | undefined> =>
      (await current.index.load(BUILD, ['a'])).get('a')?.document?.name;

    it('tells positions of one commit apart', async () => {
      const { index } = current;
      await index.ensure(BUILD);
      await index.apply(BUILD, [namedAt('First', twoParts(7, 5))]);
      await index.apply(BUILD, [namedAt('Second', twoParts(7, 6))]);
      expect(await storedName()).toBe('Second');
      await index.apply(BUILD, [namedAt('First', twoParts(7, 5)), namedAt('Again', twoParts(7, 6))]);
      expect(await storedName()).toBe('Second');
      await index.apply(BUILD, [namedAt('Fourth', twoParts(7, 8)), namedAt('Third', twoParts(7, 7))]);
      expect(await storedName()).toBe('Fourth');
      await index.apply(BUILD, [namedAt('Fifth', twoParts(8, 1))]);
      expect((await index.search(query('fifth'))).total).toBe(1);
    });

    it('keeps attributes of any name', async () => {
      const { index } = current;
      const attributes = JSON.parse('{"__proto__": "x", "constructor": "soap", "a.b": "c", "": "d"}') as Record<
        string,
        string
      >;
      const document = { ...product('a', 'Bar'), attributes };
      await fill(index, [document]);
      const loaded = (await index.load(BUILD, ['a'])).get('a')?.document;
      expect(JSON.stringify(loaded?.attributes)).toBe(JSON.stringify(attributes));
      expect(await skusOf(index, query('soap'))).toEqual(['a']);
    });

    it('finds a checkpoint that another process has moved', async () => {
      const { index, connect } = current;
      const other = await connect();
      await index.ensure(BUILD);
      const at = (n: number) => ({ logId: 'log', position: twoParts(n, n) });
      await index.apply(BUILD, [], { expected: null, next: at(1) });
      await other.apply(BUILD, [], { expected: at(1), next: at(2) });
      await other.apply(BUILD, [], { expected: at(2), next: at(3) });
      const late = index.apply(BUILD, [], { expected: at(1), next: at(9) });
      await expect(late).rejects.toBeInstanceOf(SearchCheckpointConflictError);
      await index.apply(BUILD, [], { expected: at(3), next: at(4) });
      expect(await other.checkpoint()).toEqual(at(4));
    });

    it('lets one of two runners move a checkpoint', async () => {
      const { index, connect } = current;
      const other = await connect();
      await index.ensure(BUILD);
      const moves = [index, other].map((runner, n) =>
        runner.apply(BUILD, [], { expected: null, next: { logId: `of-${n}`, position: twoParts(1, 1) } }),
      );
      const outcomes = await Promise.allSettled(moves);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });

    it('is made once by two runners at the same time', async () => {
      const { index, connect } = current;
      const other = await connect();
      await Promise.all([index.ensure(BUILD), other.ensure(BUILD)]);
      expect(await index.builds()).toEqual([{ ...BUILD, live: true, checkpoint: null }]);
    });

    it('leaves one index and no writer of a build that was replaced', async () => {
      const { index, client, prefix } = current;
      await fill(index, [product('old', 'Soap')]);
      await fill(index, [product('new', 'Soap')], NEXT);
      await index.promote(NEXT);
      const late = index.apply(BUILD, [written(product('late', 'Soap'), 9)]);
      await expect(late).rejects.toBeInstanceOf(SearchCheckpointConflictError);
      expect(Object.keys(await client.indices.get({ index: `${prefix}*` }))).toEqual([`${prefix}products-v1-b1`]);
      expect(await skusOf(index, query('soap'))).toEqual(['new']);
    });

    it('answers every search while builds take turns', async () => {
      const { index, connect } = current;
      const reader = await connect();
      await fill(index, [product('a', 'Soap')]);
      const over = new AbortController();
      const searching = [query('soap', { limit: 1 }), query('saop'), query('soap', { sort: 'price' }), query()].map(
        async (asked) => {
          while (!over.signal.aborted) expect((await reader.search(asked)).total).toBe(1);
        },
      );
      const suggesting = (async () => {
        while (!over.signal.aborted) expect(await reader.suggest('so', 1)).toEqual([{ text: 'Soap', sku: 'a' }]);
      })();
      for (let build = 1; build <= 4; build += 1) {
        await fill(index, [product('a', 'Soap')], { version: 1, build });
        await index.promote({ version: 1, build });
      }
      over.abort();
      await Promise.all([...searching, suggesting]);
    });

    it('knows nothing of the builds of a longer prefix', async () => {
      const { index, prefix } = current;
      const other = await openTemporaryElasticsearchIndex({ url, prefix: `${prefix}products-` });
      await other.index.ensure(BUILD);
      expect(await index.builds()).toEqual([]);
      await other.dispose();
    });

    it('refuses pinned hits that were never opened', async () => {
      const { index } = current;
      await fill(index, [product('a', 'Soap')]);
      const forged = index.search(query('soap', { after: ['pinned', 'x', 1, Date.now() + 60_000] }));
      await expect(forged).rejects.toBeInstanceOf(SearchCursorError);
    });

    it('opened to be read writes nothing', async () => {
      const reader = await openTemporaryElasticsearchIndex({ url, access: 'read-only' });
      await expect(reader.index.ensure(BUILD)).rejects.toThrow('opened to be read');
      expect(await reader.index.builds()).toEqual([]);
      await reader.dispose();
    });
  });
});
