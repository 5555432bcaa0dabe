import { UnknownCollectionError, type DocumentCollection, type DocumentStore } from './document-store.js';
import { readCursor, resetCursor, StoredCursor } from './stored-cursor.js';
import { positionOfNumber } from '../shared/position.js';

export interface DocumentStoreUnderTest {
  readonly store: DocumentStore;
  /** Another connection to the same data, as a further process has it. */
  connect(): Promise<DocumentStore>;
  /** Lets go of everything, the connected ones too. */
  dispose(): Promise<void>;
}

const NOTES: DocumentCollection = { name: 'notes', indexes: [{ name: 'by-age', fields: ['kind', 'at'] }] };

/** What every adapter of the document-store port must pass; `create` makes an empty store. */
export function documentStoreContract(name: string, create: () => Promise<DocumentStoreUnderTest>): void {
  describe(`document store contract: ${name}`, () => {
    let subject: DocumentStoreUnderTest;
    let store: DocumentStore;
    let other: DocumentStore;
    beforeEach(async () => {
      subject = await create();
      ({ store } = subject);
      await store.ensure(NOTES);
      other = await subject.connect();
    });
    afterEach(() => subject.dispose());

    const put = (id: string, doc: { readonly [field: string]: string | number } | null, version?: string) =>
      store.put('notes', [{ id, doc, ...(version !== undefined && { version }) }]);
    const set = (from: DocumentStore, expected: number | null, next: number): Promise<boolean> =>
      from.compareAndSet('notes', { id: 'a', expected: expected === null ? null : { n: expected }, next: { n: next } });

    it('gives back what was stored, also to another process, and nothing where nothing is', async () => {
      await put('a', { text: 'Ünïcödé 👩‍🚀 "\\' });
      for (const reader of [store, other]) {
        expect(await reader.get('notes', 'a')).toEqual({ text: 'Ünïcödé 👩‍🚀 "\\' });
        expect(await reader.get('notes', 'b')).toBeUndefined();
        expect(await reader.getMany('notes', ['a', 'b'])).toEqual(new Map([['a', { text: 'Ünïcödé 👩‍🚀 "\\' }]]));
      }
      expect(await store.get('none', 'a')).toBeUndefined();
      expect(await store.scan('none', { limit: 9 })).toEqual([]);
    });

    it('lets the last write win, and forgets what it deletes', async () => {
      await put('a', { n: 5 });
      await put('a', { n: 1 });
      expect(await store.get('notes', 'a')).toEqual({ n: 1 });
      await put('a', null);
      expect(await store.get('notes', 'a')).toBeUndefined();
      await put('a', { n: 2 });
      expect(await other.get('notes', 'a')).toEqual({ n: 2 });
    });

    it('never replaces a higher version by a lower one, nor by the same, deleted or not', async () => {
      await put('a', { n: 5 }, '5');
      await put('a', { n: 4 }, '4');
      await put('a', { n: 0 }, '5');
      expect(await store.get('notes', 'a')).toEqual({ n: 5 });
      await put('a', null, '7');
      await put('a', { n: 6 }, '6');
      expect(await store.get('notes', 'a')).toBeUndefined();
      await put('a', { n: 8 }, '8');
      expect(await store.get('notes', 'a')).toEqual({ n: 8 });
    });

    it('finds by an index and scans by id, page by page', async () => {
      await store.put(
        'notes',
        ['d', 'b', 'a', 'c'].map((id, at) => ({ id, doc: { kind: id === 'c' ? 'other' : 'one', at } })),
      );
      const query = { index: 'by-age', equals: ['one'], limit: 9 };
      expect((await store.find('notes', query)).map(({ id }) => id)).toEqual(['d', 'b', 'a']);
      const old = await store.find('notes', { ...query, range: { lt: 2 }, after: [0, 'd'] });
      expect(old).toEqual([{ id: 'b', doc: { kind: 'one', at: 1 } }]);
      expect((await store.scan('notes', { limit: 2 })).map(({ id }) => id)).toEqual(['a', 'b']);
      expect((await store.scan('notes', { after: 'b', limit: 9 })).map(({ id }) => id)).toEqual(['c', 'd']);
    });

    it('indexes what is there again where the indexes have changed', async () => {
      await put('a', { kind: 'one', at: 1, size: 3 });
      await other.ensure({ ...NOTES, indexes: [{ name: 'by-size', fields: ['size'] }] });
      await put('b', { size: 2 });
      expect(await set(store, null, 9)).toBe(false);
      expect((await other.find('notes', { index: 'by-size', limit: 9 })).map(({ id }) => id)).toEqual(['b', 'a']);
    });

    it('sets a document where it is as expected, and only there', async () => {
      expect(await set(store, 1, 2)).toBe(false);
      expect(await set(store, null, 1)).toBe(true);
      expect(await set(other, null, 2)).toBe(false);
      expect(await set(other, 1, 2)).toBe(true);
      expect(await set(store, 1, 3)).toBe(false);
      expect(await other.get('notes', 'a')).toEqual({ n: 2 });
      await put('a', null);
      expect(await set(store, 2, 3)).toBe(false);
      expect(await set(store, null, 3)).toBe(true);
    });

    it('says that a document is set where it was already, as the answer may have been lost', async () => {
      await set(store, null, 1);
      expect(await set(store, null, 1)).toBe(true);
      await set(store, 1, 2);
      expect(await set(store, 1, 2)).toBe(true);
    });

    it('compares documents with any names and texts', async () => {
      const odd = (n: number) => ({ n, 'a.b': '$x', $set: { '%': 'half\ud800' }, list: [1.5, null] });
      const change = { id: 'odd', expected: null, next: odd(1) };
      expect(await store.compareAndSet('notes', change)).toBe(true);
      expect(await store.compareAndSet('notes', change)).toBe(true);
      expect(await store.compareAndSet('notes', { id: 'odd', expected: odd(3), next: odd(2) })).toBe(false);
      expect(await store.compareAndSet('notes', { id: 'odd', expected: odd(1), next: odd(2) })).toBe(true);
      expect(await other.get('notes', 'odd')).toEqual(odd(2));
    });

    it('lets one of many set a document who try at once', async () => {
      const stores = await Promise.all(Array.from({ length: 5 }, () => subject.connect()));
      for (let round = 0; round < 5; round += 1) {
        const expected =
          round === 0 ? null : await store.get<{ readonly by: string }>('notes', 'a').then((doc) => doc ?? null);
        const tries = stores.map((each, by) =>
          each.compareAndSet('notes', { id: 'a', expected, next: { by: `${round}/${by}` } }),
        );
        expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      }
    });

    it('clears a collection, of its versions too', async () => {
      await put('a', { kind: 'one', at: 1 });
      await put('b', null, '9');
      await store.clear('notes');
      expect(await other.scan('notes', { limit: 9 })).toEqual([]);
      expect(await store.find('notes', { index: 'by-age', limit: 9 })).toEqual([]);
      await put('b', { n: 1 }, '1');
      expect(await store.get('notes', 'b')).toEqual({ n: 1 });
    });

    it('refuses to write where no collection was made', async () => {
      await expect(store.put('none', [{ id: 'a', doc: {} }])).rejects.toBeInstanceOf(UnknownCollectionError);
      const change = { id: 'a', expected: null, next: {} };
      await expect(store.compareAndSet('none', change)).rejects.toBeInstanceOf(UnknownCollectionError);
    });

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    describe('a cursor in it', () => {
      const at = (position: number) => ({ logId: 'log', position: positionOfNumber(position) });

      it('is moved by one of two, and goes on where it was', async () => {
        const [one, two] = [new StoredCursor(store, 'cursor'), new StoredCursor(other, 'cursor')];
        expect([await one.load(), await two.load()]).toEqual([null, null]);
        expect([await one.save(at(1)), await two.save(at(1))]).toEqual([true, false]);
        expect(await two.load()).toEqual(at(1));
        expect([await two.save(at(2)), await one.save(at(3))]).toEqual([true, false]);
        expect(await readCursor(store, 'cursor')).toEqual(at(2));
      });

      it('is of the one that claimed it last, wherever it is, until it is put back', async () => {
        const [one, two] = [new StoredCursor(store, 'cursor'), new StoredCursor(other, 'cursor')];
        await one.load();
        await one.save(at(1));
        await two.load();
        await two.claim('log');
        expect([await one.isOurs(), await two.isOurs()]).toEqual([false, true]);
        expect([await one.save(at(2)), await two.save(at(2))]).toEqual([false, true]);
        await resetCursor(store, 'cursor');
        expect([await two.isOurs(), await two.save(at(3))]).toEqual([false, false]);
        expect(await readCursor(other, 'cursor')).toBeNull();
      });
    });
  });
}
