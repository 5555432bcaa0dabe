import { randomUUID } from 'node:crypto';
import type { Repair } from '../../domain/order/index.js';
import { createSagaStandings } from '../../infra/engine/sagas/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { sagas } from '../index.js';
import { Fuse } from '../test-support/fuse.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
let process: RunningSagas;
beforeEach(async () => {
  shop = await Shop.open();
  process = await shop.start();
});
afterEach(async () => {
  await process.runner.close();
  await shop.close();
});

const createdAt = '2026-11-02T09:00:00.000Z';
const deliveredAt = '2026-11-02T10:00:00.000Z';
const moneyMoved = (orderId: string): readonly string[] => shop.provider.movedFor(paymentIdOf(orderId));

/** Asks as the command API does, by how the process stands. */
async function ask(orderId: string, repair: Repair, name: string, id = orderId): Promise<void> {
  const known = await createSagaStandings(sagas, shop.store).of(name, id);
  const { version = 0, mayRetry = true, mayCompensate = true } = known ?? {};
  const standing = { isDone: known?.state === 'done', mayRetry, mayCompensate };
  const money = name === 'refund' && repair === 'retry' ? { money: await shop.captured(orderId) } : {};
  const what = { repair, process: name, processId: id, version, standing, reason: 'seen to it', ...money };
  await shop.order(orderId, { type: 'request-repair', ...what });
}

async function ordered(token: string, orderId = randomUUID()): Promise<string> {
  await shop.receive('TEA', 2);
  await shop.checkOut([{ sku: 'TEA', quantity: 2 }], token, { orderId });
  await shop.atRest(process);
  return orderId;
}

async function stuck(): Promise<string> {
  const orderId = await ordered('tok_no_capture');
  await shop.order(orderId, { type: 'create-shipment', createdAt });
  await shop.atRest(process);
  for (const seconds of [5, 30, 120]) {
    shop.clock.advance(seconds * 1000);
    await shop.atRest(process);
  }
  return orderId;
}

async function deliver(orderId: string): Promise<void> {
  const shipmentId = `${orderId}.1`;
  await shop.order(orderId, { type: 'deliver-shipment', shipmentId, deliveredAt, now: deliveredAt });
  await shop.atRest(process);
}

describe('a fulfilment whose money was refused for good', () => {
  it('captures once a person has it tried again, whoever else asks meanwhile', async () => {
    const orderId = await stuck();
    shop.provider.relents = true;
    await Promise.all([ask(orderId, 'retry', 'fulfilment'), ask(orderId, 'retry', 'fulfilment')]);
    await shop.atRest(process);
    expect(moneyMoved(orderId)).toEqual(['authorize', 'capture']);
    const types = await shop.typesOfOrder(orderId);
    expect(types.filter((type) => type === 'process-retry-requested')).toHaveLength(1);
    expect(types.at(-1)).toBe('attention-resolved');
    await deliver(orderId);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('completed');
  });

  it('stays stuck where the provider refuses again, and may be tried once more', async () => {
    const orderId = await stuck();
    for (const calls of [5, 6]) {
      await ask(orderId, 'retry', 'fulfilment');
      await shop.atRest(process);
      expect(shop.provider.calls.filter((call) => call.startsWith('capture'))).toHaveLength(calls);
      expect(await createSagaStandings(sagas, shop.store).of('fulfilment', orderId)).toMatchObject({ state: 'stuck' });
    }
  });

  it('lets the money go where a person brings it to its failing end, and goes on to its end without', async () => {
    const orderId = await stuck();
    await ask(orderId, 'compensate', 'fulfilment');
    await shop.atRest(process);
    expect(moneyMoved(orderId)).toEqual(['authorize', 'void']);
    await deliver(orderId);
    expect((await shop.typesOfOrder(orderId)).slice(-3)).toEqual([
      'attention-resolved',
      'shipment-delivered',
      'completed',
    ]);
    await expect(ask(orderId, 'compensate', 'fulfilment')).rejects.toThrow('SAGA.DONE');
  });

  it('is tried at once while it waits for its next try', async () => {
    const orderId = await ordered('tok_no_capture');
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    shop.provider.relents = true;
    await ask(orderId, 'retry', 'fulfilment');
    await shop.atRest(process);
    expect(moneyMoved(orderId)).toEqual(['authorize', 'capture']);
  });
});

