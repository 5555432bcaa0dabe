import fc from 'fast-check';
import type { Allocation, InventoryEvent } from '../../domain/inventory/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { stockReadModel, type StockDocument } from './stock.read-model.js';

const SKU = 'kettle';
/** Neither read nor kept by this model. */
const available = 1;

const stockOf = (events: readonly InventoryEvent[]): StockDocument | undefined => {
  const log = new EventLog<InventoryEvent>();
  for (const event of events) log.append(`inventory-${SKU}`, event);
  const document: unknown = fold(stockReadModel, log.events).get(SKU);
  return document as StockDocument | undefined;
};

const received = (location: string, quantity: number): InventoryEvent => ({
  type: 'inventory.received.v1',
  data: { sku: SKU, location, quantity, available },
});
const adjusted = (location: string, quantity: number): InventoryEvent => ({
  type: 'inventory.adjusted.v1',
  data: { sku: SKU, location, quantity, reason: 'count', available },
});
const reserved = (allocations: readonly Allocation[]): InventoryEvent => ({
  type: 'inventory.reserved.v1',
  data: { sku: SKU, orderId: 'o-1', allocations, expiresAt: '2026-11-05T13:00:00.000Z', available },
});
const released = (allocations: readonly Allocation[]): InventoryEvent => ({
  type: 'inventory.released.v1',
  data: { sku: SKU, orderId: 'o-1', allocations, reason: 'cancelled', available },
});
const committed = (allocations: readonly Allocation[]): InventoryEvent => ({
  type: 'inventory.committed.v1',
  data: { sku: SKU, orderId: 'o-1', shipmentId: 's-1', allocations },
});
const closed: InventoryEvent = {
  type: 'inventory.reservation-closed.v1',
  data: { sku: SKU, orderId: 'o-2', expiresAt: '2026-11-05T13:00:00.000Z' },
};

describe('the stock read model', () => {
  it('counts receipts, adjustments, holds and shipments in their locations, as of its last revision', () => {
    const stock = stockOf([
      received('north', 5),
      received('default', 6),
      adjusted('north', -1),
      reserved([
        { location: 'default', quantity: 3 },
        { location: 'north', quantity: 1 },
      ]),
      committed([{ location: 'default', quantity: 2 }]),
      released([
        { location: 'default', quantity: 1 },
        { location: 'north', quantity: 1 },
      ]),
    ]);
    expect(stock).toEqual({
      sku: SKU,
      version: 5,
      onHand: 8,
      reserved: 0,
      available: 8,
      locations: [
        { location: 'default', onHand: 4, reserved: 0, available: 4 },
        { location: 'north', onHand: 4, reserved: 0, available: 4 },
      ],
    });
  });

  it('follows the revision over an order that was given nothing, and counts nothing for it', () => {
    const before = stockOf([received('north', 5)]);
    expect(stockOf([received('north', 5), closed])).toEqual({ ...before, version: 1 });
    expect(stockOf([closed])).toMatchObject({ version: 0, onHand: 0, available: 0, locations: [] });
  });

  it('does not grow with the holds that are open', () => {
    const hold = reserved([{ location: 'default', quantity: 1 }]);
    const few = JSON.stringify(stockOf([received('default', 999), hold]));
    const many = JSON.stringify(stockOf([received('default', 999), ...Array.from({ length: 500 }, () => hold)]));
    expect(many.length - few.length).toBeLessThan(10);
  });

  it('adds up: the locations make the whole, and available is what is on hand and not reserved', () => {
    const location = fc.constantFrom('default', 'north', 'south');
    const quantity = fc.integer({ min: 1, max: 99 });
    const allocations = fc.uniqueArray(fc.record({ location, quantity }), {
      minLength: 1,
      maxLength: 3,
      selector: (one) => one.location,
    });
    const event = fc.oneof(
      fc.tuple(location, quantity).map(([at, units]) => received(at, units)),
      fc.tuple(location, fc.integer({ min: -99, max: 99 })).map(([at, units]) => adjusted(at, units)),
      allocations.map(reserved),
      allocations.map(released),
      allocations.map(committed),
    );
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
        const stock = stockOf(events);
        if (stock === undefined) throw new Error('no stock');
        const sum = { onHand: 0, reserved: 0, available: 0 };
        for (const one of stock.locations) {
          sum.onHand += one.onHand;
          sum.reserved += one.reserved;
          sum.available += one.available;
          expect(one.available).toBe(one.onHand - one.reserved);
        }
        expect(sum).toEqual({ onHand: stock.onHand, reserved: stock.reserved, available: stock.available });
      }),
    );
  });
});
