import { begins, Driven, event, YES } from '../test-support/drive.js';
import { fulfilmentSaga, type FulfilmentState } from './fulfilment.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const AT = '2026-11-02T10:00:00.000Z';
const usd = (amount: number) => ({ amount, currency: 'USD' });

const line = (sku: string, quantity: number) => ({ lineId: sku, sku, quantity });
const shipped = (shipmentId: string, complete: boolean, others: { carrier?: string; trackingNumber?: string } = {}) =>
  event('order.shipment-created.v1', {
    orderId: ORDER,
    shipmentId,
    lines: [line('TEA', 2), line('MUG', 1)],
    complete,
    ...others,
  });
const delivered = (shipmentId: string) =>
  event('order.shipment-delivered.v1', { orderId: ORDER, shipmentId, deliveredAt: AT });
const cancelled = (remaining: number, ...skus: readonly string[]) =>
  event('order.cancellation-requested.v1', {
    orderId: ORDER,
    confirmed: true,
    lines: skus.map((sku) => line(sku, 1)),
    remaining: usd(remaining),
  });

const fulfilment = () => new Driven<FulfilmentState>(fulfilmentSaga);
const commandOf = ({ sent }: Driven<FulfilmentState>, wanted: string) => sent.find(({ key }) => key === wanted);
const COMMITS = ['commit:1:TEA', 'commit:1:MUG'];

describe('a parcel', () => {
  it('is booked with its lines, and by whom the shop has said', () => {
    const lines = [line('TEA', 2), line('MUG', 1)].map(({ sku, quantity }) => ({ sku, quantity }));
    const booked = { type: 'book', orderId: ORDER, lines };
    const said = { carrier: 'Bike', trackingNumber: 'B-7' };
    expect(commandOf(fulfilment().happens(shipped('1', true)), 'book:1')?.command).toEqual(booked);
    expect(commandOf(fulfilment().happens(shipped('1', true, said)), 'book:1')?.command).toEqual({
      ...booked,
      ...said,
    });
  });

  it('takes its units out of the stock of each SKU', () => {
    const saga = fulfilment().happens(shipped('1', true));
    expect(commandOf(saga, 'commit:1:TEA')).toMatchObject({
      target: 'inventory',
      id: 'TEA',
      command: { type: 'commit-stock', sku: 'TEA', orderId: ORDER, shipmentId: '1', quantity: 2 },
    });
    expect(commandOf(saga, 'commit:1:MUG')).toMatchObject({ id: 'MUG', command: { quantity: 1 } });
  });

  it('is recorded as delivered when it was, once', () => {
    const saga = fulfilment().happens(shipped('1', false)).answered(YES, 'book:1').happens(delivered('1'));
    expect(commandOf(saga, 'deliver:1')).toMatchObject({
      target: 'shipment',
      id: '1',
      command: { type: 'record-delivery', deliveredAt: AT },
    });
    saga.happens(delivered('1')).answered(YES, 'book:1', 'deliver:1').happens(delivered('1'));
    expect(saga.keys.filter((key) => key === 'deliver:1')).toHaveLength(1);
  });

  it('that is not known is not delivered', () => {
    const saga = fulfilment().happens(shipped('1', false)).answered(YES, 'book:1').happens(delivered('2'));
    expect(saga.keys).toEqual(['book:1', ...COMMITS]);
  });
});

describe('an order of several parcels', () => {
  const both = () =>
    fulfilment()
      .happens(shipped('1', false))
      .happens(shipped('2', true))
      .answered(YES, 'book:1', 'book:2', ...COMMITS);

  it('takes the money when the units of all of them are committed', () => {
    const saga = both().answered(YES, 'commit:2:TEA');
    expect(saga.keys).not.toContain('money');
    saga.answered(YES, 'commit:2:MUG');
    expect(commandOf(saga, 'money')?.command).toEqual({ type: 'capture', orderId: ORDER });
  });

  it('is complete when the last of them is delivered', () => {
    const saga = both().answered(YES, 'commit:2:TEA', 'commit:2:MUG', 'money');
    saga.happens(delivered('2')).answered(YES, 'deliver:2');
    expect(saga.keys).not.toContain('complete-order');
    saga.happens(delivered('1')).answered(YES, 'deliver:1');
    expect(saga.keys.filter((key) => key === 'complete-order')).toHaveLength(1);
    expect(saga.sent.at(-1)).toMatchObject({ target: 'order', id: ORDER, command: { type: 'complete-order' } });
  });

  it('is not held up by a reply that it does not wait for', () => {
    const saga = fulfilment().happens(shipped('1', true)).answered(YES, 'commit:2:TEA', 'release:TEA', 'withdraw-flag');
    expect([saga.keys, saga.done]).toEqual([['book:1', ...COMMITS], false]);
    expect(saga.answered(YES, 'complete-order').done).toBe(false);
  });
});

describe('the cancellation of what has not shipped', () => {
  it('lets each SKU go once, however many of its lines are open', () => {
    const saga = fulfilment().happens(cancelled(0, 'TEA', 'MUG', 'TEA'));
    expect(saga.keys).toEqual(['release:TEA', 'release:MUG', 'money']);
    expect(saga.sent[0]).toMatchObject({
      target: 'inventory',
      id: 'TEA',
      command: { type: 'release-stock', sku: 'TEA', orderId: ORDER, reason: 'ORDER.CANCELLED' },
    });
    expect(saga.sent[2]?.command).toEqual({ type: 'void', orderId: ORDER, reason: 'ORDER.CANCELLED' });
  });

  it('is asked for once, and not after the last line has shipped', () => {
    const twice = fulfilment().happens(cancelled(0, 'TEA')).happens(cancelled(0, 'TEA'));
    expect(twice.keys).toEqual(['release:TEA', 'money']);
    const late = fulfilment()
      .happens(shipped('1', true))
      .happens(cancelled(0, 'TEA'))
      .answered(YES, ...COMMITS);
    expect(commandOf(late, 'money')?.command).toEqual({ type: 'capture', orderId: ORDER });
  });

  it('leaves an order that has shipped in part to be completed by its deliveries', () => {
    const saga = fulfilment()
      .happens(shipped('1', false))
      .happens(cancelled(700, 'POT'))
      .answered(YES, ...COMMITS);
    saga.answered(YES, 'release:POT', 'money', 'book:1').happens(delivered('1')).answered(YES, 'deliver:1');
    expect([saga.keys.includes('cancel-order'), saga.done]).toEqual([true, false]);
    saga.answered(YES, 'cancel-order');
    expect([saga.keys.at(-1), saga.done]).toEqual(['complete-order', false]);
    expect(saga.answered(YES, 'complete-order').done).toBe(true);
  });

  it('of a whole order ends when both the order and the provider have answered', () => {
    const orderFirst = fulfilment().happens(cancelled(0, 'TEA')).answered(YES, 'release:TEA');
    expect(orderFirst.keys).not.toContain('cancel-order');
    orderFirst.answered(YES, 'money');
    expect([orderFirst.keys.at(-1), orderFirst.done]).toEqual(['cancel-order', false]);
    expect(orderFirst.answered(YES, 'cancel-order').done).toBe(true);
  });
});

describe('the fulfilment of an order', () => {
  it('begins with a parcel or a cancellation, whichever is first', () => {
    for (const first of [shipped('1', false), cancelled(0, 'TEA')]) expect(begins(fulfilmentSaga, first)).toBe(true);
    for (const other of [delivered('1'), event('order.payment-retry-requested.v1', { orderId: ORDER })])
      expect(begins(fulfilmentSaga, other)).toBe(false);
  });
});
