import type { CatalogEvent } from '../../domain/catalog/index.js';
import type { InventoryEvent } from '../../domain/inventory/index.js';
import { MissingDocumentError } from '../shared/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { productsReadModel } from './products.read-model.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const created: CatalogEvent = {
  type: 'product.created.v1',
  data: {
    productId: 'p-1',
    sku: 'kettle',
    name: 'Kettle Élégant',
    brand: 'Boil',
    categories: ['kitchen', 'kettles'],
    attributes: { colour: 'red' },
    taxClass: 'standard',
    price: usd(1999),
  },
};
const log = () => new EventLog<CatalogEvent | InventoryEvent>().append('product-kettle', created);
const product = (events: EventLog<CatalogEvent | InventoryEvent>) =>
  fold(productsReadModel, events.events).get('kettle');

describe('the products read model', () => {
  it('shows a new product with nothing available', () => {
    expect(product(log())).toEqual({
      ...created.data,
      available: 0,
      createdAt: '2026-11-05T12:00:01.000Z',
      version: 0,
    });
  });

  it('changes the members that an event names, and takes away those that it sets to null', () => {
    const changed = product(
      log()
        .append('product-kettle', {
          type: 'product.details-changed.v1',
          data: {
            sku: 'kettle',
            name: 'Pot',
            brand: null,
            description: 'Boils',
            categories: ['pots'],
            taxClass: 'pots',
          },
        })
        .append('product-kettle', {
          type: 'product.price-changed.v1',
          data: { sku: 'kettle', was: usd(1999), price: usd(2100) },
        }),
    );
    expect(changed).toMatchObject({
      name: 'Pot',
      description: 'Boils',
      categories: ['pots'],
      attributes: { colour: 'red' },
      taxClass: 'pots',
      price: usd(2100),
      version: 2,
    });
    expect(changed).not.toHaveProperty('brand');
  });

  it('has available what is on hand and not reserved, and keeps the version of the product', () => {
    const allocations = [
      { location: 'default', quantity: 2 },
      { location: 'north', quantity: 1 },
    ];
    const stocked = log()
      .append('inventory-kettle', {
        type: 'inventory.received.v1',
        data: { sku: 'kettle', location: 'default', quantity: 10 },
      })
      .append('inventory-kettle', {
        type: 'inventory.adjusted.v1',
        data: { sku: 'kettle', location: 'default', quantity: -1, reason: 'broken' },
      })
      .append('inventory-kettle', {
        type: 'inventory.reserved.v1',
        data: { sku: 'kettle', orderId: 'o-1', allocations, expiresAt: '2026-11-05T13:00:00.000Z' },
      });
    expect(product(stocked)).toMatchObject({ available: 6, version: 0 });
    stocked.append('inventory-kettle', {
      type: 'inventory.committed.v1',
      data: { sku: 'kettle', orderId: 'o-1', shipmentId: 's-1', allocations: allocations.slice(0, 1) },
    });
    expect(product(stocked)).toMatchObject({ available: 6 });
    stocked.append('inventory-kettle', {
      type: 'inventory.released.v1',
      data: { sku: 'kettle', orderId: 'o-1', allocations: allocations.slice(1), reason: 'cancelled' },
    });
    expect(product(stocked)).toMatchObject({ available: 7 });
  });

  it('refuses stock of a product that it has never seen', () => {
    const stray = new EventLog<InventoryEvent>().append('inventory-kettle', {
      type: 'inventory.received.v1',
      data: { sku: 'kettle', location: 'default', quantity: 1 },
    });
    expect(() => fold(productsReadModel, stray.events)).toThrow(MissingDocumentError);
  });
});
