import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { fill, product, query, skusOf } from '../sample-products.js';

/** Names in scripts of which marks make letters, and in those without blanks. */
const NAMES = [
  'パンダ ぬいぐるみ',
  'ハンダ 0.8mm',
  'ダンパー',
  'ガラスのコップ',
  'カラスよけ',
  'ばらの花',
  'はらまき',
  'दाल मसूर',
  'दिल के आकार का तकिया',
  'दूल',
  'কলা',
  'কাল',
  'กระเป๋าหนังสีดำ',
  'รองเท้าผ้าใบ',
  'ຖົງຜ້າສີແດງ',
  'កាបូបស្បែក',
  'သားရေအိတ်',
  '手作り石鹸',
  '石けん入れ',
  'Καλσόν μαύρο',
  'Ёлка искусственная',
  'Nước mắm',
  '한국어 교재',
];

const FOUND: readonly (readonly [what: string, words: string, names: readonly string[]])[] = [
  ['a voiced kana', 'パンダ', ['パンダ ぬいぐるみ']],
  ['its unvoiced sister', 'ハンダ', ['ハンダ 0.8mm']],
  ['half-width kana', 'ﾊﾟﾝﾀﾞ', ['パンダ ぬいぐるみ']],
  ['decomposed kana', 'ハ\u309Aンタ\u3099', ['パンダ ぬいぐるみ']],
  ['the beginning of a phrase', 'ガラス', ['ガラスのコップ']],
  ['another beginning', 'カラス', ['カラスよけ']],
  ['hiragana', 'ばら', ['ばらの花']],
  ['its sister', 'はら', ['はらまき']],
  ['the middle of a phrase', 'コップ', ['ガラスのコップ']],
  ['two ideographs', '石鹸', ['手作り石鹸']],
  ['one ideograph', '鹸', ['手作り石鹸']],
  ['a Devanagari word', 'दाल', ['दाल मसूर']],
  ['one of another vowel', 'दिल', ['दिल के आकार का तकिया']],
  ['a Bengali word', 'কলা', ['কলা']],
  ['a word within a Thai phrase', 'หนัง', ['กระเป๋าหนังสีดำ']],
  ['the beginning of a Thai phrase', 'กระเป๋า', ['กระเป๋าหนังสีดำ']],
  ['the end of a Thai phrase', 'สีดำ', ['กระเป๋าหนังสีดำ']],
  ['a word within a Lao phrase', 'ສີແດງ', ['ຖົງຜ້າສີແດງ']],
  ['a word within a Khmer phrase', 'ស្បែក', ['កាបូបស្បែក']],
  ['a word within a Burmese phrase', 'အိတ်', ['သားရေအိတ်']],
  ['Greek without accents', 'ΚΑΛΣΟΝ ΜΑΥΡΟ', ['Καλσόν μαύρο']],
  ['Cyrillic without accents', 'елка', ['Ёлка искусственная']],
  ['Vietnamese without accents', 'nuoc mam', ['Nước mắm']],
  ['Hangul', '한국어', ['한국어 교재']],
  ['the beginning of a Hangul word', '한국', ['한국어 교재']],
];

export function describeScripts(subject: () => SearchIndexUnderTest): void {
  describe('words of other scripts', () => {
    const found = async (words: string): Promise<string[]> =>
      (await skusOf(subject().index, query(words))).map((sku) => NAMES[Number(sku)] ?? sku);
    beforeEach(() =>
      fill(
        subject().index,
        NAMES.map((name, sku) => product(String(sku), name)),
      ),
    );

    it('find what has them and nothing that has others', async () => {
      for (const [what, words, names] of FOUND) expect([what, await found(words)]).toEqual([what, names]);
    });

    it('are marked in the name as one', async () => {
      const [hit] = (await subject().index.search(query('หนัง'))).hits;
      expect(hit?.highlight).toBe('กระเป๋า<mark>หนัง</mark>สีดำ');
    });

    it('are suggested as they are typed', async () => {
      const texts = (await subject().index.suggest('ガラ', 5)).map(({ text }) => text);
      expect(texts).toEqual(['ガラスのコップ']);
    });
  });
}
