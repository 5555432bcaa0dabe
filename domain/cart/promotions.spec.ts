import type { PromotionInForce, PromotionTerms } from '../pricing/index.js';
import { given } from '../shared/test-support/index.js';
import { cartDecider, cartView, someAskForFirstOrder } from './index.js';
import type { CartEvent, CouponFacts, PromotionsInForce } from './index.js';
import { checkOut, itemAdded, opened, productsBySku, product, usd } from './test-support/cart-examples.js';

const promotion = (promotionId: string, others: Partial<PromotionTerms> = {}): PromotionTerms => ({
  promotionId,
  name: `The ${promotionId}`,
  priority: 0,
  combines: 'all',
  trigger: 'automatic',
  when: [],
  then: [{ type: 'percent-off', percent: '10', of: 'order' }],
  ...others,
});
type Promotions = (PromotionTerms | PromotionInForce)[];
const inForce = (...promotions: Promotions): PromotionsInForce =>
  new Map(
    promotions.map((each) => ('terms' in each ? each : { terms: each })).map((each) => [each.terms.promotionId, each]),
  );
const promotionsOf = (...promotions: Promotions) => ({
  inForce: inForce(...promotions),
  isFirstOrder: false,
});
const cart = given(cartDecider).events(opened, itemAdded('TEA', 500, 2));
const shown = (events: readonly CartEvent[], ...promotions: Promotions) =>
  cartView(cart.events(...events).state(), { promotions: promotionsOf(...promotions), rounding: 'half-even' });

const withCode = (promotionId: string, others: Partial<PromotionTerms> = {}) =>
  promotion(promotionId, { trigger: 'coupon', ...others });
const coupon = (promotionId: string, others: Partial<CouponFacts> = {}): CouponFacts => ({
  couponId: `id-of-${promotionId}`,
  promotionId,
  holderId: 'holder',
  code: promotionId.toUpperCase(),
  standing: 'usable',
  ...others,
});
const couponAdded = (promotionId: string): CartEvent => {
  const { standing: _, ...facts } = coupon(promotionId);
  return { type: 'cart.coupon-added.v1', data: { cartId: 'c-1', ...facts } };
};
const add = (promotionId: string, promotions: PromotionsInForce, others: Partial<CouponFacts> = {}) =>
  ({ type: 'add-coupon', coupon: coupon(promotionId, others), inForce: promotions }) as const;

describe('what promotions make of a cart', () => {
  it('is shown on its lines, by promotion and in its totals', () => {
    expect(shown([], promotion('spring'))).toMatchObject({
      items: [{ lineTotal: usd(1000), discount: usd(100), gross: usd(900), discounts: [{ promotionId: 'spring' }] }],
      discounts: [{ promotionId: 'spring', name: 'The spring', level: 'order', amount: usd(100) }],
      hints: [],
      totals: { subtotal: usd(1000), discount: usd(100), net: usd(900), total: usd(900) },
    });
  });

  it('has a hint where one thing is missing', () => {
    const when = [{ type: 'subtotal', atLeast: [usd(1500)] }] as const;
    expect(shown([], promotion('spring', { when }))).toMatchObject({
      discounts: [],
      hints: [{ promotionId: 'spring', name: 'The spring', missing: usd(500) }],
      totals: { discount: usd(0), total: usd(1000) },
    });
  });

  it('is nothing without shipping of what is off shipping', () => {
    expect(shown([], promotion('free', { then: [{ type: 'free-shipping' }] })).discounts).toEqual([]);
  });
});

describe('a coupon', () => {
  const spring = inForce(withCode('spring'));

  it('is put in once, with the code that is sealed', () => {
    cart.when(add('spring', spring)).then(couponAdded('spring'));
    cart.events(couponAdded('spring')).when(add('spring', spring)).then();
  });

  it.each([
    ['unknown', 'COUPON.UNKNOWN'],
    ['ended', 'COUPON.EXPIRED'],
    ['used-up', 'COUPON.USED_UP'],
  ] as const)('that is %s is refused', (standing, code) => {
    cart.when(add('spring', spring, { standing })).refused(code);
  });

  it('of a promotion that does not go with another coupon’s is refused', () => {
    const alone = inForce(withCode('spring', { combines: 'none' }), withCode('autumn'));
    cart.events(couponAdded('autumn')).when(add('spring', alone)).refused('COUPON.NOT_COMBINABLE');
    cart.events(couponAdded('spring')).when(add('autumn', alone)).refused('COUPON.NOT_COMBINABLE');
    const both = inForce(withCode('spring'), withCode('autumn'));
    cart.events(couponAdded('autumn')).when(add('spring', both)).accepted();
  });

  it('is one a promotion', () => {
    cart
      .events(couponAdded('spring'))
      .when(add('spring', spring, { couponId: 'another' }))
      .refused('COUPON.NOT_COMBINABLE');
  });

  it('takes off what its promotion does, and says why where it does not', () => {
    expect(shown([couponAdded('spring')], withCode('spring'))).toMatchObject({
      coupons: [{ code: 'SPRING', applied: true }],
      discounts: [{ promotionId: 'spring', code: 'SPRING', amount: usd(100) }],
    });
    const when = [{ type: 'quantity', atLeast: 3 }] as const;
    expect(shown([couponAdded('spring')], withCode('spring', { when })).coupons).toEqual([
      { code: 'SPRING', applied: false, reason: 'conditions' },
    ]);
    expect(shown([couponAdded('spring')]).coupons).toEqual([
      { code: 'SPRING', applied: false, reason: 'not-in-force' },
    ]);
    expect(shown([], withCode('spring')).totals.discount).toEqual(usd(0));
  });

  it('is taken out again, where it is in', () => {
    const remove = { type: 'remove-coupon', couponId: 'id-of-spring' } as const;
    const removed: CartEvent = { type: 'cart.coupon-removed.v1', data: { cartId: 'c-1', couponId: 'id-of-spring' } };
    cart.events(couponAdded('spring')).when(remove).then(removed);
    cart.when(remove).refused('CART.COUPON_NOT_FOUND');
    expect(shown([couponAdded('spring'), removed], withCode('spring')).coupons).toEqual([]);
  });
});

