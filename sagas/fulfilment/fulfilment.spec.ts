import { Driven, event, idOf, no, YES } from '../test-support/drive.js';
import { fulfilmentSaga, type FulfilmentState } from './fulfilment.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const usd = (amount: number) => ({ amount, currency: 'USD' });

const shipped = (shipmentId: string, skus: readonly string[], complete: boolean) =>
  event('order.shipment-created.v1', {
    orderId: ORDER,
    shipmentId,
    lines: skus.map((sku) => ({ sku, quantity: 1 })),
    complete,
  });
const delivered = (shipmentId: string) =>
  event('order.shipment-delivered.v1', { orderId: ORDER, shipmentId, deliveredAt: '2026-11-02T10:00:00.000Z' });
const cancelled = (skus: readonly string[], remaining: number, confirmed = true) =>
  event('order.cancellation-requested.v1', {
    orderId: ORDER,
    confirmed,
    lines: skus.map((sku) => ({ sku, quantity: 1 })),
    remaining: usd(remaining),
  });

const TEA = { sku: 'TEA', quantity: 1 };
const CARD = { sku: 'CARD', quantity: 2, kind: 'gift-card' };
const confirmed = (...lines: readonly (typeof TEA | typeof CARD)[]) =>
  event('order.confirmed.v1', { orderId: ORDER, lines });

const CAPTURE_FAILED = 'PAYMENT.CAPTURE_FAILED';
const retry = event('order.payment-retry-requested.v1', { orderId: ORDER });

const fulfilment = () => new Driven<FulfilmentState>(fulfilmentSaga);
const whole = () => fulfilment().happens(shipped('1', ['TEA'], true));

