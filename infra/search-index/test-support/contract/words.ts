import { positionOfNumber } from '../../../shared/position.js';
import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import type { SearchIndex } from '../../search-index.js';
import { fill, product, query, skusOf } from '../sample-products.js';

/** Whatever anybody pastes. */
const HOSTILE = [
  '"',
  "'",
  '*',
  'a*b',
  'AND',
  'OR NOT',
  'NEAR(',
  '(((',
  '{',
  'name:x',
  '- {sku} :',
  '-',
  '--',
  '\\',
  '%',
  '💥',
  '^',
  '^2',
  'a AND',
  '"unclosed',
  "'; DROP TABLE x;--",
  '\u0000',
  'soap\u0000',
  '../../etc/passwd',
  '${jndi:ldap://x}',
  '\ud800',
  '½ ﬁ Å',
  'שלום',
  '石鹸 せっけん',
  '𞤀𞤁',
  'a'.repeat(10_000),
  'soap '.repeat(2_000),
  Array.from({ length: 3_000 }, (_, n) => `w${n}`).join(' '),
  '1.2.3.4',
  '.',
  'NaN',
  '__proto__ constructor',
];

/** What somebody may type for Crème Brûlée. */
const FORGIVEN = [
  // Case and accents.
  'CREME BRULEE',
  // The singular.
  'crème brûlées',
  // A beginning.
  'crème brul',
  // A letter too few, a letter too many, another letter, two letters swapped.
  'creme brule',
  'cremme brulee',
  'crame brulee',
  'cerme brulee',
];

