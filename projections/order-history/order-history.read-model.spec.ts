import type { InventoryEvent } from '../../domain/inventory/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { orderHistoryReadModel } from './order-history.read-model.js';

const allocations = [{ location: 'default', quantity: 1 }];
const received = (sku: string): InventoryEvent => ({
  type: 'inventory.received.v1',
  data: { sku, location: 'default', quantity: 9 },
});
const reserved = (sku: string, orderId: string): InventoryEvent => ({
  type: 'inventory.reserved.v1',
  data: { sku, orderId, allocations, expiresAt: '2026-11-05T13:00:00.000Z' },
});
const firm = (sku: string, orderId: string): InventoryEvent => ({
  type: 'inventory.hold-made-firm.v1',
  data: { sku, orderId },
});
const released = (sku: string, orderId: string): InventoryEvent => ({
  type: 'inventory.released.v1',
  data: { sku, orderId, allocations, reason: 'PAYMENT.DECLINED' },
});
const committed = (sku: string, orderId: string): InventoryEvent => ({
  type: 'inventory.committed.v1',
  data: { sku, orderId, shipmentId: 's', allocations },
});

describe('the index of an order’s stock events', () => {
  it('finds every event of each order in the streams that orders share', () => {
    const log = new EventLog<InventoryEvent>();
    for (const event of [received('tea'), reserved('tea', '1'), reserved('tea', '2'), firm('tea', '1')]) {
      log.append('inventory-tea', event);
    }
    for (const event of [received('pot'), reserved('pot', '1'), released('pot', '1')]) {
      log.append('inventory-pot', event);
    }
    log.append('inventory-tea', committed('tea', '1'));
    expect(Object.fromEntries(fold(orderHistoryReadModel, log.events))).toEqual({
      '1': { orderId: '1', stock: { tea: [1, 3, 4], pot: [1, 2] } },
      '2': { orderId: '2', stock: { tea: [2] } },
    });
  });

  it('knows no order where nothing was held', () => {
    const { events } = new EventLog<InventoryEvent>().append('inventory-tea', received('tea'));
    expect(fold(orderHistoryReadModel, events).size).toBe(0);
  });
});
