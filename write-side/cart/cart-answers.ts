import { cartView } from '../../domain/cart/index.js';
import type { CartEvent, CartState, CartView } from '../../domain/cart/index.js';

export type CartAnswer = CartView & { readonly version: number };

export const cartAnswer = (state: CartState, _events: readonly CartEvent[], revision: number): CartAnswer => ({
  ...cartView(state),
  version: revision,
});