export function describeWords(subject: () => SearchIndexUnderTest): void {
  describe('words', () => {
    it('are found in name, brand, categories, description and attributes, those in the name first', async () => {
      const { index } = subject();
      await fill(index, [
        product('e', 'Plain bar', { attributes: { scent: 'lavender' } }),
        product('d', 'Plain cube', { description: 'Smells of lavender.' }),
        product('c', 'Plain ball', { categories: ['Bath', 'Lavender things'] }),
        product('b', 'Plain block', { brand: 'Lavender' }),
        product('a', 'Lavender soap'),
        product('x', 'Plain soap'),
      ]);
      const found = await skusOf(index, query('lavender'));
      expect(found[0]).toBe('a');
      expect(found.slice(0, 3).toSorted()).toEqual(['a', 'b', 'c']);
      expect(found.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    it('are found to the end of all that a product may have', async () => {
      const { index } = subject();
      const names = Array.from({ length: 50 }, (_, n) => `text-${n}`);
      const attributes = Object.fromEntries(names.map((name) => [name, 'filler '.repeat(142)]));
      await fill(index, [
        product('a', 'Soap', { attributes: { ...attributes, last: 'lavender' } }),
        product('b', 'Towel', { attributes }),
      ]);
      expect(await skusOf(index, query('lavender'))).toEqual(['a']);
    });

    it('have all to be there, in any order, where any product has them all', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Blue soap'), product('b', 'Blue towel'), product('c', 'Soap dish, blue')]);
      expect((await skusOf(index, query('soap blue'))).toSorted()).toEqual(['a', 'c']);
    });

    it('count one by one where no product has them all', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Blue soap'), product('b', 'Green towel'), product('c', 'Red dish')]);
      expect((await skusOf(index, query('blue towel'))).toSorted()).toEqual(['a', 'b']);
    });

    it('forgive case, accents, the singular, beginnings and one wrong letter', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Crème Brûlée'), product('b', 'Chocolate cake')]);
      for (const words of FORGIVEN) expect([words, await skusOf(index, query(words))]).toEqual([words, ['a']]);
    });

    it('forgive two letters where they are long, and none where they are short', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Conditioner'), product('b', 'Tea'), product('c', 'Soap')]);
      expect(await skusOf(index, query('condishoner'))).toEqual(['a']);
      expect(await skusOf(index, query('saop'))).toEqual(['c']);
      expect(await skusOf(index, query('taa'))).toEqual([]);
      expect(await skusOf(index, query('saep'))).toEqual([]);
    });

    it('as typed come before corrected ones', async () => {
      const { index } = subject();
      await fill(index, [
        ...Array.from({ length: 20 }, (_, n) => product(`best-${n}`, 'Best soap')),
        product('zest', 'Coarse grey household article zest'),
      ]);
      expect((await skusOf(index, query('zest')))[0]).toBe('zest');
    });

    it('that are the whole name come before longer names', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Honey cake'), product('b', 'Cake with honey'), product('c', 'Honey')]);
      expect((await skusOf(index, query('honey')))[0]).toBe('c');
    });

    it('may be a SKU, with or without its punctuation', async () => {
      const { index } = subject();
      await fill(index, [product('AB-1234', 'Soap'), product('AB-1235', 'Soap 1234'), product('77', 'Soap 77 g')]);
      expect((await skusOf(index, query('ab-1234')))[0]).toBe('AB-1234');
      expect((await skusOf(index, query('AB1234')))[0]).toBe('AB-1234');
      expect((await skusOf(index, query('77')))[0]).toBe('77');
      expect((await skusOf(index, query('ab-12'))).toSorted()).toEqual(['AB-1234', 'AB-1235']);
    });

    it('that nothing has find nothing', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Soap')]);
      const page = await index.search(query('xyzzyq'));
      expect(page).toEqual({ hits: [], total: 0, facets: { category: [], brand: [], price: [] }, next: null });
    });

    it('are looked for where they no longer or only now stand', async () => {
      const { index } = subject();
      await fill(index, [product('a', 'Soap')]);
      await index.search(query('soap'));
      await index.apply({ version: 1, build: 0 }, [
        { sku: 'a', position: positionOfNumber(50), document: product('a', 'Towel') },
      ]);
      expect(await skusOf(index, query('soap'))).toEqual([]);
      expect(await skusOf(index, query('towel'))).toEqual(['a']);
    });

    it('are marked in the name, whose own markup is shown as text', async () => {
      const { index } = subject();
      await fill(index, [product('a', `<b>Soaps</b> & "Crème" soap's`, { description: 'nice' })]);
      const [hit] = (await index.search(query('soap creme'))).hits;
      expect(hit?.highlight).toBe(
        '&lt;b&gt;<mark>Soaps</mark>&lt;/b&gt; &amp; &quot;<mark>Crème</mark>&quot; <mark>soap&#39;s</mark>',
      );
      expect((await index.search(query('nice'))).hits[0]).not.toHaveProperty('highlight');
      expect((await index.search(query())).hits[0]).not.toHaveProperty('highlight');
    });

    it('of any kind never fail', async () => {
      const { index } = subject();
      const named = HOSTILE.map((words, at) => product(`named-${at}`, words.slice(0, 500)));
      await fill(index, [product('a', 'Soap'), product('b', '石鹸'), ...named]);
      for (const words of HOSTILE) {
        const started = performance.now();
        const { total, shown } = await answered(index, words);
        expect(total).toBeGreaterThanOrEqual(shown);
        expect(performance.now() - started).toBeLessThan(5_000);
      }
    });

    it('in scripts without spaces are found within a name', async () => {
      const { index } = subject();
      await fill(index, [product('a', '手作り石鹸'), product('b', '手袋')]);
      expect(await skusOf(index, query('石鹸'))).toEqual(['a']);
    });
  });
}

/** @throws Error that names the words that a search or the suggestions fail for */
async function answered(
  index: SearchIndex,
  words: string,
): Promise<{ readonly total: number; readonly shown: number }> {
  try {
    const { total, hits } = await index.search(query(words));
    await index.suggest(words, 10);
    return { total, shown: hits.length };
  } catch (error) {
    throw new Error(`words like ${JSON.stringify(words.slice(0, 30))} fail: ${String(error)}`, { cause: error });
  }
}
