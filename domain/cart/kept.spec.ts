import { given } from '../shared/test-support/index.js';
import { cartDecider, cartPersonalFields } from './index.js';
import type { CartEvent } from './index.js';
import {
  addItem,
  checkedOut,
  checkOut,
  itemAdded,
  itemRemoved,
  opened,
  reopened,
  soldLine,
} from './test-support/cart-examples.js';

/** What a cart takes. */
const MOST_CHANGES = 2_000;
const tea = given(cartDecider).events(opened, itemAdded('TEA', 500, 2));

describe('what a checkout records of the cart', () => {
  it('is the client that placed it, where there is one', () => {
    const sold = checkedOut(soldLine('TEA', 500, 2));
    tea.when(checkOut({ client: '198.51.100.7' })).then({ ...sold, data: { ...sold.data, client: '198.51.100.7' } });
    tea.when(checkOut()).then(sold);
  });

  it('is personal in the fields that are sealed', () => {
    expect(cartPersonalFields).toEqual({
      'cart.coupon-added.v1': { person: 'holderId', fields: ['code'] },
      'cart.checked-out.v1': { person: 'personId', fields: ['personal'] },
    });
  });
});

describe('what a cart remembers', () => {
  const mine: CartEvent = { type: 'cart.opened.v1', data: { cartId: 'c-1', currency: 'USD', customerId: 'u-1' } };

  it.each<[string, CartEvent, object]>([
    ['whose it is', mine, { customerId: 'u-1' }],
    ['the client’s own reference', opened, { reference: 'basket 7' }],
  ])('is %s, when it was checked out and when it opens again, and nothing else', (_what, first, known) => {
    const sold = given(cartDecider).events(first, itemAdded('TEA', 500, 1), checkedOut(soldLine('TEA', 500, 1)));
    for (const state of [sold.state(), sold.events(reopened).state()]) {
      const { customerId, reference } = state as { customerId?: string; reference?: string };
      expect(JSON.parse(JSON.stringify({ customerId, reference }))).toEqual(known);
      expect('customerId' in state && 'reference' in state).toBe(false);
    }
  });

  it('is every change, also those that took something out', () => {
    const times = MOST_CHANGES / 2 - 1;
    const history = Array.from({ length: times }, () => [itemAdded('TEA', 500, 1), itemRemoved('TEA')]).flat();
    const full = given(cartDecider).events(opened, ...history);
    full.when(addItem('TEA', 500, 1)).accepted();
    full
      .events(itemAdded('TEA', 500, 1), itemRemoved('TEA'))
      .when(addItem('TEA', 500, 1))
      .refused('CART.TOO_LARGE');
  });

  it('is no change where a line that is not there is taken out', () => {
    const state = given(cartDecider).events(opened, itemRemoved('TEA')).state();
    expect(state).toMatchObject({ status: 'open', changes: 0, subtotal: 0 });
  });
});