describe('a fulfilment under way', () => {
  it('cancels what is open where a person brings it to its failing end', async () => {
    await shop.receive('TEA', 2);
    const orderId = await shop.checkOut([{ sku: 'TEA', quantity: 2 }]);
    await shop.atRest(process);
    const lines = [{ sku: 'TEA', quantity: 1 }];
    await shop.order(orderId, { type: 'create-shipment', createdAt, lines });
    await shop.atRest(process);
    await expect(ask(orderId, 'retry', 'fulfilment')).rejects.toThrow('SAGA.NOTHING_TO_RETRY');
    await ask(orderId, 'compensate', 'fulfilment');
    await shop.atRest(process);
    expect(await shop.stockOf('TEA')).toEqual({ onHand: 1, reserved: 0 });
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('cancelled');
    await expect(ask(orderId, 'compensate', 'fulfilment')).rejects.toThrow('SAGA.NOT_COMPENSABLE');
  });
});

describe('a checkout', () => {
  it('ends rejected where a person brings it to its failing end, with all undone', async () => {
    const orderId = await ordered('tok_silent');
    await ask(orderId, 'compensate', 'checkout');
    await shop.atRest(process);
    expect(await shop.stockOf('TEA')).toEqual({ onHand: 2, reserved: 0 });
    const last = (await shop.events(`order-${orderId}`)).at(-1);
    expect(last).toMatchObject({ type: 'order.rejected.v1', data: { code: 'CHECKOUT.STOPPED' } });
    expect((await shop.typesOfCart(orderId)).at(-1)).toBe('reopened');
    await expect(ask(orderId, 'compensate', 'checkout')).rejects.toThrow('SAGA.NOT_COMPENSABLE');
  });

  it('asks the provider again at once where a person has it tried', async () => {
    const orderId = await ordered('tok_slow');
    const asked = () => shop.provider.calls.length;
    const before = asked();
    await ask(orderId, 'retry', 'checkout');
    await shop.atRest(process);
    expect(asked()).toBe(before + 1);
    await ask(orderId, 'retry', 'checkout');
    await shop.atRest(process);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('confirmed');
  });
});

describe('a refund that was refused', () => {
  async function refused(): Promise<string> {
    const orderId = await ordered('tok_no_refund');
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    const captured = await shop.captured(orderId);
    await shop.order(orderId, { type: 'request-refund', refundId: 'r1', reason: 'bruised', ...captured });
    await shop.atRest(process);
    return orderId;
  }

  it('is paid once a person has it tried again', async () => {
    const orderId = await refused();
    shop.provider.relents = true;
    await ask(orderId, 'retry', 'refund', 'r1');
    await shop.atRest(process);
    expect(moneyMoved(orderId)).toEqual(['authorize', 'capture', 'refund']);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('attention-resolved');
  });

  it('is given up where a person brings it to its failing end', async () => {
    const orderId = await refused();
    await ask(orderId, 'compensate', 'refund', 'r1');
    await shop.atRest(process);
    expect(moneyMoved(orderId)).toEqual(['authorize', 'capture']);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('attention-resolved');
    expect(await createSagaStandings(sagas, shop.store).of('refund', 'r1')).toMatchObject({ state: 'done' });
  });
});

describe('a repair in a process that loses its power', () => {
  const kinds: readonly (readonly [Repair, readonly string[]])[] = [
    ['retry', ['authorize', 'capture']],
    ['compensate', ['authorize', 'void']],
  ];
  it.each(kinds)('is carried out once by the next process: %s, whenever that is', async (repair, moved) => {
    for (let limit = 1, blown = true; blown; limit += 1) {
      shop.provider.relents = false;
      const orderId = await stuck();
      shop.provider.relents = true;
      await process.runner.close();
      process = await shop.start({ fuse: new Fuse(limit) });
      await ask(orderId, repair, 'fulfilment');
      await shop.atRest(process);
      ({ blown } = process.fuse);
      // Power may go in the last moment.
      if (!blown) await Promise.race([process.runner.close(), process.fuse.whenBlown]);
      await process.fuse.release();
      process = await shop.start();
      await shop.atRest(process);
      expect([limit, moneyMoved(orderId)]).toEqual([limit, moved]);
      expect([limit, (await shop.typesOfOrder(orderId)).at(-1)]).toEqual([limit, 'attention-resolved']);
    }
  });
});
