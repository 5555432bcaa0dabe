import { found } from './indexes.js';
import { notes, put, write } from './fixtures.js';
import type { ReadModelStoreUnderTest } from '../../read-model-store.contract.js';
import type { DocumentQuery } from '../../../shared/document-query.js';
import type { ReadModelStore } from '../../read-model-store.js';

type Note = { readonly at?: number; readonly author?: { readonly name: string } };

interface Walk {
  between(page: number): Promise<void>;
  rest(doc: Note): readonly (string | number | null)[];
}

/** Reads all pages; `between` runs after each. `rest` are the values of the fields after the equal ones. */
async function walk(
  store: ReadModelStore,
  query: DocumentQuery,
  { between = async () => undefined, rest = ({ at = null }) => [at] }: Partial<Walk> = {},
): Promise<string[]> {
  const ids: string[] = [];
  let after: DocumentQuery['after'];
  for (let page = 1; ; page += 1) {
    const items = await store.find<Note>('notes', { ...query, ...(after && { after }) });
    const last = items[items.length - 1];
    if (last === undefined) return ids;
    ids.push(...items.map(({ id }) => id));
    after = [...rest(last.doc), last.id];
    await between(page);
  }
}

export function describePaging(subject: () => ReadModelStoreUnderTest): void {
  describe('paging', () => {
    const numbered = Array.from({ length: 25 }, (_, n) => write(`n${String(n).padStart(2, '0')}`, 1, { at: n >> 2 }));

    it.each(['ascending', 'descending'] as const)('gives every document once, %s, with ties', async (direction) => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, numbered);
      const ids = await walk(store, { index: 'by-at', direction, limit: 4 });
      const expected = numbered.map(({ id }) => id);
      expect(ids).toEqual(direction === 'ascending' ? expected : expected.toReversed());
    });

    it('neither repeats nor leaves out a document while others come before and after the page', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, numbered);
      const ids = await walk(
        store,
        { index: 'by-at', direction: 'descending', limit: 4 },
        {
          between: (page) =>
            page > 10
              ? Promise.resolve()
              : put(store, notes, [write(`new${page}`, 1, { at: 100 }), write(`m${page}`, 1, { at: 0 })]),
        },
      );
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => id.startsWith('n') && !id.startsWith('new'))).toEqual(
        numbered.map(({ id }) => id).toReversed(),
      );
      expect(ids.filter((id) => id.startsWith('new'))).toEqual([]);
    });

    it('goes on after a document that is gone', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, [write('a', 1, { at: 1 }), write('b', 1, { at: 1 }), write('c', 1, { at: 2 })]);
      await put(store, notes, [write('a', 2, null)]);
      expect(await found(store, { index: 'by-at', after: [1, 'a'], limit: 9 })).toEqual(['b', 'c']);
    });

    it('keeps to the range on every page', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, numbered);
      const ids = await walk(store, { index: 'by-at', range: { gte: 1, lt: 3 }, limit: 3 });
      expect(ids).toEqual(numbered.slice(4, 12).map(({ id }) => id));
    });

    it.each(['ascending', 'descending'] as const)('goes on %s where documents lack the field', async (direction) => {
      const { store } = subject();
      await store.ensure(notes);
      const author = { name: 'ann' };
      await put(store, notes, [
        ...['a', 'b', 'c'].map((id) => write(id, 1, { author })),
        ...['d', 'e', 'f', 'g'].map((id, n) => write(id, 1, { author, at: n >> 1 })),
        write('h', 1, { author: { name: 'bob' } }),
      ]);
      const inOrder = (ids: string[]) => (direction === 'ascending' ? ids : ids.toReversed());
      for (const limit of [1, 2, 3]) {
        const query = { index: 'by-author', direction, limit };
        const ofAnn = await walk(store, { ...query, equals: ['ann'] });
        expect(ofAnn).toEqual(inOrder(['a', 'b', 'c', 'd', 'e', 'f', 'g']));
        const all = await walk(store, query, { rest: ({ author: by, at = null }) => [by?.name ?? null, at] });
        expect(all).toEqual(inOrder(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']));
      }
    });

    it('gives a document once for each element of a list where none is asked for', async () => {
      const { store } = subject();
      await store.ensure(notes);
      const tags = (...names: string[]) => names.map((tag) => ({ tag }));
      await put(store, notes, [
        write('a', 1, { at: 2, tags: tags('red', 'blue', 'red') }),
        write('b', 1, { at: 1, tags: tags('red') }),
        write('c', 1, { tags: tags('green') }),
        write('d', 1, { at: 1 }),
      ]);
      const query = { index: 'by-tag', limit: 9 };
      expect(await found(store, query)).toEqual(['a', 'c', 'b', 'a']);
      expect(await found(store, { ...query, direction: 'descending' })).toEqual(['a', 'b', 'c', 'a']);
      expect(await found(store, { ...query, after: ['blue', 2, 'a'], limit: 2 })).toEqual(['c', 'b']);
      expect(await found(store, { ...query, after: ['green', null, 'c'] })).toEqual(['b', 'a']);
      expect(await found(store, { ...query, range: { gte: 'c', lt: 'h' } })).toEqual(['c']);
    });

    it('scans all documents by id', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, numbered);
      const first = await store.scan('notes', { limit: 20 });
      const rest = await store.scan('notes', { after: first[19]?.id ?? '', limit: 20 });
      expect([...first, ...rest].map(({ id }) => id)).toEqual(numbered.map(({ id }) => id));
    });
  });
}
