import { editDistance, letterBits, bitCount } from './edit-distance.js';
import { highlight } from './highlight.js';
import { nameKey } from './name-key.js';
import { stemOf } from './stem.js';
import { compactCode, tokensOf, wordsOf } from './tokens.js';
import fc from 'fast-check';

describe('the words of a text', () => {
  it.each([
    ['Crème Brûlée', ['creme', 'brulee']],
    ["Kellogg's O’Brien", ['kelloggs', 'obrien']],
    ['12oz 7.25 oz', ['12', 'oz', '7.25', 'oz']],
    ['Straße Łódź Ærø', ['strasse', 'lodz', 'aero']],
    ['手作りsoap石鹸', ['手', '作', 'り', 'soap', '石', '鹸']],
    ['½ ﬁ', ['1', '2', 'fi']],
    ['💥 --- \u0000', []],
  ])('of “%s” are without case, accents and punctuation', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('say where they stand', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let at = 0;
        for (const { start, end } of tokensOf(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          at = start;
        }
      }),
    );
  });

  it('of a code are one', () => expect(compactCode(' AB-12.3/ü ')).toBe('ab123u'));
});

describe('the key of a name', () => {
  it.each([
    ['Éclair', 'eclair'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['ﬁne', 'fine'],
    ['Øre', 'ore'],
    ['GROẞE Straße', 'grosse strasse'],
    ['Ærø & Łódź', 'aero & lodz'],
    ["O'Brien", "o'brien"],
  ])('folds %s to %s', (name, key) => expect(nameKey(name)).toBe(key));

  it.each(['Øre', 'Straße', 'ışık', 'οδος', 'ﬁne', 'Ünïcode'])('of %s is that of its capitals', (name) => {
    expect(nameKey(name.toUpperCase())).toBe(nameKey(name));
  });
});

describe('singular and plural', () => {
  it.each([
    ['cookie', 'cookies'],
    ['berry', 'berries'],
    ['loaf', 'loaves'],
    ['knife', 'knives'],
    ['olive', 'olives'],
    ['tomato', 'tomatoes'],
    ['potato', 'potatos'],
    ['box', 'boxes'],
    ['dish', 'dishes'],
    ['glass', 'glasses'],
    ['shoe', 'shoes'],
    ['pie', 'pies'],
    ['cheese', 'cheeses'],
    ['cane', 'canes'],
    ['child', 'children'],
    ['woman', 'women'],
    ['kiwi', 'kiwis'],
    ['fry', 'fries'],
    ['toy', 'toys'],
  ])('of %s have one form', (singular, plural) => expect(stemOf(plural)).toBe(stemOf(singular)));

  it.each([
    ['can', 'cane'],
    ['organ', 'organic'],
    ['tub', 'tube'],
    ['win', 'wine'],
    ['glas', 'glass'],
  ])('leave %s and %s apart', (one, other) => expect(stemOf(one)).not.toBe(stemOf(other)));

  it('is there for a word that objects know', () => expect(stemOf('constructor')).toBe('constructor'));
});

describe('how far a word is from another', () => {
  const whole = { most: 2, isPrefix: false };
  it.each([
    ['sugar', 'sugar', 0],
    ['suger', 'sugar', 1],
    ['sugr', 'sugar', 1],
    ['suggar', 'sugar', 1],
    ['usgar', 'sugar', 1],
    ['usgra', 'sugar', 2],
    ['salt', 'sugar', 3],
  ])('%s is from %s', (word, term, distance) => expect(editDistance(word, term, whole)).toBe(distance));

  it('counts only the beginning where more may follow', () => {
    expect(editDistance('choclat', 'chocolate', { most: 1, isPrefix: true })).toBe(1);
    expect(editDistance('choclat', 'chocolate', { most: 1, isPrefix: false })).toBe(2);
    expect(editDistance('chocolates', 'choc', { most: 1, isPrefix: true })).toBe(2);
  });

  it('is the same in both directions, and never more than one letter each way an edit', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const distance = editDistance(one, other, { most: 3, isPrefix: false });
        expect(editDistance(other, one, { most: 3, isPrefix: false })).toBe(distance);
        if (distance <= 3) expect(bitCount(letterBits(one) & ~letterBits(other))).toBeLessThanOrEqual(distance);
        expect(editDistance(one, other, { most: 3, isPrefix: true })).toBeLessThanOrEqual(distance);
      }),
    );
  });
});

describe('a highlighted text', () => {
  it('is the text where its markup is taken away', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, isMarked) => {
        const html = highlight(text, () => isMarked);
        if (html === undefined) return;
        const plain = html
          .replaceAll(/<\/?mark>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(plain).toBe(text);
      }),
    );
  });

  it('is none where nothing matches', () => expect(highlight('Soap', () => false)).toBeUndefined());
});
