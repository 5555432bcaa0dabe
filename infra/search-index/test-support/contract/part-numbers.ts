import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { fill, product, query, skusOf } from '../sample-products.js';

const SHOP = [
  product('NOR.0707-60', 'Shock absorber, rear'),
  product('NOR.0708-61', 'Shock absorber, front'),
  product('KT-INS114-DRE', 'Insulation red'),
  product('KT-INS115-GRE', 'Insulation green'),
  product('7', 'Red grapes'),
  product('8', 'Bolts 60 mm, 0707 series', { attributes: { mpn: 'BX-99Q' } }),
  product('9', 'Dream catcher'),
];

/** Searches for a SKU, with the one that must come first. */
const WHOLE = [
  ['NOR.0707-60', 'NOR.0707-60'],
  ['nor.0707-60', 'NOR.0707-60'],
  ['NOR 0707 60', 'NOR.0707-60'],
  ['nor070760', 'NOR.0707-60'],
  ['nor/0707/60', 'NOR.0707-60'],
  ['KTINS114DRE', 'KT-INS114-DRE'],
  ['"kt-ins114-dre"', 'KT-INS114-DRE'],
  ['kt ins 114 dre', 'KT-INS114-DRE'],
] as const;

/** Searches for a part of a SKU from one of its boundaries on, with the SKUs that are found and nothing else. */
const PARTS = [
  ['nor0707', ['NOR.0707-60']],
  ['ins114', ['KT-INS114-DRE']],
  ['ins11', ['KT-INS114-DRE', 'KT-INS115-GRE']],
  ['kt-ins', ['KT-INS114-DRE', 'KT-INS115-GRE']],
  ['ktins', ['KT-INS114-DRE', 'KT-INS115-GRE']],
  ['114dre', ['KT-INS114-DRE']],
  ['KT-INS114 red', ['KT-INS114-DRE']],
  ['red KTINS114DRE', ['KT-INS114-DRE']],
  ['shock NOR.0708', ['NOR.0708-61']],
  ['bx99', ['8']],
  ['99q bolts', ['8']],
] as const;

export function describePartNumbers(subject: () => SearchIndexUnderTest): void {
  describe('part numbers', () => {
    beforeEach(() => fill(subject().index, SHOP));

    it('are found whole and first, in any punctuation and case', async () => {
      for (const [words, first] of WHOLE) {
        expect([words, (await skusOf(subject().index, query(words)))[0]]).toEqual([words, first]);
      }
    });

    it('are found from any of their boundaries on, also beside a word of the name', async () => {
      for (const [words, skus] of PARTS) {
        expect([words, (await skusOf(subject().index, query(words))).toSorted()]).toEqual([words, skus]);
      }
    });

    it('come first where a part of them is hardly anything else', async () => {
      expect((await skusOf(subject().index, query('0707-60')))[0]).toBe('NOR.0707-60');
    });

    it('are found by their last part, beside what has it as a word', async () => {
      expect((await skusOf(subject().index, query('60'))).toSorted()).toEqual(['8', 'NOR.0707-60']);
      expect((await skusOf(subject().index, query('-DRE'))).toSorted()).toEqual(['9', 'KT-INS114-DRE']);
    });
  });
}
