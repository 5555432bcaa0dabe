import fc from 'fast-check';
import { fold, given } from '../shared/test-support/index.js';
import { productAggregate, productDecider, productFacts, withDetails } from './index.js';
import type { CatalogEvent, ChangeDetails, CreateProduct } from './index.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const create: CreateProduct = {
  type: 'create-product',
  productId: 'p-1',
  sku: 'TEA-1',
  name: 'Green tea',
  description: 'Loose leaves',
  categories: ['GROCERY', 'TEA'],
  attributes: { origin: 'Uji', weight: '100 g' },
  taxClass: 'standard',
  price: usd(499),
};
const created: CatalogEvent = {
  type: 'product.created.v1',
  data: {
    productId: 'p-1',
    sku: 'TEA-1',
    name: 'Green tea',
    description: 'Loose leaves',
    categories: ['GROCERY', 'TEA'],
    attributes: { origin: 'Uji', weight: '100 g' },
    taxClass: 'standard',
    price: usd(499),
  },
};
const detailsChanged = (changes: Omit<ChangeDetails, 'type'>): CatalogEvent => ({
  type: 'product.details-changed.v1',
  data: { sku: 'TEA-1', ...changes },
});
const priceChanged = (was: number, price: number): CatalogEvent => ({
  type: 'product.price-changed.v1',
  data: { sku: 'TEA-1', was: usd(was), price: usd(price) },
});

describe('creating a product', () => {
  it('lists it with all that was said', () => {
    given(productDecider).when(create).then(created);
  });

  it('tidies brand and categories, so that one value is counted as one', () => {
    const untidy = { ...create, brand: 'Cafe\u0301 ', categories: ['GROCERY', ' TEA', 'GROCERY'] };
    given(productDecider)
      .when(untidy)
      .then({ ...created, data: { ...created.data, brand: 'Café' } });
  });

  it('is refused with a category that reports keep for what has none', () => {
    given(productDecider)
      .when({ ...create, categories: ['GROCERY', 'uncategorised '] })
      .refused('PRODUCT.CATEGORY_RESERVED');
  });

  it('is refused when the SKU is taken, also by the same product', () => {
    given(productDecider).events(created).when(create).refused('PRODUCT.SKU_TAKEN');
  });
});

describe('changing details', () => {
  const listed = given(productDecider).events(created);

  it.each<[string, Omit<ChangeDetails, 'type'>]>([
    ['name', { name: 'Sencha' }],
    ['description', { description: 'Whole leaves' }],
    ['taken away description', { description: null }],
    ['first brand', { brand: 'Ito' }],
    ['categories', { categories: ['GROCERY'] }],
    ['order of categories', { categories: ['TEA', 'GROCERY'] }],
    ['attributes', { attributes: { origin: 'Uji' } }],
    ['names of attributes', { attributes: { origin: 'Uji', mass: '100 g' } }],
  ])('records a new %s', (_, changes) => {
    listed.when({ type: 'change-details', ...changes }).thenOnce(detailsChanged(changes));
  });

  it('records only the members that really change', () => {
    listed
      .when({ type: 'change-details', name: 'Green tea', description: 'Whole leaves', categories: ['GROCERY', 'TEA'] })
      .thenOnce(detailsChanged({ description: 'Whole leaves' }));
  });

  it.each<[string, Omit<ChangeDetails, 'type'>]>([
    ['nothing is given', {}],
    ['everything is as it is', { name: 'Green tea', description: 'Loose leaves', categories: ['GROCERY', 'TEA'] }],
    ['attributes differ in order only', { attributes: { weight: '100 g', origin: 'Uji' } }],
    ['what is to be taken away is not there', { brand: null }],
  ])('is satisfied when %s', (_, changes) => {
    listed.when({ type: 'change-details', ...changes }).then();
  });

  it('takes a brand away', () => {
    listed
      .events(detailsChanged({ brand: 'Ito' }))
      .when({ type: 'change-details', brand: null })
      .thenOnce(detailsChanged({ brand: null }));
  });

  it('is refused for a SKU that nobody created', () => {
    given(productDecider).when({ type: 'change-details', name: 'x' }).refused('PRODUCT.UNKNOWN_SKU');
  });
});

