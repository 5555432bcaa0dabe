import { cartView } from '../../domain/cart/index.js';
import type { Cart, CartEvent, CartState, CartTerms } from '../../domain/cart/index.js';

/** Makes the answer of a write to a cart. */
export const cartAnswer =
  (terms: CartTerms) =>
  (state: CartState, _events: readonly CartEvent[], revision: number): Cart => ({
    ...cartView(state, terms),
    version: revision,
  });
