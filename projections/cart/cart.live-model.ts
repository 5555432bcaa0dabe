import { cartDecider, cartView } from '../../domain/cart/index.js';
import type { Cart, CartEvent, CartState } from '../../domain/cart/index.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';

/** Id: the cartId. By the fold that decides about the cart, so that reads and writes show the same. */
export const cartLiveModel = liveModel<CartState, CartEvent, Cart>({
  name: 'carts',
  category: 'cart',
  initialState: cartDecider.initialState,
  evolve: cartDecider.evolve,
  show: (cart, version) => ({ ...cartView(cart), version }),
});
