import type { SearchIndexUnderTest } from '../../search-index.contract.js';
import { BUILD, fill, product, removed } from '../sample-products.js';

const SHOP = [
  product('1', 'Peanut Butter', { categories: ['Spreads'] }),
  product('2', 'Peanut Butter', { categories: ['Spreads'] }),
  product('3', 'Peanut Oil', { brand: 'Nutwell' }),
  product('4', 'Salted Peanuts'),
  product('5', 'Crème Fraîche'),
];

export function describeSuggestions(subject: () => SearchIndexUnderTest): void {
  describe('suggestions', () => {
    beforeEach(() => fill(subject().index, SHOP));

    const texts = async (words: string, limit = 10) =>
      (await subject().index.suggest(words, limit)).map(({ text }) => text);

    it('are names that go on as typed, those that begin so and are many first', async () => {
      expect(await texts('pea')).toEqual(['Peanut Butter', 'Peanut Oil', 'Salted Peanuts']);
      expect(await texts('peanut b')).toEqual(['Peanut Butter']);
      expect(await texts('PEA', 1)).toEqual(['Peanut Butter']);
    });

    it('name the SKU where only one product is called so', async () => {
      const { index } = subject();
      const found = await index.suggest('peanut', 10);
      expect(found).toContainEqual({ text: 'Peanut Oil', sku: '3' });
      expect(found).toContainEqual({ text: 'Peanut Butter' });
      await index.apply(BUILD, [removed('1', 50)]);
      expect(await index.suggest('peanut butter', 1)).toEqual([{ text: 'Peanut Butter', sku: '2' }]);
    });

    it('are also categories and brands', async () => {
      expect(await texts('spr')).toEqual(['Spreads']);
      expect(await texts('nutw')).toEqual(['Nutwell']);
    });

    it.each([
      ['in a word', 'penut'],
      ['in the beginning of a word', 'paenu'],
      ['in accents', 'creme fra'],
    ])('forgive errors %s', async (_, words) => {
      expect(await texts(words)).not.toEqual([]);
    });

    it('are none for nothing, nonsense and what is gone', async () => {
      const { index } = subject();
      expect(await texts('')).toEqual([]);
      expect(await texts('  ""  ')).toEqual([]);
      expect(await texts('xyzzyq')).toEqual([]);
      await index.apply(BUILD, [removed('3', 60)]);
      expect(await texts('nutw')).toEqual([]);
      expect(await texts('peanut oil')).toEqual([]);
    });
  });
}