describe('changing details and the price at once', () => {
  it('records what changed of both, and nothing that is so already', () => {
    const listed = given(productDecider).events(created);
    const both = { type: 'change-details', name: 'Sencha', price: usd(599) } as const;
    listed.when(both).thenOnce(detailsChanged({ name: 'Sencha' }), priceChanged(499, 599));
    listed.when({ type: 'change-details', price: usd(599) }).thenOnce(priceChanged(499, 599));
    listed.when({ type: 'change-details', price: usd(499) }).then();
  });
});

describe('changing the price', () => {
  it('records the old and the new one', () => {
    given(productDecider)
      .events(created)
      .when({ type: 'change-price', price: usd(599) })
      .thenOnce(priceChanged(499, 599));
  });

  it('may change the currency', () => {
    const price = { amount: 499, currency: 'EUR' };
    given(productDecider)
      .events(created)
      .when({ type: 'change-price', price })
      .thenOnce({ type: 'product.price-changed.v1', data: { sku: 'TEA-1', was: usd(499), price } });
  });

  it('is satisfied when it is the price already', () => {
    given(productDecider)
      .events(created, priceChanged(499, 599))
      .when({ type: 'change-price', price: usd(599) })
      .then();
  });

  it('is refused for a SKU that nobody created', () => {
    given(productDecider)
      .when({ type: 'change-price', price: usd(1) })
      .refused('PRODUCT.UNKNOWN_SKU');
  });
});

describe('the product that carts see', () => {
  it('is none before it was created', () => {
    expect(productFacts(given(productDecider).state())).toBeNull();
    expect(productFacts(given(productDecider).events(priceChanged(1, 2)).state())).toBeNull();
  });

  it('has today’s name, categories, tax class and price', () => {
    const changes = { name: 'Sencha', categories: ['TEA'], taxClass: 'food' };
    const state = given(productDecider).events(created, priceChanged(499, 450), detailsChanged(changes)).state();
    expect(productFacts(state)).toEqual({ sku: 'TEA-1', ...changes, price: usd(450) });
  });

  it('changes its tax class, tidied, where it is another one', () => {
    const product = given(productDecider).events(created);
    product.when({ type: 'change-details', taxClass: ' food ' }).thenOnce(detailsChanged({ taxClass: 'food' }));
    product.when({ type: 'change-details', taxClass: 'standard' }).then();
  });

  it('keeps its stream by SKU', () => {
    expect(productAggregate).toEqual({ category: 'product', decider: productDecider });
  });
});

describe('details after a change', () => {
  const product = { name: 'Tea', description: 'd', brand: 'b', categories: [], attributes: {}, taxClass: 'food' };

  it('leave out what was taken away and keep what was not named', () => {
    expect(withDetails(product, { sku: 'S', description: null, brand: null })).toStrictEqual({
      name: 'Tea',
      categories: [],
      attributes: {},
      taxClass: 'food',
    });
    expect(withDetails(product, { sku: 'S', description: 'e', brand: 'c' })).toStrictEqual({
      ...product,
      description: 'e',
      brand: 'c',
    });
    expect(withDetails(product, { sku: 'S', name: 'Coffee' })).toStrictEqual({ ...product, name: 'Coffee' });
  });

  it('are exactly the ones asked for, whatever went before, and asking again changes nothing', () => {
    const text = fc.constantFrom('a', 'b', 'c');
    const wish: fc.Arbitrary<Omit<ChangeDetails, 'type'>> = fc.record(
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
        const log: CatalogEvent[] = [created];
        for (const changes of wishes) {
          const before = given(productDecider).events(...log);
          log.push(...before.when({ type: 'change-details', ...changes }).accepted());
          const after = fold(productDecider, log);
          given(productDecider)
            .events(...log)
            .when({ type: 'change-details', ...changes })
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
