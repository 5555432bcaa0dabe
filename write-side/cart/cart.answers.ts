import { cartView } from '../../domain/cart/index.js';
import type { Cart, CartEvent, CartState } from '../../domain/cart/index.js';

export const cartAnswer = (state: CartState, _events: readonly CartEvent[], revision: number): Cart => ({
  ...cartView(state),
  version: revision,
});
