import { cartView } from '../../domain/cart/index.js';
import type { CartEvent, CartState, CartView } from '../../domain/cart/index.js';
import { rejectionSchema } from '../shared/answer-schemas.js';

export type CartAnswer = CartView & { readonly version: number };

export const cartAnswer = (state: CartState, _events: readonly CartEvent[], revision: number): CartAnswer => ({
  ...cartView(state),
  version: revision,
});

const checkoutMembers = {
  orderId: { type: 'string' },
  orderNumber: { type: 'string', description: 'Short and speakable; its last character checks the others.' },
  accessToken: { type: 'string', description: 'Opens this order, as a bearer or as `?accessToken=`.' },
};
const CHECKOUT_REQUIRED = ['orderId', 'orderNumber', 'status', 'accessToken'];

export const pendingCheckoutSchema = {
  type: 'object',
  required: CHECKOUT_REQUIRED,
  properties: { ...checkoutMembers, status: { type: 'string', enum: ['pending'] } },
};

export const settledCheckoutSchema = {
  type: 'object',
  required: CHECKOUT_REQUIRED,
  properties: {
    ...checkoutMembers,
    status: { type: 'string', enum: ['confirmed', 'rejected', 'cancelled'] },
    rejection: rejectionSchema,
  },
};
