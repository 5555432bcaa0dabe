import { cartBasket, cartDecider, cartView } from '../../domain/cart/index.js';
import type { Cart, CartBasket, CartEvent, CartState } from '../../domain/cart/index.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';

/** By the fold that decides about the cart, so that reads and writes show the same. */
const folded = {
  name: 'carts',
  category: 'cart',
  initialState: cartDecider.initialState,
  evolve: cartDecider.evolve,
};

/** Id: the cartId. */
export const cartLiveModel = liveModel<CartState, CartEvent, Cart>({
  ...folded,
  show: (cart, version) => ({ ...cartView(cart), version }),
});

/** Id: the cartId. */
export const cartBasketModel = liveModel<CartState, CartEvent, CartBasket>({ ...folded, show: cartBasket });
