import fc from 'fast-check';
import { fold, given } from '../shared/test-support/index.js';
import { changedProduct, productAggregate, productDecider } from './index.js';
import type { ChangeProduct, CreateProduct, ProductEvent, VariantFacts } from './index.js';

const variant: VariantFacts = {
  sku: 'TEA-1',
  prices: [{ amount: 499, currency: 'USD' }],
  taxClass: 'standard',
};
const create: CreateProduct = {
  type: 'create-product',
  productId: 'p-1',
  name: 'Green tea',
  description: 'Loose leaves',
  categories: ['GROCERY', 'TEA'],
  attributes: { origin: 'Uji', weight: '100 g' },
  variants: [variant],
};
const { type: _, ...tea } = create;
const created: ProductEvent = { type: 'product.created.v1', data: tea };
const detailsChanged = (changes: Omit<ChangeProduct, 'type'>): ProductEvent => ({
  type: 'product.details-changed.v1',
  data: { productId: 'p-1', skus: ['TEA-1'], ...changes },
});

describe('creating a product', () => {
  it('lists it with all that was said', () => {
    given(productDecider).when(create).then(created);
  });

  it('tidies brand, categories and tax class, so that one value is counted as one', () => {
    const untidy = { ...create, brand: 'Cafe\u0301 ', categories: ['GROCERY', ' TEA', 'GROCERY'] };
    given(productDecider)
      .when(untidy)
      .then({ type: 'product.created.v1', data: { ...tea, brand: 'Café' } });
    const variants = [{ ...variant, taxClass: ' food ' }];
    given(productDecider)
      .when({ ...create, variants })
      .then({ type: 'product.created.v1', data: { ...tea, variants: [{ ...variant, taxClass: 'food' }] } });
  });

  it('is refused with a category that reports keep for what has none', () => {
    given(productDecider)
      .when({ ...create, categories: ['GROCERY', 'uncategorised '] })
      .refused('PRODUCT.CATEGORY_RESERVED');
  });

  it('is refused where it is there already', () => {
    given(productDecider).events(created).when(create).refused('PRODUCT.SKU_TAKEN');
  });
});

describe('changing details', () => {
  const listed = given(productDecider).events(created);

  it.each<[string, Omit<ChangeProduct, 'type'>]>([
    ['name', { name: 'Sencha' }],
    ['description', { description: 'Whole leaves' }],
    ['taken away description', { description: null }],
    ['first brand', { brand: 'Ito' }],
    ['categories', { categories: ['GROCERY'] }],
    ['order of categories', { categories: ['TEA', 'GROCERY'] }],
    ['attributes', { attributes: { origin: 'Uji' } }],
    ['names of attributes', { attributes: { origin: 'Uji', mass: '100 g' } }],
  ])('records a new %s', (_, changes) => {
    listed.when({ type: 'change-product', ...changes }).thenOnce(detailsChanged(changes));
  });

  it('records only the members that really change', () => {
    listed
      .when({ type: 'change-product', name: 'Green tea', description: 'Whole leaves', categories: ['GROCERY', 'TEA'] })
      .thenOnce(detailsChanged({ description: 'Whole leaves' }));
  });

  it.each<[string, Omit<ChangeProduct, 'type'>]>([
    ['nothing is given', {}],
    ['everything is as it is', { name: 'Green tea', description: 'Loose leaves', categories: ['GROCERY', 'TEA'] }],
    ['attributes differ in order only', { attributes: { weight: '100 g', origin: 'Uji' } }],
    ['what is to be taken away is not there', { brand: null }],
  ])('is satisfied when %s', (_, changes) => {
    listed.when({ type: 'change-product', ...changes }).then();
  });

  it('takes a brand away', () => {
    listed
      .events(detailsChanged({ brand: 'Ito' }))
      .when({ type: 'change-product', brand: null })
      .thenOnce(detailsChanged({ brand: null }));
  });

  it('is refused with a category that reports keep for what has none', () => {
    const categories = ['GROCERY', ' uncategorised'];
    listed.when({ type: 'change-product', categories }).refused('PRODUCT.CATEGORY_RESERVED');
  });

  it('is refused for a SKU that nobody created', () => {
    given(productDecider).when({ type: 'change-product', name: 'x' }).refused('PRODUCT.UNKNOWN_SKU');
    const state = given(productDecider)
      .events(detailsChanged({ name: 'x' }))
      .state();
    expect(state).toEqual({ status: 'none' });
  });
});

describe('the stream of a product', () => {
  it('is its id’s', () => {
    expect(productAggregate).toEqual({ category: 'product', decider: productDecider });
  });

  it('names every variant in a change, for those who list them', () => {
    const variants = [variant, { ...variant, sku: 'TEA-2' }];
    given(productDecider)
      .events({ type: 'product.created.v1', data: { ...tea, variants } })
      .when({ type: 'change-product', name: 'Sencha' })
      .thenOnce({
        type: 'product.details-changed.v1',
        data: { productId: 'p-1', skus: ['TEA-1', 'TEA-2'], name: 'Sencha' },
      });
  });
});

describe('details after a change', () => {
  const product = { name: 'Tea', description: 'd', brand: 'b', categories: [], attributes: {} };
  const change = { productId: 'p-1', skus: ['S'] };

  it('leave out what was taken away and keep what was not named', () => {
    expect(changedProduct(product, { ...change, description: null, brand: null })).toStrictEqual({
      name: 'Tea',
      categories: [],
      attributes: {},
    });
    expect(changedProduct(product, { ...change, description: 'e', brand: 'c' })).toStrictEqual({
      ...product,
      description: 'e',
      brand: 'c',
    });
    expect(changedProduct(product, { ...change, name: 'Coffee' })).toStrictEqual({ ...product, name: 'Coffee' });
  });

  it('are exactly the ones asked for, whatever went before, and asking again changes nothing', () => {
    const text = fc.constantFrom('a', 'b', 'c');
    const wish: fc.Arbitrary<Omit<ChangeProduct, 'type'>> = fc.record(
      {
        name: text,
        description: fc.option(text),
        brand: fc.option(text),
        categories: fc.uniqueArray(text, { maxLength: 2 }),
        attributes: fc.dictionary(text, text, { maxKeys: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 8 }), (wishes) => {
        const log: ProductEvent[] = [created];
        for (const changes of wishes) {
          const before = given(productDecider).events(...log);
          log.push(...before.when({ type: 'change-product', ...changes }).accepted());
          const after = fold(productDecider, log);
          given(productDecider)
            .events(...log)
            .when({ type: 'change-product', ...changes })
            .then();
          if (after.status === 'none') throw new Error('the product is gone');
          for (const [member, value] of Object.entries(changes)) {
            const key = member as keyof typeof changes;
            expect(after[key] ?? null).toEqual(value);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
