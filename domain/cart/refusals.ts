import { MOST_GIFT_CARDS, refuse } from '../shared/index.js';
import type { Money, Refused } from '../shared/index.js';
import type { CartState } from './state.js';

/** Most units of one SKU in a cart. */
export const MOST_UNITS = 100_000;
export const MOST_LINES = 500;
/** Most changes of a cart: a read of a cart as it was has to fold them all. */
export const MOST_CHANGES = 2_000;

export const MOST_COUPONS = 10;

export const notOpen = ({ status }: CartState): Refused =>
  status === 'none'
    ? refuse('CART.NOT_FOUND', 'There is no such cart.')
    : refuse('CART.NOT_OPEN', `The cart is ${status === 'checked-out' ? 'checked out' : status}.`);

export const itemNotFound = (sku: string): Refused =>
  refuse('CART.ITEM_NOT_FOUND', `The SKU ${sku} is not in the cart.`);

export const quantityTooLarge = (sku: string): Refused =>
  refuse('CART.QUANTITY_TOO_LARGE', `The cart takes at most ${MOST_UNITS} units of ${sku}.`);

export const tooManyCards = (): Refused =>
  refuse('CART.QUANTITY_TOO_LARGE', `A cart takes at most ${MOST_GIFT_CARDS} gift cards.`);

export const tooManyLines = (): Refused => refuse('CART.TOO_LARGE', `A cart takes at most ${MOST_LINES} lines.`);

export const tooManyChanges = (): Refused =>
  refuse('CART.TOO_LARGE', `A cart takes at most ${MOST_CHANGES} changes: open a new one.`);

export const tooManyCoupons = (): Refused => refuse('CART.TOO_LARGE', `A cart takes at most ${MOST_COUPONS} coupons.`);

export function couponRefused(standing: 'used-up' | 'ended' | 'unknown'): Refused {
  if (standing === 'used-up') return refuse('COUPON.USED_UP', 'The coupon was used as often as it can be.');
  if (standing === 'ended') return refuse('COUPON.EXPIRED', 'What the coupon was for has ended.');
  return refuse('COUPON.UNKNOWN', 'There is no such coupon.');
}

export const couponNotCombinable = (): Refused =>
  refuse('COUPON.NOT_COMBINABLE', 'The coupon does not go with another one in the cart.');

export const couponNotFound = (): Refused => refuse('CART.COUPON_NOT_FOUND', 'The coupon is not in the cart.');

export const currencyMismatch = (what: string, currency: string): Refused =>
  refuse('CART.CURRENCY_MISMATCH', `${what}, the cart is in ${currency}.`);

export const notPriced = (sku: string, currency: string): Refused =>
  refuse('PRODUCT.NOT_PRICED', `The SKU ${sku} has no price for this cart in ${currency}.`);

export const emptyCart = (): Refused => refuse('CART.EMPTY', 'There is nothing in the cart.');

export const unknownSku = (sku: string): Refused =>
  refuse('PRODUCT.UNKNOWN_SKU', `There is no product with the SKU ${sku}.`);

/** A unit price that is another one than when the item was added. */
export type PriceChange = { readonly sku: string; readonly was: Money; readonly now: Money };

export const pricesChanged = (changes: readonly PriceChange[]): Refused =>
  refuse('CART.PRICE_CHANGED', 'Prices have changed since the items were added.', { changes });

export const totalChanged = (expected: Money, actual: Money): Refused =>
  refuse('CART.TOTAL_CHANGED', 'The order would not cost what was expected.', { expected, actual });

export const emptyGiftCard = (): Refused =>
  refuse('GIFT_CARD.EMPTY', 'There is nothing on a gift card that is to pay.');

export const tokenRequired = (rest: Money): Refused =>
  refuse('PAYMENT.TOKEN_REQUIRED', 'Something is left to pay for which there is no means of payment.', { rest });
