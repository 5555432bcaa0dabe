import type { InventoryEvent } from '../../domain/inventory/index.js';
import type { JsonObject } from '../../domain/shared/index.js';
import type { AnyReadModel } from '../../infra/engine/projections/read-model.js';
import { openRunnerBench, ScriptedLog, type RunnerBench } from '../../infra/engine/projections/test-support/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { orderHistoryReadModel } from './order-history.read-model.js';

const allocations = [{ location: 'default', quantity: 1 }];
/** Neither read nor kept by this model. */
const available = 1;
const received = (sku: string): InventoryEvent => ({
  type: 'inventory.received.v1',
  data: { sku, location: 'default', quantity: 9, available },
});
const reserved = (sku: string, orderId: string): InventoryEvent => ({
  type: 'inventory.reserved.v1',
  data: { sku, orderId, allocations, expiresAt: '2026-11-05T13:00:00.000Z', available },
});
const released = (sku: string, orderId: string): InventoryEvent => ({
  type: 'inventory.released.v1',
  data: { sku, orderId, allocations, reason: 'PAYMENT.DECLINED', available },
});
const committed = (sku: string, orderId: string): InventoryEvent => ({
  type: 'inventory.committed.v1',
  data: { sku, orderId, shipmentId: 's', allocations },
});

describe('the index of an order’s stock events', () => {
  it('finds every event of each order in the streams that orders share', () => {
    const log = new EventLog<InventoryEvent>();
    for (const event of [received('tea'), reserved('tea', '1'), reserved('tea', '2')]) {
      log.append('inventory-tea', event);
    }
    for (const event of [received('pot'), reserved('pot', '1'), released('pot', '1')]) {
      log.append('inventory-pot', event);
    }
    log.append('inventory-tea', committed('tea', '1'));
    expect(Object.fromEntries(fold(orderHistoryReadModel, log.events))).toEqual({
      '1': { orderId: '1', stock: { tea: [1, 3], pot: [1, 2] } },
      '2': { orderId: '2', stock: { tea: [2] } },
    });
  });

  it('knows no order where nothing was held', () => {
    const { events } = new EventLog<InventoryEvent>().append('inventory-tea', received('tea'));
    expect(fold(orderHistoryReadModel, events).size).toBe(0);
  });
});

describe('an order whose SKU has the name of an inherited member', () => {
  let bench: RunnerBench;
  beforeEach(async () => (bench = await openRunnerBench()));
  afterEach(() => bench.close());

  it('that an earlier build parked is mended by a retry', async () => {
    const eventStore = new ScriptedLog();
    const told = [received('constructor'), reserved('constructor', '1'), committed('constructor', '1')];
    eventStore.add(
      ...told.map((event) => ({ stream: 'inventory-constructor', type: event.type, data: event.data as JsonObject })),
    );
    const fail = (): never => {
      throw new TypeError('history.stock[data.sku].push is not a function');
    };
    const on = Object.fromEntries(
      Object.entries(orderHistoryReadModel.on).map(([type, rule]) => [type, { ...rule, evolve: fail }]),
    );
    const earlier = await bench.run({ eventStore, models: [{ ...orderHistoryReadModel, on } as AnyReadModel] });
    await earlier.caughtUp();
    expect(await earlier.progress.status()).toMatchObject([{ parked: 1 }]);
    await earlier.close();
    const runner = await bench.run({ eventStore, models: [orderHistoryReadModel] });
    await runner.caughtUp();
    expect(await runner.retry('order-history', '1')).toEqual({ outcome: 'lifted', events: 2 });
    expect(await bench.documents('order-history')).toEqual({ '1': { orderId: '1', stock: { constructor: [1, 2] } } });
    expect(await runner.progress.status()).toMatchObject([{ parked: 0 }]);
  });
});
