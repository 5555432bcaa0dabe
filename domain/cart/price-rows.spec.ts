import type { PriceRow } from '../catalog/index.js';
import { given } from '../shared/test-support/index.js';
import { cartDecider } from './index.js';
import type { CartEvent, ProductFacts } from './index.js';
import {
  checkOut,
  itemAdded,
  opened,
  product,
  productsBySku,
  quantityChanged,
  usd,
} from './test-support/cart-examples.js';

const priced = (...prices: readonly PriceRow[]): ProductFacts => ({ ...product('TEA', 500), prices });
const tiers = priced(usd(500), { ...usd(450), minQuantity: 10 });
const cart = given(cartDecider).events(opened);
const tea = cart.events(itemAdded('TEA', 500, 2));
const add = (facts: ProductFacts, quantity: number) => ({ type: 'add-item', product: facts, quantity }) as const;
const change = (quantity: number, facts?: ProductFacts) =>
  ({ type: 'change-item-quantity', sku: 'TEA', quantity, ...(facts === undefined ? {} : { product: facts }) }) as const;
const changedAt = (quantity: number, price: number): CartEvent => ({
  type: 'cart.item-quantity-changed.v1',
  data: { cartId: 'c-1', sku: 'TEA', quantity, unitPrice: usd(price) },
});

describe('the price of a line', () => {
  it('is that of its whole quantity when units are added', () => {
    cart.when(add(tiers, 9)).then(itemAdded('TEA', 500, 9));
    tea.when(add(tiers, 8)).then(itemAdded('TEA', 450, 10, { added: 8 }));
  });

  it('becomes today’s where another quantity has another price, and stays as it was otherwise', () => {
    tea.when(change(10, tiers)).then(changedAt(10, 450));
    cart
      .events(itemAdded('TEA', 450, 12))
      .when(change(3, tiers))
      .then(changedAt(3, 500));
    tea.when(change(9, priced(usd(600), { ...usd(450), minQuantity: 10 }))).then(quantityChanged('TEA', 9));
    tea.when(change(3)).then(quantityChanged('TEA', 3));
    expect(tea.events(changedAt(10, 450)).state()).toMatchObject({ subtotal: 4500 });
  });

  it('is for the channel, the country and the groups that the cart was opened for', () => {
    const lists = [
      { code: 'at', priority: 1, countries: ['AT'], isInForce: true, revision: 0 },
      { code: 'over', priority: 2, isInForce: false, revision: 0 },
    ];
    const rows: PriceRow[] = [
      usd(500),
      { ...usd(400), customerGroup: 'club' },
      { ...usd(350), channel: 'shop' },
      { ...usd(300), list: 'at' },
      { ...usd(1), list: 'over' },
    ];
    const priceOf = (members: object) => {
      const first: CartEvent = { type: 'cart.opened.v1', data: { cartId: 'c-1', currency: 'USD', ...members } };
      const [event] = given(cartDecider)
        .events(first)
        .when(add({ ...priced(...rows), lists }, 1))
        .accepted();
      return event?.type === 'cart.item-added.v1' ? event.data.unitPrice.amount : null;
    };
    expect([{}, { customerGroups: ['club'] }, { channel: 'shop' }, { country: 'AT' }].map(priceOf)).toEqual([
      500, 400, 350, 300,
    ]);
  });

  it('is asked for where it has moved at the checkout, of so many units as there are', () => {
    const at = (facts: ProductFacts) => checkOut({ products: productsBySku(facts) });
    cart
      .events(itemAdded('TEA', 450, 10))
      .when(at(tiers))
      .accepted();
    tea.when(at(priced(usd(500), { ...usd(400), minQuantity: 2 }))).refused('CART.PRICE_CHANGED');
    tea.when({ ...at(priced({ ...usd(500), minQuantity: 3 })), acceptPrices: true }).refused('PRODUCT.NOT_PRICED');
  });
});
