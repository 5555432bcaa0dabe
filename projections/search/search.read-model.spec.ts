import type { CatalogEvent } from '../../domain/catalog/index.js';
import type { InventoryEvent } from '../../domain/inventory/index.js';
import { productsReadModel } from '../catalog/index.js';
import { MissingDocumentError, type AnyReadModel } from '../../infra/engine/projections/read-model.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { searchReadModel } from './search.read-model.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const created: CatalogEvent = {
  type: 'product.created.v1',
  data: {
    productId: 'p-1',
    name: 'Kettle Élégant',
    brand: 'Boil',
    categories: ['kitchen', 'kettles'],
    attributes: { colour: 'red' },
    variants: [{ sku: 'kettle', prices: [usd(1999)], taxClass: 'standard' }],
  },
};
const log = () => new EventLog<CatalogEvent | InventoryEvent>().append('product-kettle', created);
const product = (events: EventLog<CatalogEvent | InventoryEvent>) => fold(searchReadModel, events.events).get('kettle');

describe('a product as it is searched for', () => {
  it('is the product of the catalogue, sold out before anything was received', () => {
    const changed = log().append('variant-kettle', {
      type: 'variant.prices-changed.v1',
      data: { productId: 'p-1', sku: 'kettle', was: [usd(1999)], prices: [usd(2100)] },
    });
    const [document] = fold(productsReadModel, changed.events).values();
    const prices = [{ ...usd(2100), channel: null, country: null }];
    expect(product(changed)).toEqual({ ...document, inStock: false, price: usd(2100), prices });
    expect(document).toMatchObject({ pricing: { prices: [usd(2100)] }, version: 1 });
  });

  it('is in stock where it is a gift card, which has none', () => {
    const [facts] = created.data.variants;
    const card = { ...created, data: { ...created.data, variants: [{ ...facts, kind: 'gift-card' as const }] } };
    const events = new EventLog<CatalogEvent | InventoryEvent>().append('product-kettle', card as CatalogEvent);
    expect(product(events)).toMatchObject({ inStock: true, kind: 'gift-card' });
  });

  it('is in stock as long as an event leaves any, and keeps the version of the product', () => {
    const stocked = log();
    const append = (event: InventoryEvent) => product(stocked.append('inventory-kettle', event));
    const sku = 'kettle';
    const allocations = [
      { location: 'default', quantity: 2 },
      { location: 'north', quantity: 1 },
    ];
    const held = { sku, orderId: 'o-1', allocations };
    const expiresAt = '2026-11-05T13:00:00.000Z';
    const counted = (quantity: number, available: number): InventoryEvent => ({
      type: 'inventory.adjusted.v1',
      data: { sku, location: 'north', quantity, reason: 'broken', available },
    });
    const there = { inStock: true, version: 0 };
    const soldOut = { inStock: false, version: 0 };
    expect(
      append({ type: 'inventory.received.v1', data: { sku, location: 'north', quantity: 3, available: 3 } }),
    ).toMatchObject(there);
    expect(append({ type: 'inventory.reserved.v1', data: { ...held, expiresAt, available: 0 } })).toMatchObject(
      soldOut,
    );
    expect(append({ type: 'inventory.committed.v1', data: { ...held, shipmentId: 's-1' } })).toMatchObject(soldOut);
    expect(
      append({ type: 'inventory.released.v1', data: { ...held, reason: 'cancelled', available: 3 } }),
    ).toMatchObject(there);
    expect(append(counted(-3, 0))).toMatchObject(soldOut);
    expect(append(counted(1, 1))).toMatchObject(there);
  });

  it('is not touched by an event that leaves it in stock', () => {
    const { events } = log()
      .append('inventory-kettle', {
        type: 'inventory.received.v1',
        data: { sku: 'kettle', location: 'default', quantity: 9, available: 9 },
      })
      .append('inventory-kettle', {
        type: 'inventory.adjusted.v1',
        data: { sku: 'kettle', location: 'default', quantity: -8, reason: 'broken', available: 1 },
      });
    const { on }: AnyReadModel = searchReadModel;
    expect(events.map((event) => on[event.type]?.key(event))).toEqual([['kettle'], ['kettle'], []]);
  });

  it('refuses stock of a product that it has never seen', () => {
    const stray = new EventLog<InventoryEvent>().append('inventory-kettle', {
      type: 'inventory.received.v1',
      data: { sku: 'kettle', location: 'default', quantity: 1, available: 1 },
    });
    expect(() => fold(searchReadModel, stray.events)).toThrow(MissingDocumentError);
  });
});
