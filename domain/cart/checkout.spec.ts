import { namedPricingPolicies, priceCart } from '../pricing/index.js';
import { given } from '../shared/test-support/index.js';
import { cartDecider } from './index.js';
import type { CartEvent, CheckOut, ProductFacts } from './index.js';
import {
  checkOut,
  checkedOut,
  itemAdded,
  opened,
  product,
  productsBySku,
  reopened,
  soldLine,
  usd,
} from './test-support/cart-examples.js';

const empty = given(cartDecider).events(opened);
const tea = empty.events(itemAdded('TEA', 500, 2));
const both = tea.events(itemAdded('MUG', 1200, 1, { lineId: '2' }));
const today = (...products: readonly ProductFacts[]) => ({ products: productsBySku(...products) });
function sale(events: readonly CartEvent[]) {
  const [event] = events;
  if (event?.type !== 'cart.checked-out.v1') throw new Error('the cart was not checked out');
  return event.data;
}

describe('checking out', () => {
  it('records all that opens the order: lines, totals, how they came about and who buys', () => {
    tea.when(checkOut()).thenOnce(checkedOut(soldLine('TEA', 500, 2)));
  });

  it('passes the customer on, and no reference where the cart has none', () => {
    const cart: CartEvent = { type: 'cart.opened.v1', data: { cartId: 'c-1', currency: 'USD', customerId: 'u-1' } };
    const data = sale(
      given(cartDecider)
        .events(cart, itemAdded('TEA', 500, 2))
        .when(checkOut({ customerId: 'u-1' }))
        .accepted(),
    );
    expect(data.customerId).toBe('u-1');
    expect('reference' in data).toBe(false);
  });

  it('makes the order that of who checks out, whoever opened the cart, and nobody’s where that is a guest', () => {
    const cart: CartEvent = { type: 'cart.opened.v1', data: { cartId: 'c-1', currency: 'USD', customerId: 'u-1' } };
    const filled = given(cartDecider).events(cart, itemAdded('TEA', 500, 2));
    expect(sale(filled.when(checkOut({ customerId: 'u-2' })).accepted()).customerId).toBe('u-2');
    expect('customerId' in sale(filled.when(checkOut()).accepted())).toBe(false);
  });

  it('gives the order of a guest cart to the customer who checks out, for this order alone', () => {
    expect(sale(tea.when(checkOut({ customerId: 'u-2' })).accepted()).customerId).toBe('u-2');
    const again = tea.events(checkedOut(soldLine('TEA', 500, 2)), reopened);
    expect('customerId' in sale(again.when(checkOut({ orderId: 'o-2' })).accepted())).toBe(false);
  });

  it('keeps the lines in the order in which they were added', () => {
    const more = both.events(itemAdded('TEA', 500, 3, { added: 1 }));
    const data = sale(more.when(checkOut(today(product('MUG', 1200), product('TEA', 500)))).accepted());
    expect(data.lines.map(({ sku }) => sku)).toEqual(['TEA', 'MUG']);
  });

  it('sells under the name, the categories and the tax class that the product has today', () => {
    const renamed = { ...product('TEA', 500), name: 'Sencha', categories: ['DRINKS'], taxClass: 'food' };
    const data = sale(tea.when(checkOut(today(renamed))).accepted());
    expect(data.lines).toMatchObject([{ name: 'Sencha', categories: ['DRINKS'], taxClass: 'food' }]);
  });

  it('prices the lines for the destination and the method', () => {
    const pricing = namedPricingPolicies['eu-vat'];
    if (pricing === undefined) throw new Error('no such policy');
    const destination = { ...checkOut().destination, region: 'CA' };
    const data = sale(tea.when(checkOut({ pricing, destination, shippingMethod: 'standard' })).accepted());
    const priced = priceCart([soldLine('TEA', 500, 2)], destination, { policy: pricing, currency: 'USD' });
    if (!priced.accepted) throw new Error('not priced');
    const { lines, shipping, totals, taxes, basis } = priced;
    expect(data).toMatchObject({ lines, shipping, totals, taxes, pricing: basis });
    expect(data.destination).toEqual({ country: 'US', region: 'CA' });
    expect(data.totals.total.amount).toBe(1000 + 1490 + 72 + 108);
  });

  it('is satisfied when the cart is checked out for this order, whatever has changed since', () => {
    tea
      .events(checkedOut(soldLine('TEA', 500, 2)))
      .when(checkOut(today(product('TEA', 9))))
      .then();
  });

  it.each<[string, Partial<CheckOut>, string]>([
    ['a product is unknown', today(product('MUG', 1200)), 'PRODUCT.UNKNOWN_SKU'],
    [
      'a product has moved to another currency, which nobody can accept',
      { ...today(product('TEA', { amount: 500, currency: 'EUR' })), acceptPrices: true },
      'PRODUCT.NOT_PRICED',
    ],
    ['the shipping method is unknown', { shippingMethod: 'mule' }, 'SHIPPING.UNKNOWN_METHOD'],
    [
      'the new prices cannot be counted',
      { ...today(product('TEA', Number.MAX_SAFE_INTEGER)), acceptPrices: true },
      'CART.TOTAL_TOO_LARGE',
    ],
  ])('is refused when %s', (_, changes, code) => {
    tea.when(checkOut(changes)).refused(code);
  });

  it('is refused when there is nothing in the cart', () => {
    empty.when(checkOut()).refused('CART.EMPTY');
  });
});

