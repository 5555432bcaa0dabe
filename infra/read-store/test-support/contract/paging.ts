import { found } from './indexes.js';
import { notes, put, write } from './fixtures.js';
import type { ReadStoreUnderTest } from '../../read-store.contract.js';
import type { DocumentQuery, ReadStore } from '../../read-store.js';

type Note = { readonly at: number };

/** Reads all pages; `between` runs after each. */
async function walk(
  store: ReadStore,
  query: DocumentQuery,
  between: (page: number) => Promise<void>,
): Promise<string[]> {
  const ids: string[] = [];
  let after: DocumentQuery['after'];
  for (let page = 1; ; page += 1) {
    const items = await store.find<Note>('notes', { ...query, ...(after && { after }) });
    const last = items[items.length - 1];
    if (last === undefined) return ids;
    ids.push(...items.map(({ id }) => id));
    after = [last.doc.at, last.id];
    await between(page);
  }
}

export function describePaging(subject: () => ReadStoreUnderTest): void {
  describe('paging', () => {
    const numbered = Array.from({ length: 25 }, (_, n) => write(`n${String(n).padStart(2, '0')}`, 1, { at: n >> 2 }));

    it.each(['ascending', 'descending'] as const)('gives every document once, %s, with ties', async (direction) => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, numbered);
      const ids = await walk(store, { index: 'by-at', direction, limit: 4 }, async () => undefined);
      const expected = numbered.map(({ id }) => id);
      expect(ids).toEqual(direction === 'ascending' ? expected : expected.toReversed());
    });

    it('neither repeats nor leaves out a document while others come before and after the page', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, numbered);
      const ids = await walk(store, { index: 'by-at', direction: 'descending', limit: 4 }, (page) =>
        page > 10
          ? Promise.resolve()
          : put(store, notes, [write(`new${page}`, 1, { at: 100 }), write(`m${page}`, 1, { at: 0 })]),
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
      const ids = await walk(store, { index: 'by-at', range: { gte: 1, lt: 3 }, limit: 3 }, async () => undefined);
      expect(ids).toEqual(numbered.slice(4, 12).map(({ id }) => id));
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
