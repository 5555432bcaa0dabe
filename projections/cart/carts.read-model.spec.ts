import fc from 'fast-check';
import { cartDecider, cartView } from '../../domain/cart/index.js';
import type { CartCommand, CartEvent } from '../../domain/cart/index.js';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { decideAll, EventLog, fold } from '../shared/test-support/index.js';
import { shownCart, type StoredCart } from './cart-document.js';
import { cartsReadModel } from './carts.read-model.js';

const CART = 'c-1';
const usd = (amount: number) => ({ amount, currency: 'USD' });
const opened: CartCommand = { type: 'open-cart', cartId: CART, currency: 'USD', reference: 'basket-7' };
const product = (sku: string, amount: number) => ({
  sku,
  name: `Nice ${sku}`,
  categories: ['pots'],
  taxClass: 'standard',
  price: usd(amount),
});
const add = (sku: string, quantity: number, amount: number): CartCommand => ({
  type: 'add-item',
  product: product(sku, amount),
  quantity,
});
const address = { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'US' };
const checkOut = (today: number): CartCommand => ({
  type: 'check-out',
  orderId: 'o-1',
  orderNumber: 'ABCD-EFGH-JK',
  paymentProvider: 'sandbox',
  personId: 'x',
  personal: { email: 'ann@example.com', shippingAddress: address, paymentToken: 'tok_ok' },
  destination: address,
  products: new Map(['a', 'b', 'c'].map((sku) => [sku, product(sku, today)])),
  pricing: defaultPricingPolicy,
  acceptPrices: true,
});
const reopen: CartCommand = { type: 'reopen-cart', orderId: 'o-1', code: 'PAYMENT.DECLINED' };

const storedOf = (events: readonly CartEvent[]) => {
  const log = new EventLog<CartEvent>();
  for (const event of events) log.append(`cart-${CART}`, event);
  return fold(cartsReadModel, log.events).get(CART) as StoredCart | undefined;
};
const documentOf = (events: readonly CartEvent[]) => {
  const stored = storedOf(events);
  return stored === undefined ? undefined : shownCart(stored);
};
const cartAfter = (...commands: CartCommand[]) => documentOf(decideAll(cartDecider, [opened, ...commands]).events);

describe('the carts read model', () => {
  it('shows an empty cart with totals of nothing', () => {
    const none = usd(0);
    expect(cartAfter()).toEqual({
      cartId: CART,
      currency: 'USD',
      reference: 'basket-7',
      status: 'open',
      items: [],
      totals: { subtotal: none, discount: none, shipping: none, tax: none, taxIncluded: none, net: none, total: none },
      version: 0,
    });
  });

  it('puts the whole line at the price of the last time it was added, in its place', () => {
    const cart = cartAfter(add('a', 2, 100), add('b', 1, 50), add('a', 1, 120));
    expect(cart).toMatchObject({
      items: [
        { sku: 'a', quantity: 3, unitPrice: usd(120), lineTotal: usd(360) },
        { sku: 'b', quantity: 1, lineTotal: usd(50) },
      ],
      totals: { subtotal: usd(410), total: usd(410) },
      version: 3,
    });
  });

  it('shows a checked-out cart as it was sold', () => {
    const cart = cartAfter(add('a', 2, 100), checkOut(110));
    expect(cart).toMatchObject({
      status: 'checked-out',
      items: [{ sku: 'a', name: 'Nice a', quantity: 2, unitPrice: usd(110), lineTotal: usd(220) }],
      totals: { total: usd(220) },
    });
    expect(JSON.stringify(cart)).not.toContain('ann@example.com');
  });

  it('keeps since when nobody has touched it, as long as it is open', () => {
    const lastChange = (...commands: CartCommand[]) =>
      storedOf(decideAll(cartDecider, [opened, ...commands]).events)?.lastChange;
    const at = (second: number) => `2026-11-05T12:00:0${second}.000Z`;
    expect(lastChange()).toBe(at(1));
    expect(lastChange(add('a', 2, 100))).toBe(at(2));
    expect(lastChange(add('a', 2, 100), checkOut(100))).toBeUndefined();
    expect(lastChange(add('a', 2, 100), checkOut(100), reopen)).toBe(at(4));
    expect(lastChange({ type: 'abandon-cart' })).toBeUndefined();
  });

  it('never differs from what the writes answer', () => {
    const sku = fc.constantFrom('a', 'b', 'c');
    const quantity = fc.integer({ min: 0, max: 9 });
    const price = fc.integer({ min: 0, max: 5000 });
    const command: fc.Arbitrary<CartCommand> = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(sku, fc.integer({ min: 1, max: 9 }), price).map((args) => add(...args)) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(sku, quantity)
          .map(([one, units]): CartCommand => ({ type: 'change-item-quantity', sku: one, quantity: units })),
      },
      { weight: 1, arbitrary: sku.map((one): CartCommand => ({ type: 'remove-item', sku: one })) },
      { weight: 1, arbitrary: price.map(checkOut) },
      { weight: 1, arbitrary: fc.constant(reopen) },
      { weight: 1, arbitrary: fc.constant<CartCommand>({ type: 'abandon-cart' }) },
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const { state, events } = decideAll(cartDecider, [opened, ...commands]);
        expect(documentOf(events)).toEqual({ ...cartView(state), version: events.length - 1 });
      }),
    );
  });
});
