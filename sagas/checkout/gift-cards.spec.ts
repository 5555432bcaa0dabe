import { Driven, event, no, YES } from '../test-support/drive.js';
import { checkoutSaga, type CheckoutState } from './checkout.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const usd = (amount: number) => ({ amount, currency: 'USD' });
const share = (giftCardId: string, amount: number) => ({ giftCardId, amount: usd(amount) });
const checkedOut = (...tenders: readonly ReturnType<typeof share>[]) =>
  event('cart.checked-out.v1', {
    cartId: 'c-1',
    orderId: ORDER,
    lines: [{ sku: 'TEA', quantity: 2 }],
    totals: { total: usd(1_500) },
    tenders,
  });

const BEGINNING = ['open-order', 'reserve:TEA', 'hold-card:a', 'hold-card:b'];
const UNDOING = ['release:TEA', 'release-card:a', 'release-card:b', 'reopen-cart'];
const begun = (...tenders: readonly ReturnType<typeof share>[]) =>
  new Driven<CheckoutState>(checkoutSaga).happens(checkedOut(...tenders));
const both = () => begun(share('a', 400), share('b', 100));
const commandOf = ({ sent }: Driven<CheckoutState>, wanted: string) => sent.find(({ key }) => key === wanted);

describe('a checkout that gift cards pay a part of', () => {
  it('holds them with the stock, for as long', () => {
    const saga = both();
    expect(saga.keys).toEqual(BEGINNING);
    expect(commandOf(saga, 'hold-card:a')).toEqual({
      key: 'hold-card:a',
      target: 'giftcard',
      id: 'a',
      command: { type: 'hold', orderId: ORDER, amount: usd(400), expiresAt: '2026-11-02T10:15:00.000Z' },
    });
  });

  it('asks the provider for the rest, once all is held', () => {
    const saga = both().answered(YES, 'open-order', 'reserve:TEA', 'hold-card:a');
    expect(saga.keys).not.toContain('authorize');
    saga.answered(YES, 'hold-card:b');
    expect(commandOf(saga, 'authorize')?.command).toMatchObject({ type: 'authorize', amount: usd(1_000) });
    expect(saga.answered(YES, 'authorize').keys.at(-1)).toBe('confirm');
  });

  it('asks for nothing where they pay all', () => {
    const saga = begun(share('a', 1_500)).answered(YES, 'open-order', 'reserve:TEA', 'hold-card:a');
    expect(commandOf(saga, 'authorize')?.command).toMatchObject({ amount: usd(0) });
  });

  it('gives everything back where one of them is gone, and says so last', () => {
    const saga = both().answered(YES, 'open-order', 'reserve:TEA', 'hold-card:a');
    saga.answered(no('GIFT_CARD.EMPTY'), 'hold-card:b');
    expect(saga.keys).toEqual([...BEGINNING, ...UNDOING]);
    expect(commandOf(saga, 'release-card:a')).toMatchObject({
      target: 'giftcard',
      id: 'a',
      command: { type: 'release', orderId: ORDER, reason: 'GIFT_CARD.EMPTY' },
    });
    saga.answered(YES, ...UNDOING);
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'reject-order', code: 'GIFT_CARD.EMPTY' });
    expect(saga.answered(YES, 'reject').done).toBe(true);
  });

  it('gives them back where the money for the rest is refused, and where the time is over', () => {
    const refused = both()
      .answered(YES, ...BEGINNING)
      .answered(no('PAYMENT.DECLINED'), 'authorize');
    expect(refused.keys.slice(-5)).toEqual([...UNDOING, 'void']);
    const late = both()
      .answered(YES, 'open-order')
      .fires('hold-expiry')
      .answered(YES, ...BEGINNING.slice(1));
    expect(late.keys.slice(-4)).toEqual(UNDOING);
  });

  it('began before there were gift cards, and then has none to give back', () => {
    const saga = new Driven<CheckoutState>(checkoutSaga).happens(
      event('cart.checked-out.v1', { cartId: 'c-1', orderId: ORDER, lines: [], totals: { total: usd(1) } }),
    );
    saga.answered(no('ORDER.ALREADY_OPEN'), 'open-order');
    expect(saga.keys).toEqual(['open-order', 'reopen-cart']);
  });
});
