import { SearchCheckpointConflictError, SearchCursorExpiredError } from '../../search-index.js';
import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { BUILD, fill, product, query, skusOf, written } from '../sample-products.js';

const NEXT = { version: 2, build: 0 };

export function describeVersions(subject: () => SearchIndexUnderTest): void {
  describe('builds', () => {
    it('without any, nothing is found', async () => {
      const { index } = subject();
      expect(await index.builds()).toEqual([]);
      expect(await index.checkpoint()).toBeNull();
      expect(await index.search(query('soap'))).toMatchObject({ hits: [], total: 0, next: null });
      expect(await index.suggest('soap', 5)).toEqual([]);
      await index.ping();
    });

    it('are made beside the live one and take its place at once', async () => {
      const { index, connect } = subject();
      const other = await connect();
      await fill(index, [product('old', 'Soap')]);
      await fill(index, [product('new-1', 'Soap'), product('new-2', 'Soap')], NEXT);
      expect(await skusOf(other, query('soap'))).toEqual(['old']);
      expect(await index.builds()).toEqual([
        { ...BUILD, live: true, checkpoint: null },
        { ...NEXT, live: false, checkpoint: null },
      ]);
      await index.promote(NEXT);
      expect((await skusOf(other, query('soap'))).toSorted()).toEqual(['new-1', 'new-2']);
      expect(await index.builds()).toEqual([{ ...NEXT, live: true, checkpoint: null }]);
    });

    it('are ensured without losing what they have', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Soap')]);
      await index.ensure(BUILD);
      expect(await skusOf(index, query('soap'))).toEqual(['a']);
    });

    it('that are gone take no writes', async () => {
      const { index, connect } = subject();
      const other = await connect();
      await fill(index, [product('a', 'Soap')]);
      await other.apply(BUILD, [written(product('b', 'Soap'), 5)]);
      await index.ensure(NEXT);
      await index.promote(NEXT);
      for (const writer of [index, other]) {
        const late = writer.apply(BUILD, [written(product('c', 'Soap'), 6)]);
        await expect(late).rejects.toBeInstanceOf(SearchCheckpointConflictError);
      }
      await expect(index.promote(BUILD)).rejects.toBeInstanceOf(SearchCheckpointConflictError);
    });

    it('that are replaced end the paging of what they found', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Soap'), product('b', 'Soap')]);
      const { next } = await index.search(query('soap', { limit: 1 }));
      await fill(index, [product('a', 'Soap'), product('b', 'Soap')], NEXT);
      await index.promote(NEXT);
      const late = index.search(query('soap', { limit: 1, after: next ?? [] }));
      await expect(late).rejects.toBeInstanceOf(SearchCursorExpiredError);
    });
  });
}
