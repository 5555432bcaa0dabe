import { refuse } from '../shared/index.js';
import type { Refused } from '../shared/index.js';
import type { CartState } from './state.js';

/** Units of one SKU in a cart. */
export const maxQuantity = 100_000;
export const maxLines = 500;
/** What reads a cart as it was has to fold them all. */
export const maxChanges = 2_000;

export const notOpen = ({ status }: CartState): Refused =>
  status === 'none'
    ? refuse('CART.NOT_FOUND', 'There is no such cart.')
    : refuse('CART.NOT_OPEN', `The cart is ${status === 'checked-out' ? 'checked out' : status}.`);

export const itemNotFound = (sku: string): Refused =>
  refuse('CART.ITEM_NOT_FOUND', `The SKU ${sku} is not in the cart.`);

export const quantityTooLarge = (sku: string): Refused =>
  refuse('CART.QUANTITY_TOO_LARGE', `The cart takes at most ${maxQuantity} units of ${sku}.`);

export const tooManyLines = (): Refused => refuse('CART.TOO_LARGE', `A cart takes at most ${maxLines} lines.`);

export const tooManyChanges = (): Refused =>
  refuse('CART.TOO_LARGE', `A cart takes at most ${maxChanges} changes: open a new one.`);

export const currencyMismatch = (what: string, currency: string): Refused =>
  refuse('CART.CURRENCY_MISMATCH', `${what}, the cart is in ${currency}.`);
