import { cartTotals } from '../pricing/index.js';
import { lineItem } from '../pricing/index.js';
import { untaxedShipping } from '../shared/test-support/index.js';
import { given } from '../shared/test-support/index.js';
import { cartBasket, cartDecider, cartView } from './index.js';
import type { CartEvent } from './index.js';
import {
  abandoned,
  checkedOut,
  itemAdded,
  itemRemoved,
  noTerms,
  opened,
  quantityChanged,
  reopened,
  soldLine,
  usd,
} from './test-support/cart-examples.js';

const shown = (...events: readonly CartEvent[]) =>
  cartView(
    given(cartDecider)
      .events(opened, ...events)
      .state(),
    noTerms,
  );
const item = (sku: string, price: number, quantity: number, lineId = '1') =>
  lineItem(soldLine(sku, price, quantity, lineId));

describe('a cart as it is shown', () => {
  it('is empty and costs nothing when it has just been opened', () => {
    expect(shown()).toStrictEqual({
      cartId: 'c-1',
      currency: 'USD',
      channel: 'default',
      reference: 'basket 7',
      status: 'open',
      items: [],
      coupons: [],
      discounts: [],
      hints: [],
      totals: cartTotals(usd(0)),
    });
  });

  it('has no reference where the client gave none, and never its customer', () => {
    const cart: CartEvent = { type: 'cart.opened.v1', data: { cartId: 'c-1', currency: 'USD', customerId: 'u-1' } };
    const view = cartView(given(cartDecider).events(cart).state(), noTerms);
    expect(Object.keys(view)).toEqual([
      'cartId',
      'currency',
      'channel',
      'status',
      'items',
      'coupons',
      'discounts',
      'hints',
      'totals',
    ]);
  });

  it('lists its lines in the order in which they were first added', () => {
    const view = shown(
      itemAdded('TEA', 500, 2),
      itemAdded('MUG', 1200, 1, { lineId: '2' }),
      itemAdded('TEA', 450, 3, { added: 1 }),
    );
    expect(view.items).toStrictEqual([item('TEA', 450, 3), item('MUG', 1200, 1, '2')]);
    expect(view.totals).toStrictEqual(cartTotals(usd(2550)));
  });

  it('puts a line that was removed and added again at the end', () => {
    const view = shown(itemAdded('TEA', 5, 1), itemAdded('MUG', 7, 1), itemRemoved('TEA'), itemAdded('TEA', 5, 2));
    expect(view.items.map(({ sku }) => sku)).toEqual(['MUG', 'TEA']);
    expect(view.totals.subtotal).toEqual(usd(17));
  });

  it('has a changed quantity at the frozen price', () => {
    expect(shown(itemAdded('TEA', 500, 2), quantityChanged('TEA', 5))).toMatchObject({
      items: [item('TEA', 500, 5)],
      totals: { total: usd(2500) },
    });
  });

  it('has the lines and the totals of its order once it is checked out, and keeps those lines without their tax when it opens again', () => {
    const sale = checkedOut(soldLine('TEA', 450, 2));
    const shipped = { ...sale.data.totals, shipping: usd(490), total: usd(1390) };
    const shipping = untaxedShipping(usd(490));
    const lines = sale.data.lines.map((line) => ({ ...line, gross: usd(1000) }));
    const order: CartEvent = { ...sale, data: { ...sale.data, lines, shipping, totals: shipped } };
    expect(shown(itemAdded('TEA', 500, 2), order)).toMatchObject({
      status: 'checked-out',
      items: [{ ...item('TEA', 450, 2), gross: usd(1000) }],
      totals: shipped,
      shippingCost: shipping,
    });
    expect(shown(itemAdded('TEA', 500, 2), order, reopened)).toStrictEqual({
      ...shown(itemAdded('TEA', 450, 2)),
      status: 'open',
    });
  });

  it('says that it was abandoned', () => {
    expect(shown(itemAdded('TEA', 500, 2), abandoned)).toMatchObject({ status: 'abandoned', items: [{ sku: 'TEA' }] });
  });

  it('stays as it was when the cart goes on', () => {
    const state = given(cartDecider)
      .events(opened, itemAdded('TEA', 500, 2))
      .state();
    const view = cartView(state, noTerms);
    const copy = structuredClone(view);
    [
      itemAdded('TEA', 9, 3, { added: 1 }),
      quantityChanged('TEA', 8),
      itemAdded('MUG', 1, 1),
      itemRemoved('TEA'),
    ].reduce(cartDecider.evolve, state);
    expect(view).toEqual(copy);
  });

  it('is none for a cart that was never opened', () => {
    expect(() => cartView({ status: 'none' }, noTerms)).toThrow(RangeError);
  });
});

describe('what a quote prices', () => {
  it('is the lines at the prices that they were put in for, with the categories of their products', () => {
    const basket = cartBasket(
      given(cartDecider)
        .events(opened, itemAdded('TEA', 500, 2), itemAdded('MUG', 1200, 1, { lineId: '2' }))
        .state(),
    );
    expect(basket).toMatchObject({
      status: 'open',
      currency: 'USD',
      lines: [
        { sku: 'TEA', quantity: 2, unitPrice: usd(500), lineTotal: usd(1000), categories: ['GROCERY', 'TEA'] },
        { sku: 'MUG', quantity: 1, unitPrice: usd(1200), lineTotal: usd(1200), categories: ['GROCERY', 'MUG'] },
      ],
    });
  });

  it('is nothing where there is no cart', () => {
    expect(() => cartBasket(given(cartDecider).state())).toThrow('a cart that was never opened cannot be priced');
  });
});
