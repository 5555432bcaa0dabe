import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { notes, put, write } from '../../read-model-store/test-support/contract/fixtures.js';
import {
  openTemporaryReadModelStore,
  type TemporaryReadModelStore,
} from '../../read-model-store/test-support/index.js';
import { overwriteDeleted } from './overwrite-deleted.js';

describe('what was deleted or replaced', () => {
  let temporary: TemporaryReadModelStore;
  beforeEach(async () => {
    temporary = await openTemporaryReadModelStore();
  });
  afterEach(() => temporary.close());

  const filesWith = (text: string): readonly string[] =>
    readdirSync(temporary.directory).filter((name) => readFileSync(join(temporary.directory, name)).includes(text));

  it('is in none of the files any more, large or small, beside a store that is open', async () => {
    const { store } = temporary;
    await store.ensure(notes);
    const long = 'Vermilion Staircase '.repeat(1_000);
    await put(store, notes, [write('short', 1, { text: 'Vermilion Staircase' }), write('long', 1, { text: long })]);
    await put(store, notes, [write('gone', 2, { text: long })]);
    await put(store, notes, [write('short', 3, { text: null }), write('long', 3, { text: null })]);
    await put(store, notes, [write('gone', 4, null)]);
    expect(filesWith('Vermilion')).toEqual(['read.db-wal']);
    await overwriteDeleted(join(temporary.directory, 'read.db'));
    expect(filesWith('Vermilion')).toEqual([]);
    expect((await store.get('notes', 'short'))?.doc).toEqual({ text: null });
  });
});
