import { Driven, event, no, YES } from '../test-support/drive.js';
import { checkoutSaga, type CheckoutState } from './checkout.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const COUPON = '0a'.repeat(16);
const discount = (promotionId: string, amount: number, others: object = {}) => ({
  promotionId,
  name: promotionId,
  level: 'order',
  amount: usd(amount),
  ...others,
});
const DISCOUNTS = [
  discount('autumn', 30, { isLimited: true }),
  discount('autumn', 5, { level: 'shipping', isLimited: true }),
  discount('spring', 50, { couponId: COUPON }),
  discount('winter', 20),
];
const begun = (others: object = { discounts: DISCOUNTS }) =>
  new Driven<CheckoutState>(checkoutSaga).happens(
    event('cart.checked-out.v1', {
      cartId: 'c-1',
      orderId: ORDER,
      personId: 'ann',
      lines: [{ sku: 'TEA', quantity: 1 }],
      totals: { total: usd(500) },
      ...others,
    }),
  );
const RESERVING = ['open-order', 'reserve:TEA', 'reserve-promotion:autumn', `reserve-coupon:${COUPON}`];
const commandOf = ({ sent }: Driven<CheckoutState>, key: string) => sent.find((each) => each.key === key)?.command;

describe('the uses of a checkout', () => {
  it('are reserved beside the stock: of coupons and of limited promotions, with what they take off altogether', () => {
    const saga = begun();
    expect(saga.keys).toEqual(RESERVING);
    const use = { type: 'reserve-use', orderId: ORDER, customer: 'ann', expiresAt: '2026-11-02T10:15:00.000Z' };
    expect(commandOf(saga, 'reserve-promotion:autumn')).toEqual({ ...use, amount: usd(35) });
    expect(commandOf(saga, `reserve-coupon:${COUPON}`)).toEqual({ ...use, couponId: COUPON, amount: usd(50) });
  });

  it('are those of the account where there is one', () => {
    const saga = begun({ discounts: DISCOUNTS, customerId: 'account-of-ann' });
    expect(commandOf(saga, 'reserve-promotion:autumn')).toMatchObject({ customer: 'account-of-ann' });
  });

  it('are waited for before money is asked for', () => {
    const saga = begun().answered(YES, ...RESERVING.slice(0, 3));
    expect(saga.keys).not.toContain('authorize');
    expect(saga.answered(YES, RESERVING[3] ?? '').keys).toContain('authorize');
  });

  it.each([
    ['reserve-promotion:autumn', 'PROMOTION.USED_UP', 'autumn'],
    [`reserve-coupon:${COUPON}`, 'COUPON.USED_UP', 'spring'],
  ])('that are refused by %s end it, and the cart opens again without the promotion', (key, code, withoutPromotion) => {
    const saga = begun()
      .answered(YES, ...RESERVING.filter((other) => other !== key))
      .answered(no(code), key);
    expect(saga.keys.slice(RESERVING.length)).toEqual([
      'release:TEA',
      'release-promotion:autumn',
      `release-coupon:${COUPON}`,
      'reopen-cart',
    ]);
    expect(commandOf(saga, 'release-promotion:autumn')).toMatchObject({ type: 'release-use', orderId: ORDER });
    expect(commandOf(saga, 'reopen-cart')).toEqual({ type: 'reopen-cart', orderId: ORDER, code, withoutPromotion });
    saga.answered(YES, 'release:TEA', 'release-promotion:autumn', `release-coupon:${COUPON}`, 'reopen-cart');
    expect(commandOf(saga, 'reject')).toEqual({ type: 'reject-order', code, detail: 'No.' });
  });

  it('are released where something else fails, and the cart keeps its promotions', () => {
    const saga = begun()
      .answered(YES, ...RESERVING)
      .answered(no('PAYMENT.DECLINED'), 'authorize');
    expect(saga.keys).toContain(`release-coupon:${COUPON}`);
    expect(commandOf(saga, 'reopen-cart')).toEqual({ type: 'reopen-cart', orderId: ORDER, code: 'PAYMENT.DECLINED' });
  });

  it('are none without discounts', () => {
    expect(begun({}).keys).toEqual(['open-order', 'reserve:TEA']);
    expect(begun({ discounts: [discount('winter', 20)] }).keys).toEqual(['open-order', 'reserve:TEA']);
  });
});
