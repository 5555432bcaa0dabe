import { cartBasket, cartDecider, cartView } from '../../domain/cart/index.js';
import type { Cart, CartBasket, CartEvent, CartState, CartTerms } from '../../domain/cart/index.js';
import type { Position } from '../../infra/shared/position.js';
import { cartFields } from './cart-fields.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';

/** By the fold that decides about the cart, so that reads and writes show the same. */
const folded = {
  name: 'carts',
  category: 'cart',
  initialState: cartDecider.initialState,
  evolve: cartDecider.evolve,
};

/** A cart by its own events; what it costs is up to the promotions in force as well. */
export interface ShownCart {
  readonly customerId?: string;
  /** Of its last event. */
  readonly position: Position | null;
  readonly priced: (terms: CartTerms) => Cart;
}

/** Id: the cartId. */
export const cartLiveModel = liveModel<CartState, CartEvent, ShownCart>({
  ...folded,
  show: (cart, version, position) => {
    if (cart.status === 'none') throw new RangeError('a cart that was never opened cannot be shown');
    return {
      ...(cart.customerId === undefined ? {} : { customerId: cart.customerId }),
      position,
      priced: (terms) => ({ ...cartView(cart, terms), version }),
    };
  },
  explains: cartFields,
});

/** Id: the cartId. */
export const cartBasketModel = liveModel<CartState, CartEvent, CartBasket>({ ...folded, show: cartBasket });