describe('a price that moved since the line was added', () => {
  const moved = today(product('TEA', 450), product('MUG', 1300));

  it('is shown to the buyer, never applied silently', () => {
    both.when(checkOut(moved)).refused('CART.PRICE_CHANGED', {
      changes: [
        { sku: 'TEA', was: usd(500), now: usd(450) },
        { sku: 'MUG', was: usd(1200), now: usd(1300) },
      ],
    });
  });

  it('is shown alone, without the lines that cost what they did', () => {
    both.when(checkOut(today(product('TEA', 500), product('MUG', 1300)))).refused('CART.PRICE_CHANGED', {
      changes: [{ sku: 'MUG', was: usd(1200), now: usd(1300) }],
    });
  });

  it('is what the order costs once it is accepted', () => {
    both
      .when(checkOut({ ...moved, acceptPrices: true }))
      .thenOnce(checkedOut(soldLine('TEA', 450, 2), soldLine('MUG', 1300, 1, '2')));
  });

  it('is reported before a total that changed and before an unknown method', () => {
    both.when(checkOut({ ...moved, expectedTotal: usd(1), shippingMethod: 'mule' })).refused('CART.PRICE_CHANGED');
  });

  it('that was accepted stays on the line when the cart opens again', () => {
    const again = tea.events(checkedOut(soldLine('TEA', 450, 2)), reopened);
    again.when(checkOut({ orderId: 'o-2', ...today(product('TEA', 450)) })).accepted();
    again.when(checkOut({ orderId: 'o-2' })).refused('CART.PRICE_CHANGED', {
      changes: [{ sku: 'TEA', was: usd(450), now: usd(500) }],
    });
  });
});

describe('the total that the buyer expects', () => {
  it('is the one that the order has', () => {
    tea.when(checkOut({ expectedTotal: usd(1000) })).then(checkedOut(soldLine('TEA', 500, 2)));
  });

  it('is refused when the order would cost something else', () => {
    tea
      .when(checkOut({ expectedTotal: usd(999) }))
      .refused('CART.TOTAL_CHANGED', { expected: usd(999), actual: usd(1000) });
  });

  it('is refused when it is in another currency', () => {
    const expected = { amount: 1000, currency: 'EUR' };
    tea.when(checkOut({ expectedTotal: expected })).refused('CART.TOTAL_CHANGED', { expected, actual: usd(1000) });
  });

  it('is held against the total at the accepted prices', () => {
    const accepted = { ...today(product('TEA', 450)), acceptPrices: true };
    tea.when(checkOut({ ...accepted, expectedTotal: usd(900) })).accepted();
    tea.when(checkOut({ ...accepted, expectedTotal: usd(1000) })).refused('CART.TOTAL_CHANGED');
  });
});