describe('a promotion for a first order', () => {
  const welcome = promotion('welcome', { when: [{ type: 'first-order' }] });
  const openedBy = (customerId: string | undefined): CartEvent => ({
    type: 'cart.opened.v1',
    data: { cartId: 'c-1', currency: 'USD', ...(customerId !== undefined && { customerId }) },
  });
  const discount = (opener: string | undefined, customerId: string | undefined, isFirstOrder = true) => {
    const [event] = given(cartDecider)
      .events(openedBy(opener), itemAdded('TEA', 500, 2))
      .when(
        checkOut({
          ...(customerId !== undefined && { customerId }),
          promotions: { inForce: inForce(welcome), isFirstOrder },
        }),
      )
      .accepted();
    return event?.type === 'cart.checked-out.v1' ? event.data.totals.discount : null;
  };

  it('is given to the account that opened the cart and checks it out', () => {
    expect(discount('ann', 'ann')).toEqual(usd(100));
    expect(discount('ann', 'ann', false)).toEqual(usd(0));
    for (const [opener, customerId] of [
      [undefined, 'ann'],
      ['bob', 'ann'],
      ['ann', undefined],
    ] as const)
      expect(discount(opener, customerId)).toEqual(usd(0));
  });

  it('makes it matter whether the customer has bought', () => {
    expect(
      [inForce(), inForce(promotion('spring')), inForce(promotion('spring'), welcome)].map(someAskForFirstOrder),
    ).toEqual([false, false, true]);
  });
});

describe('a checkout', () => {
  const sale = (events: readonly CartEvent[], ...promotions: Promotions) => {
    const command = checkOut({ products: productsBySku(product('TEA', 500)), promotions: promotionsOf(...promotions) });
    const [event] = cart
      .events(...events)
      .when(command)
      .accepted();
    if (event?.type !== 'cart.checked-out.v1') throw new Error('the cart was not checked out');
    return event.data;
  };

  it('records what is taken off, the codes among what is sealed and nowhere else', () => {
    const data = sale([couponAdded('spring')], withCode('spring'));
    expect(data.discounts).toEqual([
      { promotionId: 'spring', name: 'The spring', level: 'order', amount: usd(100), couponId: 'id-of-spring' },
    ]);
    const { personal, ...clear } = data;
    expect(personal?.codes).toEqual([{ couponId: 'id-of-spring', code: 'SPRING' }]);
    expect(JSON.stringify(clear)).not.toContain('SPRING');
    expect(data.lines[0]).toMatchObject({ discount: usd(100), net: usd(900) });
    expect(data.totals).toMatchObject({ subtotal: usd(1000), discount: usd(100), total: usd(900) });
  });

  it('says which promotions are limited, and nothing of promotions where nothing is taken off', () => {
    expect(sale([], { terms: promotion('spring'), limits: { uses: 5 } }).discounts).toMatchObject([
      { isLimited: true },
    ]);
    const data = sale([], promotion('spring', { when: [{ type: 'quantity', atLeast: 9 }] }));
    expect('discounts' in data).toBe(false);
    expect(data.personal).not.toHaveProperty('codes');
  });

  it('charges what the cart shows', () => {
    const promotions = [promotion('a', { priority: 2 }), withCode('b'), promotion('c', { combines: 'none' })];
    const { totals } = shown([couponAdded('b')], ...promotions);
    expect(sale([couponAdded('b')], ...promotions).totals.total).toEqual(totals.total);
  });

  it('that finds no use left opens the cart again without the coupon, or without the promotion', () => {
    const promotions = [promotion('a', { priority: 2 }), withCode('b')];
    const data = sale([couponAdded('b')], ...promotions);
    const reopened = (withoutPromotion: string): CartEvent => ({
      type: 'cart.reopened.v1',
      data: { cartId: 'c-1', orderId: 'o-1', code: 'PROMOTION.USED_UP', withoutPromotion },
    });
    const after = (withoutPromotion: string) =>
      shown([couponAdded('b'), { type: 'cart.checked-out.v1', data }, reopened(withoutPromotion)], ...promotions);
    expect(after('b')).toMatchObject({
      coupons: [],
      discounts: [{ promotionId: 'a' }],
      items: [{ discount: usd(100) }],
    });
    expect(after('a')).toMatchObject({ coupons: [{ applied: true }], discounts: [{ promotionId: 'b' }] });
  });

  it('is shown as it was sold, with the codes of the cart', () => {
    const data = sale([couponAdded('spring')], withCode('spring'));
    expect(shown([couponAdded('spring'), { type: 'cart.checked-out.v1', data }])).toMatchObject({
      status: 'checked-out',
      coupons: [{ code: 'SPRING', applied: true }],
      items: [{ discounts: [{ promotionId: 'spring', code: 'SPRING' }], discount: usd(100) }],
      discounts: [{ promotionId: 'spring', code: 'SPRING', level: 'order', amount: usd(100) }],
      totals: { total: usd(900) },
    });
  });
});
