import type { CatalogEvent, VariantFacts } from '../../domain/catalog/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { productsReadModel } from './products.read-model.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const variant: VariantFacts = {
  sku: 'kettle',
  prices: [usd(1999)],
  taxClass: 'standard',
};
const details = {
  productId: 'p-1',
  name: 'Kettle Élégant',
  brand: 'Boil',
  categories: ['kitchen', 'kettles'],
  attributes: { colour: 'red' },
};
const created: CatalogEvent = { type: 'product.created.v1', data: { ...details, variants: [variant] } };
const log = () => new EventLog<CatalogEvent>().append('product-p-1', created);
const product = (events: EventLog<CatalogEvent>) => fold(productsReadModel, events.events).get('kettle');

describe('the products read model', () => {
  it('shows a new product', () => {
    expect(product(log())).toEqual({
      ...details,
      sku: 'kettle',
      taxClass: 'standard',
      pricing: { prices: [usd(1999)] },
      createdAt: '2026-11-05T12:00:01.000Z',
      version: 0,
    });
  });

  it('changes the members that an event names, and takes away those that it sets to null', () => {
    const changed = product(
      log()
        .append('product-p-1', {
          type: 'product.details-changed.v1',
          data: {
            productId: 'p-1',
            skus: ['kettle'],
            name: 'Pot',
            brand: null,
            description: 'Boils',
            categories: ['pots'],
          },
        })
        .append('variant-kettle', {
          type: 'variant.details-changed.v1',
          data: { productId: 'p-1', sku: 'kettle', taxClass: 'pots' },
        })
        .append('variant-kettle', {
          type: 'variant.prices-changed.v1',
          data: { productId: 'p-1', sku: 'kettle', was: [usd(1999)], prices: [usd(2100)] },
        }),
    );
    expect(changed).toMatchObject({
      name: 'Pot',
      description: 'Boils',
      categories: ['pots'],
      attributes: { colour: 'red' },
      taxClass: 'pots',
      pricing: { prices: [usd(2100)] },
      version: 3,
    });
    expect(changed).not.toHaveProperty('brand');
  });

  it('shows each variant with what all share, and changes that for all of them', () => {
    const blue = { ...variant, sku: 'kettle-blue', prices: [usd(2500), { amount: 2400, currency: 'EUR' }] as const };
    const both = new EventLog<CatalogEvent>()
      .append('product-p-1', { type: 'product.created.v1', data: { ...details, variants: [variant, blue] } })
      .append('product-p-1', {
        type: 'product.details-changed.v1',
        data: { productId: 'p-1', skus: ['kettle', 'kettle-blue'], name: 'Pot' },
      })
      .append('variant-kettle-blue', {
        type: 'variant.details-changed.v1',
        data: { productId: 'p-1', sku: 'kettle-blue', taxClass: 'pots' },
      });
    const shown = fold(productsReadModel, both.events);
    expect(shown.get('kettle')).toMatchObject({
      name: 'Pot',
      pricing: { prices: [usd(1999)] },
      taxClass: 'standard',
      version: 1,
    });
    expect(shown.get('kettle-blue')).toMatchObject({
      name: 'Pot',
      pricing: { prices: blue.prices },
      taxClass: 'pots',
      version: 2,
    });
  });
});
