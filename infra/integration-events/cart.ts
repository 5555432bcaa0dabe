import type { CartEvent } from '../../domain/cart/index.js';
import { outwardOf } from './definition.js';
import { object, text } from '../../domain/shared/schema.js';

const told = outwardOf<CartEvent>();
const cartId = text();

// Left out: what a shopper is doing with an open cart, and the checkout, which the order's events tell.

export const cartEvents = [
  told('cart.reopened.v1', {
    description: 'The order of a cart was not to be; the cart can be changed and checked out again.',
    data: object({ cartId, orderId: text(), code: text() }),
  }),
  told('cart.abandoned.v1', { description: 'Nobody came back to a cart.', data: object({ cartId }) }),
];