describe('fulfilment', () => {
  /** Refused as often as it is asked by itself. */
  const unpaid = (saga: Driven<FulfilmentState>) => {
    for (let n = 0; n < 3; n += 1) saga.answered(no('PAYMENT.CAPTURE_REFUSED'), 'money').fires('capture-again');
    return saga.answered(no('PAYMENT.CAPTURE_REFUSED'), 'money');
  };

  it('books and commits at once, and takes the money when the last line has left the stock', () => {
    const saga = fulfilment().happens(shipped('1', ['TEA'], false));
    expect(saga.keys).toEqual(['book:1', 'commit:1:TEA']);
    saga.answered(YES, 'commit:1:TEA').happens(shipped('2', ['MUG'], true));
    expect(saga.keys.slice(2)).toEqual(['book:2', 'commit:2:MUG']);
    saga.answered(YES, 'commit:2:MUG');
    expect(saga.sent.at(-1)).toMatchObject({ target: 'payment-gateway', command: { type: 'capture' } });
  });

  it('takes the money for gift cards alone at once, issues them, and completes the order', () => {
    const saga = fulfilment().happens(confirmed(CARD)).happens(confirmed(CARD));
    expect(saga.keys).toEqual(['money']);
    expect(saga.sent[0]?.command).toEqual({ type: 'capture', orderId: ORDER });
    saga.answered(YES, 'money');
    expect(saga.sent.at(-1)).toMatchObject({ target: 'card-issuing', id: ORDER, command: { type: 'issue-cards' } });
    expect(saga.answered(YES, 'issue-cards', 'issue-cards').keys.slice(2)).toEqual(['complete-order']);
    expect(saga.answered(YES, 'complete-order').done).toBe(true);
  });

  it('issues gift cards beside goods once the money is there, and completes the order when both are done', () => {
    const saga = fulfilment().happens(confirmed(CARD, TEA));
    expect(saga.keys).toEqual([]);
    saga.happens(shipped('1', ['TEA'], true)).answered(YES, 'book:1', 'commit:1:TEA');
    expect(saga.keys).not.toContain('issue-cards');
    expect(saga.answered(YES, 'money').keys.at(-1)).toBe('issue-cards');
    saga.happens(delivered('1')).answered(YES, 'deliver:1');
    expect(saga.keys).not.toContain('complete-order');
    expect(saga.answered(YES, 'issue-cards').keys.at(-1)).toBe('complete-order');
  });

  it('issues no gift card while the money is refused', () => {
    const saga = unpaid(fulfilment().happens(confirmed(CARD)));
    expect(saga.keys).not.toContain('issue-cards');
    saga.happens(retry).answered(YES, 'money');
    expect(saga.keys.slice(-2)).toEqual(['withdraw-flag', 'issue-cards']);
    saga.answered(YES, 'issue-cards', 'withdraw-flag');
    expect(saga.keys.at(-1)).toBe('complete-order');
  });

  it('issues none that was cancelled, and lets no stock of it go', () => {
    const saga = fulfilment()
      .happens(confirmed(CARD, TEA))
      .happens(cancelled(['CARD', 'TEA'], 0));
    expect(saga.keys).toEqual(['release:TEA', 'money']);
    saga.answered(YES, 'release:TEA', 'money', 'cancel-order');
    expect([saga.keys.slice(2), saga.done]).toEqual([['cancel-order'], true]);
  });

  it('begins with the confirmation only where gift cards were bought', () => {
    expect(idOf(fulfilmentSaga, confirmed(TEA))).toBeNull();
    expect(idOf(fulfilmentSaga, confirmed(TEA, CARD))).toBe(ORDER);
  });

  it('does not wait for the carrier to take the money', () => {
    expect(whole().answered(YES, 'commit:1:TEA').keys).toContain('money');
  });

  it('records a delivery only once the parcel is known, in whatever order both are heard of', () => {
    const saga = whole().happens(delivered('1'));
    expect(saga.keys).not.toContain('deliver:1');
    expect(saga.answered(YES, 'book:1').keys.at(-1)).toBe('deliver:1');
    expect(whole().answered(YES, 'book:1').happens(delivered('1')).keys.at(-1)).toBe('deliver:1');
  });

  it('completes the order when all is delivered and the money is there, whichever is last', () => {
    const moneyLast = whole()
      .answered(YES, 'book:1', 'commit:1:TEA')
      .happens(delivered('1'))
      .answered(YES, 'deliver:1');
    expect(moneyLast.keys).not.toContain('complete-order');
    expect(moneyLast.answered(YES, 'money').keys.at(-1)).toBe('complete-order');
    const deliveryLast = whole().answered(YES, 'book:1', 'commit:1:TEA', 'money').happens(delivered('1'));
    expect(deliveryLast.answered(YES, 'deliver:1').keys.at(-1)).toBe('complete-order');
    expect(deliveryLast.answered(YES, 'complete-order').done).toBe(true);
  });

  it('lets stock and money go when nothing has shipped, and tells the order last', () => {
    const saga = fulfilment().happens(cancelled(['TEA', 'MUG'], 0));
    expect(saga.keys).toEqual(['release:TEA', 'release:MUG', 'money']);
    expect(saga.sent.at(-1)?.command.type).toBe('void');
    saga.answered(YES, 'release:TEA', 'money');
    expect(saga.keys).not.toContain('cancel-order');
    expect(saga.answered(YES, 'release:MUG').keys.at(-1)).toBe('cancel-order');
    expect(saga.answered(YES, 'cancel-order').done).toBe(true);
  });

  it('lets no hold go before what left the house is committed', () => {
    const saga = fulfilment()
      .happens(shipped('1', ['TEA'], false))
      .happens(cancelled(['TEA', 'MUG'], 700));
    expect(saga.keys).toEqual(['book:1', 'commit:1:TEA']);
    saga.answered(YES, 'commit:1:TEA');
    expect(saga.keys.slice(2)).toEqual(['release:TEA', 'release:MUG', 'money']);
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'capture', amount: usd(700) });
  });

  it('leaves the cancellation of a pending order to its checkout', () => {
    expect(idOf(fulfilmentSaga, cancelled(['TEA'], 0, false))).toBeNull();
    expect(idOf(fulfilmentSaga, cancelled(['TEA'], 0))).toBe(ORDER);
  });

  it('asks for a refused capture again after 5, 30 and 120 seconds, and then no more', () => {
    const saga = whole().answered(YES, 'commit:1:TEA');
    const pauses = [1, 2, 3].map(() => {
      saga.answered(no('PAYMENT.CAPTURE_FAILED'), 'money');
      const pause = saga.dueIn('capture-again');
      saga.fires('capture-again');
      return pause;
    });
    expect(pauses).toEqual([5_000, 30_000, 120_000]);
    saga.answered(no('PAYMENT.CAPTURE_FAILED'), 'money');
    expect([...saga.timers.keys()]).toEqual([]);
    expect(saga.keys.filter((key) => key === 'money')).toHaveLength(4);
    expect(saga.done).toBe(false);
    expect(saga.sent.at(-1)).toMatchObject({
      target: 'order',
      command: { type: 'need-attention', code: CAPTURE_FAILED },
    });
  });

  it('asks again at once when a person says so, after the last refusal and not before', () => {
    const saga = whole().answered(YES, 'commit:1:TEA');
    expect(saga.answered(no('PAYMENT.CAPTURE_REFUSED'), 'money').happens(retry).keys.at(-1)).toBe('money');
    const { length } = saga.sent;
    expect(saga.happens(retry).sent).toHaveLength(length);
    for (let n = 0; n < 2; n += 1) saga.fires('capture-again').answered(no('PAYMENT.CAPTURE_REFUSED'), 'money');
    saga.fires('capture-again').answered(no('PAYMENT.CAPTURE_REFUSED'), 'money').happens(retry);
    expect(saga.keys.at(-1)).toBe('money');
    saga.answered(no('PAYMENT.CAPTURE_REFUSED'), 'money');
    expect(saga.keys.at(-1)).toBe('flag');
    expect([...saga.timers.keys()]).toEqual([]);
  });

  it('withdraws the flag when the money is there, and completes the order only then', () => {
    const saga = unpaid(whole().answered(YES, 'book:1', 'commit:1:TEA'))
      .happens(delivered('1'))
      .answered(YES, 'deliver:1');
    saga.happens(retry).answered(YES, 'money');
    expect(saga.sent.at(-1)?.command).toEqual({ type: 'resolve-attention', code: CAPTURE_FAILED });
    expect(saga.answered(YES, 'withdraw-flag').keys.at(-1)).toBe('complete-order');
  });

  it('flags a release that was refused for good, of an order that is no more, and ends with the flag', () => {
    const saga = unpaid(
      fulfilment()
        .happens(cancelled(['TEA'], 0))
        .answered(YES, 'release:TEA'),
    );
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'need-attention', code: 'PAYMENT.VOID_FAILED' });
    saga.answered(YES, 'cancel-order').happens(retry).answered(YES, 'money');
    expect(saga.done).toBe(false);
    expect(saga.sent.at(-1)?.command).toEqual({ type: 'resolve-attention', code: 'PAYMENT.VOID_FAILED' });
    expect(saga.answered(YES, 'withdraw-flag').done).toBe(true);
  });

  it('cancels the open lines also when the money for the others cannot be taken yet', () => {
    const saga = fulfilment()
      .happens(shipped('1', ['TEA'], false))
      .answered(YES, 'commit:1:TEA');
    saga.happens(cancelled(['MUG'], 700)).answered(no('PAYMENT.CAPTURE_FAILED'), 'money');
    expect(saga.answered(YES, 'release:MUG').keys.at(-1)).toBe('cancel-order');
  });

  it('is not moved by what it has heard before', () => {
    const saga = whole().answered(YES, 'book:1', 'commit:1:TEA', 'money');
    const { length } = saga.sent;
    saga.happens(shipped('1', ['TEA'], true)).answered(YES, 'book:1', 'commit:1:TEA', 'money');
    saga.answered(no('LATE'), 'money').fires('capture-again').answered(YES, 'cancel-order', 'complete-order');
    expect(saga.sent).toHaveLength(length);
    expect(saga.done).toBe(false);
  });
});
