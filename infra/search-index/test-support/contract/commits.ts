import { positionOfNumber } from '../../../shared/position.js';
import { SearchCheckpointConflictError } from '../../search-index.js';
import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { BUILD, fill, product, query, removed, skusOf, written } from '../sample-products.js';

const at = (n: number) => ({ logId: 'log', position: positionOfNumber(n) });

export function describeCommits(subject: () => SearchIndexUnderTest): void {
  describe('writes', () => {
    beforeEach(() => subject().index.ensure(BUILD));

    it('are found as soon as they are applied, also by another process', async () => {
      const { index, connect } = subject();
      const other = await connect();
      expect(await skusOf(other, query('soap'))).toEqual([]);
      await fill(index, [product('a', 'Soap')]);
      expect(await skusOf(other, query('soap'))).toEqual(['a']);
      await index.apply(BUILD, [written(product('a', 'Soap', { inStock: false }), 9)]);
      expect(await skusOf(other, query('soap', { filter: { inStock: true } }))).toEqual([]);
      expect((await other.search(query('soap'))).hits[0]?.document.inStock).toBe(false);
    });

    it('at a position that is not above the stored one change nothing', async () => {
      const { index } = subject();
      await index.apply(BUILD, [written(product('a', 'New soap', { inStock: true }), 5)]);
      await index.apply(BUILD, [written(product('a', 'Old towel'), 5), written(product('a', 'Older towel'), 4)]);
      expect((await index.search(query())).hits.map(({ document }) => document.name)).toEqual(['New soap']);
      expect(await skusOf(index, query('towel'))).toEqual([]);
    });

    it('that take a product out are remembered with their position', async () => {
      const { index } = subject();
      await index.apply(BUILD, [written(product('a', 'Soap'), 1), removed('a', 5), removed('b', 5)]);
      await index.apply(BUILD, [written(product('a', 'Soap'), 4), written(product('b', 'Soap'), 6)]);
      expect(await skusOf(index, query('soap'))).toEqual(['b']);
      expect((await index.load(BUILD, ['a'])).get('a')).toEqual({ position: positionOfNumber(5), document: null });
    });

    it('are given back whole to whoever folds onto them', async () => {
      const { index } = subject();
      const document = {
        ...product('a', 'Soap', { brand: 'Acme', attributes: { scent: 'none' } }),
        version: 3,
        extra: [1],
      };
      await index.apply(BUILD, [written(document, 2)]);
      await index.apply(BUILD, [written({ ...document, inStock: false }, 3)]);
      const loaded = await index.load(BUILD, ['a', 'unknown']);
      expect([...loaded]).toEqual([
        ['a', { position: positionOfNumber(3), document: { ...document, inStock: false } }],
      ]);
    });

    it('move the checkpoint from where it is expected, else do nothing', async () => {
      const { index } = subject();
      expect(await index.checkpoint()).toBeNull();
      await index.apply(BUILD, [written(product('a', 'Soap'), 1)], { expected: null, next: at(1) });
      expect(await index.checkpoint()).toEqual(at(1));
      const zombie = index.apply(BUILD, [], { expected: null, next: at(2) });
      await expect(zombie).rejects.toBeInstanceOf(SearchCheckpointConflictError);
      const foreign = { expected: { ...at(1), logId: 'other' }, next: at(2) };
      await expect(index.apply(BUILD, [], foreign)).rejects.toBeInstanceOf(SearchCheckpointConflictError);
      await index.apply(BUILD, [], { expected: at(1), next: at(2) });
      expect(await index.checkpoint()).toEqual(at(2));
    });

    it('can be told to begin again, and refuse what they have then', async () => {
      const { index, connect } = subject();
      await index.apply(BUILD, [written(product('a', 'Soap'), 5)], { expected: null, next: at(5) });
      const other = await connect();
      await other.apply(BUILD, [], { expected: at(5), next: null });
      expect([await index.checkpoint(), (await index.builds())[0]?.checkpoint]).toEqual([null, null]);
      const late = index.apply(BUILD, [], { expected: at(5), next: at(6) });
      await expect(late).rejects.toBeInstanceOf(SearchCheckpointConflictError);
      await index.apply(BUILD, [written(product('a', 'Towel'), 4)], { expected: null, next: at(4) });
      expect(await index.checkpoint()).toEqual(at(4));
      expect(await skusOf(index, query('soap'))).toEqual(['a']);
    });

    it('change words, facets and stock as often as they come', async () => {
      const { index } = subject();
      for (let n = 1; n <= 20; n += 1) {
        const name = n % 2 === 0 ? 'Soap' : 'Towel';
        await index.apply(BUILD, [written(product('a', name, { brand: name, inStock: n % 3 > 0 }), n)]);
        const page = await index.search(query(name));
        expect(page.total).toBe(1);
        expect(page.facets.brand).toEqual([{ value: name, count: 1 }]);
        expect((await index.search(query(undefined, { filter: { inStock: true } }))).total).toBe(n % 3 === 0 ? 0 : 1);
      }
      expect((await index.search(query('soap'))).total).toBe(1);
      expect((await index.search(query('towel'))).total).toBe(0);
    });
  });
}
