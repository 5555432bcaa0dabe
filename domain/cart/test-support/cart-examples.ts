import { defaultPricingPolicy } from '../../pricing/index.js';
import type { Money, PricedLine } from '../../shared/index.js';
import { defaultBasis, untaxedLine, untaxedShipping, untaxedTotals } from '../../shared/test-support/index.js';
import type {
  AddItem,
  CartPromotions,
  CartTerms,
  CartCheckedOut,
  CartEvent,
  CheckOut,
  OpenCart,
  ProductFacts,
} from '../index.js';

export const usd = (amount: number): Money => ({ amount, currency: 'USD' });

/** No promotion is in force. */
export const noPromotions: CartPromotions = { inForce: new Map(), isFirstOrder: false };
export const noTerms: CartTerms = { promotions: noPromotions, rounding: 'half-even' };

export const openCart: OpenCart = { type: 'open-cart', cartId: 'c-1', currency: 'USD', reference: 'basket 7' };
export const opened: CartEvent = {
  type: 'cart.opened.v1',
  data: { cartId: 'c-1', currency: 'USD', reference: 'basket 7' },
};

export const product = (sku: string, price: number | Money): ProductFacts => ({
  sku,
  name: `The ${sku}`,
  categories: ['GROCERY', sku],
  taxClass: 'standard',
  prices: [typeof price === 'number' ? usd(price) : price],
});
export const productsBySku = (...products: readonly ProductFacts[]): ReadonlyMap<string, ProductFacts> =>
  new Map(products.map((each) => [each.sku, each]));

export const addItem = (sku: string, price: number | Money, quantity: number): AddItem => ({
  type: 'add-item',
  product: product(sku, price),
  quantity,
});

/** `added` units, which make a line of `quantity`. */
export const itemAdded = (
  sku: string,
  price: number,
  quantity: number,
  { added = quantity, lineId = '1' }: { readonly added?: number; readonly lineId?: string } = {},
): CartEvent => ({
  type: 'cart.item-added.v1',
  data: {
    cartId: 'c-1',
    lineId,
    sku,
    name: `The ${sku}`,
    taxClass: 'standard',
    categories: ['GROCERY', sku],
    added,
    quantity,
    unitPrice: usd(price),
  },
});
export const quantityChanged = (sku: string, quantity: number): CartEvent => ({
  type: 'cart.item-quantity-changed.v1',
  data: { cartId: 'c-1', sku, quantity },
});
export const itemRemoved = (sku: string): CartEvent => ({ type: 'cart.item-removed.v1', data: { cartId: 'c-1', sku } });
export const reopened: CartEvent = {
  type: 'cart.reopened.v1',
  data: { cartId: 'c-1', orderId: 'o-1', code: 'PAYMENT.DECLINED' },
};
export const abandoned: CartEvent = { type: 'cart.abandoned.v1', data: { cartId: 'c-1' } };

const address = { name: 'Ada', line1: 'Main St 1', city: 'Springfield', postalCode: '12345', country: 'US' };

export const checkOut = (changes: Partial<CheckOut> = {}): CheckOut => ({
  type: 'check-out',
  orderId: 'o-1',
  orderNumber: 'CW-1234',
  paymentProvider: 'sandbox',
  personId: 'person-1',
  personal: { email: 'ada@example.org', shippingAddress: address, paymentToken: 'tok_ok' },
  destination: address,
  products: productsBySku(product('TEA', 500)),
  pricing: defaultPricingPolicy,
  promotions: noPromotions,
  acceptPrices: false,
  ...changes,
});

export const soldLine = (sku: string, price: number, quantity: number, lineId = '1'): PricedLine =>
  untaxedLine(sku, { price: usd(price), quantity }, { lineId, name: `The ${sku}`, categories: ['GROCERY', sku] });

/** What `checkOut()` records by the default policy. */
export function checkedOut(...lines: readonly PricedLine[]): CartCheckedOut {
  const subtotal = usd(lines.reduce((sum, line) => sum + line.lineTotal.amount, 0));
  return {
    type: 'cart.checked-out.v1',
    data: {
      cartId: 'c-1',
      orderId: 'o-1',
      orderNumber: 'CW-1234',
      currency: 'USD',
      reference: 'basket 7',
      lines,
      shipping: untaxedShipping(usd(0)),
      totals: untaxedTotals(subtotal),
      taxes: [],
      pricing: defaultBasis,
      destination: { country: 'US' },
      paymentProvider: 'sandbox',
      personId: 'person-1',
      personal: { email: 'ada@example.org', shippingAddress: address, paymentToken: 'tok_ok' },
    },
  };
}
