import type { Schema } from '../../../shared/api/index.js';
import { factsDraft, NO_PRODUCT, readFacts, readNewProduct } from './product-draft.js';

const product: Schema<'Product'> = {
  productId: 'p',
  sku: 'TEA-1',
  name: 'Green tea',
  description: 'First flush.\nFrom the hillside.',
  brand: 'Hillside',
  categories: ['Groceries', 'Tea, green'],
  attributes: { packageSize: '100 g', 'a/b': '~' },
  taxClass: 'food',
  price: { amount: 499, currency: 'EUR' },
  available: 1,
  createdAt: '2026-03-01T09:30:00.000Z',
  version: 3,
};

describe('a product that is typed', () => {
  it('is the one that it was made of where nothing was typed', () => {
    const { name, description, brand, categories, attributes, taxClass } = product;
    const facts = { name, description, brand, categories, attributes, taxClass };
    expect(readFacts(factsDraft(product))).toEqual({ body: facts, misfits: [] });
  });

  it('has no description and no brand where these are emptied, and is taxed as standard without a class', () => {
    const draft = { ...factsDraft(product), description: ' ', brand: '', taxClass: '' };
    const { body } = readFacts(draft);
    expect([Object.keys(body), body.taxClass]).toEqual([['name', 'categories', 'attributes', 'taxClass'], 'standard']);
  });

  it('that is new has a price in the minor units of its currency, and is goods unless it is a gift card', () => {
    const draft = { ...NO_PRODUCT, sku: ' TEA-1 ', name: 'Tea', price: { amount: '500', currency: 'jpy' } };
    expect(readNewProduct(draft).body).toEqual({
      sku: 'TEA-1',
      name: 'Tea',
      categories: [],
      attributes: {},
      taxClass: 'standard',
      kind: 'physical',
      price: { amount: 500, currency: 'JPY' },
    });
    expect(readNewProduct({ ...draft, kind: 'gift-card' }).body.kind).toBe('gift-card');
    expect(readNewProduct(NO_PRODUCT).misfits.map(({ path }) => path)).toEqual(['price.amount']);
  });
});
