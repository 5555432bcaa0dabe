import { editDistance, letterBits, bitCount } from './edit-distance.js';
import { highlight } from './highlight.js';
import { nameKey } from './name-key.js';
import { stemOf } from './stem.js';
import { codeEndings, codeWords, compactCode, looksLikeCode } from './codes.js';
import { tokensOf, typedWordsOf, wordsOf } from './tokens.js';
import fc from 'fast-check';

describe('the words of a text', () => {
  it.each([
    ['Crème Brûlée', ['creme', 'brulee']],
    ["Kellogg's O’Brien", ['kelloggs', 'obrien']],
    ['12oz 7.25 oz', ['12', 'oz', '7.25', 'oz']],
    ['Straße Łódź Ærø', ['strasse', 'lodz', 'aero']],
    ['手作りsoap石鹸', ['手', '手作', '作', '作り', 'り', 'soap', '石', '石鹸', '鹸']],
    ['Ελληνικά ёлка Việt', ['ελληνικα', 'елка', 'viet']],
    ['दाल दिल', ['दाल', 'दिल']],
    ['ดำ', ['ด', 'ดํา', 'ํา']],
    ['한국어', ['한국어']],
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

  it.each([
    ['石鹸', ['石鹸']],
    ['鹸', ['鹸']],
    ['หนัง', ['หนั', 'นัง']],
    ['soap 石', ['soap', '石']],
  ])('that somebody typed, “%s”, are pairs of letters where no spaces part them', (text, words) => {
    expect(typedWordsOf(text)).toEqual(words);
  });

  it.each([
    ['ﾊﾟﾝﾀﾞ', 'パンダ'],
    ['ﾍﾞｰｶﾘｰ', 'ベーカリー'],
    ['ＡＢＣ１２', 'abc12'],
    ['ハ\u309Aンタ\u3099', 'パンダ'],
  ])('are the same in half and full width: %s', (one, other) => expect(wordsOf(one)).toEqual(wordsOf(other)));

  it.each([
    ['パンダ', 'ハンダ'],
    ['ガラス', 'カラス'],
    ['কলা', 'কাল'],
    ['ดี', 'ดู'],
    ['كُتُب', 'كتب'],
  ])('of other letters are others: %s is not %s', (one, other) => expect(wordsOf(one)).not.toEqual(wordsOf(other)));
});

describe('a code', () => {
  it('is the same in any case and punctuation', () => expect(compactCode(' AB-12.3/ü ')).toBe('ab123u'));

  it('ends from each of its boundaries on', () => {
    expect(codeEndings('KT-INS114-DRE')).toEqual(['ktins114dre', 'ins114dre', '114dre', 'dre']);
  });

  it('is found by its parts, and by neighbouring ones as one', () => {
    expect(codeWords('A1-B')).toEqual(['a', '1', 'b', 'a1', 'a1b', '1b']);
    expect(codeWords('1.5-x')).toContain('1.5');
    expect(codeWords('a1'.repeat(32)).length).toBeLessThan(300);
  });

  it.each([
    ['KT-INS114', true],
    ['0707-60', true],
    ['red', false],
    ['114', false],
    ['12 oz', false],
    ['X'.repeat(60) + '-12345', false],
  ])('is what %s looks like: %s', (text, is) => expect(looksLikeCode(text)).toBe(is));
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
