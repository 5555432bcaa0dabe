import type { CommandReply } from '../../infra/engine/sagas/index.js';
import { Driven, event, no, SILENCE, YES } from '../test-support/drive.js';
import { checkoutSaga, type CheckoutState } from './checkout.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const usd = (amount: number) => ({ amount, currency: 'USD' });

const checkedOut = (skus: readonly string[] = ['TEA'], others: object = {}) =>
  event('cart.checked-out.v1', {
    cartId: 'c-1',
    orderId: ORDER,
    lines: skus.map((sku) => ({ sku, quantity: 7 })),
    totals: { total: usd(500) },
    ...others,
  });
const cancelled = event('order.cancellation-requested.v1', { orderId: ORDER, confirmed: false });
const authorized = event('payment.authorized.v1', { orderId: ORDER, amount: usd(500) });
const confirmed = event('order.confirmed.v1', { orderId: ORDER, lines: [] });

const begun = (...skus: readonly string[]) =>
  new Driven<CheckoutState>(checkoutSaga).happens(checkedOut(skus.length === 0 ? ['TEA'] : skus));
const authorizing = () => begun().answered(YES, 'open-order', 'reserve:TEA');
const UNDOING = ['release:TEA', 'reopen-cart', 'void'];

const commandsFor = ({ sent }: Driven<CheckoutState>, wanted: string) =>
  sent.filter(({ key }) => key === wanted).map(({ command }) => command);
const rejection = (saga: Driven<CheckoutState>) => commandsFor(saga, 'reject').at(-1);

describe('the stock of a checkout', () => {
  it('is reserved for its client, whose holds are counted', () => {
    const saga = new Driven<CheckoutState>(checkoutSaga).happens(checkedOut(['TEA'], { client: 'ann' }));
    expect(commandsFor(saga, 'reserve:TEA')).toMatchObject([{ client: 'ann' }]);
    expect(commandsFor(begun(), 'reserve:TEA')[0]).not.toHaveProperty('client');
  });

  it('is released for good: until when it would have been held is said, so that a late reservation is refused', () => {
    const saga = begun().answered(YES, 'open-order').answered(no('SHORT'), 'reserve:TEA');
    const expiresAt = '2026-11-02T10:15:00.000Z';
    expect(commandsFor(saga, 'reserve:TEA')).toMatchObject([{ expiresAt }]);
    expect(commandsFor(saga, 'release:TEA')).toMatchObject([{ orderId: ORDER, reason: 'SHORT', expiresAt }]);
  });

  it('is named as all that was short where that is few', () => {
    const short = (sku: string): CommandReply => ({
      outcome: 'refused',
      refusal: { code: 'INVENTORY.INSUFFICIENT_STOCK', detail: 'No.', extra: { sku, requested: 7, available: 5 } },
    });
    const skus = ['TEA', 'MUG', 'JAR'];
    const saga = begun(...skus);
    for (const sku of skus) saga.answered(short(sku), `reserve:${sku}`);
    saga.answered(YES, 'open-order', ...skus.map((sku) => `release:${sku}`), 'reopen-cart');
    expect(rejection(saga)).toMatchObject({
      detail:
        'There is too little of TEA (7 asked for, 5 available), MUG (7 asked for, 5 available), ' +
        'JAR (7 asked for, 5 available).',
    });
  });
});

describe('a checkout that fails', () => {
  it('says why in the words of the refusal', () => {
    const saga = authorizing()
      .answered(no('PAYMENT.DECLINED'), 'authorize')
      .answered(YES, ...UNDOING);
    expect(rejection(saga)).toEqual({ type: 'reject-order', code: 'PAYMENT.DECLINED', detail: 'No.' });
  });

  it('keeps its first reason, whatever is heard later', () => {
    const saga = begun().happens(cancelled).fires('hold-expiry').answered(YES, 'open-order', 'reserve:TEA');
    expect(rejection(saga.answered(YES, ...UNDOING.slice(0, 2)))).toMatchObject({ code: 'ORDER.CANCELLED' });
  });

  it('is cancelled where somebody said so while the provider could not be asked', () => {
    const saga = authorizing().happens(cancelled).fires('give-up').answered(no('PAYMENT.NOT_FOUND'), 'fail-payment');
    saga.answered(YES, 'authorize').answered(YES, ...UNDOING);
    expect(rejection(saga)).toMatchObject({ code: 'ORDER.CANCELLED' });
  });

  it('lets too little money go again, and is over with that', () => {
    const saga = authorizing().answered(no('PAYMENT.PARTLY_AUTHORIZED'), 'authorize');
    expect(saga.keys.slice(-3)).toEqual(UNDOING);
    saga.answered(YES, ...UNDOING);
    expect(rejection(saga)).toMatchObject({ code: 'PAYMENT.PARTLY_AUTHORIZED' });
    expect(saga.answered(YES, 'reject').done).toBe(true);
  });

  it('lets money that it knows of go once, though it is told of it again', () => {
    const saga = authorizing().happens(cancelled).answered(YES, 'authorize').happens(authorized);
    saga
      .answered(YES, ...UNDOING)
      .happens(authorized)
      .answered(YES, 'reject');
    expect(saga.keys.filter((key) => key.startsWith('void'))).toEqual(['void']);
  });
});

describe('money that is authorised after all', () => {
  const givingUp = () => authorizing().answered(SILENCE, 'authorize').fires('give-up');

  it.each([
    [
      'while the payment is given up',
      (saga: Driven<CheckoutState>) => saga.happens(authorized).answered(YES, 'fail-payment', ...UNDOING, 'reject'),
    ],
    [
      'while all is undone',
      (saga: Driven<CheckoutState>) =>
        saga
          .answered(YES, 'fail-payment')
          .happens(authorized)
          .answered(YES, ...UNDOING, 'reject'),
    ],
    [
      'while the order is rejected',
      (saga: Driven<CheckoutState>) =>
        saga
          .answered(YES, 'fail-payment', ...UNDOING)
          .happens(authorized)
          .answered(YES, 'reject'),
    ],
  ])('is let go %s, and only then the checkout is over', (_, goOn) => {
    const saga = givingUp();
    goOn(saga);
    expect(commandsFor(saga, 'void-late')).toEqual([{ type: 'void', orderId: ORDER, reason: 'PAYMENT.TIMEOUT' }]);
    expect(saga.done).toBe(false);
    expect(saga.answered(YES, 'void-late').done).toBe(true);
  });

  it('is let go also where its void is answered before the order is rejected', () => {
    const saga = givingUp()
      .happens(authorized)
      .answered(YES, 'void-late', 'fail-payment', ...UNDOING);
    expect(saga.done).toBe(false);
    expect(saga.answered(YES, 'reject').done).toBe(true);
  });
});

describe('what a checkout records of itself', () => {
  it('is two steps where it goes well, each in one go with what its command records', () => {
    const { recorded } = authorizing().answered(YES, 'authorize', 'confirm').happens(confirmed);
    expect(recorded.map(({ commands = [], joint }) => [commands.map(({ key }) => key), joint])).toEqual([
      [['authorize'], true],
      [['confirm'], true],
    ]);
  });

  it('is no reply that it would hear again, but a refusal', () => {
    const saga = begun('TEA', 'MUG').answered(YES, 'open-order');
    expect(saga.recorded).toEqual([]);
    expect(saga.answered(no('SHORT'), 'reserve:TEA').recorded).toHaveLength(1);
  });
});
