import type { ListedProduct, SoldVariant } from '../../domain/catalog/index.js';
import { factsOf } from './product-facts.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('what carts see', () => {
  const product: ListedProduct = {
    status: 'listed',
    productId: 'p-1',
    name: 'Green tea',
    categories: ['TEA'],
    attributes: {},
    skus: ['TEA-1'],
  };
  const variant: SoldVariant = {
    status: 'sold',
    productId: 'p-1',
    sku: 'TEA-1',
    prices: [usd(499)],
    taxClass: 'standard',
  };

  it('is what the variant is sold at, with the name and categories of its product', () => {
    expect(factsOf(product, variant)).toStrictEqual({
      sku: 'TEA-1',
      name: 'Green tea',
      categories: ['TEA'],
      taxClass: 'standard',
      prices: [usd(499)],
    });
  });

  const size = { code: 'size', name: 'Size', values: [{ code: 's', name: 'Small' }] };
  const leaf = {
    code: 'leaf',
    name: 'Leaf',
    values: [
      { code: 'whole', name: 'Whole' },
      { code: 'cut', name: 'Cut' },
    ],
  };

  it('names what tells the variant from others, in the order of the product', () => {
    const chosen = { ...variant, options: { leaf: 'cut', size: 's' } };
    expect(factsOf({ ...product, options: [size, leaf] }, chosen).options).toEqual([
      { code: 'size', name: 'Size', value: { code: 's', name: 'Small' } },
      { code: 'leaf', name: 'Leaf', value: { code: 'cut', name: 'Cut' } },
    ]);
  });

  it('names no option that the variant has no value of', () => {
    const options = [size, leaf];
    expect(
      factsOf({ ...product, options }, { ...variant, options: { size: 's', leaf: 'whole' } }).options,
    ).toHaveLength(2);
    expect(factsOf({ ...product, options }, { ...variant, options: { leaf: 'ground' } })).not.toHaveProperty('options');
    expect(factsOf({ ...product, options }, variant)).not.toHaveProperty('options');
  });
});
